"""Names of inputs: a path in words, whose steps may be what a person wrote, dots and all."""

from __future__ import annotations

import re


class Written(str):
    """A step that a person named: 'A.P. Moller' is one step, and is shown as it stands."""

    __slots__ = ()


class Name(str):
    """A name that knows its steps; to all else it is their text with dots between."""

    __slots__ = ("steps",)
    steps: tuple[str, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Made anew from its steps in another process."""
        return joined, (self.steps,)


def joined(steps: tuple[str, ...]) -> Name:
    """A name from its steps."""
    name = Name(".".join(steps))
    name.steps = steps
    return name


def written(text: str) -> Name:
    """A name of one step, which a person wrote."""
    return joined((Written(text),))


def steps_of(name: str) -> tuple[str, ...]:
    """The steps of a name."""
    return name.steps if isinstance(name, Name) else tuple(name.split("."))


_PLAIN_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def words_of_id(id: str) -> str:
    """What has no name but an id, as readers see it: 'mill-crew' is 'mill crew', 'CPH-L2' stays."""
    return id.replace("-", " ") if _PLAIN_ID.fullmatch(id) else id


def in_words(step: str) -> str:
    """A step as readers see it; of what a person wrote not a sign is changed."""
    return step if isinstance(step, Written) else step.replace("_", " ")
