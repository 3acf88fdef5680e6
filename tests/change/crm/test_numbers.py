"""Numbers kept: sums to the cent, what was credited, years without a purchase, chances by sample."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import xlsxwriter

from generator.change.crm.playbook import grade_of_sample
from generator.change.edit.files import write_files
from generator.read import Workspace
from generator.settings import load_settings
from tests.change.crm.test_import import planned
from tests.change.crm.test_withdraw import (
    CASES,
    CONTACTS,
    DEALS,
    FACT,
    MAPPING,
    Firm,
    firm,  # noqa: F401 - a fixture
    said,
    totals,
)
from tests.program import run

HEAD = DEALS[: DEALS.index("D1")]
ONLY = {"contacts": CONTACTS[: CONTACTS.index("C1")], "cases": CASES[: CASES.index("S1")]}


def deals_of(*rows: str) -> str:
    """Deals of Harbor, from their stage, amount, day and kind."""
    return HEAD + "".join(
        f"D{number},A1,Crane,Kim Larsen,{stage},{amount},EUR,{day},{kind or 'new'}\n"
        for number, row in enumerate(rows, 1)
        for stage, amount, day, kind in [(*row.split(), "", "")[:4]]
    )


def figures_of(firm: Firm) -> dict[str, float | None]:  # noqa: F811
    shown = run(firm.root, "show", "harbor", "--format", "json", "--today", "2026-06-30")
    return {key: figure["value"] for key, figure in json.loads(shown.stdout)["figures"].items()}


# The deals, then revenue by year, status, chance and what the crane brought in the last year
CREDITED = [
    (
        "a part of a bill of this year",
        ("won 1000 2026-01-10", "won -300.50 2026-02-10"),
        {"2026": "699.5"},
        ("customer", "1", "ours", "699.5"),
    ),
    (
        "a renewal, whose note is no renewal",
        ("won 1000 2026-01-10 renewal", "won -300 2026-02-10 renewal"),
        {"2026": "700"},
        ("customer", "1", "ours", "700"),
    ),
    (
        "all of it, so that nothing was bought",
        ("won 1000 2026-01-10", "won -1000 2026-02-10"),
        {"2026": "0"},
        ("customer", "1", "ours", "0"),
    ),
    (
        "a bill of an earlier year, with nothing bought since",
        ("won 1000 2024-01-10", "won -300 2026-02-10", "lost 50 2025-01-01"),
        {"2024": "1000", "2026": "-300"},
        ("former", "0.5", "open", "0"),
    ),
    (
        "nothing that was ever bought",
        ("won -300 2026-02-10",),
        {"2026": "-300"},
        ("prospect", None, "open", "0"),
    ),
]


@pytest.mark.parametrize(
    ("rows", "revenue", "rest"), [case[1:] for case in CREDITED], ids=[case[0] for case in CREDITED]
)
def test_what_is_credited_counts_in_revenue_and_is_no_win(
    firm: Firm,  # noqa: F811
    rows: tuple[str, ...],
    revenue: dict[str, str],
    rest: tuple[str, str | None, str, str],
) -> None:
    plan = firm.bring(**ONLY, deals=deals_of(*rows))
    data = firm.data()
    entries = data["economics"]["revenue"]
    assert {entry["year"]: entry["amount"] for entry in entries} == revenue
    status, chance, crane, bought = rest
    assert data["account"]["status"] == status
    development = data["economics"].get("development")
    assert (development and development["win_probability"]["value"]) == chance
    offering = data["offerings"]["crane"]
    assert (offering["status"], offering["revenue"]) == (crane, bought)
    assert sum(entry["kind"] == "renewed" for entry in data.get("outcomes", ())) == sum(
        "renewal" in row and "-" not in row.split()[1] for row in rows
    )
    assert all(line.endswith(("export:", "equal")) for line in totals(plan))


def test_a_year_in_which_more_was_credited_is_told(firm: Firm) -> None:  # noqa: F811
    rows = ("won 900 2024-03-01", "won 200 2025-03-01", "won -300.25 2025-04-01")
    plan = firm.bring(**ONLY, deals=deals_of(*rows, "won -1 2026-01-01"))
    end = "it is written so. If a note belongs to a bill of another year, correct its day in the CRM [crm-credited]"
    places = "2 ('Harbor' in 2025: -100.25 EUR) and 2 ('Harbor' in 2026: -1 EUR)"
    assert said(plan) == [f"more was credited in a year than was won, in lines {places}; {end}"]
    # 2025 against 2024 is a fall by more than all; nothing rises or falls from a year below 0
    figures = figures_of(firm)
    assert math.isclose(figures["revenue.growth"] or 0, (-100.25 - 900) / 900)
    assert figures["revenue.change"] is None
    assert said(firm.bring(**ONLY, deals=deals_of(rows[0], "won 1 2025-03-01", "won -1 2025-04-01"))) == []  # fmt: skip


# The deals, then what the plan says of the crane; the export is of 2026-06-30, and who bought since
# 2024-06-30 is a customer: a year's revenue goes from 2025-07-01 on all the same
BOUGHT = [
    (
        "in two years: 42,500 and 39,000 are no 81,500 a year",
        ("won 42500 2025-02-03", "won 39000 2026-05-05"),
        {"status": "ours", "potential": "39000", "revenue": "39000"},
    ),
    (
        "on the first day of the year and the day before, as yearly orders are",
        ("won 100 2025-06-30", "won 200 2025-07-01", "won 400 2026-06-30"),
        {"status": "ours", "potential": "600", "revenue": "600"},
    ),
    (
        "nothing within the year, so that nobody knows how much more",
        ("won 8900 2025-06-14",),
        {"status": "ours", "revenue": "0"},
    ),
    ("after the export's day", ("won 500 2026-07-01",), {"status": "ours", "revenue": "0"}),
    ("nothing: the order was cancelled", ("lost 18000 2026-01-02",), {"status": "open", "revenue": "0"}),
    (
        "nothing yet, and two deals are open",
        ("open 12000 2026-10-15", "open 3000 2026-10-16"),
        {"status": "open", "potential": "15000", "revenue": "0"},
    ),
    (
        "some, and nobody knows what the open deal is worth",
        ("won 500 2026-01-02", "open - 2026-10-15"),
        {"status": "ours", "revenue": "500"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "crane"), [case[1:] for case in BOUGHT], ids=[case[0] for case in BOUGHT]
)
def test_what_is_bought_of_an_offering_is_that_of_one_year(
    tmp_path: Path, rows: tuple[str, ...], crane: dict[str, str]
) -> None:
    of_firm = Firm(tmp_path, MAPPING.replace("customer_months: 12", "customer_months: 24"))
    of_firm.bring(**ONLY, deals=deals_of(*rows))
    source = "CRM (won in the last 12 months and open)"
    evidence = {"grade": "estimate", "as_of": "2026-06-30", "source": source}
    assert of_firm.data()["offerings"] == {"crane": {**crane, **evidence}}


def test_a_list_price_is_named_where_one_is_used(tmp_path: Path) -> None:
    products = (
        "  cases: {file: cases.csv, optional: true}\n",
        "  products: {file: products.csv}\n",
        "products: {table: products, name: name, price: price}\n",
    )
    of_firm = Firm(tmp_path, MAPPING.replace(products[0], products[0] + products[1]) + products[2])
    prices = "name,price\nCrane,4800\n"
    of_firm.bring(**ONLY, products=prices, deals=deals_of("open 12000 2026-10-15"))
    crane = of_firm.data()["offerings"]["crane"]
    assert (crane["potential"], crane["source"]) == ("12000", "CRM (won in the last 12 months and open)")  # fmt: skip
    rows = ("open 12000 2026-10-15", "open - 2026-10-15")
    of_firm.bring(**ONLY, products=prices, deals=deals_of(*rows))
    crane = of_firm.data()["offerings"]["crane"]
    assert (crane["potential"], crane["source"]) == ("16800", "CRM (won in the last 12 months and open at list price)")  # fmt: skip


def test_what_nobody_knows_any_more_goes(firm: Firm) -> None:  # noqa: F811
    firm.bring(**ONLY, deals=deals_of("open 12000 2026-10-15"))
    firm.bring(**ONLY, deals=deals_of("lost 12000 2026-06-15"))
    crane = firm.data()["offerings"]["crane"]
    assert (crane["status"], crane["revenue"], crane.get("potential")) == ("open", "0", None)


# What the mapping says, the deals, then revenue by year; the export is of 2026-06-30
YEARS = [
    ("", ("won 9 2023-01-01", "won 8 2026-01-01"), {"2023": "9", "2026": "8"}),
    (
        "full_from: 2023",
        ("won 9 2023-01-01", "won 8 2025-01-01"),
        {"2023": "9", "2024": "0", "2025": "8", "2026": "0"},
    ),
    # before the year that is full from nothing is known
    (
        "full_from: 2025",
        ("won 9 2022-01-01",),
        {"2022": "9", "2025": "0", "2026": "0"},
    ),
    # nor does a year without a purchase say anything before the first one
    ("full_from: 2020", ("won 9 2025-01-01",), {"2025": "9", "2026": "0"}),
    ("full_from: 2020", ("lost 9 2025-01-01", "open 9 2026-01-01"), {}),
    ("full_from: 2027", ("won 9 2025-01-01",), {"2025": "9"}),
]


@pytest.mark.parametrize(("words", "rows", "revenue"), YEARS)
def test_a_year_without_a_purchase_in_a_full_export_is_one_of_nothing(
    firm: Firm,  # noqa: F811
    words: str,
    rows: tuple[str, ...],
    revenue: dict[str, str],
) -> None:
    firm.mapping.write_text(f"{MAPPING}{words}\n", encoding="utf-8")
    plan = firm.bring(**ONLY, deals=deals_of(*rows))
    entries = firm.data()["economics"].get("revenue", ())
    assert {entry["year"]: entry["amount"] for entry in entries} == revenue
    assert {entry["year"] for entry in entries if "to" in entry} <= {"2026"}
    assert (said(plan), all(line.endswith(("export:", "equal")) for line in totals(plan))) == (
        [],
        True,
    )


def test_nothing_bought_in_a_full_year_is_a_loss_of_all(firm: Firm) -> None:  # noqa: F811
    deals = deals_of("won 900 2024-03-01")
    firm.bring(**ONLY, deals=deals)
    assert figures_of(firm)["revenue.growth"] is None
    firm.mapping.write_text(f"{MAPPING}full_from: 2024\n", encoding="utf-8")
    plan = firm.bring(**ONLY, deals=deals)
    assert f"    - {{year: 2025, amount: 0, {FACT}}}\n" in firm.text()
    assert f"    - {{year: 2026, amount: 0, to: 2026-06-30, {FACT}}}\n" in firm.text()
    assert figures_of(firm)["revenue.growth"] == -1
    assert totals(plan)[2] == "  revenue 2025: 0 EUR, equal"
    # what is bought after all takes the place of nothing, and nothing goes with what it followed
    firm.bring(**ONLY, deals=deals + deals_of("won 5 2025-03-01").splitlines()[1].replace("D1", "D2"))  # fmt: skip
    assert f"    - {{year: 2025, amount: 5, {FACT}}}\n" in firm.text()
    firm.bring(**ONLY, deals=HEAD)
    assert "revenue: []\n" in firm.text()


@pytest.mark.parametrize(
    ("won", "lost", "chance", "grade"),
    [
        (0, 0, None, None),
        (1, 0, "1", "opinion"),
        (0, 1, "0", "opinion"),
        (0, 3, "0", "opinion"),
        (24, 48, "0.3333", "opinion"),
        (24, 49, "0.3288", "estimate"),
    ],
)
def test_a_chance_has_the_grade_of_its_sample(
    firm: Firm,  # noqa: F811
    won: int,
    lost: int,
    chance: str | None,
    grade: str | None,
) -> None:
    """With n deals a chance of one half may be off by 1.28/√n of itself: 73 come below 15 %."""
    rows = ["won 7 2026-01-01"] * won + ["lost 7 2026-01-01"] * lost
    firm.bring(**ONLY, deals=deals_of(*rows, "open 7 2026-09-01"))
    development = firm.data()["economics"].get("development", {}).get("win_probability", {})
    assert (development.get("value"), development.get("grade")) == (chance, grade)


@pytest.mark.parametrize(
    ("size", "grade"),
    [(1, "opinion"), (72, "opinion"), (73, "estimate"), (4105, "estimate"), (4106, "fact")],
)
def test_the_grade_of_a_sample(size: int, grade: str, repository: Path) -> None:
    settings = load_settings(Workspace.at(repository))
    assert grade_of_sample(size, settings.scoring.evidence.spread.model_dump()) == grade


def test_what_one_win_was_before_is_graded_anew(firm: Firm) -> None:  # noqa: F811
    """An import of before wrote a fact of the CRM; a person's own evidence stays."""
    firm.bring()
    now = firm.text()
    old = now.replace("grade: opinion", "grade: fact").replace(" (deals won of those decided)", "")
    firm.path().write_text(old, encoding="utf-8")
    assert old != now
    firm.bring()
    assert firm.text() == now
    own = now.replace("CRM (deals won of those decided)", "CRM, and what Ana says")
    firm.path().write_text(own, encoding="utf-8")
    firm.bring()
    assert firm.text() == own


