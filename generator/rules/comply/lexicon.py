"""Lists of words and phrases, and where a text has one of them: spelling does not count."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
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
    if "%" in text:
        text = text.replace("%", " percent")
    if text.isascii():
        plain = text.lower()
    else:
        plain = _in_small_letters(_INVISIBLE.sub("", text))
        if HAS_CHINESE.search(plain):
            plain = _GAP.sub("", plain)
    return _SPELT_OUT.sub(lambda letters: _put_together(letters[0]), plain)


def _in_small_letters(text: str) -> str:
    """Without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return _ACCENTS.sub("", decomposed).casefold().translate(_LETTERS)


def _put_together(spelt: str) -> str:
    """The letters as a word; the first may have been a word of its own ('a k i c k…')."""
    word = _NOT_LETTERS.sub("", spelt)
    return f"{word} {word[1:]}" if " " in spelt else word


def spellings(terms: Iterable[str]) -> set[str]:
    """Terms as texts may have them, folded: 'gefällig' is also written 'gefaellig'."""
    # All at once; the sign of a gap would come apart
    text = "\n".join(terms).casefold().replace(GAP, "\0")
    both = f"{_in_small_letters(text)}\n{_in_small_letters(text.translate(_UMLAUTS))}"
    return set(both.replace("\0", GAP).split("\n"))


