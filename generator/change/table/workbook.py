"""Workbooks (.xlsx) read as they are shown, whichever program wrote them, within limits.

The parts that hold cells are read from their XML; nothing else in a workbook can stop an import.
The names of elements count without their namespaces, so that Strict workbooks are like all others.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple
from xml.parsers import expat

from generator.change.table.files import BROKEN_ARCHIVE
from generator.change.table.sheet import (
    SAVE_AGAIN,
    Cells,
    Element,
    Format,
    Rows,
    built_in_format,
    format_of,
    unescaped,
)
from generator.errors import WorkspaceError
from generator.read.text import shown

MAX_UNPACKED = 500_000_000
"""Bytes of all parts that are read of one workbook."""
MAX_RATIO = 300
"""How much larger a part may be unpacked than packed; sheets that repeat themselves reach 100."""

_SMALL = 10_000_000  # bytes that may unpack from anything
_BLOCK = 1 << 16
_SHOWN = 31  # sheets in a message, and letters of their names: no program lets them be longer
_BROKEN = (*BROKEN_ARCHIVE, zlib.error)
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(slots=True, kw_only=True)
class _Parts:
    """The parts of a workbook by their names, each read once, in all not more than the limits."""

    file: str
    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    unpacked: int = 0

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self.members

    def elements(self, name: str, what: str) -> Iterator[Element]:
        """Begin and end of each element; WorkspaceError where it is broken, in words for `what`."""
        reader, is_last = _Elements(self.file, what), True
        try:
            with self._open(name, what) as part:
                while block := part.read(_BLOCK):
                    reader.parser.Parse(block)
                    yield from reader.taken()
            reader.parser.Parse(b"", is_last)
            yield from reader.taken()
        except expat.ExpatError as error:
            yield from reader.taken()
            words = "ends in the middle" if error.code in _ENDS_EARLY else "is broken"
            raise WorkspaceError(
                f"{self.file}: {what} {words} (line {error.lineno} of its XML); {SAVE_AGAIN}"
            ) from error
        except _BROKEN as error:
            raise WorkspaceError(f"{self.file}: {what} cannot be unpacked; {SAVE_AGAIN}") from error

    def _open(self, name: str, what: str) -> IO[bytes]:
        member = self.members.get(name.lower())
        if member is None:
            raise WorkspaceError(f"{self.file}: {what} is missing; {SAVE_AGAIN}")
        if member.flag_bits & 1 or member.compress_type not in _PACKINGS:
            raise WorkspaceError(
                f"{self.file}: {what} is packed as no spreadsheet program does; {SAVE_AGAIN}"
            )
        self.unpacked += member.file_size
        is_bomb = member.file_size > max(_SMALL, MAX_RATIO * member.compress_size)
        if is_bomb or self.unpacked > MAX_UNPACKED:
            raise WorkspaceError(
                f"{self.file}: {what} unpacks to {member.file_size:,} bytes, more than an export"
                " can be; export it in parts, as .csv"
            )
        return self.archive.open(member)


_PHONETIC = "rPh"
_ENDS_EARLY = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)


class _Elements:
    """Collects the elements of a part as its parser meets them, without how words are spoken."""

    def __init__(self, file: str, what: str) -> None:
        self._file, self._what = file, what
        self._elements: list[Element] = []
        self._text: list[str] = []
        self._is_phonetic = False
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse

    def taken(self) -> list[Element]:
        """What was collected since."""
        elements, self._elements = self._elements, []
        return elements

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        kind = _local(name)
        self._is_phonetic = self._is_phonetic or kind == _PHONETIC
        if not self._is_phonetic:
            plain = {_local(key): value for key, value in attributes.items()}
            self._elements.append(Element(kind, plain))

    def _end(self, name: str) -> None:
        kind = _local(name)
        if not self._is_phonetic:
            self._elements.append(Element(kind, None, "".join(self._text)))
        self._is_phonetic = self._is_phonetic and kind != _PHONETIC
        self._text.clear()

    def _refuse(self, *_declared: object) -> None:
        raise WorkspaceError(
            f"{self._file}: {self._what} declares entities, which no spreadsheet program writes;"
            f" {SAVE_AGAIN}"
        )


def _local(name: str) -> str:
    """A name without its namespace."""
    return name[name.rfind(" ") + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook that is open."""

    file: str
    sheets: Mapping[str, str]
    """The part of each sheet with cells, by its name, in their order."""
    _parts: _Parts
    _texts: str
    """The part with the texts that cells share."""
    _styles: str
    _begin: datetime.date
    """The day before the first."""

    def rows(self, sheet: str | None = None, point: str = ".") -> Iterator[tuple[int, list[str]]]:
        """Number and cells of every row: values, not formulas; rows left out are one empty row.

        Of the first sheet where none is named; numbers have the mapping's point.
        """
        name = next(iter(self.sheets)) if sheet is None else sheet
        if name not in self.sheets:
            known = ", ".join(other[:_SHOWN] for other in [*self.sheets][:_SHOWN])
            raise WorkspaceError(f"{self.file} has no sheet {shown(name)}; it has: {known}")
        cells = Cells(
            texts=tuple(self._shared_texts()),
            formats=tuple(self._formats()),
            begin=self._begin,
            point=point,
        )
        what = f"sheet {shown(name)}"
        yield from Rows(file=self.file, what=what, cells=cells).of(
            self._parts.elements(self.sheets[name], what)
        )

    def _shared_texts(self) -> Iterator[str]:
        if not self._parts.has(self._texts):
            return
        words: list[str] = []
        for element in self._parts.elements(self._texts, "its list of texts"):
            if element.name == "si" and element.attributes is not None:
                words = []
            elif element.name == "si":
                yield unescaped("".join(words))
            elif element.name == "t" and element.attributes is None:
                words.append(element.text)

    def _formats(self) -> Iterator[Format]:
        """How each style shows a number, in the order in which cells count them."""
        if not self._parts.has(self._styles):
            return
        codes: dict[str, str] = {}
        within = False
        for element in self._parts.elements(self._styles, "its list of styles"):
            if element.name == "cellXfs":
                within = element.attributes is not None
            elif element.attributes is None:
                continue
            elif element.name == "numFmt":
                number = element.attributes.get("numFmtId", "")
                codes[number] = element.attributes.get("formatCode", "")
            elif element.name == "xf" and within:
                number = element.attributes.get("numFmtId", "0")
                yield format_of(codes[number]) if number in codes else built_in_format(number)


