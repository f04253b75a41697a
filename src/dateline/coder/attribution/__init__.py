"""On whose word: who is said to have said what, by which words."""

from dateline.coder.attribution.claims import Claim, claims_over, to_statement
from dateline.coder.attribution.find import find_claims

__all__ = ["Claim", "claims_over", "find_claims", "to_statement"]
