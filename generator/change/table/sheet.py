"""Rows of a sheet from the elements of its XML, each cell as text, as it is shown."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from enum import Enum, auto
from typing import NamedTuple

from generator.change.table.cell import FaultyCell, NumberCell, ShareCell
from generator.errors import WorkspaceError

MAX_CELLS = 20_000_000
"""Cells of one sheet, empty ones between filled ones too."""
SAVE_AGAIN = "open it in a spreadsheet program and save it again, or export it anew"
"""What mends a workbook that is broken."""

_COLUMNS, _LINES = 16_384, 1_048_576


class Element(NamedTuple):
    """The begin of an element with its attributes, or its end with the text before it."""

    name: str
    attributes: Mapping[str, str] | None
    """None at the end."""
    text: str = ""


class Shown(Enum):
    """How a workbook shows a number."""

    NUMBER = auto()
    SHARE = auto()
    DAY = auto()
    PADDED = auto()


class Format(NamedTuple):
    """How a style shows a number; `digits` where it fills up with zeros."""

    shown: Shown
    digits: int = 0


_PLAIN = Format(Shown.NUMBER)
_BUILT_IN_DAYS = (range(14, 23), range(27, 37), range(45, 48), range(50, 59))
_BUILT_IN_SHARES = ("9", "10")
_LONGEST_FORMAT = 255  # letters; no spreadsheet program takes more
_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def built_in_format(number: str) -> Format:
    """The formats that are not spelled, by their numbers."""
    if number in _BUILT_IN_SHARES:
        return Format(Shown.SHARE)
    is_day = number.isdecimal() and any(int(number[:4]) in span for span in _BUILT_IN_DAYS)
    return Format(Shown.DAY) if is_day else _PLAIN


def format_of(code: str) -> Format:
    """What a spelled format shows, by what is left without the words in it."""
    first = code[:_LONGEST_FORMAT].partition(";")[0]
    if _SPAN.search(first):
        return _PLAIN
    bare = _WORDS.sub("", first).strip().lower()
    if "general" in bare:
        return _PLAIN
    if re.search("[ymdhs]", bare):
        return Format(Shown.DAY)
    if "%" in bare:
        return Format(Shown.SHARE)
    return Format(Shown.PADDED, len(bare)) if re.fullmatch("00+", bare) else _PLAIN


_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_LONGEST = 60  # characters of a number; a longer one is text
_MEANT = 6  # decimals that somebody may mean; behind more of them stands what binary numbers add
_BINARY = Context(prec=15)  # digits that a spreadsheet program keeps
_LAST_DAY = 2_958_465  # the end of the year 9999
_NO_DAY = 60  # 29 February 1900, which never was
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number_in(text: str) -> Decimal | None:
    """A number as it stands in a workbook, to the digit; None where there is none.

    A long fraction is shortened to the digits that its program showed: 1234567.89 is written as
    1234567.8899999999.
    """
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    return _BINARY.plus(number) if isinstance(exponent, int) and exponent < -_MEANT else number


def plain_text(number: Decimal, point: str = ".") -> str:
    """A number in digits without an exponent, and without zeros at its end."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", point) if text != "-0" else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What cells hold, by the workbook's texts, styles and first day."""

    texts: Sequence[str]
    formats: Sequence[Format]
    begin: datetime.date
    point: str

    def text_of(self, cell: _Cell) -> str:
        """A cell as text, as it is shown; IndexError for one that names what is not there."""
        value = cell.value
        match cell.kind:
            case "s":
                text = self.texts[_place(value)] if value else ""
            case "inlineStr":
                text = unescaped(cell.words)
            case "str":
                text = unescaped(value)
            case "e":
                text = FaultyCell(value or "#VALUE!")
            case "b":
                text = {"1": "true", "0": "false"}.get(value, value)
            case "d":
                text = value[:10] if _ISO_DAY.match(value) else value
            case _ if value:
                text = self._number(value.strip(), cell.style)
            case _:
                text = FaultyCell() if cell.is_formula else ""
        return text

    def _number(self, text: str, style: str) -> str:
        """A number as its style shows it; text where a program wrote text as one."""
        number = number_in(text)
        if number is None:
            return text
        shown, digits = self.formats[_place(style)] if style and self.formats else _PLAIN
        if shown is Shown.DAY and 0 <= number <= _LAST_DAY:
            return self._day(number)
        if shown is Shown.PADDED and number >= 0 and number == number.to_integral_value():
            return NumberCell(plain_text(number).rjust(digits, "0"))
        plain = plain_text(number, self.point)
        return ShareCell(plain) if shown is Shown.SHARE else NumberCell(plain)

    def _day(self, number: Decimal) -> str:
        """A day, its time left out; a time alone, where there is no day."""
        whole = int(number)
        if whole == 0 and number:
            seconds = int(number * 86_400)
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        is_early = self.begin.year < 1900 and whole < _NO_DAY
        try:
            return (self.begin + datetime.timedelta(days=whole + is_early)).isoformat()
        except OverflowError:
            return NumberCell(plain_text(number, self.point))


