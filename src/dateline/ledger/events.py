"""Keeping events in step with their mentions, with every state that they were in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import identity
from dateline.ledger.articles import next_id
from dateline.ledger.model import ChangeKind
from dateline.ledger.schema import (
    changes,
    event_pairs,
    event_parties,
    event_versions,
    events,
    mentions,
    runs,
)
from dateline.ledger.summary import Evidence, Seen, Summary, summarise
from dateline.records import Event, Mention
