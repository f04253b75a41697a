"""The error that a user can cause: one clear line, saying how to mend it."""


class DatelineError(Exception):
    """What went wrong with a file, row or setting; its message is printed as it is."""
