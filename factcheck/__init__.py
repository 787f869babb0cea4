"""factcheck: cross-check the claims of news articles."""

__version__ = "0.1.0"
