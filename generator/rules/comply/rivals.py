"""Whether a rival's secret came to us, or something is agreed with one: judged by its parts."""

from __future__ import annotations

from collections.abc import Iterable

from generator.rules.comply.lexicon import HAS_CHINESE, WORD, lexicon_of
from generator.rules.comply.parts import ENOUGH, Parts
from generator.settings.site_config import ComplianceWords

RIVAL_WEIGHTS = {
    "rival": 2,
    "former_job": 3,
    "papers": 1,
    "closed_papers": 3,
    "leak": 2,
    "passing": 1,
    "hidden": 2,
    "undercut": 1,
    "agreeing": 2,
    "speaking": 1,
    "together": 1,
    "restraint": 2,
    "carving_up": 3,
    "collusion": ENOUGH,
}
"""What each part of such a sentence weighs; the list of compliance.yaml has its name."""
_WHOSE = ("former_job", "rival")
_CAME = ("leak", "passing")
_OF_PAPERS = ("closed_papers", "papers", "hidden", "undercut")
_BEGUN_BY = (*_CAME, "restraint", "carving_up", "collusion")
"""One of these is in each such sentence."""
_OF_A_PACT = ("rival", "agreeing", "speaking", "together", "restraint", "carving_up")


class RivalDealings:
    """The lists of compliance.yaml that speak of rivals."""

    def __init__(self, words: ComplianceWords, parts: Parts) -> None:
        """`parts` has the lists of RIVAL_WEIGHTS, and maybe others."""
        self._parts = parts
        self._above_board, self._refusal = lexicon_of(words.above_board), lexicon_of(words.refusal)

    def may_have(self, possible: frozenset[str]) -> bool:
        """Whether a text that may have these parts tells enough, if a plan knows a rival in it."""
        if possible.isdisjoint(_BEGUN_BY):
            return False
        return bool(_told(dict.fromkeys((*possible, "rival"), "")))

    def find(self, sentence: str, rivals: Iterable[str]) -> tuple[str, ...]:
        """The words of a folded sentence that together tell it; none where they do not.

        `rivals` are the folded names of those whom the plan knows as such.
        """
        found = self._parts.found(sentence, RIVAL_WEIGHTS)
        if "rival" not in found and (name := _named(sentence, rivals)):
            found["rival"] = name
        told = _told(found)
        if not told or self._refusal.find(sentence):
            return ()
        # What everybody may read is nobody's secret, unless it is said to be one
        if "hidden" not in found and self._above_board.find(sentence):
            return ()
        return tuple(dict.fromkeys(found[part] for part in told))


def _named(sentence: str, rivals: Iterable[str]) -> str:
    """The first of some names that a folded sentence has as words of its own, or ''."""
    words = f" {_in_words(sentence)} "
    for name in sorted(rivals):
        # Chinese has no spaces between words
        if name in sentence if HAS_CHINESE.search(name) else f" {_in_words(name)} " in words:
            return name
    return ""


def _in_words(text: str) -> str:
    return " ".join(WORD.findall(text))


def _told(found: dict[str, str]) -> tuple[str, ...]:
    """The parts that weigh enough together; none where one is wanting."""
    if "collusion" in found:
        return ("collusion",)
    came = next((part for part in _CAME if part in found), "")
    if came and not found.keys().isdisjoint(("papers", "closed_papers")):
        # Counted once: whose the papers are, and how they came
        whose = next((part for part in _WHOSE if part in found), "")
        told = [part for part in (whose, came, *_OF_PAPERS) if part in found]
        is_of_a_rival = whose or "closed_papers" in found or "undercut" in found
        if is_of_a_rival and _weight(told) >= ENOUGH:
            return tuple(told)
    is_settled = "together" in found and not found.keys().isdisjoint(("agreeing", "speaking"))
    if "carving_up" in found or ("restraint" in found and "rival" in found and is_settled):
        told = [part for part in _OF_A_PACT if part in found]
        if _weight(told) >= ENOUGH:
            return tuple(told)
    return ()


def _weight(parts: Iterable[str]) -> int:
    return sum(map(RIVAL_WEIGHTS.__getitem__, parts))
