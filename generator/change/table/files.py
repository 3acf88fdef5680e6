"""The bytes of a table's file, and what kind of file they are, whatever its name says."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import NamedTuple

from generator.change.table.encoding import likely_encoding
from generator.errors import WorkspaceError

MAX_BYTES = 200_000_000
"""No export is larger; what is would not be read in a minute."""

_WORKBOOKS = (".xlsx", ".xlsm")
_ZIP = b"PK\x03\x04"
_HEAD = 2_000  # bytes in which a file of text says what it is
_UTF16_LE = "utf-16-le"


class OtherKind(NamedTuple):
    """A kind of file that is no table to read, and how to make one of it."""

    words: str
    cure: str


_SAVE_ANEW = "open it in a spreadsheet program and save it as .xlsx or .csv"
_ENCRYPTED = OtherKind("a workbook with a password", "save it without one")
_OLD = OtherKind("an old Excel workbook (.xls)", "open it and save it as .xlsx")
_COMPOUND = OtherKind("an old Office document", _SAVE_ANEW)
_MARKUP = OtherKind("a web page (HTML)", _SAVE_ANEW)
_XML = OtherKind("an XML document", _SAVE_ANEW)
_BY_FIRST_BYTES = (
    (b"%PDF", OtherKind("a PDF", "export the data as .xlsx or .csv")),
    (b"\x1f\x8b", OtherKind("compressed (gzip)", "unpack it first")),
    (b"BZh", OtherKind("compressed (bzip2)", "unpack it first")),
    (b"7z\xbc\xaf", OtherKind("an archive (7z)", "unpack it first")),
    (b"Rar!", OtherKind("an archive (RAR)", "unpack it first")),
    (b"SQLite format 3", OtherKind("a database (SQLite)", "export its tables as .csv")),
    (b"\x89PNG", OtherKind("a picture", "export the data as .xlsx or .csv")),
    (b"\xff\xd8\xff", OtherKind("a picture", "export the data as .xlsx or .csv")),
    (b"{\\rtf", OtherKind("a text document (RTF)", _SAVE_ANEW)),
)
_BY_MEMBER = (
    ("xl/workbook.bin", OtherKind("a binary workbook (.xlsb)", "open it and save it as .xlsx")),
    ("word/document.xml", OtherKind("a Word document", "put its table into a workbook")),
    ("ppt/presentation.xml", OtherKind("a presentation", "put its table into a workbook")),
    ("content.xml", OtherKind("an OpenDocument file (.ods)", _SAVE_ANEW)),
    ("Index/Document.iwa", OtherKind("a Numbers document", "export it as .xlsx or .csv")),
)
_ARCHIVE = OtherKind("an archive of files (zip)", "unpack it first")
_COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bytes_of(path: Path) -> bytes:
    """All of a file, if it is not too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise WorkspaceError(
                f"{path.name} has {size:,} bytes; at most {MAX_BYTES:,} are read: export it in"
                " parts"
            )
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"cannot read {path}: {error.strerror}") from error


def is_zip(raw: bytes) -> bool:
    """Whether bytes are an archive, as a workbook is, rather than text."""
    return raw.startswith(_ZIP)


def refuse_other_kinds(raw: bytes, file: str) -> None:
    """WorkspaceError where a file is neither a workbook nor text, in the words for what it is."""
    if kind := _other_kind(raw):
        raise WorkspaceError(f"{file} is {kind.words}, no table; {kind.cure}")
    is_named_so = Path(file).suffix.lower() in _WORKBOOKS
    if is_named_so and raw and not is_zip(raw) and likely_encoding(raw) is None:
        raise WorkspaceError(
            f"{file} is no workbook, and no text either; export it again, or open it in the program"
            " that made it and save it as .xlsx"
        )


def _other_kind(raw: bytes) -> OtherKind | None:
    if is_zip(raw):
        return _archive(raw)
    if raw.startswith(_COMPOUND_MARK):
        return _compound(raw)
    for mark, kind in _BY_FIRST_BYTES:
        if raw.startswith(mark):
            return kind
    head = raw[:_HEAD].decode("utf-8-sig", "ignore").lstrip().casefold()
    if head.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<style")):
        return _MARKUP
    if head.startswith("<?xml"):
        return _MARKUP if "<html" in head else _XML
    return None


def _compound(raw: bytes) -> OtherKind:
    """Of the container that Office used before .xlsx: names in it stand as UTF-16."""
    if "EncryptedPackage".encode(_UTF16_LE) in raw:
        return _ENCRYPTED
    is_old = any(name.encode(_UTF16_LE) in raw for name in ("Workbook", "Book"))
    return _OLD if is_old else _COMPOUND


def _archive(raw: bytes) -> OtherKind | None:
    """What a zip archive is if it is no workbook; a broken one is the workbook reader's matter."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except BROKEN_ARCHIVE:
        return None
    for name, kind in _BY_MEMBER:
        if name.lower() in names:
            return kind
    return None if any(name.startswith(("xl/", "[content_types]")) for name in names) else _ARCHIVE


BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # also of names that are no text
    RuntimeError,  # a password, or a way of packing that nobody knows
    OverflowError,
)
"""What zipfile raises over a broken archive, beside what its unpackers raise."""
