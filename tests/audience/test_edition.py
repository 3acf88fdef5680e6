"""Editions: nothing from above an audience is in them, in no byte; and what is, is not a part."""

from __future__ import annotations

import base64
import html
import json
import random
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.assess import assess
from generator.audience.classes import Audience
from generator.audience.edition import NOT_SHOWN, edition_of
from generator.audience.projection import projected
from generator.errors import AudienceError
from generator.figures import Portfolio
from generator.form import leaf_patterns
from generator.outputs.site import edition_site, whole_site
from generator.pages.tree import SiteTree
from generator.read import Workspace
from tests.everything import (
    TODAY,
    as_yaml,
    everything_playbook,
    everything_workspace,
    has_free_keys,
)
from tests.figures.small import plan, portfolio

LOWER: tuple[Audience, ...] = ("public", "customer", "internal", "account_team")
REPOSITORY = Path(__file__).parents[2]
PAIRS = 6
"""`make proof` takes more, see PAIRS in tests/proof."""


def assessed(folder: Path, data: dict[str, Any]) -> Portfolio:
    return assess(Workspace.at(everything_workspace(folder, as_yaml(data))), TODAY)


def tree(whole: Portfolio, audience: Audience) -> SiteTree:
    only = "everything" if audience in ("public", "customer") else None
    return edition_site(edition_of(whole, audience, only), audience)


def every_byte(site: SiteTree) -> bytes:
    parts = [b"%s\0%s" % (file.path.encode(), file.content) for file in site.files]
    for framed in site.framed:
        words = (framed.path, framed.title, framed.description, framed.html)
        parts.append("\0".join(words).encode())
    for page in site.pages:
        parts.append(f"{page.path}\0{page.markdown}".encode())
        parts.extend(f"{name}\0{text}".encode() for name, text in page.fragments.items())
    return b"\0".join(parts)


def text_leaves(
    node: Any, pattern: str = ""
) -> Iterator[tuple[dict[str, Any] | list[Any], Any, str]]:
    """Where texts stand: what holds them, their key, and the field's pattern."""
    if pattern in leaf_patterns():
        return
    pairs: Any = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in pairs:
        step = "*" if isinstance(node, list) or has_free_keys(pattern) else str(key)
        below = f"{pattern}.{step}" if pattern else step
        if below in leaf_patterns() and isinstance(value, str):
            yield node, key, below
        else:
            yield from text_leaves(value, below)


def encodings(canary: str) -> list[bytes]:
    """The same text in eight spellings."""
    raw = canary.encode()
    return [
        raw,
        html.escape(canary).encode(),
        "".join(f"&#{ord(letter)};" for letter in canary).encode(),
        urllib.parse.quote(canary, safe="").encode(),
        base64.b64encode(raw).rstrip(b"="),
        raw.hex().encode(),
        json.dumps(canary)[1:-1].encode(),
        canary.encode("utf-16-le"),
    ]


def with_canaries(whole: Portfolio, audience: Audience) -> tuple[dict[str, Any], list[str]]:
    """A playbook with every field, each text above the audience a canary of its own."""
    data = everything_playbook()
    shown = whole.settings.audiences
    canaries = []
    for number, (around, key, pattern) in enumerate(list(text_leaves(data))):
        is_free = isinstance(around[key], str) and len(around[key].split()) > 1
        if is_free and not shown.may_see(audience, pattern):
            canaries.append(f"zqx{number:04}kanarie")
            around[key] = f"{around[key]} {canaries[-1]}"
    return data, canaries


@pytest.mark.parametrize("audience", LOWER)
def test_no_canary_from_above_is_in_any_byte(tmp_path: Path, audience: Audience) -> None:
    whole = assessed(tmp_path / "a", everything_playbook())
    data, canaries = with_canaries(whole, audience)
    assert len(canaries) >= (4 if audience == "account_team" else 10)
    marked = assessed(tmp_path / "b", data)
    marked_bytes = every_byte(tree(marked, audience))
    assert [
        canary for canary in canaries if any(code in marked_bytes for code in encodings(canary))
    ] == []
    # with projection off the same look finds them
    open_ = every_byte(whole_site(marked))
    seen = [canary for canary in canaries if any(code in open_ for code in encodings(canary))]
    assert seen == canaries


@pytest.mark.sampled(len(LOWER), kinds=["audience"])
@pytest.mark.parametrize("audience", LOWER)
@pytest.mark.parametrize("seed", range(PAIRS))
def test_what_differs_above_an_audience_changes_no_byte(
    tmp_path: Path, audience: Audience, seed: int
) -> None:
    """Values changed, entries and sections taken out, comments: all above the audience."""
    dice = random.Random(f"{audience}{seed}")
    data = everything_playbook(variant=seed)
    whole = assessed(tmp_path / "a", data)
    less = _without_some(data, audience, whole, dice)
    without = assessed(tmp_path / "b", less)
    assert as_yaml(data) != as_yaml(less)
    assert every_byte(tree(whole, audience)) == every_byte(tree(without, audience))


def _without_some(
    data: dict[str, Any], audience: Audience, whole: Portfolio, dice: random.Random
) -> dict[str, Any]:
    """The playbook less a random half of the fields above the audience."""
    audiences = whole.settings.audiences

    def thinned(node: Any, pattern: str) -> Any:
        if isinstance(node, dict):
            kept = {}
            for key, value in node.items():
                step = "*" if has_free_keys(pattern) else str(key)
                below = f"{pattern}.{step}" if pattern else step
                is_above = below in leaf_patterns() and not audiences.may_see(audience, below)
                if not (is_above and key != "id" and dice.random() < 0.5):
                    kept[key] = thinned(value, below)
            return kept
        if isinstance(node, list) and pattern not in leaf_patterns():
            return [thinned(entry, f"{pattern}.*") for entry in node]
        return node

    left: dict[str, Any] = thinned(data, "")
    return left


