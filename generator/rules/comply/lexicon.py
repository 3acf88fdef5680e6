"""Lists of words and phrases, and where a text has one of them: spelling does not count."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

# A text as it is compared with word lists: capitals, accents, widths and gaps do not count

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
# The dot of a title ('Mr. Osei') and of 'no.' ends nothing
_SENTENCE_END = re.compile(
    r"[。!?]|(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bst)(?<!\bhr)(?<!\bfr)(?<!\bsr)(?<!\bno)(?<!\bnr)"
    r"(?<!\bmrs)(?<!\bsra)(?<!\bmme)(?<!\bprof)\.(?=\s|$)|\n\s*\n"
)


def folded(text: str) -> str:
    """The text in small letters without accents, spelt-out words put together."""
    if text.isascii():
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
        plain = _ACCENTS.sub("", decomposed).casefold().translate(_LETTERS)
        if HAS_CHINESE.search(plain):
            plain = _GAP.sub("", plain)
    return _SPELT_OUT.sub(lambda letters: _put_together(letters[0]), plain)


def _put_together(spelt: str) -> str:
    """The letters as a word; the first may have been a word of its own ('a k i c k…')."""
    word = _NOT_LETTERS.sub("", spelt)
    return f"{word} {word[1:]}" if " " in spelt else word


def spellings(term: str) -> frozenset[str]:
    """A term as texts may have it, folded: 'gefällig' is also written 'gefaellig'."""
    if term.isascii():
        return frozenset((folded(term),))
    plain = GAP.join(folded(part) for part in term.split(GAP))
    other = term.casefold().translate(_UMLAUTS)
    if other == plain:
        return frozenset((plain,))
    return frozenset((plain, GAP.join(folded(part) for part in other.split(GAP))))


def sentences(text: str) -> list[str]:
    """A folded text by its sentences."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def parted(text: str) -> set[str]:
    """Words of a folded text that may have been parted: in pieces with signs, or in two."""
    words = WORD.findall(text)
    pieces = {_NOT_LETTERS.sub("", word) for word in _IN_PARTS.findall(text)}
    return pieces | {first + second for first, second in itertools.pairwise(words)}


# Where a sentence has a word of a list; in time linear in the text

NUMBER = "#"
_GAP_WORDS = 6
_GAP_CHARACTERS = 12
_LONG = 7
"""Letters from which a word is also looked for in parts: short ones come about by chance."""
_TERM = re.compile(rf"[a-z0-9\u00df-\u024f]+\*?|{GAP}|{NUMBER}")


class Word(NamedTuple):
    """One step of a phrase."""

    text: str
    any_ending: bool = False

    def fits(self, given: str) -> bool:
        """Whether a word of the text is this one."""
        if self.text == NUMBER:
            return given[:1].isdigit()
        return given.startswith(self.text) if self.any_ending else given == self.text


Phrase = tuple[Word, ...]


def lexicon_of(terms: Mapping[str, Iterable[str]], *, in_parts: bool = False) -> Lexicon:
    """The lexicon of a list, made once for each: a history judges with the same words each time."""
    return _made(tuple((name, tuple(words)) for name, words in terms.items()), in_parts)


@lru_cache(maxsize=256)
def _made(terms: tuple[tuple[str, tuple[str, ...]], ...], in_parts: bool) -> Lexicon:  # noqa: FBT001
    return Lexicon(dict(terms), in_parts=in_parts)


