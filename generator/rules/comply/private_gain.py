"""Whether somebody is to get something for himself: a sentence is judged by its parts."""

from __future__ import annotations

import re

from generator.rules.comply.lexicon import lexicon_of
from generator.rules.comply.parts import ENOUGH, Parts
from generator.settings.site_config import ComplianceWords

GAIN_WEIGHTS = {
    "luxury": 3,
    "advantage": 3,
    "courtesy": 2,
    "favour": 2,
    "money": 1,
    "kin": 3,
    "officials": 2,
    "receivers": 1,
    "giving": 1,
    "occasion": 1,
    "influence": 2,
    "secrecy": 2,
    "detour": 2,
}
"""What each part of such a sentence weighs; the list of compliance.yaml has its name.

A luxury that is given to somebody is enough. What firms have every day is not, before it is hidden
as well, or is to bring something.
"""
_GOODS = ("luxury", "advantage", "courtesy", "favour", "money")
_ADDED = GAIN_WEIGHTS.keys() - {*_GOODS, "receivers"}
_TELLS = ("influence", "secrecy", "detour")
_SOMEBODY = _CLAUSE = 1
_ANYTHING = "anything"
_REASON = re.compile(r",\s(?:he|she|er|sie|il|elle)\b|,\s?[他她]")
"""A clause about the person behind what is given: ', she signs …'."""


class PrivateGain:
    """The lists of compliance.yaml that speak of the parts."""

    def __init__(self, words: ComplianceWords, parts: Parts) -> None:
        """`parts` has the lists of GAIN_WEIGHTS, and maybe others."""
        self._parts = parts
        self._business, self._refusal = lexicon_of(words.business), lexicon_of(words.refusal)

    def may_have(self, possible: frozenset[str]) -> bool:
        """Whether a text that may have these parts has words enough to tell."""
        return self._most(possible) >= ENOUGH

    def find(self, sentence: str, *, is_somebody: bool) -> tuple[str, ...]:
        """The words of a folded sentence that together tell it; none where they do not."""
        found = self._parts.found(sentence, GAIN_WEIGHTS)
        parts = self._told(sentence, found, is_somebody=is_somebody)
        if sum(parts.values()) < ENOUGH:
            return ()
        return tuple(dict.fromkeys(found[part] for part in parts if part in found))

    def is_refused(self, sentence: str) -> bool:
        """Whether nothing was given, or may be, by a folded sentence that hides nothing."""
        if not self._refusal.find(sentence):
            return False
        return not self._parts.found(sentence, ("secrecy", "detour"))

    def _told(self, sentence: str, found: dict[str, str], *, is_somebody: bool) -> dict[str, int]:
        """The parts that count in a sentence, with what they weigh; none where one is wanting."""
        kin, given = "kin" in found, "giving" in found
        good = next((part for part in _GOODS if part in found and (kin or part != "favour")), "")
        if not good and given and not self._business.find(sentence):
            good = _ANYTHING
        tells = [part for part in _TELLS if part in found]
        who = next((part for part in ("officials", "receivers") if part in found), "")
        is_about_somebody = bool(who) or kin or is_somebody or "secrecy" in found
        # Notes leave out verbs: 'A weekend in Rome with Greg before the tender'
        is_told = (
            bool(tells)
            or (bool(good) and (given or kin))
            or (good == "luxury" and bool(who or is_somebody) and "occasion" in found)
        )
        if not (is_about_somebody and is_told and (good or kin)):
            return {}
        if "secrecy" not in found and self._refusal.find(sentence):
            return {}
        counted = [
            good,
            "kin",
            who,
            "giving",
            "occasion" if given or good == "luxury" else "",
            *tells,
        ]
        parts = {part: GAIN_WEIGHTS[part] for part in counted if part in found}
        if not who and is_somebody:
            parts["somebody"] = _SOMEBODY
        if given and good != _ANYTHING and _REASON.search(sentence):
            parts["clause"] = _CLAUSE
        return parts

    @staticmethod
    def _most(possible: frozenset[str]) -> int:
        """What a text with these parts weighs at most."""
        good = max((GAIN_WEIGHTS[part] for part in _GOODS if part in possible), default=0)
        others = sum(GAIN_WEIGHTS[part] for part in possible & _ADDED)
        if possible.isdisjoint(("giving", "kin", *(_TELLS if good else ()))) and not (
            possible >= {"luxury", "occasion"}
        ):
            return 0
        return good + others + _SOMEBODY + _CLAUSE
