"""Whatever becomes of a CRM: sums to the cent, people's words whole, the second import idle."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from generator.change.crm.totals import Totals
from generator.change.edit.files import write_files
from generator.read import Workspace, read_playbooks
from tests.change.crm.histories import SIGNALS, YEAR, Crm, Signal, edit
from tests.change.crm.test_import import planned
from tests.change.crm.test_withdraw import MAPPING

EXPORTS = 12
MORE = """\
contracts: {table: contract, id: id, account: account, start: day, end: end, value: value, per: month}
satisfaction: {table: answer, id: id, account: account, date: day, score: value, scale: {constant: 10}}
usage: {table: login, account: account, date: day, metric: {constant: logins}, value: value}
interactions: {table: call, id: id, account: account, date: day, contact: contact}
"""
FILES = "".join(f"  {kind}: {{file: {kind}.csv}}\n" for kind in SIGNALS)
HISTORIES = range(200)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("seed", HISTORIES)
def test_a_history_of_exports(tmp_path: Path, seed: int) -> None:
    root, folder = tmp_path / "ws", tmp_path / "export"
    root.mkdir()
    folder.mkdir()
    dice = random.Random(seed)
    crm = Crm(dice=dice, today=datetime.date(2025, 1, 31))
    kept: dict[Path, list[str]] = defaultdict(list)
    for number in range(EXPORTS):
        crm.live()
        crm.write(folder)
        mapping = mapping_of(tmp_path, crm, is_full=bool(seed % 2))
        plan = planned(root, folder, mapping)
        assert write_files(Workspace.at(root), plan) == ()
        assert [problem for problem in plan.problems if problem.level == "error"] == []
        again = planned(root, folder, mapping)
        assert (again.new, again.changed, again.record) == ((), (), None)
        assert plan.as_they_will_be is not None
        assert differences(plan.as_they_will_be) <= built_on(root)
        assert sums_of(root, plan.as_they_will_be) == sums_in(crm)
        assert named_and_not_there(root) == []
        for path, words in kept.items():
            text = path.read_text(encoding="utf-8")
            assert [each for each in words if each not in text] == [], path
        for path in sorted((root / "playbooks").glob("*.yaml")):
            if dice.random() < 0.3:
                text, words_of_person = edit(dice, path.read_text(encoding="utf-8"), number)
                path.write_text(text, encoding="utf-8")
                if words_of_person:
                    kept[path].append(words_of_person)


def mapping_of(tmp_path: Path, crm: Crm, *, is_full: bool) -> Path:
    merged = "".join(f"  {old}: {new}\n" for old, new in crm.merged.items())
    path = tmp_path / "crm.yaml"
    path.write_text(
        MAPPING.replace("2026-06-30", crm.today.isoformat()).replace(
            "tables:\n", f"tables:\n{FILES}"
        )
        + MORE
        + (f"merged:\n{merged}" if merged else "")
        + ("full_from: 2024\n" if is_full else ""),
        encoding="utf-8",
    )
    return path


Sums = dict[str, Decimal]


def sums_in(crm: Crm) -> Sums:
    """Revenue by year, open deals by id, cases by id."""
    sums: Sums = defaultdict(Decimal)
    for (_, year), amount in crm.revenue_by_account().items():
        sums[str(year)] += amount
    for deal in crm.deals.values():
        if deal.stage == "open":
            sums[deal.id] += deal.amount
    for case in crm.cases:
        sums[case] += 1
    sums |= signals_in(crm)
    return {name: amount for name, amount in sums.items() if amount}


def signals_in(crm: Crm) -> Sums:
    """What runs a year, scores as means of their day, logins of months that are over, days of talks."""
    by_kind: dict[str, dict[tuple[str, datetime.date], list[Signal]]] = defaultdict(dict)
    for signal in crm.signals.values():
        days = by_kind[signal.kind]
        days.setdefault((signal.account, signal.day), []).append(signal)
    month = crm.today.replace(day=1)
    scores = ([one.value for one in answers] for answers in by_kind["answer"].values())
    return {
        "contracts": Decimal(
            sum(12 * one.value for one in crm.signals.values() if runs(one, crm.today))
        ),
        "answers": sum((round(Decimal(sum(s)) / len(s), 2) for s in scores), Decimal(0)),
        "logins": Decimal(
            sum(
                one.value
                for one in crm.signals.values()
                if one.kind == "login" and (one.day < month or is_last_of_month(crm.today))
            )
        ),
        "talks": Decimal(len(by_kind["call"])),
    }


def runs(one: Signal, today: datetime.date) -> bool:
    return one.kind == "contract" and one.day <= today <= one.day + YEAR


def is_last_of_month(day: datetime.date) -> bool:
    return (day + datetime.timedelta(days=1)).day == 1


def sums_of(root: Path, totals: Totals) -> Sums:
    """The same out of the playbooks, without what a person keeps, which the import told."""
    told = {(each.account, each.path) for each in totals.differences}
    sums: Sums = defaultdict(Decimal)
    for document in read_playbooks(Workspace.at(root)):
        data = document.data or {}
        for number, entry in enumerate(data.get("economics", {}).get("revenue", ())):
            if (document.stem, ("economics", "revenue", number)) not in told:
                sums[entry["year"]] += Decimal(entry["amount"])
        for number, entry in enumerate(data.get("opportunities", ())):
            if "crm" in entry and (document.stem, ("opportunities", number)) not in told:
                sums[entry["crm"]] += Decimal(entry["amount"])
        for entry in data.get("service", {}).get("cases", ()):
            sums[entry["id"]] += 1
        for entry in data.get("service", {}).get("satisfaction", ()):
            sums["answers"] += Decimal(entry["score"])
        for entry in data.get("usage", ()):
            sums["logins"] += Decimal(entry["value"])
        sums["talks"] += len(data.get("relationship", {}).get("interactions", ()))
        contract = data["account"].get("contract", {})
        if contract.get("end", "") >= totals.mapping.as_of.isoformat():
            sums["contracts"] += Decimal(contract["value"])
    return {name: amount for name, amount in sums.items() if amount}


def differences(totals: Totals) -> set[tuple[str, str]]:
    return {(each.account, each.place.partition(" ")[2]) for each in totals.differences}


def built_on(root: Path) -> set[tuple[str, str]]:
    """The deals to which a person added how they began."""
    return {
        (document.stem, entry["crm"])
        for document in read_playbooks(Workspace.at(root))
        for entry in (document.data or {}).get("opportunities", ())
        if "origin" in entry
    }


def named_and_not_there(root: Path) -> list[str]:
    """Contacts whom a person or another contact names and whom the playbook does not have."""
    missing = []
    for document in read_playbooks(Workspace.at(root)):
        data = document.data or {}
        contacts = data.get("relationship", {}).get("contacts", ())
        named = {*data["account"].get("next", {}).get("with", ())}
        talks = data.get("relationship", {}).get("interactions", ())
        named |= {id_ for entry in talks for id_ in entry.get("contacts", ())}
        named |= {entry["reports_to"] for entry in contacts if "reports_to" in entry}
        missing += sorted(named - {entry["id"] for entry in contacts})
    return missing
