"""Write findings as JUnit XML: a test suite for each document, a failed case for each grave finding."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from factcheck.model import Report, ReportDocument, Skipped
from factcheck.report.options import Options
from factcheck.report.places import Located, Places
from factcheck.report.text import visible, visible_path
from factcheck.verdicts.rules import fails

# Characters with no glyph are visible already; these two XML 1.0 forbids besides.
_FORBIDDEN = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


def render_junit(report: Report, options: Options) -> str:
    """Write the documents as test suites, in their order, then what was skipped.

    A finding as grave as ``options.fail_on`` is a failed case of the document it points into; the others
    are lines of the suite's output. Each document has one case besides: that it was read.
    """
    places = Places(report, options)
    findings: dict[str, list[Located]] = {document.id: [] for document in report.documents}
    for located in places.findings():
        findings[located.primary.document.id].append(located)
    suites = [_suite(document, findings[document.id], places, options) for document in report.documents]
    suites += [_skipped(skipped, places) for skipped in report.skipped]
    root = Element("testsuites", name="factcheck")
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.extend(suites)
    indent(root)
    written = tostring(root, "unicode").translate(_FORBIDDEN)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _suite(
    document: ReportDocument, findings: Sequence[Located], places: Places, options: Options
) -> Element:
    path = visible_path(places.path(document.path))
    failing = [located for located in findings if fails(located.finding, options.fail_on)]
    suite = _empty_suite(path, tests=len(failing) + 1, failures=len(failing))
    SubElement(suite, "testcase", name="was read", classname=path, file=path)
    for located in failing:
        name = f"{located.title}: {located.message}"
        line = str(located.primary.line)
        case = SubElement(suite, "testcase", name=name, classname=path, file=path, line=line)
        failure = SubElement(case, "failure", type=located.finding.rule, message=located.message)
        failure.text = "\n".join([f"{path}:{line} {located.primary.words}", *located.lines[1:]])
    if lesser := [located for located in findings if located not in failing]:
        told = [f"{path}:{located.primary.line} {located.title}: {located.message}" for located in lesser]
        SubElement(suite, "system-out").text = "\n".join(told)
    return suite


def _skipped(skipped: Skipped, places: Places) -> Element:
    path = visible_path(places.path(skipped.path))
    suite = _empty_suite(path, tests=1, skipped=1)
    case = SubElement(suite, "testcase", name="was read", classname=path, file=path)
    SubElement(case, "skipped", message=f"not checked: {visible(skipped.reason)}")
    return suite


def _empty_suite(name: str, *, tests: int, failures: int = 0, skipped: int = 0) -> Element:
    counts = {"tests": tests, "failures": failures, "errors": 0, "skipped": skipped}
    return Element("testsuite", {"name": name, **{key: str(count) for key, count in counts.items()}})
