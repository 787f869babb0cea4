"""Show a report as one HTML file that needs nothing else: no network, no server, no second file."""

from factcheck.report.html.page import render_html

__all__ = ["render_html"]
