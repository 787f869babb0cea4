"""What can go wrong, as one small tree.

FactcheckError            anything this package raises on purpose
├── UsageError            an option, path or setting that cannot work: one message, exit status 2
├── ModelError            a model that cannot be loaded; the message says what to do
└── UnreadableDocument    one document that cannot be read; callers turn it into a Skipped
"""

from __future__ import annotations


class FactcheckError(Exception):
    """Base of every error raised on purpose; its text is fit to be shown to a user."""


class UsageError(FactcheckError):
    """An option, path or setting that cannot work."""


class ModelError(FactcheckError):
    """A model that is missing, altered or cannot be loaded."""


class UnreadableDocument(FactcheckError):
    """One document that cannot be read: the run goes on without it."""
