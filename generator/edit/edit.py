"""Change values in a playbook's text so that all else stays as a person wrote it.

Only the characters of a changed value, and lines for what is new, are touched, where ruamel says
that they stand; the result is read again and must say the old data with the wanted changes, or
nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.edit.changes import Change, changed
from generator.edit.layout import CannotEditError, layout_of
from generator.edit.splices import Order, spliced, splices_for
from generator.model.playbook import Playbook
from generator.model.shape import form_keys
from generator.problems import Problem
from generator.read import Document, read_text
from generator.read.document import DataPath
from generator.read.text import place_of

BYTE_ORDER_MARK = "\ufeff"
# An empty value is no reason to leave the rest of a file alone; it may be what is filled in
_HARMLESS = frozenset({"no-value"})


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
    return form_keys(Playbook, path)


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
    bare = text.removeprefix(BYTE_ORDER_MARK)
    before = read_text(bare.encode(), path)
    same = Edited(text=text, document=before)
    if not is_safe_to_edit(before):
        return replace(same, problems=before.problems)
    if not changes:
        return same
    try:
        layout = layout_of(bare)
        splices = splices_for(layout, changes, order)
        made = spliced(layout, splices, with_comments=with_comments)
    except CannotEditError as error:
        return replace(same, problems=(refusal(bare, path, error),))
    after = read_text(made.encode(), path)
    if after.data != changed(before.data or {}, changes):
        message = "this change would alter more than is meant; make it by hand"
        unmeant = CannotEditError(splices[0].start if splices else 0, message)
        return replace(same, problems=(refusal(bare, path, unmeant),))
    return Edited(text=text[: len(text) - len(bare)] + made, document=after)


def refusal(text: str, path: str, error: CannotEditError) -> Problem:
    """The finding at the place that a change does not fit."""
    line, column = place_of(text, error.index)
    return Problem(
        path=path,
        line=line,
        column=column,
        level="error",
        rule="cannot-edit",
        message=str(error),
        account=PurePosixPath(path).stem,
    )