SUM = "1236067.89"  # 1,234,567.89, and 5,000 times 0.1 and 0.2


def test_ten_thousand_amounts_come_to_the_cent(tmp_path: Path) -> None:
    """From the cells of a CSV file, and from those of a workbook, which hold binary numbers."""
    amounts = [1234567.89, *(0.1, 0.2) * 5_000]
    assert str(math.fsum(amounts)) == SUM != str(sum(amounts))
    row = ("A1", "Crane", "Kim", "won")
    end = ("EUR", "2026-01-05", "new")
    in_csv, in_workbook = Firm(tmp_path / "csv"), Firm(tmp_path / "xlsx")
    lines = (",".join((f"D{n}", *row, str(each), *end)) for n, each in enumerate(amounts))
    in_csv.plan(**ONLY, deals=HEAD + "\n".join(lines))
    in_workbook.plan(**ONLY)
    book = xlsxwriter.Workbook(in_workbook.export / "deals.csv")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD.strip().split(","))
    for line, amount in enumerate([0.1 + 0.2] * 500 + [1234567.89 + 1350], 1):
        sheet.write_row(line, 0, (f"D{line}", *row, amount, *end))
    book.close()
    for each in (in_csv, in_workbook):
        plan = planned(each.root, each.export, each.mapping)
        assert write_files(Workspace.at(each.root), plan) == ()
        assert f"{{year: 2026, amount: {SUM}, to: 2026-06-30" in each.text()
        assert f"    revenue: {SUM}\n" in each.text()
        words = "won value: 1,236,067.89 EUR in all, 1,236,067.89 placed, 0 not placed"
        assert plan.accounting[-1] == words
        assert totals(plan)[1] == "  revenue 2026: 1,236,067.89 EUR, equal"
