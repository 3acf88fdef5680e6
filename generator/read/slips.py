"""Slips that YAML drops, bends or tells at another line: merges, wide signs, missing colons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.read.text import TextFault, shown

_MARKER = re.compile(r"^(?:(<{7})(?: .*)?|(={7})|(>{7})(?: .*)?)\r?$", re.MULTILINE)
_LONGEST_LINE = 2_000
_BETWEEN_SEPARATORS = 3  # digits
_KEY = r"[A-Za-z_][\w-]*"
_BLOCK_KEY = rf"^[ ]*(?:-[ ]+)*(?:{_KEY})"
_FLOW_KEY = rf"[{{,，][ ]*{_KEY}"

WIDE_SPACES = {"\u00a0": "a no-break space (U+00A0)", "\u3000": "an ideographic space (U+3000)"}
FULL_WIDTH = {
    "：": ("colon", ": "),
    "，": ("comma", ", "),
    "｛": ("bracket", "{"),
    "｝": ("bracket", "}"),
    "［": ("bracket", "["),
    "］": ("bracket", "]"),
    "【": ("bracket", "["),
    "】": ("bracket", "]"),
}
"""Signs of a Chinese or Japanese keyboard: what each is, and what YAML wants in its place."""


class Slip(NamedTuple):
    """What is wrong in one line, at a 0-based column of it."""

    column: int
    message: str
    rule: str = "yaml-syntax"


def unfinished_merges(text: str) -> Iterator[TextFault]:
    """A fault for each conflict that git left in the text, at its first marker."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return  # a line of '=' alone may be a text's own
    is_open = False
    for marker in _MARKER.finditer(text):
        begins, _, ends = marker.groups()
        if begins or not is_open:
            line = text.count("\n", 0, marker.start()) + 1
            yield TextFault("merge-conflict", _UNFINISHED, line)
        is_open = not ends


_UNFINISHED = (
    "a merge is not finished: keep the lines that hold and delete the markers"
    " '<<<<<<<', '=======' and '>>>>>>>'"
)


def _wide_space(found: re.Match[str]) -> str:
    return f"{WIDE_SPACES[found['at']]} stands here; YAML is indented with plain spaces only"


def _full_width(found: re.Match[str]) -> str:
    name, plain = FULL_WIDTH[found["at"]]
    return f"a full-width {name} stands here; write '{plain}'"


def _no_space(found: re.Match[str]) -> str:
    key, rest = found["at"], found["rest"].strip()
    return f"no space after the colon; write {shown(f'{key}: {rest}')}"


def _no_colon(found: re.Match[str]) -> str:
    key, rest = found["at"], found["rest"].strip()
    if not rest:
        return f"no colon after {shown(key)}; write {shown(f'{key}:')}"
    written = f"no colon after {shown(key)}; write {shown(f'{key}: {rest}')}"
    return (
        f"{written}, or indent the line if it belongs to the text above" if " " in rest else written
    )


_SIGNS = "".join(FULL_WIDTH)
_SPACES = "".join(WIDE_SPACES)
# What stands where YAML wants a sign of its own; the sign is the group 'at'
_WIDE = (
    (re.compile(rf"^[ ]*(?P<at>[{_SPACES}])"), _wide_space),
    (re.compile(rf"(?:{_BLOCK_KEY}|{_FLOW_KEY})[ ]?(?P<at>：)"), _full_width),
    (re.compile(rf"{_BLOCK_KEY}:(?P<at>[{_SPACES}])"), _wide_space),
    (re.compile(rf"(?:{_BLOCK_KEY}:[ ]+|^[ ]*-[ ]+)(?P<at>[｛［【])"), _full_width),
    (re.compile(rf"[{{\[][^{{}}\[\]]*?(?P<at>，)[ ]*{_KEY}[ ]?[:：]"), _full_width),
    (re.compile(r"[{\[][^{}\[\]｛［【]*(?P<at>[｝］】])[ ]*(?:#.*)?$"), _full_width),
)
_COLONLESS = (
    (re.compile(rf"^[ ]*(?:-[ ]+)*(?P<at>{_KEY}):(?P<rest>[^ :/].*)$"), _no_space),
    (re.compile(rf"^[ ]*(?:-[ ]+)*(?P<at>{_KEY})(?P<rest>[ ]+[^ :#].*|)$"), _no_colon),
)


def slip_in(line: str, *, wants_colon: bool) -> Slip | None:
    """The first slip in a line that the parser stumbled over."""
    line = line[:_LONGEST_LINE].rstrip()
    if line == "=======":
        return Slip(0, _UNFINISHED, "merge-conflict")
    for pattern, message in (*_WIDE, *(_COLONLESS if wants_colon else ())):
        if found := pattern.search(line):
            return Slip(found.start("at"), message(found))
    return None


def slip_behind(error: yaml.MarkedYAMLError, text: str) -> tuple[int, Slip] | None:
    """The slip that made the parser stop and the 0-based line where it is, if there is one."""
    if error.problem_mark is None:
        return None
    lines = text.split("\n")
    here = error.problem_mark.line
    if "could not find expected ':'" in (error.problem or "") and error.context_mark:
        looked_at = [(error.context_mark.line, True)]
    elif "mapping values are not allowed" in (error.problem or ""):
        looked_at = [(here, False), *((line, True) for line in _begun_above(lines, here))]
    else:
        looked_at = [
            (mark.line, False) for mark in (error.problem_mark, error.context_mark) if mark
        ]
    for number, wants_colon in looked_at:
        if number < len(lines) and (slip := slip_in(lines[number], wants_colon=wants_colon)):
            return number, slip
    return None


def _begun_above(lines: list[str], here: int) -> Iterator[int]:
    """The line above, if a new key or entry begins with it: a text that goes on is no slip."""
    above = [n for n in range(max(0, here - 100), here) if lines[n].strip()[:1] not in ("", "#")]
    if above:
        before = lines[above[-2]].rstrip() if len(above) > 1 else ":"
        if before.endswith((":", "：")) or lines[above[-1]].lstrip().startswith("- "):
            yield above[-1]


def slip_in_key(key: str) -> Slip | None:
    """What is wrong with a key that YAML took with the signs around it."""
    for pattern, message in _WIDE[:2]:
        if found := pattern.search(key):
            return Slip(found.start("at"), message(found))
    return None


def slip_in_flow_key(key: str) -> Slip | None:
    """What is wrong with a key in braces that has no value."""
    pattern, message = _COLONLESS[0]
    found = pattern.search(key)
    return Slip(0, message(found)) if found else None


def decimal_cure(before: str, behind: str) -> str:
    """What to write for a number that a decimal comma cut in two; '' where it is none."""
    is_whole = re.fullmatch(r"[-+]?[0-9]+", before) and behind.isascii() and behind.isdigit()
    is_decimal = len(behind) != _BETWEEN_SEPARATORS or before.lstrip("+-") == "0"
    return f"write {before}.{behind} with a point" if is_whole and is_decimal else ""


def in_plain_signs(text: str) -> str:
    """'; write …' where a short value holds full-width signs or wide spaces; else ''."""
    signs = [sign for sign in text if sign in FULL_WIDTH]
    if signs:
        name, plain = FULL_WIDTH[signs[0]]
        return f"; '{signs[0]}' is a full-width {name}, write '{plain}'"
    spaces = [sign for sign in text if sign in WIDE_SPACES]
    return f"; {WIDE_SPACES[spaces[0]]} stands in it, delete it" if spaces else ""
