"""Write the reports of the sample articles that ``reports/`` holds.

    python tests/benchmarks/sample_reports.py

``tests/test_reports.py`` fails when one of them is no longer what this would write.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from factcheck.config import Config
from factcheck.model import Report
from factcheck.pipeline import Engine, check
from factcheck.report import render, terminal_svg
from factcheck.sources import read

ROOT = Path(__file__).parents[2]
WIDTH = 100

REPORTS: dict[str, Callable[[Report], str]] = {
    "seeds.md": lambda report: render(report, "markdown"),
    "seeds.html": lambda report: render(report, "html"),
    "seeds.json": lambda report: render(report, "json"),
    "seeds.txt": lambda report: render(report, "terminal", width=WIDTH),
    "terminal.svg": lambda report: top(terminal_svg(report, width=WIDTH, title="factcheck check seeds")),
}
# As much of the picture as shows the conflicts: the whole of it is ten screens high.
PICTURE_LINES = 48
SVG = "http://www.w3.org/2000/svg"


def top(picture: str, lines: int = PICTURE_LINES) -> str:
    """Cut rich's picture of a terminal below so many lines."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(picture)
    clips = [c for c in root.iter(f"{{{SVG}}}clipPath") if "-line-" in c.get("id", "")]
    if len(clips) <= lines:
        return picture
    # Each line is clipped by a rectangle at its own height; what lies below that of the last one goes.
    first = float(clips[0][0].get("y", "0"))
    pitch = float(clips[1][0].get("y", "0")) - first
    below, cut = first + lines * pitch, (len(clips) - lines) * pitch
    for clip in clips[lines:]:
        root[1].remove(clip)
    for group in root.iter(f"{{{SVG}}}g"):
        for part in [p for p in group if float(p.get("y", "0")) > below]:
            group.remove(part)
    width, height = root.get("viewBox", "").split()[2:]
    root.set("viewBox", f"0 0 {width} {float(height) - cut:.1f}")
    for frame in root.iter(f"{{{SVG}}}rect"):
        if float(frame.get("height", "0")) > cut:
            frame.set("height", f"{float(frame.get('height', '0')) - cut:.1f}")
    return ElementTree.tostring(root, "unicode") + "\n"


def seeds_report(config: Config) -> Report:
    """Cross-check the sample articles; paths are relative, so the report is the same in every checkout."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        return check(read(["seeds"]), Engine(config))
    finally:
        os.chdir(before)


def main() -> None:
    """Write every report anew."""
    report = seeds_report(Config(use_cache=False))
    folder = ROOT / "reports"
    folder.mkdir(exist_ok=True)
    for name, written in REPORTS.items():
        (folder / name).write_text(written(report), "utf-8")


if __name__ == "__main__":
    main()
