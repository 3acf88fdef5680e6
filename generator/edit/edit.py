"""Change values in a playbook's text so that all else stays as a person wrote it.

Only the characters of a changed value, and lines for what is new, are touched; the result is read
again and must say the old data with the wanted changes, or nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from generator.edit.changes import Change, changed
from generator.edit.nodes import Layout
from generator.edit.splices import CannotEditError, Order, Splice, spliced, splices_for
from generator.model.form import FORM
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
        one.level == "error" and one.rule not in _HARMLESS for one in document.problems
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
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    bare = text.removeprefix(BYTE_ORDER_MARK)
    before = read_text(bare.encode(), path)
    if not is_safe_to_edit(before):
        return Edited(text=text, document=before, problems=before.problems)
    if not changes:
        return Edited(text=text, document=before)
    layout = Layout(bare)
    try:
        splices = splices_for(layout, changes, order)
        made = spliced(bare, splices)
        after = read_text(made.encode(), path)
        kept = _kept_comments(layout, splices) if with_comments else layout.comments()
        _check_data(splices, after.data, changed(before.data or {}, changes))
        _check_text(layout, splices, made, kept)
    except CannotEditError as refusal:
        problem = _refused(bare, path, refusal.index, str(refusal))
        return Edited(text=text, document=before, problems=(problem,))
    return Edited(text=mark + made, document=after)


def _check_data(splices: Sequence[Splice], said: Any, wanted: Any) -> None:
    """The new text says what was wanted."""
    if said != wanted:
        first = splices[0].start if splices else 0
        raise CannotEditError(first, "this change would alter more than is meant; make it by hand")


def _check_text(layout: Layout, splices: Sequence[Splice], made: str, kept: Sequence[str]) -> None:
    """The new text keeps the comments and every line that was not meant."""
    if Layout(made).comments() != kept:
        raise CannotEditError(
            _lost_comment(layout, splices), "this change would lose a comment; make it by hand"
        )
    for old, new in _untouched(layout, splices, made):
        if layout.text[old[0] : old[1]] != made[new[0] : new[1]]:
            raise CannotEditError(old[0], "this line would change as well; make the change by hand")


def _kept_comments(layout: Layout, splices: Sequence[Splice]) -> tuple[str, ...]:
    """The comments outside of what is taken away."""
    found: list[str] = []
    position = 0
    for one in splices:
        found += layout.comments(position, one.start)
        position = one.end
    return (*found, *layout.comments(position))


def _lost_comment(layout: Layout, splices: Sequence[Splice]) -> int:
    """The first place where a splice goes over a comment."""
    return next(
        (one.start for one in splices if layout.comments(one.start, one.end)), splices[0].start
    )


def _untouched(
    layout: Layout, splices: Sequence[Splice], made: str
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches between the splices, as they lie in the old text and in the new one."""
    found, old, shift = [], 0, 0
    for one in splices:
        found.append(((old, one.start), (old + shift, one.start + shift)))
        old, shift = one.end, shift + len(one.text) - (one.end - one.start)
    found.append(((old, len(layout.text)), (old + shift, len(made))))
    return found


def _refused(text: str, path: str, index: int, message: str) -> Problem:
    line, column = place_of(text, index)
    return Problem(
        path=path,
        line=line,
        column=column,
        level="error",
        rule="cannot-edit",
        message=message,
        account=PurePosixPath(path).stem,
    )