def test_a_figure_that_rests_on_more_is_refused(tmp_path: Path) -> None:
    shipped = (REPOSITORY / "generator/defaults/audiences.yaml").read_text(encoding="utf-8")
    folder = everything_workspace(tmp_path)
    config = folder / "site_config/audiences.yaml"
    config.write_text(
        shipped.replace(
            "    - service.promises_kept\n", "    - service.promises_kept\n    - tier\n"
        ),
        encoding="utf-8",
    )
    whole = assess(Workspace.at(folder), TODAY)
    with pytest.raises(AudienceError) as caught:
        edition_of(whole, "customer", "everything")
    assert str(caught.value) == (
        "playbooks/everything.yaml: the figure 'tier' rests on fields that the audience"
        " 'customer' may not see; take it out of 'figures' in site_config/audiences.yaml,"
        " or give those fields a lower class"
    )


def test_figures_above_an_audience_are_not_told() -> None:
    whole = portfolio({"acme": plan("relationship: {trust: [{date: 2026-10-01, trust: 4}]}\n")})
    edition = edition_of(whole, "internal")
    figure = edition.accounts[0].figures["relationship.trust"]
    assert (figure.value, figure.note, figure.missing, figure.reasons) == (None, NOT_SHOWN, (), ())
    assert whole.accounts[0].figures["relationship.trust"].value is not None
    assert edition.accounts[0].findings == ()
    assert "completeness" not in edition.accounts[0].figures


def test_an_edition_of_one_account_knows_no_other() -> None:
    child = plan(more=", parent: group").replace("Acme", "Child")
    whole = portfolio({"group": plan(), "child": child})
    edition = edition_of(whole, "internal", "group")
    assert [account.id for account in edition.accounts] == ["group"]
    assert edition.accounts[0].figures["group.accounts"].value is None
    with pytest.raises(AudienceError, match=r"^there is no account 'nobody'$"):
        edition_of(whole, "internal", "nobody")


def test_the_customers_page_is_one_page_with_what_is_agreed() -> None:
    text = plan(
        "relationship: {promises: [{what: Figures, due: 2026-11-01},"
        " {what: Loan, due: 2026-11-01, kept_on: 2026-10-30}]}\n"
        "objectives: [{id: a, statement: Both gain, whose: joint, baseline: 10, actual: 14,"
        " target: 20}, {id: b, statement: We squeeze them, whose: ours}]\n"
        "value: {standard: [{item: Uptime, agreed_by_us: 2026-01-01,"
        " agreed_by_customer: 2026-01-02}, {item: Not agreed, agreed_by_us: 2026-01-01}]}\n"
        "risk: {own: [{id: x, statement: They may not pay}]}\n",
        more=", owner: kim-larsen",
    )
    site = edition_site(edition_of(portfolio({"acme": text}), "customer", "acme"), "customer")
    (page,) = site.pages
    assert page.path == "index.md"
    assert list(page.fragments) == ["head", "standard", "aims", "promises", "people"]
    words = " ".join(page.fragments.values())
    for word in ("Both gain", "40\u202f% of the way", "Uptime", "Figures", "Loan", "Kim Larsen"):
        assert word in words, word
    for word in ("squeeze", "Not agreed", "not pay", "Tier", "line"):
        assert word not in words, word
    assert {file.path for file in site.files} == {
        *("assets/mark.svg", "assets/playbooks.css", "assets/playbooks.js"),
        *("assets/search_index.js", "assets/minisearch.js"),
    }
    (index,) = (file.content for file in site.files if file.path == "assets/search_index.js")
    assert not any(word in index for word in (b"squeeze", b"Not agreed", b"not pay"))


def test_the_shipped_classes_let_no_opinion_on_a_person_out() -> None:
    text = plan(
        "relationship: {contacts: [{id: ann, name: Ann, sentiment: -2, influence: 5,"
        " observed: [{fact: She slammed the door, date: 2026-01-01, by: kim-larsen}]}]}\n"
    )
    whole = portfolio({"acme": text})
    left = projected(whole.accounts[0].document, "internal", whole.settings.audiences).text
    assert "Ann" in left
    assert "slammed" not in left
    assert "sentiment" not in left


@pytest.mark.parametrize("audience", LOWER)
def test_of_a_file_that_cannot_be_read_nothing_is_shown(tmp_path: Path, audience: Audience) -> None:
    folder = everything_workspace(tmp_path, as_yaml(everything_playbook()))
    (folder / "playbooks" / "torn.yaml").write_text("account: {name: Secret zqx\nsummary: zqx\n")
    whole = assess(Workspace.at(folder), TODAY)
    only = "torn" if audience in ("public", "customer") else None
    edition = edition_of(whole, audience, only)
    torn = next(account for account in edition.accounts if account.id == "torn")
    assert (torn.playbook, torn.document.text, list(torn.figures)) == (None, "", [])
    assert b"zqx" not in every_byte(edition_site(edition, audience))


@pytest.mark.parametrize("audience", LOWER)
def test_the_examples_have_an_edition_for_each_audience(
    example_portfolio: Portfolio, audience: Audience
) -> None:
    """No figure that the shipped settings give an audience rests on what it may not see."""
    whole = example_portfolio
    edition = edition_of(whole, audience)
    assert [each.id for each in edition.accounts] == [each.id for each in whole.accounts]
    assert not any("attention" in each.figures for each in edition.accounts)
