"""The style keeps to its scales: six sizes of letters, six steps of space, one stack of fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.conftest import REPOSITORY

SHEETS = sorted((REPOSITORY / "templates/assets").glob("*.css"))
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(r"(?<![-\w])(?P<property>[a-z-]+):\s*(?P<value>[^;{}]+)")
_SPACE = re.compile(r"(?:margin|padding|gap|row-gap|column-gap)(?:-[a-z-]+)?")
_SIZE = re.compile(r"var\(--ap-text-[a-z]+\)|inherit|0|100%")
_STEP = re.compile(r"(?:0|auto|-?\d+px|-?[\d.]+em|!important|var\(--ap-gap-\d\))")
_STEPS = re.compile(r"calc\((?:-?\d (?:\*) )?var\(--ap-gap-\d\)\)")
PLACES = {"2.4rem", "12rem", "3rem auto auto", "9mm"}
"""Where its button and dialog stand, the edge of paper: places, not space between things."""


def off_scale(css: str) -> Iterator[str]:
    """Declarations of size or space that take a value of their own."""
    for declared in _DECLARED.finditer(_COMMENT.sub("", css)):
        name, value = declared["property"], declared["value"].strip()
        if name == "font-size" and not _SIZE.fullmatch(value):
            yield f"{name}: {value}"
        elif _SPACE.fullmatch(name) and value not in PLACES:
            steps = _STEPS.sub("0", value).split()
            if not all(_STEP.fullmatch(step) for step in steps):
                yield f"{name}: {value}"


def test_every_size_and_space_is_one_of_the_scales() -> None:
    assert {sheet.name: list(off_scale(sheet.read_text("utf-8"))) for sheet in SHEETS} == {
        sheet.name: [] for sheet in SHEETS
    }


def test_a_size_of_its_own_would_be_seen() -> None:
    css = "a { font-size: .72rem; margin: 0 .35rem; padding: var(--ap-gap-3) auto; gap: 1px 1em }"
    assert list(off_scale(css)) == ["font-size: .72rem", "margin: 0 .35rem"]


def test_the_scales_have_about_six_steps() -> None:
    text = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
    sizes = re.findall(r"--ap-text-([a-z]+): [\d.]+rem", text)
    gaps = re.findall(r"--ap-gap-(\d): [\d.]+rem", text)
    assert sizes == ["small", "dense", "body", "lead", "heading", "title"]
    assert gaps == ["1", "2", "3", "4", "5", "6"]
    assert set(re.findall(r"var\(--ap-(?:text|gap)-(\w+)\)", text)) == {*sizes, "drawn", *gaps}


def test_all_pages_have_one_stack_of_fonts() -> None:
    stacks = [
        stack
        for sheet in SHEETS
        for stack in re.findall(r"PingFang[^;]*", sheet.read_text("utf-8"))
    ]
    assert stacks == ['PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei"']
