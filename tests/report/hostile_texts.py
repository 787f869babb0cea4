"""Texts that would do something in a page, if they were anything but text there."""

from __future__ import annotations

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<!--",
    "--><b>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "`><svg/onload=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>go</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<form action=https://evil.example><input name=q>",
    "</textarea></title></select></option>",
    "<template><details open ontoggle=alert(1)>",
    "&lt;b&gt; &amp; &#60;script&#62; &quot;",
    "{{ 7 * 7 }} {% include 'x' %} ${7*7}",
    "]]> <![CDATA[ <?php ?>",
    "abc\u202edcba\u202c \u2066x\u2069 \u200fy",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J",
    "nul \x00, noncharacters \ufffe \ufdd0 \U0001ffff, lone \ud800",
    "line\u2028and paragraph\u2029separator\r\nand\x85next",
    "one\ttwo\u200bthree\ufeff\u00ad",
    "x" * 4000,
)
