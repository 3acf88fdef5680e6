"""Plain data against a model: every error at once, in plain words, with the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.model.fields import ENTRY, Field, form_of
from generator.model.kinds import Kind
from generator.model.samples import entry_sample, sample_of
from generator.problems import Problem
from generator.read.document import DataPath, Document
from generator.read.slips import in_plain_signs
from generator.read.text import shown

M = TypeVar("M", bound=BaseModel)

DID_YOU_MEAN = "; did you mean"
_SUGGESTIONS = 100  # of so many findings on, nobody reads suggestions, and they take time
_LISTED = 16  # words are listed up to here
_NEAR = 0.6
SURE = 0.85
"""How alike words are that differ in a letter or two, as difflib counts it."""
_SWAPPED_FROM = 3  # letters: of shorter words a wrong letter may be any other word


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit the model."""

    path: DataPath
    rule: str
    message: str
    at_key: bool = False
    """Whether the key itself is wrong, not its value."""
    missing: bool = False
    """Whether something required is not there; `path` then ends with what is missing."""
    noted: bool = False
    """Whether it is noted where its cause is: a key or an entry without a value."""
    meant: str | None = None
    """The known key that an unknown one was probably meant to be."""


def faults_of(
    model: type[M], given: Any, *, whole: str = "every playbook"
) -> tuple[M | None, tuple[Fault, ...]]:
    """The model built from plain data, or None with all that does not fit.

    `whole` says what lacks a missing field at the top.
    """
    try:
        return model.model_validate(given), ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    faults = [
        _fault(model, detail, whole, suggest=count < _SUGGESTIONS)
        for count, detail in enumerate(errors)
    ]
    misspelt = {(*fault.path[:-1], fault.meant) for fault in faults if fault.meant}
    return None, tuple(fault for fault in faults if not (fault.missing and fault.path in misspelt))


def findings_of(document: Document, faults: Iterable[Fault]) -> Iterator[Problem]:
    """The faults at their places in a file, those that the reader has noted left out."""
    for fault in faults:
        if not fault.noted:
            yield document.problem(fault.path, fault.rule, fault.message, at_key=fault.at_key)


def did_you_mean(word: str, known: Sequence[str], listed_by: str = "") -> str:
    """'; did you mean …?' for a near miss, and what is known unless it is surely that one.

    `listed_by` is a command that lists what is known, where it is too much for a line.
    """
    if sure := surely_meant(word, known):
        return f"{DID_YOU_MEAN} '{sure}'?"
    best = nearest(word, known)
    meant = f"{DID_YOU_MEAN} '{best}'?" if best is not None else ""
    if best is not None and len(known) == 1:
        return meant
    if 0 < len(known) <= _LISTED:
        return f"{meant} Known: {', '.join(known)}" if meant else f"; known: {', '.join(known)}"
    if known and listed_by:
        return f"{meant} To see all: {listed_by}" if meant else f"; to see all: {listed_by}"
    return meant


def surely_meant(word: str, known: Sequence[str]) -> str | None:
    """The known word from which another differs by a slip of the pen."""
    best = nearest(word, known)
    is_sure = best is not None and (is_one_slip(word, best) or nearest(word, (best,), SURE))
    return best if is_sure else None


def nearest(word: str, known: Sequence[str], at_least: float = _NEAR) -> str | None:
    """The known word that is most like another, if it is at least so much like it."""
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in known], 1, at_least)
    return next((name for name in known if near and name.lower() == near[0]), None)


def _fault(model: type[BaseModel], error: Any, whole: str, *, suggest: bool) -> Fault:
    path, kind, given = error["loc"], error["type"], error.get("input")
    if kind == "missing":
        message = f"'{path[-1]}' is missing; {who_needs(path, whole)} needs it"
        return Fault(path=path, rule="missing-field", message=message, missing=True)
    if kind == "extra_forbidden":
        key = str(path[-1])
        place = form_of(model).at(path[:-1]) if suggest else None
        known = place.keys if place else ()
        if place and place.model and (instead := _kept_elsewhere(place.model, key)):
            message = f"unknown key {shown(key)}: {instead}"
            return Fault(path=path, rule="unknown-key", message=message, at_key=True)
        return Fault(
            path=path,
            rule="unknown-key",
            message=f"unknown key {shown(key)}{did_you_mean(key, known, _fields(model, place))}",
            at_key=True,
            meant=nearest(key, known),
        )
    if path[-1:] == ("[key]",) and path[-2:-1] == (given,):
        message = _key_message(given, error.get("ctx", {}))
        return Fault(path=path[:-1], rule="unknown-key", message=message, at_key=True)
    noted = given is None or (isinstance(given, dict) and None in given.values())
    message = "" if noted else _message(error, model)
    return Fault(path=path, rule="wrong-value", message=message, noted=noted)


def is_one_slip(word: str, other: str) -> bool:
    """Whether words differ by one letter that is left out, added or wrong, or by two swapped."""
    shorter, longer = sorted((word.lower(), other.lower()), key=len)
    start = _alike(shorter, longer)
    end = _alike(shorter[start:][::-1], longer[start:][::-1])
    rest, added = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    if not rest:
        return len(added) <= 1 < len(shorter)
    is_swapped = len(rest) == len("ab") and rest[::-1] == added
    return len(shorter) >= _SWAPPED_FROM and (len(rest) == len(added) == 1 or is_swapped)


