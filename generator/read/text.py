"""Bytes to text: UTF-8 only, within a size, without characters that hide or reorder others."""

from __future__ import annotations

import re
from typing import NamedTuple


class Limits(NamedTuple):
    """How large a file may be that is read."""

    size: int
    """In bytes."""
    values: int
    """So many keys, values, beginnings and ends of lists and mappings."""


OF_PLAYBOOK = Limits(size=1_000_000, values=100_000)
"""Of what people write: a playbook of a thousand lines has a tenth of it."""

# Control characters, line separators that editors do not count, bidirectional overrides and
# isolates, zero-width space and word joiner, invisible operators, tag characters, noncharacters.
# A joiner (U+200D) and a non-joiner (U+200C) stay: some scripts are not written without them.
# A carriage return stays before a line feed; alone it ends a line here and not in every editor.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
    "|\r(?!\n)"
)

_SAMPLE = 16  # bytes from the start; a file's first words are ASCII: 'schema: 1', a comment

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class TextFault(NamedTuple):
    """What is wrong with the bytes, and where (1-based)."""

    rule: str
    message: str
    line: int = 1
    column: int = 1
    fatal: bool = True


def decode(raw: bytes, limits: Limits = OF_PLAYBOOK) -> tuple[str, tuple[TextFault, ...]]:
    """Text without its byte order mark, and what is wrong with it; a fatal fault gives ''."""
    if len(raw) > limits.size:
        return "", (TextFault("too-large", size_fault(len(raw), limits)),)
    if fault := _wrong_encoding(raw):
        return "", (fault,)
    faults: tuple[TextFault, ...] = ()
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        faults = (
            TextFault(
                "byte-order-mark",
                "the file begins with a byte order mark; save it as UTF-8 without one",
                fatal=False,
            ),
        )
    text = raw.decode("utf-8")
    if match := FORBIDDEN.search(text):
        line, column = place_of(text, match.start())
        return "", (TextFault("forbidden-character", describe(match.group()), line, column),)
    return text, faults


def shown(text: str) -> str:
    """A value as a message repeats it, shortened."""
    line = text.replace("\n", " ")
    return f"'{line[:57]}…'" if len(line) > 60 else f"'{line}'"


def size_fault(size: int, limits: Limits) -> str:
    """The finding for a file of so many bytes."""
    return f"the file has {size:,} bytes; at most {limits.size:,} are read"


def describe(character: str) -> str:
    """The finding for one character that no playbook may hold."""
    if character == "\r":
        return "a carriage return alone ends this line; save the file with Unix line ends (LF)"
    return f"the character U+{ord(character):04X} is invisible or a control character; delete it"


def place_of(text: str, index: int) -> tuple[int, int]:
    """The 1-based line and column of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _wrong_encoding(raw: bytes) -> TextFault | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return TextFault("not-utf-8", f"the file is {name}; save it as UTF-8")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8")
        line, column = place_of(good, len(good))
        return TextFault(
            "not-utf-8", f"not UTF-8 text{_guess(raw)}; save it as UTF-8", line, column
        )
    if b"\x00" in raw:
        if wide := _wide(raw):
            return TextFault("not-utf-8", f"the file looks like {wide}; save it as UTF-8")
        good = raw[: raw.index(b"\x00")].decode("utf-8")
        line, column = place_of(good, len(good))
        return TextFault("binary", "not a text file: it holds a NUL byte", line, column)
    return None


def _wide(raw: bytes) -> str | None:
    """The encoding of text whose characters take two or four bytes, by where its NULs stand."""
    if len(raw) % 4 == 0 and (raw[1:4] == b"\x00\x00\x00" or raw[:3] == b"\x00\x00\x00"):
        return "UTF-32"
    if len(raw) % 2 == 0 and any(
        0 not in raw[start : start + _SAMPLE : 2] and not any(raw[1 - start : _SAMPLE : 2])
        for start in (0, 1)
    ):
        return "UTF-16"
    return None


def _guess(raw: bytes) -> str:
    if b"\x00" in raw:
        return f" (it looks like {_wide(raw) or 'UTF-16 or binary data'})"
    for encoding, name in (("gb18030", "GB 18030"), ("cp1252", "Windows-1252")):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" or any("\u4e00" <= character <= "\u9fff" for character in text):
            return f" (it looks like {name})"
    return ""