def _place(text: str) -> int:
    """A place in a list; IndexError where it is none."""
    if not text.isdecimal() or len(text) > len(str(MAX_CELLS)):
        raise IndexError
    return int(text)


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with the signs that XML cannot hold; `_x000D_` is a line's end."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """The sign of a number; half a sign is none."""
    sign = chr(int(match[1], 16))
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= sign <= "\udfff" else sign


@dataclass(slots=True)
class _Cell:
    """A cell while it is read."""

    kind: str = ""
    style: str = ""
    value: str = ""
    words: str = ""
    is_formula: bool = False


_PLACE = re.compile(r"(?P<column>[A-Za-z]{1,3})(?P<line>[0-9]{1,7})")


@dataclass(slots=True, kw_only=True)
class Rows:
    """Makes rows of the elements of a sheet."""

    file: str
    what: str
    cells: Cells
    line: int = 0
    row: list[str] = field(default_factory=list)
    cell: _Cell = field(default_factory=_Cell)
    column: int = 0
    count: int = 0
    """Cells so far, empty ones too."""

    def of(self, elements: Iterator[Element]) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of every row; rows that are left out are one empty row."""
        first = next(elements, None)
        if first is None or first.name != "worksheet":
            raise WorkspaceError(f"{self.file}: {self.what} holds no cells; {SAVE_AGAIN}")
        for name, attributes, text in elements:
            if attributes is None:
                self._end(name, text)
                if name == "row":
                    yield self.line, self.row
            elif name == "row":
                if self._begin_row(attributes.get("r", "")):
                    yield self.line - 1, []
            elif name == "c":
                self.column = self._column(attributes.get("r", ""))
                self.cell = _Cell(kind=attributes.get("t", ""), style=attributes.get("s", ""))
            elif name == "f":
                self.cell.is_formula = True

    def _end(self, name: str, text: str) -> None:
        """What stood in an element."""
        if name == "v":
            self.cell.value = text
        elif name == "t":
            self.cell.words += text
        elif name == "c":
            self._take()

    def _begin_row(self, named: str) -> bool:
        """Whether rows are left out before this one.

        Rows count on from the one before where theirs is no number, or one that was.
        """
        number = int(named) if named.isdecimal() and len(named) <= len(str(_LINES)) else 0
        before, self.line = self.line, max(self.line + 1, number)
        self.row = []
        return self.line > before + 1

    def _column(self, place: str) -> int:
        """Where a cell stands, from 0; behind the last one where it does not say."""
        match = _PLACE.fullmatch(place)
        if match is None:
            return len(self.row)
        column = 0
        for letter in match["column"].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return min(column, _COLUMNS) - 1

    def _take(self) -> None:
        column = self.column
        self.count += max(1, column + 1 - len(self.row))
        if self.count > MAX_CELLS:
            raise WorkspaceError(
                f"{self.file}: {self.what} has more than {MAX_CELLS:,} cells; export it in parts"
            )
        self.row.extend([""] * (column + 1 - len(self.row)))
        try:
            self.row[column] = self.cells.text_of(self.cell)
        except IndexError as error:
            raise WorkspaceError(
                f"{self.file}:{self.line}:{column + 1}: a cell of {self.what} names a text or a"
                f" style that the workbook does not have; {SAVE_AGAIN}"
            ) from error
