"""Bytes of a delimited file as text: in the encoding that is named, else UTF-8; never garbled."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from ftfy.badness import is_bad

from generator.errors import WorkspaceError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UTF_8, CHINESE, WESTERN = "utf-8", "gb18030", "windows-1252"
LIKELY = (CHINESE, WESTERN)
"""Encodings of exports that are not UTF-8, in the order to try: GB 18030 fits Western by chance."""

BY_ITS_MARK = "utf-16"
"""The encoding of a file whose first bytes say so; no mapping needs to."""

_UNICODE = "utf"  # how the names of its encodings begin
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
_SAMPLE = 2_000  # lines that are looked at, and letters of each
_NO_TEXT = re.compile("[\x80-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"[^\s\d,;|\"'()<>/\\]+")
_WESTERN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
_NO_PLAIN_LETTER = re.compile(f"[{_WESTERN}]{{4}}")
_HAN_IN_A_WORD = re.compile(
    "(?:[a-zA-Z][\u3400-\u9fff](?![\u3400-\u9fff])|(?<![\u3400-\u9fff])[\u3400-\u9fff][a-zA-Z])"
)


def decoded(raw: bytes, file: str, encoding: str | None) -> str:
    """Text in the encoding that its first bytes say, else the one named, else UTF-8.

    WorkspaceError where it is not in this encoding, or most of what is not ASCII is garbled in it.
    What is UTF-8 was garbled before it was written, and no other encoding mends it.
    """
    name = next((of_mark for mark, of_mark in _MARKS if raw.startswith(mark)), encoding or UTF_8)
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        kind = "UTF-8" if name == UTF_8 else name
        raise WorkspaceError(
            f"{file} is not {kind} text (byte {error.start + 1}); {_cure(raw, encoding)}"
        ) from error
    except (LookupError, ValueError) as error:  # 'hex', 'idna': named like encodings, and none
        raise WorkspaceError(f"{file} cannot be read as {name}; {_cure(raw, encoding)}") from error
    if not name.startswith(_UNICODE) and (word := _mostly_garbled(text)):
        raise WorkspaceError(f"{file} is garbled as {name}: '{word}'; {_cure(raw, encoding)}")
    return text


def _cure(raw: bytes, encoding: str | None) -> str:
    """What to do about an encoding that does not fit."""
    likely = likely_encoding(raw)
    if likely and codecs.lookup(likely).name != encoding:
        return f"save it as UTF-8, or write encoding: {likely} beside it in the mapping"
    if encoding is None:
        return "save it as UTF-8, or name its encoding in the mapping"
    return "name another encoding in the mapping, or save it as UTF-8"


def likely_encoding(raw: bytes, candidates: Sequence[str] = LIKELY) -> str | None:
    """UTF-8, else the first candidate in which bytes are text that is not garbled, else None."""
    is_marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in (BY_ITS_MARK,) if is_marked else (UTF_8, *candidates):
        try:
            text = raw.decode(encoding)
        except (LookupError, ValueError):
            continue
        if encoding.startswith(_UNICODE):
            return encoding
        if not _mostly_garbled(text) and (encoding != CHINESE or _is_everyday(text)):
            return encoding
    return None


def _is_everyday(text: str) -> bool:
    """Whether three in four Chinese signs are of the 3,755 most used; Cyrillic makes others."""
    han = [sign for sign in text if _FIRST_HAN <= sign <= _LAST_HAN]
    common = sum(b"\xb0" <= sign.encode("gb2312", "ignore") < b"\xd8" for sign in han)
    return 4 * common > 3 * len(han)


def garbled_word(text: str) -> str:
    """The first word of letters that no language mixes; '' where there is none."""
    if text.isascii():
        return ""
    for word in _WORD.findall(text):
        if not word.isascii() and _is_garbled(word):
            return str(word)[:40]
    return ""


def _is_garbled(word: str) -> bool:
    """UTF-8 or Cyrillic read as Western, Western as Chinese, or what is no text at all."""
    if _NO_TEXT.search(word) or _NO_PLAIN_LETTER.search(word) or is_bad(word):
        return True
    return any(_is_rare(sign) for part in _HAN_IN_A_WORD.findall(word) for sign in part)


def _is_rare(sign: str) -> bool:
    """Whether a sign is Chinese, and none of the 6,763 that everyday text is made of."""
    if not _FIRST_HAN <= sign <= _LAST_HAN:
        return False
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _mostly_garbled(text: str) -> str:
    """A garbled word, where most lines that are not ASCII have one; else ''."""
    lines = [line[:_SAMPLE] for line in text.splitlines() if not line.isascii()][:_SAMPLE]
    words = _of_lines(lines)
    return words[0] if 2 * len(words) > len(lines) else ""


def _of_lines(lines: Iterable[str]) -> list[str]:
    return [word for line in lines if (word := garbled_word(line))]
