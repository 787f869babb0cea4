"""How much of a machine one input may take: what goes beyond is skipped, with the limit in the reason."""

from __future__ import annotations

from factcheck.model import Frozen


class Limits(Frozen, frozen=True):
    """Bounds on one file or download.

    ``bytes`` of the file, or of a download once unpacked; ``characters`` (code points) of each article in
    it: some 17,000 words, longer than all but a few articles, a minute of work at the worst. For formats
    that are converted: ``expanded_bytes`` of an archive in all, ``depth`` of nested elements, ``pages`` of a
    PDF, ``entries`` of a feed or list of items, ``memory_bytes`` and ``seconds`` of the converter.
    ``fetch_seconds`` bound a download from the name's lookup to its last byte, ``redirects`` how often it may
    be sent elsewhere.
    """

    bytes: int = 20_000_000
    characters: int = 100_000
    expanded_bytes: int = 100_000_000
    # More than 250 is of no use: there libxml2 cuts a page off and says nothing.
    depth: int = 200
    pages: int = 500
    entries: int = 500
    memory_bytes: int = 2_000_000_000
    seconds: float = 30
    fetch_seconds: float = 30
    redirects: int = 5
