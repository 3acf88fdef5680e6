"""Change values in a playbook's text so that all else stays as a person wrote it.

Only the characters of a changed value, and lines for what is new, are touched, where ruamel says
that they stand; the result is read again and must say the old data with the wanted changes, or
nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from generator.change.edit.changes import Change, changed
from generator.change.edit.layout import CannotEditError, layout_of
from generator.change.edit.splices import Order, spliced, splices_for
from generator.model.form import FORM
from generator.problems import Problem
from generator.read import Document, read_text
from generator.read.document import DataPath
from generator.read.text import place_of

BYTE_ORDER_MARK = "\ufeff"
# An empty value is no reason to leave the rest of a file alone; it may be what is filled in
_HARMLESS = frozenset({"no-value"})
_UNMEANT = "this change would alter more than is meant; make it by hand"
# A new text, what it must say, and what is the matter where it does not
Made = tuple[str, Mapping[str, Any], CannotEditError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The text after the changes, and as read; findings instead, and the text as it was."""

    text: str
    document: Document
    problems: tuple[Problem, ...] = ()


def is_safe_to_edit(document: Document) -> bool:
    """Whether a file was read well enough to know where everything stands."""
    return document.data is not None and not any(
        problem.level == "error" and problem.rule not in _HARMLESS for problem in document.problems
    )


def keys_in_order(path: DataPath) -> Sequence[str]:
    """The keys that a mapping of a playbook may have, in the order of the form."""
    place = FORM.at(path)
    return place.form_order if place else ()


def edit_text(
    text: str,
    changes: Sequence[Change],
    path: str,
    order: Order = keys_in_order,
    *,
    with_comments: bool = False,
) -> Edited:
    """The text with the changes made, or as it was with a finding that says why not.

    What is taken away may take the comments along that stand in it, where that is said.
    """

    def make(bare: str, data: Mapping[str, Any]) -> Made:
        if not changes:
            return bare, data, CannotEditError(0, _UNMEANT)
        layout = layout_of(bare)
        splices = splices_for(layout, changes, order)
        first = splices[0].start if splices else 0
        made = spliced(layout, splices, with_comments=with_comments)
        return made, changed(data, changes), CannotEditError(first, _UNMEANT)

    return rewritten(text, path, make, "cannot-edit")


def rewritten(
    text: str, path: str, make: Callable[[str, Mapping[str, Any]], Made], rule: str
) -> Edited:
    """The text as it is made anew, read again, if it then says what it must."""
    bare = text.removeprefix(BYTE_ORDER_MARK)
    before = read_text(bare.encode(), path)
    same = Edited(text=text, document=before)
    if not is_safe_to_edit(before):
        return replace(same, problems=before.problems)
    try:
        made, wanted, refusal = make(bare, before.data or {})
    except CannotEditError as error:
        return replace(same, problems=(_problem(bare, path, error, rule),))
    after = read_text(made.encode(), path)
    if after.data != wanted:
        return replace(same, problems=(_problem(bare, path, refusal, rule),))
    return Edited(text=text[: len(text) - len(bare)] + made, document=after)


def _problem(text: str, path: str, refusal: CannotEditError, rule: str) -> Problem:
    line, column = place_of(text, refusal.index)
    return Problem(
        path=path,
        line=line,
        column=column,
        level="error",
        rule=rule,
        message=str(refusal),
        account=PurePosixPath(path).stem,
    )
