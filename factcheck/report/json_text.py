"""Write JSON that is safe to show in a terminal and that every reader takes."""

from __future__ import annotations

import json
import re
from typing import Any

# JSON allows these unescaped, but terminals act on C1 controls and on text-direction overrides, and many
# readers of lines break at the separators.
_ACTED_ON = (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_ESCAPED = {code: f"\\u{code:04x}" for code in _ACTED_ON}
# Half of a pair is no character: strict readers refuse a whole report for one.
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumped(entry: Any, indent: int | None = None) -> str:
    """Write builtins as JSON, ending in a newline; a lone surrogate becomes U+FFFD.

    Raises:
        ValueError: for NaN and infinities.
    """
    written = json.dumps(entry, ensure_ascii=False, allow_nan=False, indent=indent)
    return _SURROGATE.sub(r"\\ufffd", written.translate(_ESCAPED)) + "\n"
