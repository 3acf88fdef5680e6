"""Places in a playbook: the value at a data path with its name, its line and the evidence there."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.figures.name import Written, joined, steps_of
from generator.form import FORM
from generator.form.economics import Outcome, UsagePoint
from generator.form.relationship import Interaction, Trust
from generator.form.service import SatisfactionScore
from generator.model.base import Graded, Section
from generator.model.fields import form_of
from generator.model.watched import Watched
from generator.read.document import Mark


@cache
def _renamed() -> dict[str, str]:
    """Keys whose name Python, or pydantic, has taken."""
    return {
        field.name: field.attribute
        for field in FORM.walk()
        if field.attribute not in ("", field.name)
    }


# What happened on a day was true on that day
_HAPPENED = (Interaction, Outcome, SatisfactionScore, Trust, UsagePoint)


class Place:
    """A place in a playbook, known by the step from the place around it.

    What holds for everything inside (name, mark, evidence) is worked out once a place, because
    hundreds of facts an account are read through it.
    """

    __slots__ = ("as_of", "grade", "is_in_file", "mark", "name", "node")

    def __init__(self, node: Any, mark: Mark) -> None:
        """The root: a playbook and the mark of its file."""
        self.node = node
        self.mark = mark
        self.is_in_file = True
        self.name = ""
        self.grade: str | None = None
        self.as_of: datetime.date | None = None

    def into(self, step: str | int) -> Place:
        """One step further in; its node is None where nothing stands."""
        place = Place.__new__(Place)
        node = self.node
        if type(node) is dict:
            node = node.get(step)
        elif type(node) is tuple:
            node = node[step] if type(step) is int and step < len(node) else None
        elif isinstance(node, BaseModel):
            attribute = _renamed().get(step, step)  # type: ignore[arg-type]
            if isinstance(node, Watched):
                node = getattr(node, str(attribute), None)
            else:  # Not getattr: pydantic makes a missing attribute dear
                node = node.__dict__.get(attribute)
        else:
            node = None
        place.node = node
        place.name = self._name_with(step, node)
        mark = self.mark.child(step) if self.is_in_file else None
        place.mark = mark or self.mark
        place.is_in_file = mark is not None
        place.grade, place.as_of = self.grade, self.as_of
        layer = (
            node
            if isinstance(node, Graded)
            else node.evidence
            if isinstance(node, Section)
            else None
        )
        if layer is not None:
            place.grade = layer.grade or self.grade
            happened = layer.date if isinstance(layer, _HAPPENED) else None
            place.as_of = layer.as_of or happened or self.as_of
        return place

    @property
    def line(self) -> int:
        """The line of the value; of what is missing, the key of the section that lacks it."""
        inside_plain_value = self.mark.children is None
        return self.mark.line if self.is_in_file or inside_plain_value else self.mark.key_line

    @property
    def column(self) -> int:
        """The column that goes with the line."""
        inside_plain_value = self.mark.children is None
        return self.mark.column if self.is_in_file or inside_plain_value else self.mark.key_column

    def _name_with(self, step: str | int, node: Any) -> str:
        """The path in words: entries by their id where they have one, a fact without 'value'."""
        if type(step) is int:
            label = _label(node)
            # Made only where a dot or an underline would be taken for ours: names are many
            if type(label) is str and ("." in label or "_" in label):
                return joined((*(steps_of(self.name) if self.name else ()), Written(label)))
            word = str(label or step)
        elif step == "value" and self.name and node.__class__ in (float, int):
            return self.name
        else:
            word = str(step)
        if self.name.__class__ is not str:
            return joined((*steps_of(self.name), word))
        return f"{self.name}.{word}" if self.name else word


def _label(entry: Any) -> Any:
    if isinstance(entry, BaseModel):
        fields = entry.__dict__
        for attribute in _naming_attributes(type(entry)):
            if fields.get(attribute) is not None:
                return fields[attribute]
    return None


@cache
def _naming_attributes(kind: type[BaseModel]) -> tuple[str, ...]:
    form = form_of(kind)
    return tuple(form.children[key].attribute for key in form.named_by)
