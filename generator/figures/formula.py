"""A formula and the figures that it names by their titles: 'price - our full cost'."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.language import ENGLISH, say, spoken


class Words(NamedTuple):
    """Some words of a formula."""

    text: str
    names: Definition | None
    """The figure whose title they are."""


def in_words(definition: Definition) -> Iterator[Words]:
    """A figure's formula in the language of the page, cut where it names another figure.

    Of two titles that fit the longer wins. A translation names what the English formula names.
    """
    if spoken() is ENGLISH:
        yield from _in_english(definition)
        return
    named = {say(figure.title): figure for figure in named_in(definition)}
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    yield from _cut(say(definition.formula), pattern, named, definition)


def named_in(definition: Definition) -> tuple[Definition, ...]:
    """The other figures that a figure's formula names, each once."""
    return tuple(dict.fromkeys(part.names for part in _in_english(definition) if part.names))


@functools.cache
def _in_english(definition: Definition) -> tuple[Words, ...]:
    """Each page of the method asks for those of all figures."""
    return tuple(_cut(definition.formula, _english(), _BY_TITLE, definition))


def _cut(
    formula: str, pattern: re.Pattern[str], titles: dict[str, Definition], own: Definition
) -> Iterator[Words]:
    end = 0
    for match in pattern.finditer(formula):
        figure = titles[match.lastgroup or match[0]]
        if figure is own:
            continue
        if match.start() > end:
            yield Words(formula[end : match.start()], None)
        yield Words(match[0], figure)
        end = match.end()
    if end < len(formula):
        yield Words(formula[end:], None)


_BY_TITLE = {f"f{place}": figure for place, figure in enumerate(DEFINITIONS.values())}
"""By the name of a group in the pattern of all titles."""


@functools.cache
def _english() -> re.Pattern[str]:
    """All titles, the longest first; of several words each may stand in the plural."""
    titles = sorted(_BY_TITLE.items(), key=lambda item: len(item[1].title), reverse=True)
    groups = (f"(?P<{group}>{_plural(figure.title)})" for group, figure in titles)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(groups)})(?![\w'])", re.IGNORECASE)


def _plural(title: str) -> str:
    """'Their risk after measures' is also meant by 'their risks after measures'."""
    words = [re.escape(word) for word in title.split()]
    return words[0] if len(words) == 1 else " ".join(f"{word}s?" for word in words)
