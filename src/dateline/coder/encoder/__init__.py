"""Our own small networks: what a marked sentence reports, between whom, and who says what."""

from dateline.coder.encoder.marking import ROLES
from dateline.coder.encoder.opinion import Opinion, read
from dateline.coder.encoder.parties import Parties, Party, parties
from dateline.coder.encoder.tags import Tags, tag
from dateline.coder.encoder.triggers import Triggers, triggers

__all__ = [
    "ROLES", "Opinion", "Parties", "Party", "Tags", "Triggers",
    "parties", "read", "tag", "triggers",
]  # fmt: skip
