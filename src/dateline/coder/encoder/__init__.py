"""Our own small networks: what a marked sentence reports, and who says what."""

from dateline.coder.encoder.opinion import Opinion, read
from dateline.coder.encoder.tags import Tags, tag

__all__ = ["Opinion", "Tags", "read", "tag"]
