"""The command line: one thin command for each verb. Data on stdout, everything else on stderr."""

from dateline.cli import coding, desk
from dateline.cli.app import app, main

__all__ = ["app", "coding", "desk", "main"]
