"""The page for addresses that there are none of: the site builder makes it with a heading alone."""

from __future__ import annotations

import re

NOT_FOUND = "404.html"
_HEADING = re.compile(r"<h1>404[^<>]*</h1>")
# Its addresses begin at the host's root, or at the folder of the host where the site is published
_ROOT = re.compile(r"""\bhref=["']?([^"'\s<>]*)assets/playbooks\.css""")


def with_advice(html: str, advice: str) -> str:
    """The page with what helps whoever got there, whose links are those of the site's root."""
    root = _ROOT.search(html)
    if root is None or not advice:
        return html
    placed = advice.replace('href="', f'href="{root[1]}')
    return _HEADING.sub(lambda _: placed, html, count=1)
