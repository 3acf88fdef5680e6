"""Whether a rival's secret came to us, or something is agreed with one: judged by its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    "mutual": 2,
    "together": 1,
    "restraint": 2,
    "abstaining": 2,
    "carving_up": 3,
    "collusion": ENOUGH,
}
"""What each part of such a sentence weighs; the list of compliance.yaml has its name."""
_WHOSE = ("former_job", "rival")
_CAME = ("leak", "passing")
_OF_PAPERS = ("closed_papers", "papers", "hidden", "undercut")
_BEGUN_BY = (*_CAME, "restraint", "abstaining", "carving_up", "collusion")
"""One of these is in each such sentence."""
_WITH_WHOM = ("rival", "firm")
_SETTLED = ("agreeing", "speaking")
_BY_BOTH = ("mutual", "together")
_DEEDS = ("carving_up", "abstaining", "restraint")
_FIRM = 1


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

    def find(
        self, sentence: str, rivals: Iterable[str], *, firm: str = "", owner: str = ""
    ) -> tuple[str, ...]:
        """The words of a folded sentence that together tell it; none where they do not.

        `rivals` are the folded names of those whom the plan knows as such; the text deals with a
        `firm` that the plan does not know, or speaks of the prices of an `owner`; '' where not.
        """
        found = self._parts.found(sentence, RIVAL_WEIGHTS)
        if "rival" not in found and (name := _named(sentence, rivals)):
            found["rival"] = name
        if "rival" not in found and owner and "leak" in found:
            found["rival"] = owner
        elif "rival" not in found and firm:
            found["firm"] = firm
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


def _told(found: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that weigh enough together; none where one is wanting."""
    if "collusion" in found:
        return ("collusion",)
    return _of_papers(found) or _of_a_pact(found)


def _of_papers(found: Mapping[str, str]) -> tuple[str, ...]:
    """What a rival keeps to itself came to us."""
    came = _first(_CAME, found)
    if not came or found.keys().isdisjoint(("papers", "closed_papers")):
        return ()
    # Counted once: whose the papers are, and how they came
    whose = _first(_WHOSE, found)
    told = [part for part in (whose, came, *_OF_PAPERS) if part in found]
    is_of_a_rival = whose or "closed_papers" in found or "undercut" in found
    return tuple(told) if is_of_a_rival and _weight(told) >= ENOUGH else ()


def _of_a_pact(found: Mapping[str, str]) -> tuple[str, ...]:
    """Something is settled with a rival, or with a firm by name, that only rivals settle."""
    deed, whom = _first(_DEEDS, found), _first(_WITH_WHOM, found)
    settled, both = _first(_SETTLED, found), _first(_BY_BOTH, found)
    # Prices rise everywhere: it tells something when two do it together
    is_settled = (
        deed == "carving_up"
        or (whom and settled and (both or (deed == "abstaining" and settled == "agreeing")))
        or (both == "mutual" and whom)
    )
    told = [part for part in (whom, settled, both, deed) if part]
    return tuple(told) if deed and is_settled and _weight(told) >= ENOUGH else ()


def _first(parts: Iterable[str], found: Mapping[str, str]) -> str:
    return next((part for part in parts if part in found), "")


def _weight(parts: Iterable[str]) -> int:
    return sum(_FIRM if part == "firm" else RIVAL_WEIGHTS[part] for part in parts)
