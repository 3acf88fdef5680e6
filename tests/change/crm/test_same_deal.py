"""A deal that a person wrote before the CRM's export came is not added a second time, or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.change.crm.test_numbers import ONLY, deals_of
from tests.change.crm.test_withdraw import (
    MAPPING,
    Firm,
    firm,  # noqa: F401 - a fixture
    said,
    totals,
)
from tests.program import run

BY_HAND = """\
schema: 1
account: {{name: Harbor, status: prospect}}
summary: Written by hand.
economics: {{currency: EUR}}
opportunities:
{}"""
OPEN = deals_of("open 145000 2026-11-15")
TOLD = (
    "deal 'D1' of CRM looks like opportunity 'op-1' and was not added: write 'crm: D1' here. If it"
    " is another one, add an opportunity with 'crm: D1' [crm-same-deal]"
)
MISSED = "  harbor: open deal 'D1' is not there in the playbook, 145,000 EUR in the export"
DIFFER = (
    "  open deals: 0 worth 0 EUR in the playbooks, 1 worth 145,000 EUR in the export; they differ"
)
EQUAL = "  open deals: 1 worth 145,000 EUR, equal"


def write(firm: Firm, *opportunities: str) -> None:  # noqa: F811
    (firm.root / "playbooks").mkdir()
    entries = "".join(f"  - {entry}\n" for entry in opportunities)
    firm.path().write_text(BY_HAND.format(entries), encoding="utf-8")
    (firm.root / "site_config").mkdir()
    catalogue = "offerings: {crane: {label: {en: Crane}}, winch: {label: {en: Winch}}}\n"
    (firm.root / "site_config/catalogue.yaml").write_text(catalogue, encoding="utf-8")


def of_deals(firm: Firm) -> list[tuple[str, str | None]]:  # noqa: F811
    """The plan's opportunities by id, each with its id in the CRM."""
    return [(entry["id"], entry.get("crm")) for entry in firm.data()["opportunities"]]


def test_a_deal_by_hand_of_the_same_offering_and_amount(firm: Firm) -> None:  # noqa: F811
    write(firm, "{id: op-1, offering: crane, amount: 145000}")
    plan = firm.bring(**ONLY, deals=OPEN)
    assert of_deals(firm) == [("op-1", None)]
    assert said(plan) == [TOLD]
    assert DIFFER in totals(plan)
    assert MISSED in totals(plan)
    # a nightly check says it too, once and as an error
    words = ("--crm", str(firm.export), "--mapping", str(firm.mapping), "--today", "2026-06-30")
    checked = run(firm.root, "check", *words, "--output-format", "concise")
    of_deal = [line.partition(": ")[2] for line in checked.stdout.splitlines() if "D1" in line]
    assert (checked.returncode, of_deal) == (1, [f"error: {TOLD}"])
    # what the message asks for is the cure
    firm.write("amount: 145000", "amount: 145000, crm: D1")
    plan = firm.bring(**ONLY, deals=OPEN)
    assert of_deals(firm) == [("op-1", "D1")]
    assert said(plan) == []
    assert EQUAL in totals(plan)


@pytest.mark.parametrize(
    ("entry", "is_same"),
    [
        ("{id: op-1, amount: 145000}", True),
        ("{id: op-1, offering: crane, amount: {value: 145000.00, grade: fact}}", True),
        ("{id: op-1, offering: winch, amount: 145000}", False),
        ("{id: op-1, offering: crane, amount: 144999}", False),
        ("{id: op-1, offering: crane}", False),
        ("{id: op-1, offering: crane, amount: 145000, currency: CHF}", False),
        ("{id: op-1, offering: crane, amount: 145000, crm: D9}", False),
    ],
)
def test_which_deal_is_like_another(firm: Firm, entry: str, *, is_same: bool) -> None:  # noqa: F811
    write(firm, entry)
    firm.bring(**ONLY, deals=OPEN)
    assert [id_ for id_, _ in of_deals(firm)] == (["op-1"] if is_same else ["op-1", "D1"])


def test_a_deal_of_the_crm_that_names_no_offering(tmp_path: Path) -> None:
    of_firm = Firm(tmp_path, MAPPING.replace("  product: product\n", ""))
    write(of_firm, "{id: op-1, offering: winch, amount: 145000}")
    assert TOLD in said(of_firm.bring(**ONLY, deals=OPEN))
    assert of_deals(of_firm) == [("op-1", None)]


def test_of_two_such_deals_one_is_added(firm: Firm) -> None:  # noqa: F811
    write(firm, "{id: op-1, offering: crane, amount: 145000}")
    twice = deals_of("open 145000 2026-11-15", "open 145000 2026-12-15")
    assert said(firm.bring(**ONLY, deals=twice)) == [TOLD]
    assert of_deals(firm) == [("op-1", None), ("D2", "D2")]


def test_a_deal_that_was_added_beside_one_by_hand(firm: Firm) -> None:  # noqa: F811
    write(firm, "{id: op-1, offering: crane, amount: 1}")
    firm.bring(**ONLY, deals=OPEN)
    assert of_deals(firm) == [("op-1", None), ("D1", "D1")]
    firm.write("amount: 1}", "amount: 145000}")
    twice = (
        "deal 'D1' looks like opportunity 'op-1', so it may count twice: write 'crm: D1' there and"
        " delete this one. If it is another one, write a comment here [crm-same-deal]"
    )
    assert said(firm.bring(**ONLY, deals=OPEN)) == [twice]
    # the cure half done, then done
    text = firm.write("amount: 145000}", "amount: 145000, crm: D1}")
    half = "opportunity 'D1' is deal 'D1', too; keep one of them [crm-same-deal]"
    assert said(firm.plan(**ONLY, deals=OPEN)) == [half]
    lines = text.splitlines(keepends=True)
    firm.path().write_text("".join(line for line in lines if "id: D1" not in line), "utf-8")
    plan = firm.bring(**ONLY, deals=OPEN)
    assert (of_deals(firm), said(plan)) == ([("op-1", "D1")], [])
    assert EQUAL in totals(plan)


def test_a_comment_says_that_two_deals_are_two(firm: Firm) -> None:  # noqa: F811
    write(firm, "{id: op-1, offering: crane, amount: 1}")
    firm.bring(**ONLY, deals=OPEN)
    firm.write("amount: 1}", "amount: 145000}")
    firm.path().write_text(
        firm.text().rstrip("\n").replace("source: CRM}", "source: CRM} # a second one")
    )
    assert said(firm.bring(**ONLY, deals=OPEN)) == []


def test_a_first_import_speaks_of_no_earlier_ones(firm: Firm) -> None:  # noqa: F811
    write(firm, "{id: op-1, offering: crane, amount: 9}")
    assert firm.plan(**ONLY, deals=OPEN).remark == ""