def _alike(word: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((n for n, (one, two) in pairs if one != two), min(len(word), len(other)))


def _fields(model: type[BaseModel], place: Field | None) -> str:
    """The command that lists the keys of a place, where there is one for the model."""
    command: str = getattr(model, "LISTED_BY", "")
    steps = place.pattern.split(".") if place is not None and command else []
    return " ".join((command, ".".join(step for step in steps if step != ENTRY))).strip()


def _kept_elsewhere(model: type[BaseModel], key: str) -> str | None:
    """What a model says of a key that people look for in it and that is kept elsewhere."""
    elsewhere: Mapping[str, str] = getattr(model, "KEPT_ELSEWHERE", {})
    return elsewhere.get(re.sub(r"[-_ ]", "", key.lower()))


def who_needs(path: DataPath, whole: str = "every playbook") -> str:
    """What cannot do without the value at a path."""
    if len(path) == 1:
        return whole
    if path[:-1] == ("account",):
        return "every account"
    names = [step for step in path[:-1] if isinstance(step, str)]
    return f"every entry of '{names[-1]}'" if isinstance(path[-2], int) else f"'{names[-1]}'"


def _key_message(given: str, context: Any) -> str:
    if "expected" in context:
        return f"unknown key {shown(given)}{did_you_mean(given, _words(context['expected']))}"
    return str(context["text"])


def _message(error: Any, model: type[BaseModel]) -> str:
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if "text" in context:
        return str(context["text"])
    if kind == "literal_error":
        return _unknown_word(given, context, model, form_of(model).at(error["loc"]))
    if kind in _LIMITS:
        return _limit(kind, given, context)
    if kind == "string_too_long":
        return f"too long: {len(given):,} characters; at most {context['max_length']:,}"
    if kind in _LIST_WANTED_BY or kind in _KEYS_WANTED_BY:
        return _list(error, model) if kind in _LIST_WANTED_BY else _keys(error, model)
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


def _unknown_word(given: Any, context: Any, model: type[BaseModel], place: Field | None) -> str:
    if not isinstance(given, str):
        return "a single word is wanted here, not a list or keys of its own"
    cure = in_plain_signs(given) or did_you_mean(given, _words(context["expected"]))
    names = _fields(model, place) if place is not None and place.word_names else ""
    return f"unknown word {shown(given)}{cure}{names and f'; what each is: {names}'}"


_LIST_WANTED_BY = ("tuple_type", "list_type")
_KEYS_WANTED_BY = ("model_type", "dict_type")
_NO_LIST = "; there is only one of it: take the '[ ]' or the '- ' away"
_WORDS = re.compile(r"[\w-]+(?:, *[\w-]+)*")
_WORDS_FOR_NONE = frozenset(
    ("none", "no", "nothing", "nobody", "null", "nil", "~", "0", "-", "—", "n/a", "无", "没有")
)
FOR_NONE = "write [] for none"


def says_none(given: Any) -> bool:
    """Whether a text is meant to say that there is none of what is listed."""
    return isinstance(given, str) and given.strip().lower() in _WORDS_FOR_NONE


def _keys(error: Any, model: type[BaseModel]) -> str:
    """That keys with values are wanted, and what they look like there."""
    given, path = error.get("input"), error["loc"]
    form = form_of(model)
    place = form.at(path)
    holders = (place, form.at(path[:-1])) if path else ()
    if says_none(given) and any(holder and holder.may_be_none for holder in holders):
        return FOR_NONE
    signs = in_plain_signs(given[:1]) if isinstance(given, str) else ""
    if place is None:
        return f"keys with values are wanted here{signs}"
    if place.kind is Kind.MAPPING:
        return f"entries by their ids are wanted here, such as '{entry_sample(place)}'{signs}"
    cure = _NO_LIST if isinstance(given, (list, tuple)) else ""
    return f"keys with values are wanted here, such as '{entry_sample(place)}'{cure}{signs}"


def _list(error: Any, model: type[BaseModel]) -> str:
    """That a list is wanted, what it looks like there, and how words, or none, are written."""
    given, place = error.get("input"), form_of(model).at(error["loc"])
    if says_none(given):
        return FOR_NONE
    signs = in_plain_signs(given[:1]) if isinstance(given, str) else ""
    if place is None or place.has_entries:
        each = f", such as '- {entry_sample(place)}'" if place is not None else ""
        return f"a list is wanted here: one entry a line, each beginning with '- '{each}{signs}"
    if isinstance(given, str) and not signs and _WORDS.fullmatch(given):
        return f"a list is wanted here; write [{given}]"
    return f"a list is wanted here, such as {sample_of(place)}{signs}"


_WHOLE_IN_PERCENT = 100
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}


def _limit(kind: str, given: Any, context: Any) -> str:
    key, words = _LIMITS[kind]
    limit = context[key]
    cure = ""
    if limit == 1 and key in ("le", "lt") and 1 < given <= _WHOLE_IN_PERCENT:
        cure = f"; for {given:g} % write {given / _WHOLE_IN_PERCENT:g}"
    return f"{given:,.16g} is out of range: {words} {limit:,.16g}{cure}"


def _words(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
