"""What reading yields: plain data, and beside it the place of every key and value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from generator.problems import Level, Problem, one_line
from generator.read.text import shown

DataPath = tuple[str | int, ...]


def said_at(data: Any, path: DataPath) -> Any:
    """What plain data says at a path; None where it says nothing."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


class Quoted(str):
    """A scalar that stood in quotes or in a block: text, whatever it looks like."""

    __slots__ = ()


class Cut(str):
    """A plain scalar that ends before ` #` and something else than a space, as in `Be #1`.

    What follows is a comment to YAML. A number, a day or an id may have one; of free text the
    rest would be lost.
    """

    __slots__ = ("lost",)

    lost: str
    """What stands from the '#' to the end of the line."""

    def __new__(cls, text: str, lost: str = "") -> Self:
        """The default serves copying, which sets `lost` afterwards."""
        made = super().__new__(cls, text)
        made.lost = lost
        return made


def cut_off(lost: str) -> str:
    """The finding for free text whose rest is a comment."""
    return f"' #' begins a comment, so {shown(lost)} is lost; put quotes around the whole text"


class Position(NamedTuple):
    """A 1-based line and column."""

    line: int
    column: int


class Mark:
    """Where a value and its key stand, and the marks of what is inside it."""

    __slots__ = ("children", "column", "key_column", "key_line", "line")

    file: str | None = None
    """The file it stands in, where that is another than the document's."""

    def __init__(self, line: int, column: int, key_line: int, key_column: int) -> None:
        """Lines and columns are 1-based; without a key, the key's place is the value's."""
        self.line = line
        self.column = column
        self.key_line = key_line
        self.key_column = key_column
        self.children: dict[str, Mark] | list[Mark] | None = None

    def child(self, step: str | int) -> Mark | None:
        """The mark of one key or index, if it stands in the file."""
        children = self.children
        if isinstance(children, dict):
            return children.get(step) if isinstance(step, str) else None
        if isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
            return children[step]
        return None


class MarkElsewhere(Mark):
    """A mark in another file: of what lies below a document that is laid over it."""

    __slots__ = ("file",)

    file: str | None

    @classmethod
    def of(cls, mark: Mark, file: str) -> MarkElsewhere:
        """The same place, and all places inside it, as those of a file."""
        made = cls(mark.line, mark.column, mark.key_line, mark.key_column)
        made.file = file
        if isinstance(mark.children, dict):
            made.children = {key: cls.of(inner, file) for key, inner in mark.children.items()}
        elif mark.children is not None:
            made.children = [cls.of(inner, file) for inner in mark.children]
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: its text, its data (None when unreadable), its marks, its findings."""

    path: str
    """Relative to the repository's root, with forward slashes."""
    stem: str
    """The file's name without its ending; an account's id."""
    text: str
    data: dict[str, Any] | None
    marks: Mark
    problems: tuple[Problem, ...]
    doubtful: tuple[DataPath, ...] = ()
    """Where no value stands, or one given twice, or cut by a comma: what there is is not meant."""
    is_empty: bool = False
    """Whether nothing stands in it but blank lines, comments and document markers."""

    def nearest(self, path: DataPath) -> tuple[Mark, int]:
        """The deepest mark along a data path, and how many steps of it stand in the file."""
        mark = self.marks
        for depth, step in enumerate(path):
            children = mark.children
            # Mark.child written out: this loop runs for every input of every figure
            if type(children) is dict:
                inner = children.get(step)  # type: ignore[arg-type]
            elif type(children) is list and type(step) is int and step < len(children):
                inner = children[step]
            else:
                inner = None
            if inner is None:
                return mark, depth
            mark = inner
        return mark, len(path)

    def has(self, path: DataPath) -> bool:
        """Whether a key or entry stands in the file, with or without a value."""
        return self.nearest(path)[1] == len(path)

    def file_of(self, path: DataPath) -> str:
        """The file in which the value stands: this one, or the one that it is laid over."""
        return self.nearest(path)[0].file or self.path

    def value_place(self, path: DataPath) -> Position:
        """Where the value stands; for what is missing, the key of the section that lacks it."""
        mark, depth = self.nearest(path)
        if depth == len(path) or mark.children is None:
            return Position(mark.line, mark.column)
        return Position(mark.key_line, mark.key_column)

    def key_place(self, path: DataPath) -> Position:
        """Where the key stands; for what is missing, the key of the section that lacks it."""
        mark, _ = self.nearest(path)
        return Position(mark.key_line, mark.key_column)

    def problem(
        self,
        path: DataPath,
        rule: str,
        message: str,
        *,
        level: Level = "error",
        at_key: bool = False,
        entry: str = "",
    ) -> Problem:
        """A finding about the value (or the key) at a data path of this file."""
        place = self.key_place(path) if at_key else self.value_place(path)
        return Problem(
            path=self.file_of(path),
            line=place.line,
            column=place.column,
            level=level,
            rule=rule,
            message=one_line(message),
            account=self.stem,
            entry=entry,
            at=path,
        )
