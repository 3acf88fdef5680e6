"""The parts of which a sentence is made that says what no plan may hold: one list of words each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from generator.rules.comply.lexicon import HAS_CHINESE, REMEMBERED, WORD, Lexicon, heads, lexicon_of
from generator.settings.site_config import ComplianceWords

ENOUGH = 5
"""What the parts of a sentence weigh together when it is told."""


def parts_of(words: ComplianceWords, names: Iterable[str]) -> Parts:
    """Some lists of compliance.yaml; the same for all states of a history with the same words."""
    return _made(tuple((part, lexicon_of(getattr(words, part))) for part in names))


@lru_cache(maxsize=8)
def _made(lists: tuple[tuple[str, Lexicon], ...]) -> Parts:
    return Parts(dict(lists))


class Parts:
    """Some lists of compliance.yaml, and which of them a text or a sentence has a word of."""

    def __init__(self, lists: Mapping[str, Lexicon]) -> None:
        """Every list by its name."""
        self._lists = lists
        self._all = frozenset(self._lists)
        # Words come again and again over a portfolio
        self._parts_with = cache(self._look_up)
        self.possible = lru_cache(maxsize=REMEMBERED)(self._possible)

    def _possible(self, text: str) -> frozenset[str]:
        """The parts of which a folded text may have a word; quick, and never wrong about a no.

        An id or a day has none.
        """
        if text.isascii() and " " not in text:
            return frozenset()
        if HAS_CHINESE.search(text):
            return self._all
        words = frozenset(WORD.findall(text))
        parts = itertools.chain.from_iterable(map(self._parts_with, words))
        return frozenset(part for part, others in parts if others <= words)

    def found(self, sentence: str, names: Iterable[str]) -> dict[str, str]:
        """Which of some parts a folded sentence has, each with its words as they stand there."""
        possible = self.possible(sentence)
        return {
            part: word
            for part in names
            if part in possible and (word := self._lists[part].find(sentence))
        }

    def _look_up(self, word: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The parts of which a text with a word has one, if it has some others as well."""
        names = heads(word)
        return tuple(
            (part, others)
            for part, lexicon in self._lists.items()
            for others in lexicon.beside(names)
        )
