"""Plain data against a model: every error at once, in plain words, with the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.model.fields import form_of
from generator.problems import Problem
from generator.read.document import DataPath, Document
from generator.read.slips import in_plain_signs
from generator.read.text import shown

M = TypeVar("M", bound=BaseModel)

DID_YOU_MEAN = "; did you mean"
_SUGGESTIONS = 100  # of so many findings on, nobody reads suggestions, and they take time


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


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """'; did you mean …?' for a near miss, else the short list of what is known, else ''."""
    if best := _nearest(word, known):
        return f"{DID_YOU_MEAN} '{best}'?"
    if 0 < len(known) <= 16:
        return f"; known: {', '.join(known)}"
    return ""


def _nearest(word: str, known: Sequence[str]) -> str | None:
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in known], 1, 0.6)
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
            message=f"unknown key {shown(key)}{did_you_mean(key, known)}",
            at_key=True,
            meant=_nearest(key, known),
        )
    if path[-1:] == ("[key]",) and path[-2:-1] == (given,):
        message = _key_message(given, error.get("ctx", {}))
        return Fault(path=path[:-1], rule="unknown-key", message=message, at_key=True)
    noted = given is None or (isinstance(given, dict) and None in given.values())
    message = "" if noted else _message(error, model)
    return Fault(path=path, rule="wrong-value", message=message, noted=noted)


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
        return _unknown_word(given, context)
    if kind in _LIMITS:
        return _limit(kind, given, context)
    if kind == "string_too_long":
        return f"too long: {len(given):,} characters; at most {context['max_length']:,}"
    if kind in _LIST_WANTED_BY or kind in _KEYS_WANTED_BY:
        return _list(error, model) if kind in _LIST_WANTED_BY else _keys(error, model)
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


def _unknown_word(given: Any, context: Any) -> str:
    if not isinstance(given, str):
        return "a single word is wanted here, not a list or keys of its own"
    cure = in_plain_signs(given) or did_you_mean(given, _words(context["expected"]))
    return f"unknown word {shown(given)}{cure}"


_LIST_WANTED = "a list is wanted here: one entry a line, each beginning with '- '"
_LIST_WANTED_BY = ("tuple_type", "list_type")
_KEYS_WANTED_BY = ("model_type", "dict_type")
_NO_LIST = "; there is only one of it: take the '[ ]' or the '- ' away"
_ONE_WORD = re.compile(r"[\w-]+(?:, *[\w-]+)*")


def _keys(error: Any, model: type[BaseModel]) -> str:
    """That keys with values are wanted, with one of them as an example."""
    given, place = error.get("input"), form_of(model).at(error["loc"])
    own = (key for key in (place.form_order if place else ()) if key not in ("evidence", "unknown"))
    key = next(own, "name")
    cure = _NO_LIST if isinstance(given, (list, tuple)) else ", one a line"
    signs = in_plain_signs(given[:1]) if isinstance(given, str) else ""
    return f"keys with values are wanted here, such as '{key}: …'{cure}{signs}"


def _list(error: Any, model: type[BaseModel]) -> str:
    """That a list is wanted, and how a word, or several, are written as one."""
    given, place = error.get("input"), form_of(model).at(error["loc"])
    if not isinstance(given, str):
        return _LIST_WANTED
    if signs := in_plain_signs(given[:1]):
        return _LIST_WANTED + signs
    takes_words = place is not None and place.entry is not None and place.entry.is_leaf
    is_words = takes_words and _ONE_WORD.fullmatch(given)
    return f"{_LIST_WANTED}, or write [{given}]" if is_words else _LIST_WANTED


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
