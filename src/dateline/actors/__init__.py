"""Who is who: resolving names to states, bodies, groups and people in their roles over time."""

from dateline.actors.identity import ARMED_SECTORS, STATE_SECTORS, Identity
from dateline.actors.register import Register, register

__all__ = ["ARMED_SECTORS", "STATE_SECTORS", "Identity", "Register", "register"]
