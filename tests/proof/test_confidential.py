"""Nothing from above an audience is in any byte of its site, of many accounts and as published."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import random
import re
import sqlite3
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.assess import assess
from generator.audience.classes import OUTSIDE, Audience, Audiences, level
from generator.audience.edition import edition_of
from generator.figures import Portfolio
from generator.form import leaf_patterns
from generator.outputs.site import edition_site, whole_site
from generator.pages.tree import SiteTree
from generator.read import Workspace
from generator.site import publish_site
from tests.audience.test_edition import LOWER, every_byte, text_leaves
from tests.everything import TODAY, as_yaml, everything_playbook, has_free_keys
from tests.proof.conftest import Proof
from tests.site.trees import contents
from tests.workspace import FULL_TEXT, make_workspace

GROUP = "schema: 1\naccount: {name: Everything Group, status: former}\nsummary: The parent.\n"
# A word that English has no other form of: the index of words holds it as it is
STEM = "kanarik"
# What gzip begins with: the sitemap, and every part of the index of words
PACKED = b"\x1f\x8b"
CANARY = re.compile(rb"zqx\d{6}" + STEM.encode())

Plans = dict[str, dict[str, Any]]


def assessed(folder: Path, plans: Plans) -> Portfolio:
    files = {f"playbooks/{name}.yaml": as_yaml(data) for name, data in plans.items()}
    # with the search over every word, so that its index is looked at as well
    standing = {"playbooks/everything-group.yaml": GROUP, **FULL_TEXT}
    root = make_workspace(folder, {**standing, **files})
    return assess(Workspace.at(root), TODAY)


def plans_of(count: int, first: int = 0) -> Plans:
    """So many playbooks with every field, each with other words of closed lists."""
    plans = {}
    for number in range(count):
        data = everything_playbook(variant=first + number)
        data["account"]["name"] = f"Account {number}"
        plans[f"account-{number:03}"] = data
    return plans


def spellings() -> list[bytes]:
    """The stem of all canaries in eight encodings; in base64 at each of its three alignments."""
    raw = STEM.encode()
    return [
        raw,
        html.escape("".join(f"&#{ord(letter)};" for letter in STEM)).encode(),
        "".join(f"&#{ord(letter)};" for letter in STEM).encode(),
        "".join(f"%{ord(letter):02X}" for letter in STEM).encode(),
        raw.hex().encode(),
        "".join(f"\\u{ord(letter):04x}" for letter in STEM).encode(),
        STEM.encode("utf-16-le"),
        *(base64.b64encode(b"x" * pad + raw)[-(-pad * 4 // 3) + 1 : -4] for pad in range(3)),
    ]


def hits(content: bytes) -> list[bytes]:
    plain = urllib.parse.unquote_to_bytes(content)
    return [spelling for spelling in spellings() if spelling in content or spelling in plain]


def test_each_spelling_is_found() -> None:
    canary = f"zqx000001{STEM}".encode()
    written = [
        canary,
        urllib.parse.quote(f"é{canary.decode()}").encode(),
        json.dumps({"x": canary.decode()}).encode(),
        canary.hex().encode(),
        canary.decode().encode("utf-16-le"),
        "".join(f"&#{byte};" for byte in canary).encode(),
        "".join(f"%{byte:02X}" for byte in canary).encode(),
        *(base64.b64encode(b"." * pad + canary + b" and more") for pad in range(3)),
    ]
    assert [spelling for spelling in written if not hits(b"..." + spelling + b"...")] == []
    assert hits(b"zqx000001 canary") == []


def with_canaries(plans: Plans, audiences: Audiences, audience: Audience) -> list[bytes]:
    """Put a canary of its own into each free text above an audience; all of them."""
    put: list[bytes] = []
    for data in plans.values():
        for around, key, pattern in list(text_leaves(data)):
            is_free = isinstance(around[key], str) and len(around[key].split()) > 1
            if is_free and not audiences.may_see(audience, pattern):
                canary = f"zqx{len(put):06}{STEM}"
                around[key] = f"{around[key]} {canary}"
                put.append(canary.encode())
    return put


def trees(whole: Portfolio, audience: Audience, names: Iterable[str]) -> Iterator[SiteTree]:
    """The edition of all accounts, or where an audience sees one account, that of each."""
    alone = level(audience) <= level(OUTSIDE)
    for only in names if alone else [None]:
        yield edition_site(edition_of(whole, audience, only), audience)


def published(tree: SiteTree, root: Path) -> dict[str, bytes]:
    """Every file of the built site, packed ones also unpacked."""
    publish_site(tree, root=root, builder="mkdocs", today=TODAY)
    site = contents(root / "site")
    unpacked = {f"{name} unpacked": unpacked_of(name, content) for name, content in site.items()}
    return {**site, **unpacked}


def words_of_index_tell(tree: SiteTree, root: Path) -> bool:
    """Whether a canary is found in the unpacked index, among its texts and among its words."""
    site = published(tree, root)
    kinds = ("pf_fragment unpacked", "pf_index unpacked")
    return all(any(kind in name and hits(site[name]) for name in site) for kind in kinds)


def every_unpacked(tree: SiteTree) -> bytes:
    """Every byte of a tree, packed files as they are and unpacked."""
    return b"\0".join(
        [every_byte(tree), *(unpacked_of(file.path, file.content) for file in tree.files)]
    )


def unpacked_of(name: str, content: bytes) -> bytes:
    """What a packed file holds; nothing for others, which can be read as they are."""
    if content.startswith(PACKED):
        return gzip.decompress(content)
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return b"\0".join(book.read(part) for part in book.namelist())
    if name.endswith(".sqlite"):
        base = sqlite3.connect(":memory:")
        try:
            base.deserialize(content)
            return "\n".join(base.iterdump()).encode()
        finally:
            base.close()
    if name.endswith(".ics"):  # lines are folded, maybe within a word
        return content.replace(b"\r\n ", b"")
    return b""


@pytest.mark.parametrize("ending", [".gz", ".xlsx", ".sqlite", ".ics"])
def test_packed_files_are_looked_into(tmp_path: Path, ending: str) -> None:
    plans = plans_of(1)
    action = plans["account-000"]["actions"][0]
    action["what"] = f"{'x' * 60} zqx000001{STEM}"
    action.pop("done_on", None)
    tree = whole_site(assessed(tmp_path, plans))
    packed = {file.path: file.content for file in tree.files if file.path.endswith(ending)}
    if ending == ".gz":
        packed = {"a.gz": gzip.compress(every_byte(tree))}
    assert [name for name, content in packed.items() if hits(unpacked_of(name, content))]


@pytest.mark.sampled(1)
@pytest.mark.slow
@pytest.mark.parametrize("audience", LOWER)
def test_no_canary_is_in_any_byte(tmp_path: Path, audience: Audience, proof: Proof) -> None:
    count = proof.count(2, 50)
    plans = plans_of(count)
    audiences = assessed(tmp_path / "empty", {}).settings.audiences
    canaries = with_canaries(plans, audiences, audience)
    assert len(canaries) >= 4 * count
    whole = assessed(tmp_path / "marked", plans)
    looked = 0
    for number, tree in enumerate(trees(whole, audience, plans)):
        contents_of_tree = [every_unpacked(tree)]
        if number == 0:  # the site builder is asked once an audience
            site = published(tree, tmp_path / "site")
            assert any("pf_fragment unpacked" in name for name in site) == bool(tree.full_text)
            contents_of_tree += site.values()
        looked += sum(map(len, contents_of_tree))
        assert [canary for part in contents_of_tree for canary in hits(part)] == []
    # with projection off the same look finds every one
    off = whole_site(whole)
    assert hits(every_byte(off))
    seen = {canary for part in [every_byte(off)] for canary in CANARY.findall(part)}
    assert sorted(seen) == canaries
    if (
        not proof.is_full or audience == LOWER[-1]
    ):  # and in the index of words, when its pages hold them
        assert words_of_index_tell(off, tmp_path / "off")
    proof.tell(
        accounts=count, canaries=len(canaries), bytes_looked_at=looked, found_without=len(seen)
    )


@pytest.mark.sampled(1)
@pytest.mark.slow
@pytest.mark.parametrize("audience", LOWER)
def test_what_differs_above_an_audience_changes_no_byte(
    tmp_path: Path, audience: Audience, proof: Proof
) -> None:
    """Pairs of portfolios: values taken out, changed and added, all above the audience."""
    pairs = proof.count(1, 30)
    audiences = assessed(tmp_path / "empty", {}).settings.audiences
    changed = 0
    for pair in range(pairs):
        dice = proof.dice(pair)
        first_plans = plans_of(proof.count(2, 3), first=dice.randrange(1000))
        moved_plans = {
            name: moved(data, audience, audiences, dice) for name, data in first_plans.items()
        }
        assert first_plans != moved_plans
        sides = [
            assessed(tmp_path / f"{pair}-{side}", plans)
            for side, plans in enumerate((first_plans, moved_plans))
        ]
        both = [list(trees(side, audience, first_plans)) for side in sides]
        same = [every_byte(left) == every_byte(right) for left, right in zip(*both, strict=True)]
        assert all(same), f"pair {pair}"
        if pair % 5 == 0:
            sites = [published(side[0], tmp_path / f"site-{n}") for n, side in enumerate(both)]
            assert sites[0].keys() == sites[1].keys()
            assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []
        whole = [every_byte(whole_site(side)) for side in sides]
        changed += whole[0] != whole[1]
    assert changed == pairs  # with projection off they differ
    proof.tell(pairs=pairs, different_without=changed)


def moved(data: Any, audience: Audience, audiences: Audiences, dice: random.Random) -> Any:
    """The playbook with a third of the fields above the audience gone and a third changed."""

    def walk(node: Any, pattern: str) -> Any:
        if isinstance(node, dict):
            kept = {}
            for key, value in node.items():
                step = "*" if has_free_keys(pattern) else str(key)
                below = f"{pattern}.{step}" if pattern else step
                if (
                    below in leaf_patterns()
                    and key != "id"
                    and not audiences.may_see(audience, below)
                ):
                    fate = dice.randrange(3)
                    if fate == 1:
                        kept[key] = other_value(value)
                    elif fate == 2:
                        kept[key] = value
                else:
                    kept[key] = walk(value, below)
            return kept
        if isinstance(node, list) and pattern not in leaf_patterns():
            return [walk(entry, f"{pattern}.*") for entry in node]
        return node

    return walk(data, "")


def other_value(value: Any) -> Any:
    """Another value of the same kind: a number a little smaller, a text a little longer."""
    if isinstance(value, float):
        return round(value * 0.9, 4)
    if isinstance(value, str) and len(value.split()) > 1:
        return f"{value} and more"
    return value