class Lexicon:
    """The words and phrases of a list, in all its languages."""

    def __init__(self, terms: Mapping[str, Iterable[str]], *, in_parts: bool = False) -> None:
        """`in_parts`: also where a long word was parted by a sign or a space."""
        spelled = {
            spelling for each in terms.values() for term in each for spelling in spellings(term)
        }
        chinese = sorted(spelling for spelling in spelled if HAS_CHINESE.search(spelling))
        self._chinese_terms = chinese
        self._by_head: dict[str, list[Phrase]] = {}
        self._beside: dict[Word, set[frozenset[str]]] = {}
        self._begun: dict[str, tuple[Phrase, ...]] = {}
        self.keys: set[str] = set()
        """Of each phrase one word that a text must have; the longest."""
        self.stems: set[str] = set()
        """The same for words with any ending."""
        for term in sorted(spelled.difference(chinese)):
            self._add(_phrase(term))
        self._stem_lengths = sorted({len(stem) for stem in self.stems})
        self._lengths = sorted({len(head) for head in self._by_head if head.endswith("*")})
        self._long = frozenset(
            phrase[0].text
            for phrases in self._by_head.values()
            for phrase in phrases
            if in_parts and len(phrase) == 1 and len(phrase[0].text) >= _LONG
        )

    @cached_property
    def _chinese(self) -> re.Pattern[str] | None:
        """The Chinese terms, made ready when a text asks: most workspaces have none."""
        return _pattern(self._chinese_terms) if self._chinese_terms else None

    def _add(self, phrase: Phrase) -> None:
        head = phrase[0]
        name = f"{head.text}*" if head.any_ending else head.text
        self._by_head.setdefault(name, []).append(phrase)
        key = max((word for word in phrase if word.text not in (GAP, NUMBER)), key=_length)
        (self.stems if key.any_ending else self.keys).add(key.text)
        exact = {word.text for word in phrase if not word.any_ending}
        self._beside.setdefault(key, set()).add(frozenset(exact - {key.text, GAP, NUMBER}))

    def find(self, sentence: str) -> str | None:
        """The first words of a folded sentence that are in the list, as they stand there."""
        if not sentence.isascii() and self._chinese and (match := self._chinese.search(sentence)):
            return match[0]
        words = WORD.findall(sentence)
        for place, word in enumerate(words):
            for phrase in self._headed(word):
                if end := _end(phrase, words, place):
                    return " ".join(words[place:end])
        return next(iter(sorted(self._long & parted(sentence))), None) if self._long else None

    def without(self, sentence: str) -> str:
        """A folded sentence, what is in the list taken out."""
        if not sentence.isascii() and self._chinese:
            sentence = self._chinese.sub(" ", sentence)
        words = list(WORD.finditer(sentence))
        texts = [word[0] for word in words]
        kept, behind, place = [], 0, 0
        while place < len(words):
            ends = (_end(phrase, texts, place) for phrase in self._headed(texts[place]))
            if end := max(ends, default=0):
                kept.append(sentence[behind : words[place].start()])
                behind, place = words[end - 1].end(), end
            else:
                place += 1
        return "".join((*kept, sentence[behind:]))

    def beside(self, word: str) -> frozenset[frozenset[str]]:
        """What else a text with a word must have for a phrase of the list: one of these sets."""
        keys = [Word(word), *(Word(word[:n], any_ending=True) for n in self._stem_lengths)]
        sets = frozenset().union(*(self._beside.get(key, ()) for key in keys))
        return frozenset({frozenset()}) if frozenset() in sets else sets

    def may_have(self, text: str) -> bool:
        """Whether a folded text may hold parted or Chinese words of the list."""
        if not text.isascii() and self._chinese and self._chinese.search(text):
            return True
        return not self._long.isdisjoint(parted(text)) if self._long else False

    def _headed(self, word: str) -> tuple[Phrase, ...]:
        """The phrases that may begin with a word; words come again and again."""
        phrases = self._begun.get(word)
        if phrases is None:
            phrases = self._begun[word] = tuple(self._begun_by(word))
        return phrases

    def _begun_by(self, word: str) -> Iterator[Phrase]:
        yield from self._by_head.get(word, ())
        if word[0].isdigit():
            yield from self._by_head.get(NUMBER, ())
        for length in self._lengths:
            if length > len(word) + 1:
                return
            yield from self._by_head.get(f"{word[: length - 1]}*", ())


def _length(word: Word) -> int:
    return len(word.text)


def _phrase(term: str) -> Phrase:
    return tuple(Word(step.rstrip("*"), step.endswith("*")) for step in _TERM.findall(term))


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Chinese has no spaces between words: its terms are looked for anywhere."""
    gap = rf"[^。,;!?\n]{{0,{_GAP_CHARACTERS}}}?"
    parts = (gap.join(re.escape(part.strip()) for part in term.split(GAP)) for term in terms)
    return re.compile("|".join(sorted(parts)))


def _end(phrase: Phrase, words: list[str], place: int) -> int:
    """Behind which word a phrase that begins at a place ends; 0 when it is not there."""
    near = False
    for step in phrase:
        if step.text == GAP:
            near = True
            continue
        last = min(place + _GAP_WORDS, len(words) - 1) if near else place
        while place <= last and place < len(words) and not step.fits(words[place]):
            place += 1
        if place > last or place >= len(words):
            return 0
        place, near = place + 1, False
    return place
