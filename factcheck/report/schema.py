"""The JSON Schema of the JSON report."""

from __future__ import annotations

from typing import Any

import msgspec

from factcheck.report.form import ReportForm

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every JSON report validates against.

    It is made from the declarations the report is written with; fields may be added to a report, so
    nothing is forbidden.
    """
    return {"$schema": DIALECT, "title": "factcheck report", **msgspec.json.schema(ReportForm)}