def open_workbook(raw: bytes, file: str) -> Workbook:
    """A workbook with the names of its sheets; WorkspaceError where it is none or has none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
    except _BROKEN as error:
        raise WorkspaceError(
            f"{file} is not a whole workbook; save it again as .xlsx or .csv"
        ) from error
    parts = _Parts(file=file, archive=archive, members=members)
    book = _main_part(parts)
    related = _related(parts, book, "its list of parts")
    sheets: dict[str, str] = {}
    begin = datetime.date(1899, 12, 30)
    for element in parts.elements(book, "its list of sheets"):
        if element.attributes is None:
            continue
        if element.name == "workbookPr" and element.attributes.get("date1904") in ("1", "true"):
            begin = datetime.date(1904, 1, 1)
        part = related.get(element.attributes.get("id", ""))
        if element.name == "sheet" and part is not None and part.kind == "worksheet":
            sheets[element.attributes.get("name", "")] = part.name
    if not sheets:
        raise WorkspaceError(f"{file} has no sheet with cells; export it anew")
    named = {part.kind: part.name for part in related.values()}
    return Workbook(
        file=file,
        sheets=sheets,
        _parts=parts,
        _texts=named.get("sharedStrings", ""),
        _styles=named.get("styles", ""),
        _begin=begin,
    )


class _Part(NamedTuple):
    kind: str
    """The last word of its kind's address: worksheet, styles."""
    name: str


def _main_part(parts: _Parts) -> str:
    """The part that names the sheets."""
    if parts.has("_rels/.rels"):
        for part in _related(parts, "", "its first list of parts").values():
            if part.kind == "officeDocument" and parts.has(part.name):
                return part.name
    return "xl/workbook.xml"


def _related(parts: _Parts, of: str, what: str) -> dict[str, _Part]:
    """The parts that a part names, by the ids that it uses for them."""
    folder, name = posixpath.split(of)
    related = {}
    for element in parts.elements(posixpath.join(folder, "_rels", f"{name}.rels"), what):
        attributes = element.attributes
        if element.name != "Relationship" or attributes is None:
            continue
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
        kind = attributes.get("Type", "").rpartition("/")[2]
        related[attributes.get("Id", "")] = _Part(kind, target.lstrip("/"))
    return related
