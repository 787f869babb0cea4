"""Fill the page's template, and seal it: what the page may do is settled before any article is in it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from factcheck.report.conflicts import NO_CONFLICT, versions_line
from factcheck.report.html.standing import TONES
from factcheck.report.html.view import View
from factcheck.report.matrix import MATRIX_KEY, VERDICT_MARKS, told_once_line
from factcheck.report.options import Options
from factcheck.report.overview import draft_line, scope_line
from factcheck.report.references import claim_words, is_statement, label, quoted
from factcheck.report.summary import number_of
from factcheck.report.text import sentence, shorten, visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from factcheck.model import Report

# So many articles, and groups of gaps, stand open when the page is opened; of a matrix, so many rows do,
# and so many columns have a name beside their letter.
MOST_OPEN, MOST_ROWS, MOST_NAMED = 12, 15, 8
# What the template may call besides the view.
_WORDING: dict[str, Any] = {
    function.__name__: function
    for function in (
        claim_words, draft_line, is_statement, label, number_of, quoted, scope_line, sentence, shorten,
        told_once_line, versions_line,
    )
}  # fmt: skip


def render_html(report: Report, _options: Options) -> str:
    """Write the whole report as one HTML page that loads nothing and runs no script but its own."""
    view = View(report)
    style, script = _file("style.css"), _file("script.js")
    template = _environment().get_template("template.html")
    return template.render(
        view=view, report=report, style=style, script=script, policy=_policy(style, script)
    )


def shown(value: Any) -> Any:
    """Make whatever the template prints visible; jinja2 then escapes it.

    Every expression of the template passes through here, text of articles and our own words alike. Markup
    that jinja2 made itself, from text that has been here already, and numbers are left as they are.
    """
    return visible(value) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """Forbid everything but the page's own style and script, known by their digests.

    Source: W3C, Content Security Policy Level 3 and Trusted Types.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        ]
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=shown,
        loader=FunctionLoader(_file),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _WORDING,
        TONES=TONES,
        MARKS=VERDICT_MARKS,
        MATRIX_KEY=MATRIX_KEY,
        NO_CONFLICT=NO_CONFLICT,
        MOST_OPEN=MOST_OPEN,
        MOST_ROWS=MOST_ROWS,
        MOST_NAMED=MOST_NAMED,
    )
    return environment