def sentences(text: str) -> list[str]:
    """A folded text by its sentences."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


@lru_cache(maxsize=64)
def _words(sentence: str) -> list[str]:
    """The words of a folded sentence; one list after the other asks for them."""
    return WORD.findall(sentence)


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
_TERM = re.compile(rf"\([^()]*\)\*?|[a-z0-9\u00df-\u024f]+\*?|{GAP}|{NUMBER}")


REMEMBERED = 4096
"""So many sentences a list remembers its answer to."""


class Step(NamedTuple):
    """One step of a phrase: one of some words."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    """Of words with any ending."""
    only: str = ""
    """The word, where there is no other; no sign."""

    def fits(self, given: str) -> bool:
        """Whether a word of the text is one of these."""
        if given in self.words or (self.beginnings and given.startswith(self.beginnings)):
            return True
        return NUMBER in self.words and given[0].isdigit()


Phrase = tuple[Step, ...]
_SIGNS = frozenset((GAP, NUMBER))
_NONE = frozenset[str]()
_NOTHINGS = frozenset[frozenset[str]]()
_NOTHING = frozenset({_NONE})
"""What a text must have beside a word that is enough by itself."""


def lexicon_of(terms: Mapping[str, Iterable[str]], *, in_parts: bool = False) -> Lexicon:
    """The lexicon of a list, made once for each: a history judges with the same words each time."""
    return _made(tuple((name, tuple(words)) for name, words in terms.items()), in_parts)


@lru_cache(maxsize=256)
def _made(terms: tuple[tuple[str, tuple[str, ...]], ...], in_parts: bool) -> Lexicon:  # noqa: FBT001
    return Lexicon(dict(terms), in_parts=in_parts)


class Lexicon:
    """The words and phrases of a list, in all its languages; `find` and `without` remember."""

    def __init__(self, terms: Mapping[str, Iterable[str]], *, in_parts: bool = False) -> None:
        """`in_parts`: also where a long word was parted by a sign or a space."""
        listed = {term for each in terms.values() for term in each}
        chinese = {term for term in listed if HAS_CHINESE.search(term)}
        self._chinese_terms = chinese
        self._alone: set[str] = set()
        """Words that are terms by themselves, '*' behind those with any ending."""
        self._by_head: dict[str, list[Phrase]] = {}
        self._beside: dict[str, set[frozenset[str]]] = {}
        self._begun: dict[str, tuple[Phrase, ...]] = {}
        self.keys: set[str] = set()
        """Of each phrase one word that a text must have; the longest."""
        self.stems: set[str] = set()
        """The same for words with any ending."""
        spelled = sorted(spellings(listed - chinese))
        for phrase in filter(None, itertools.chain(*map(_phrases, spelled))):
            self._add(phrase)
        long = {word.rstrip("*") for word in self._alone} if in_parts else ()
        self._long = frozenset(word for word in long if len(word) >= _LONG)
        # The states of a history have the same sentences again and again
        self.find = lru_cache(maxsize=REMEMBERED)(self._find)
        self.without = lru_cache(maxsize=REMEMBERED)(self._without)

    @cached_property
    def _chinese(self) -> re.Pattern[str] | None:
        """The Chinese terms, made ready when a text asks: most workspaces have none."""
        return _pattern(self._chinese_terms) if self._chinese_terms else None

    def _add(self, phrase: Phrase) -> None:
        head, key = phrase[0], max(phrase, key=_length)
        self.keys.update(key.words)
        self.stems.update(key.beginnings)
        if len(phrase) == 1:
            self._alone.update(_names(head))
            return
        for name in _names(head):
            self._by_head.setdefault(name, []).append(phrase)
        others = frozenset(step.only for step in phrase if step is not key and step.only)
        for name in _names(key):
            self._beside.setdefault(name, set()).add(others)

    def _find(self, sentence: str) -> str | None:
        """The first words of a folded sentence that are in the list, as they stand there."""
        if not sentence.isascii() and self._chinese and (match := self._chinese.search(sentence)):
            return match[0]
        words = _words(sentence)
        for place, word in enumerate(words):
            for phrase in self._headed(word):
                if end := _end(phrase, words, place):
                    return " ".join(words[place:end])
        return next(iter(sorted(self._long & parted(sentence))), None) if self._long else None

    def _without(self, sentence: str) -> str:
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

    def beside(self, names: frozenset[str]) -> frozenset[frozenset[str]]:
        """What else a text with a word must have for a phrase of the list: one of these sets.

        `names` are the word's `heads`.
        """
        if not self._alone.isdisjoint(names):
            return _NOTHING
        keys = self._beside.keys() & names
        sets = _NOTHINGS.union(*(self._beside[key] for key in keys)) if keys else _NOTHINGS
        return _NOTHING if _NONE in sets else sets

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
        names = heads(word)
        if not self._alone.isdisjoint(names):
            yield (Step(frozenset((word,))),)
        for name in sorted(self._by_head.keys() & names):
            yield from self._by_head[name]


def heads(word: str) -> frozenset[str]:
    """As what a list may have a word: as it stands, by its beginning, as a number."""
    beginnings = (f"{word[: end + 1]}*" for end in range(len(word)))
    return frozenset((word, *beginnings, *(NUMBER for first in word[:1] if first.isdigit())))


@cache
def _length(step: Step) -> int:
    """The letters of the shortest word of a step: the longer, the rarer."""
    return min(map(len, (*step.words, *step.beginnings))) if step.words.isdisjoint(_SIGNS) else 0


@cache
def _names(step: Step) -> tuple[str, ...]:
    """The words of a step, '*' behind those with any ending."""
    return (*step.words, *(f"{word}*" for word in step.beginnings))


def _phrases(term: str) -> Iterator[Phrase]:
    """What a term stands for; words to choose from are one step, longer choices phrases each."""
    parts = _TERM.findall(term)
    if "(" not in term:
        yield tuple(map(_step, parts))
        return
    for way in itertools.product(*map(_ways, parts)):
        yield tuple(itertools.chain(*way))


def _ways(part: str) -> list[Phrase]:
    """The steps that one part of a term may be."""
    if not part.startswith("("):
        return [(_step(part),)]
    choice, _, ending = part[1:].rpartition(")")
    choices = [(word.strip() + ending).split() for word in choice.split("|")]
    words = [_step(each[0]) for each in choices if len(each) == 1]
    one_of = Step(
        frozenset(itertools.chain(*(step.words for step in words))),
        tuple(itertools.chain(*(step.beginnings for step in words))),
    )
    longer = [tuple(map(_step, each)) for each in choices if len(each) != 1]
    return [(one_of,), *longer] if words else longer


@cache
def _step(word: str) -> Step:
    """The step of one word; the same words stand in many phrases."""
    if word.endswith("*"):
        return Step(frozenset(), (word[:-1],))
    return Step(frozenset((word,)), only="" if word in _SIGNS else word)


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Chinese has no spaces between words: its terms are looked for anywhere."""
    gap = rf"[^。,;!?\n]{{0,{_GAP_CHARACTERS}}}?"
    parts = (gap.join(_choices(part.strip()) for part in term.split(GAP)) for term in terms)
    return re.compile("|".join(sorted(parts)))


def _choices(term: str) -> str:
    """A Chinese term as a pattern; its choices stay choices."""
    pattern = re.escape(_in_small_letters(term))
    return pattern.replace(r"\(", "(?:").replace(r"\|", "|").replace(r"\)", ")")


def _end(phrase: Phrase, words: list[str], place: int) -> int:
    """Behind which word a phrase that begins at a place ends; 0 when it is not there."""
    near = False
    for step in phrase:
        if GAP in step.words:
            near = True
            continue
        last = min(place + _GAP_WORDS, len(words) - 1) if near else place
        while place <= last and place < len(words) and not step.fits(words[place]):
            place += 1
        if place > last or place >= len(words):
            return 0
        place, near = place + 1, False
    return place
