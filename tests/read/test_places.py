"""Line and column of every key and value of a varied document, as an editor counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.read import Document, read_text
from generator.read.document import DataPath, Mark

VARIED = Path(__file__).with_name("varied.yaml").read_bytes()

# path, the key's place, the value's place; an entry without a key has the value's place twice
PLACES = """\
schema                      2:1   2:9
quoted key                  3:1   3:15
account                     4:1   5:3
account/name                5:3   5:9
account/名字                6:3   6:7
account/名字/英文           6:8   6:12
account/名字/中文           6:20  6:26
account/名字/列表           6:32  6:36
account/名字/列表/0         6:37  6:37
account/名字/列表/1         6:40  6:40
account/名字/列表/2         6:44  6:44
account/nested              8:3   9:3
account/nested/0            9:5   9:5
account/nested/1            10:5  10:5
account/nested/1/0          10:7  10:7
account/nested/1/1          11:9  11:9
account/nested/2            12:5  12:5
account/nested/2/key        12:5  12:10
account/nested/2/other      13:5  14:9
account/nested/2/other/deep 14:9  14:15
account/nested/3            16:5  16:5
account/nested/3/late       16:5  16:11
summary                     17:1  17:10
folded                      21:1  21:9
explicit                    24:3  25:3
flow                        26:1  26:7
flow/a                      26:8  26:11
flow/b                      26:14 26:17
flow/b/c                    26:18 26:21
flow/b/c/0                  26:22 26:22
flow/b/c/1                  26:25 26:25
flow/b/c/1/d                26:26 26:29
flow/e                      27:3  27:6
flow/f                      28:3  28:6
flow/f/0                    28:7  28:7
flow/f/1                    29:5  29:5
empty list                  30:1  30:13
empty map                   31:1  31:12
emoji                       32:1  32:8
last                        33:1  33:7
"""


def listed(mark: Mark, path: DataPath) -> Iterator[tuple[str, str, str]]:
    """Every mark below one, in the order of the file."""
    if path:
        name = "/".join(str(step) for step in path)
        yield name, f"{mark.key_line}:{mark.key_column}", f"{mark.line}:{mark.column}"
    children = mark.children or {}
    pairs = children.items() if isinstance(children, dict) else enumerate(children)
    for step, child in pairs:
        yield from listed(child, (*path, step))


def places(document: Document) -> list[tuple[str, str, str]]:
    return list(listed(document.marks, ()))


def expected() -> list[tuple[str, str, str]]:
    rows = (line.rsplit(maxsplit=2) for line in PLACES.splitlines())
    return [(path, key, value) for path, key, value in rows]


def test_every_key_and_value_has_its_place() -> None:
    document = read_text(VARIED, "playbooks/varied.yaml")
    assert document.problems == ()
    assert places(document) == expected()


def test_the_places_are_where_the_text_is() -> None:
    document = read_text(VARIED, "playbooks/varied.yaml")
    lines = VARIED.decode().split("\n")
    for path, key, _ in places(document):
        last = path.rsplit("/", maxsplit=1)[-1]
        line, column = (int(part) for part in key.split(":"))
        if not last.isdigit():
            assert lines[line - 1][column - 1 :].lstrip("\"'").startswith(last)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_windows_line_ends_and_a_byte_order_mark_move_nothing(prefix: bytes) -> None:
    raw = prefix + VARIED.replace(b"\n", b"\r\n")
    document = read_text(raw, "playbooks/varied.yaml")
    assert places(document) == expected()
    assert document.data == read_text(VARIED, "playbooks/varied.yaml").data
