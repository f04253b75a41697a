"""The desk: the live page and the HTTP API over a ledger.

serve("events.db")                      # http://127.0.0.1:8765
app = create_app(open_ledger("events.db", read_only=True))
"""

from dateline.desk.app import create_app
from dateline.desk.serve import serve

__all__ = ["create_app", "serve"]
