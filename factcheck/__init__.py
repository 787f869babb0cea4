"""factcheck: cross-check the claims of news articles.

The names below are loaded when they are first asked for: importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.api import Extracted, check, check_stories, extract, failures, load_config, relate
    from factcheck.baseline import baseline_text, compared, load_baseline, updated
    from factcheck.config import Config
    from factcheck.errors import FactcheckError, ModelError, UsageError
    from factcheck.model import Report
    from factcheck.report import render
    from factcheck.session import Session

__version__ = "0.1.0"
__all__ = [
    "Config",
    "Extracted",
    "FactcheckError",
    "ModelError",
    "Report",
    "Session",
    "UsageError",
    "baseline_text",
    "check",
    "check_stories",
    "compared",
    "extract",
    "failures",
    "load_baseline",
    "load_config",
    "relate",
    "render",
    "updated",
]
_MODULES = {
    "baseline_text": "baseline",
    "compared": "baseline",
    "load_baseline": "baseline",
    "updated": "baseline",
    "Config": "config",
    "FactcheckError": "errors",
    "ModelError": "errors",
    "Report": "model",
    "Session": "session",
    "UsageError": "errors",
    "render": "report",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"factcheck.{_MODULES.get(name, 'api')}"), name)
