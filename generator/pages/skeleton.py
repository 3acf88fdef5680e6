"""Writes the light Markdown of a page: our front matter, headings, one sentence a section.

Text from playbooks is entity-encoded to the last active character before it gets here; what is
larger than a sentence goes into fragments, which never meet Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.encoder import encode, meta_text

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def front_matter(title: str, description: str, hide: Sequence[str] = ()) -> str:
    """The page's own front matter, so that no first line is ever taken for metadata."""
    lines = ["---", f"title: {_quoted(title)}", f"description: {_quoted(description)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(meta_text(text), ensure_ascii=False)


def heading(level: int, text: str, anchor: str | None = None) -> str:
    """A heading; its text is encoded, its id is ours."""
    mark = f" {{#{_checked(anchor)}}}" if anchor else ""
    return f"{'#' * level} {encode(text)}{mark}"


def placeholder(name: str) -> str:
    """The element that a fragment replaces."""
    return f'<div data-fragment="{_checked(name)}"></div>'


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no id: small letters, digits, single hyphens")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonSection:
    """A heading, a sentence for readers and search, and the place of a fragment."""

    anchor: str
    title: str
    sentence: str = ""
    """Plain text; it is encoded here."""


def page_markdown(
    *,
    title: str,
    description: str,
    sections: Sequence[SkeletonSection],
    head: str | None = None,
    sentence: str = "",
    hide: Sequence[str] = (),
) -> str:
    """A whole page: front matter, the title, a sentence, the head's fragment, the sections.

    Each section's placeholder bears its anchor's name; `head` names the fragment under the title.
    """
    blocks = [front_matter(title, description, hide), heading(1, title)]
    if sentence:
        blocks.append(encode(sentence))
    if head:
        blocks.append(placeholder(head))
    for section in sections:
        blocks.append(heading(2, section.title, section.anchor))
        if section.sentence:
            blocks.append(encode(section.sentence))
        blocks.append(placeholder(section.anchor))
    return "\n\n".join(blocks) + "\n"
