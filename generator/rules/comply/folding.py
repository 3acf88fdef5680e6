"""A text as it is compared with word lists: capitals, accents, widths and gaps do not count."""

from __future__ import annotations

import itertools
import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200c\u200d\ufe00-\ufe0f]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
CHINESE = "\u3400-\u9fff"
HAS_CHINESE = re.compile(f"[{CHINESE}]")
GAP = "…"
"""In a term: some words may stand between."""
WORD = re.compile("[a-z0-9\u00df-\u024f]+")
# k.i.c.k.b.a.c.k and k i c k b a c k: one letter at a time
_SPELT_OUT = re.compile(
    rf"(?<![a-z0-9])[a-z](?:[^a-z0-9\s{CHINESE}]{{1,2}}[a-z](?![a-z0-9])){{3,}}"
    r"|(?<![a-z0-9])[a-z](?:\s[a-z](?![a-z0-9])){3,}"
)
_NOT_LETTERS = re.compile("[^a-z]+")
# 回 扣 and 回-扣; commas and full stops part what belongs apart
_GAP = re.compile(rf"(?<=[{CHINESE}])[\s.\-_*/|+~·•‧]{{1,3}}(?=[{CHINESE}])")
# kick-back, schmier.geld: parts of a word
_IN_PARTS = re.compile(r"[a-z]{1,12}(?:[.\-_*·|+~/]{1,2}[a-z]{1,12})+")
_SENTENCE_END = re.compile(r"[。;!?]|\.(?=\s|$)|\n\s*\n")


def folded(text: str) -> str:
    """The text in small letters without accents, spelt-out words put together."""
    if text.isascii():
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
        plain = _ACCENTS.sub("", decomposed).casefold().translate(_LETTERS)
        if HAS_CHINESE.search(plain):
            plain = _GAP.sub("", plain)
    return _SPELT_OUT.sub(lambda found: _put_together(found[0]), plain)


def _put_together(spelt: str) -> str:
    """The letters as a word; the first may have been a word of its own ('a k i c k…')."""
    word = _NOT_LETTERS.sub("", spelt)
    return f"{word} {word[1:]}" if " " in spelt else word


def spellings(term: str) -> frozenset[str]:
    """A term as texts may have it, folded: 'gefällig' is also written 'gefaellig'."""
    return frozenset(
        GAP.join(folded(part) for part in one.split(GAP))
        for one in (term, term.casefold().translate(_UMLAUTS))
    )


def sentences(text: str) -> list[str]:
    """A folded text by its sentences."""
    return [one for one in _SENTENCE_END.split(text) if one.strip()]


def parted(text: str) -> set[str]:
    """Words of a folded text that may have been parted: in pieces with signs, or in two."""
    words = WORD.findall(text)
    pieces = {_NOT_LETTERS.sub("", one) for one in _IN_PARTS.findall(text)}
    return pieces | {first + second for first, second in itertools.pairwise(words)}
