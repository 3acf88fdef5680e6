"""What only few may see, told again where more may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Problem
from generator.read import Document
from generator.rules.comply.folding import HAS_CHINESE, folded
from generator.rules.comply.texts import Text, texts_of
from generator.settings.audiences import HIGHEST, Audiences, level

# What an id or a number looks like; a plain word comes about anywhere
_NUMBER = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).{5,}|\d{6,}")
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS, _CHARACTERS = 4, 8
_KEPT = ("value.return.courtesies.",)
"""The register of courtesies; where personal data comes from may be told in words of others too."""


def class_findings(document: Document, audiences: Audiences) -> Iterator[Problem]:
    """cf1: numbers and sentences of restricted fields in fields of a lower class."""
    if "courtesies" not in document.text:
        return
    texts = [one for one in texts_of(document) if one.path]
    kept = [one for one in texts if _is_restricted(one, audiences) and _is_telling(one.text)]
    if not kept:
        return
    for text in texts:
        if level(audiences.class_of(text.pattern)) >= level(HIGHEST):
            continue
        plain = folded(text.text)
        source = next((one for one in kept if folded(one.text) in plain), None)
        if source is not None:
            place = document.value_place(source.path)
            yield text.problem(
                "cf1",
                f"this repeats {source.pattern} of line {place.line}, which only few may see"
                f" ('{audiences.class_of(source.pattern)}'); this field is"
                f" '{audiences.class_of(text.pattern)}': take it out here",
            )


def _is_restricted(text: Text, audiences: Audiences) -> bool:
    return text.pattern.startswith(_KEPT) and audiences.class_of(text.pattern) == HIGHEST


def _is_telling(text: str) -> bool:
    if _A_DATE.fullmatch(text):
        return False
    if HAS_CHINESE.search(text):
        return len(text) >= _CHARACTERS
    return bool(_NUMBER.fullmatch(text)) or len(text.split()) >= _WORDS
