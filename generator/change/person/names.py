"""How a person may be written in a text: their name and its spellings, found as whole names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Between the words of a name: spaces, a line's end, the '#' of a comment that goes on below
_GAP = r"[\s\u00a0\u3000]+(?:#[ \t]*)?"
# Han, kana and hangul are written without spaces: a name may stand right beside other words
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_BEFORE = r"(?<!\w)(?<!\w[-.@])"
_BEHIND = r"(?!\w)(?![-@]\w)(?!\.[\w-]+@)"
_CAPITAL = "[A-Z\u00c0-\u00de\u0100-\u017f]"
_NOTHING = "(?!)"
_SHORTEST = 3
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """A person's name in all its forms, and names of others that hold one of them."""

    names: tuple[str, ...]
    id: str = ""
    """Searched as well where it is made of several words, as names are."""
    others: tuple[str, ...] = ()
    """Longer names of others, which are left alone."""

    def pattern(self) -> re.Pattern[str]:
        """Finds the names; a hit that is theirs has the group 'them'."""
        forms = list(self._forms())
        kept = [name for name in self.others if _holds(name, forms)]
        return _either(_all(kept), [*self._alone(), *_all(forms)])

    def parts(self) -> re.Pattern[str] | None:
        """Finds what may be theirs, a word of the name or the id within another; None without any.

        Whole names, theirs and those of others, are no hits.
        """
        words = {
            word
            for name in self.names
            for word in name.replace(",", " ").split()
            if len(name.split()) > 1 and len(word) >= _SHORTEST and not _IS_UNSPACED.search(word)
        }
        patterns = _all(words)
        if self.has_telling_id():
            patterns.append(re.escape(self.id))
        whole = [*self._forms(), *(name for name in self.others if _holds(name, words))]
        return _either(_all(whole), patterns) if patterns else None

    def has_telling_id(self) -> bool:
        """Whether the id gives the person away; a single word may be any word."""
        return "-" in self.id

    def _forms(self) -> Iterator[str]:
        if self.has_telling_id():
            yield self.id
        for name in self.names:
            yield name
            words = name.split()
            if len(words) > 1 and not _IS_UNSPACED.search(name):
                yield f"{words[-1]} {' '.join(words[:-1])}"

    def _alone(self) -> Iterator[str]:
        """'Rossi, Anna', but not where it may be two persons: 'Marco Rossi, Anna Bianchi'."""
        for name in self.names:
            words = name.split()
            if len(words) > 1 and not _IS_UNSPACED.search(name):
                turned = _whole(f"{words[-1]}, {' '.join(words[:-1])}")
                yield rf"(?<!\w )(?<!\w){turned}(?!\s{_CAPITAL})"


def _holds(other: str, forms: Iterable[str]) -> bool:
    """Whether another's name is longer than one of these and holds it."""
    folded = _folded(other)
    folded_forms = [_folded(form) for form in forms]
    return folded not in folded_forms and any(mention in folded for mention in folded_forms)


def _all(names: Iterable[str]) -> list[str]:
    return [_whole(name) for name in sorted(set(names), key=_longest)]


def _either(others: Sequence[str], theirs: Sequence[str]) -> re.Pattern[str]:
    """Either of them, 'them' being theirs; without any of theirs nothing is ever found."""
    theirs_pattern = f"(?P<them>{'|'.join(theirs) or _NOTHING})"
    return re.compile("|".join([*(f"(?:{document})" for document in others), theirs_pattern]))


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the person is named in a text."""
    for match in pattern.finditer(text):
        if match.group("them") is not None:
            yield match.span("them")


def without(pattern: re.Pattern[str], word: str, text: str) -> str:
    """A text with a word in the place of each name."""
    parts, position = [], 0
    for begin, end in spans(pattern, text):
        parts += [text[position:begin], word]
        position = end
    return "".join((*parts, text[position:]))


def is_same_name(name: str, another: str) -> bool:
    """Whether two names are the same but for capitals and spaces."""
    return _folded(name) == _folded(another)


def _whole(name: str) -> str:
    words = name.split()
    inside = _GAP.join("".join(_letters(word)) for word in words)
    before = "" if _IS_UNSPACED.match(words[0][0]) else _BEFORE
    behind = "" if _IS_UNSPACED.match(words[-1][-1]) else _BEHIND
    # a single word in small letters may be any word: 'may' is not May
    return f"{before}(?i:{inside}){behind}" if _is_many(name) else f"{before}{inside}{behind}"


def _is_many(name: str) -> bool:
    return len(name.split()) > 1 or "-" in name


def _letters(word: str) -> Iterator[str]:
    """Each letter, composed or with its accent behind it; a space may part unspaced ones."""
    composed = unicodedata.normalize("NFC", word)
    for place, letter in enumerate(composed):
        apart = unicodedata.normalize("NFD", letter)
        both = sorted({letter, apart})
        yield re.escape(letter) if len(both) < _TWO else f"(?:{'|'.join(map(re.escape, both))})"
        after = composed[place + 1 : place + 2]
        if _IS_UNSPACED.match(letter) and after and _IS_UNSPACED.match(after):
            yield r"[ \u00b7\u3000]?"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def clean_names(given: Iterable[str]) -> tuple[str, ...]:
    """Names without empty ones, each once."""
    return tuple(dict.fromkeys(" ".join(name.split()) for name in given if name.strip()))
