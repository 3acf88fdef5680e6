"""site_config: shipped files load, own files go before them, each mistake is told at its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import SettingsError, WorkspaceError
from generator.read import Workspace
from generator.rules.rulebook import rule_findings
from generator.settings import Settings, load_settings, own_files
from generator.settings.load import FILES, contradictions
from tests.workspace import CATALOGUE, CURRENCIES, TEAM, make_workspace

SHIPPED = Path(__file__).resolve().parents[2] / "generator" / "defaults"
OWN = {"catalogue": CATALOGUE, "team": TEAM, "currencies": CURRENCIES}


def load(root: Path) -> Settings:
    return load_settings(Workspace.at(root))


def said(root: Path) -> list[str]:
    """The findings of a site_config that cannot be used."""
    with pytest.raises(SettingsError) as error:
        load(root)
    return [str(problem) for problem in error.value.problems]


def text_of(name: str) -> str:
    return OWN.get(name) or (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")


RULE = "  - id: owner\n"
NEW_RULE = (
    "  - id: new\n    level: error\n    holds: {HOLDS}\n    message: m\n    reason: r\n" + RULE
)


def rule(holds: str) -> tuple[str, str, str]:
    """A rule of one's own among the shipped ones."""
    return "rules", RULE, NEW_RULE.replace("{HOLDS}", holds)


# file, what is replaced, by what, where the finding points (the first after the change), message
MISTAKES = [
    ("scoring", "fact: 1.0,", "fact: 1.5,", "1.5", "1.5 is out of range: at most 1; for 1.5 % write 0.015 [wrong-value]"),
    ("scoring", "default_grade: estimate", "default_grade: guess", "guess", "unknown word 'guess'; known: fact, estimate, opinion [wrong-value]"),
    ("scoring", "stale_factor:", "stale_faktor:", "stale_faktor", "unknown key 'stale_faktor'; did you mean 'stale_factor'? [unknown-key]"),
    ("scoring", "answer_days: 180", "answer_days: 180 days", "180 days", "a number is wanted, not '180 days' [wrong-value]"),
    ("scoring", "[need, money, authority]", "[need, mony]", "mony", "unknown question 'mony'; did you mean 'money'? [wrong-setting]"),
    ("scoring", "find_out_from: 50", "find_out_from: 80", "80", "find_out_from (80) is above pursue_from (70) [wrong-setting]"),
    ("scoring", "tier_b_from: 0.15", "tier_b_from: 0.45", "0.45", "tier_b_from (0.45) is above tier_a_from (0.3) [wrong-setting]"),
    ("scoring", "usable_from: promoter", "usable_from: friend", "friend", "unknown word 'friend'; known: prospect, aware, familiar, customer, promoter, recommender, partner [wrong-value]"),
    ("thresholds", "cut_off: 250000", "cut_off: 250,000", "250,000", "a number is wanted, not '250,000'; write 250000 without separators [wrong-value]"),
    ("thresholds", "mode: absolute", "mode: relative", "relative", "unknown word 'relative'; known: absolute, median [wrong-value]"),
    ("thresholds", "payback_months: 12", "payback_months: 48", "48", "payback_months (48) is above never_after_months (36) [wrong-setting]"),
    ("thresholds", "minimum_margin: 0.10", "minimum_margin: 1", "1", "1 is out of range: less than 1 [wrong-value]"),
    ("thresholds", "horizon_years: 3", "horizon_years: 2.5", "2.5", "a whole number is wanted, not '2.5' [wrong-value]"),
    ("thresholds", "clause_threshold: 5000\n", "clause_threshold:\n", "clause_threshold:", "'clause_threshold' has no value; fill it in or delete the line [no-value]"),
    ("tiers", "{tier: A,", "{tier: E,", "E,", "unknown word 'E'; known: A, B, C, D [wrong-value]"),
    ("tiers", "develop: selective", "develop: selectively", "selectively", "unknown word 'selectively'; did you mean 'selective'? [wrong-value]"),
    ("tiers", "develop: fast, maintain: selective", "develop: fast, maintain: fast", "fast}", "unknown word 'fast'; known: all_out, selective, restructure [wrong-value]"),
    ("tiers", "[customer, promoter]", "[promoter, customer]", "target_rungs: [promoter", "target_rungs is the lowest and the highest rung, or [] to hold the one reached [wrong-setting]"),
    ("tiers", "[customer, promoter]", "[customer]", "target_rungs: [customer]", "target_rungs is the lowest and the highest rung, or [] to hold the one reached [wrong-setting]"),
    ("catalogue", "regions:", "region:", "region:", "unknown key 'region'; did you mean 'regions'? [unknown-key]"),
    ("catalogue", "logistics: {label", "Logistics: {label", "Logistics", "'Logistics' is no id: small letters, digits and single hyphens, at most 64 [unknown-key]"),
    ("catalogue", "{label: {en: Energy}}", "{group: x}", "energy", "'label' is missing; 'energy' needs it [missing-field]"),
    ("catalogue", "element: feeling", "element: feelings", "feelings", "unknown element 'feelings'; did you mean 'feeling'? [wrong-setting]"),
    ("catalogue", "by: sales", "by: sails", "sails", "unknown word 'sails'; did you mean 'sales'? Known: sales, service, engineering, finance [wrong-value]"),
    ("catalogue", "employees_up_to: 250}", "employees_up_to: 25}", "25}", "sizes stand in ascending order [wrong-setting]"),
    ("catalogue", "- {id: large,", "- {id: small,", "small,", "'small' is given twice; keep one [wrong-setting]"),
    ("catalogue", "expense: 120,", "expense: 1,200,", "200", "'200' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("compliance", "in notes, banknotes", "in (notes, banknotes", "in (notes", "words are wanted, such as 'free (trip|holiday*)'; 'in (notes' has a bracket that does not close, one in another or in a word, or '*' before the end of a word [wrong-value]"),
    ("compliance", "in notes, banknotes", "in note(s)x, banknotes", "in note(s)x", "words are wanted, such as 'free (trip|holiday*)'; 'in note(s)x' has a bracket that does not close, one in another or in a word, or '*' before the end of a word [wrong-value]"),
    ("compliance", "in notes, banknotes", "in n*tes, banknotes", "in n*tes", "words are wanted, such as 'free (trip|holiday*)'; 'in n*tes' has a bracket that does not close, one in another or in a word, or '*' before the end of a word [wrong-value]"),
    ("team", "role: executive", "role: ceo", "ceo", "unknown word 'ceo'; known: sales_manager, account_manager, service, engineering, finance, executive [wrong-value]"),
    ("team", "region: emea", "region: emae", "emae", "unknown region 'emae'; did you mean 'emea'? [wrong-setting]"),
    ("team", "  ana-ruiz:", "  aux:", "aux", "'aux' names a file of the site, and Windows keeps that name for a device; write aux-2 [unknown-key]"),
    ("team", "  ana-ruiz:", "  kim-larsen:", "kim-larsen", "'kim-larsen' is given twice in one place, first at line 2, column 3; keep one [duplicate-key]"),
    ("currencies", "rate: 0.92", "rate: 0", "0,", "a rate is more than 0 [wrong-setting]"),
    ("currencies", "from: 2026-07-01", "from: 2026-01-01", "2026-01-01, rate: 0.90", "two rates from 2026-01-01; keep one [wrong-setting]"),
    ("currencies", "from: 2026-07-01", "from: 2026-06-31", "2026-06-31", "there is no day 2026-06-31: June 2026 has 30 days [wrong-value]"),
    ("currencies", "  CNY:", "  cny:", "cny", "'cny' is no currency; write three capitals such as EUR [unknown-key]"),
    ("currencies", "  CNY:", "  EUR:", "EUR:", "EUR is the reporting currency; its rate is always 1, delete this one [wrong-setting]"),
    ("labels", "{en: Prospect, zh: 潜在客户}", "{eng: Prospect}", "eng:", "unknown key 'eng'; did you mean 'en'? [unknown-key]"),
    ("labels", "{en: Prospect, zh: 潜在客户}", "Prospect", "Prospect", "keys with values are wanted here, such as '{en: …, zh: …}' [wrong-value]"),
    ("site", "language: en", "language: de", "de", "unknown word 'de'; known: en, zh [wrong-value]"),
    ("site", "year_starts: 1", "year_starts: 0", "0\n", "0 is out of range: at least 1 [wrong-value]"),
    ("site", "year_starts: 1", "year_starts: 13", "13", "13 is out of range: at most 12 [wrong-value]"),
    ("site", "year_starts: 1", "year_starts: April", "April", "a number is wanted, not 'April' [wrong-value]"),
    ("site", "timezone: UTC", "timezone: Europe/Viena", "Europe/Viena", "there is no time zone 'Europe/Viena'; did you mean 'Europe/Vienna'? [wrong-value]"),
    ("site", "timezone: UTC", "timezone: asia/shanghai", "asia/shanghai", "there is no time zone 'asia/shanghai'; did you mean 'Asia/Shanghai'? [wrong-value]"),
    ("site", "timezone: UTC", "timezone: +02:00", "+02:00", "there is no time zone '+02:00'; write one such as Europe/Vienna [wrong-value]"),
    ("site", "timezone: UTC", "timezone: ../../etc/passwd", "../../etc", "there is no time zone '../../etc/passwd'; write one such as Europe/Vienna [wrong-value]"),
    ("site", "attention: 6", "attention: many", "many", "a number is wanted, not 'many' [wrong-value]"),
    ("rules", RULE, "  - id: contact\n", "contact\n    level: error\n    title: At least", "'contact' is given twice; keep one [wrong-setting]"),
    ("rules", "level: warning", "level: hint", "hint", "unknown word 'hint'; known: error, warning [wrong-value]"),
    ("rules", "{present: account.owner}", "{presnt: account.owner}", "presnt", "unknown key 'presnt'; did you mean 'present'? [unknown-key]"),
    ("rules", "{present: account.owner}", "{present: account.owners}", "account.owners", "a playbook has no 'account.owners'; did you mean 'owner'? [wrong-setting]"),
    ("rules", "{present: account.owner}", "{present: acount.owner}", "acount.owner", "a playbook has no 'acount'; did you mean 'account'? [wrong-setting]"),
    ("rules", "{present: account.owner}", "{present: account.owner, check: tier-known}", "holds: {present", "'holds' takes exactly one of present, each, some, figure, covers, none, all, any, filled, check, agree [wrong-setting]"),
    ("rules", "{present: account.owner}", "{all: [{}]}", "{}", "'holds' takes exactly one of present, each, some, figure, covers, none, all, any, filled, check, agree [wrong-setting]"),
    ("rules", "status: customer}", "status: customers}", "customers", "unknown word 'customers'; did you mean 'customer'? [wrong-value]"),
    (*rule("{some: {in: objective}}"), "objective}", "a playbook has no 'objective'; did you mean 'objectives'? [wrong-setting]"),
    (*rule("{some: {in: account.tags}}"), "account.tags}", "'account.tags' is no list of entries with fields [wrong-setting]"),
    (*rule("{some: {in: offerings}}"), "offerings}", "'offerings' is no list of entries with fields [wrong-setting]"),
    (*rule("{each: {in: risk.own, has: [clause]}}"), "clause]", "entries have no field 'clause'; did you mean 'class'? Known: grade, as_of, source, id, class, statement, probability, loss, measure, effectiveness, measure_cost, preventive_clause, liability_clause, owner, due [wrong-setting]"),
    (*rule("{some: {in: actions, where: {stage: {is: x}}}}"), "stage: {is", "entries have no field 'stage' [wrong-setting]"),
    (*rule("{some: {in: actions, where: {phase: {is: planned}}}}"), "planned", "'phase' is never 'planned'; did you mean 'plan'? Known: plan, do, check, act [wrong-setting]"),
    (*rule("{some: {in: relationship.contacts, where: {roles: {has: [user, decidor]}}}}"), "decidor]", "'roles' is never 'decidor'; did you mean 'decider'? [wrong-setting]"),
    (*rule("{none: {in: actions, where: {due: {before: yesterday}}}}"), "yesterday", "'yesterday' is no day; write today, renewal, or today-365 [wrong-value]"),
    (*rule("{covers: {in: service.objects, field: levels, words: [company]}}"), "levels", "entries have no field 'levels'; did you mean 'level'? [wrong-setting]"),
    (*rule("{covers: {in: service.objects, field: stage, words: [presale]}}"), "presale]", "'stage' is never 'presale'; did you mean 'pre_sale'? [wrong-setting]"),
    (*rule("{filled: {actions.*: [ownr]}}"), "ownr]", "entries have no field 'ownr'; did you mean 'owner'? [wrong-setting]"),
    (*rule("{filled: {actons.*: [owner]}}"), "actons", "a playbook has no 'actons'; did you mean 'actions'? [wrong-setting]"),
    (*rule("{filled: {actions: [owner]}}"), "actions: [o", "'actions' has no fields; did you mean 'actions.*'? [wrong-setting]"),
    ("rules", "'**.note'", "'**.notes'", "'**.notes'", "a playbook has no 'notes' anywhere; did you mean 'note'? [wrong-setting]"),
    ("rules", "- account.aliases", "- account.alias", "account.alias", "a playbook has no 'account.alias'; did you mean 'aliases'? [wrong-setting]"),
    (*rule("{any: [{present: value.vaules}]}"), "value.vaules", "a playbook has no 'value.vaules'; did you mean 'values'? [wrong-setting]"),
    ("rules", "has no owner; add who", "has no {ownr}; add who", '"contact', "unknown placeholder '{ownr}'; did you mean 'owner'? [wrong-setting]"),
    ("team", "role: executive, region: apac", "role: TODO, region: apac", "TODO", "a placeholder: write the value or delete the line [placeholder]"),
    ("team", "role: executive, region: apac", "role: executive, region: n/a", "n/a", "a placeholder: write the value or delete the line [placeholder]"),
    ("currencies", "rate: 0.92", "rate: 92 %", "92 %", "a number is wanted, not '92 %'; write 0.92 [wrong-value]"),
    ("currencies", "from: 2026-07-01", "from: 01.07.2026", "01.07.2026", "a day is written like 2026-11-30, not '01.07.2026'; write 2026-07-01 [wrong-value]"),
    ("currencies", "reporting_currency: EUR", "reporting_currency EUR", "reporting", "no colon after 'reporting_currency'; write 'reporting_currency: EUR' [yaml-syntax]"),
    ("currencies", "reporting_currency: EUR", "reporting_currency：EUR", "：", "a full-width colon stands here; write ': ' [yaml-syntax]"),
    ("currencies", "  USD:", "\u00a0\u00a0USD:", "\u00a0", "a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("currencies", "rates:", "<<<<<<< HEAD\nrates:\n=======\nrates:\n>>>>>>> x\nrates:", "<<<<<<<", "a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"), MISTAKES, ids=[f"{mistake[0]}: {mistake[4][:50]}" for mistake in MISTAKES]
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    tmp_path: Path, name: str, old: str, new: str, at: str, message: str
) -> None:
    text = text_of(name)
    assert old in text
    changed = text.replace(old, new, 1)
    start = changed.rfind("\n", 0, text.index(old)) + 1 if at in new else 0
    index = changed.index(at, start)
    line, column = changed.count("\n", 0, index) + 1, index - changed.rfind("\n", 0, index)
    root = make_workspace(tmp_path, {f"site_config/{name}.yaml": changed})
    assert said(root) == [f"site_config/{name}.yaml:{line}:{column}: error: {message}"]


def test_mistakes_in_all_files_are_told_at_once(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {f"site_config/{name}.yaml": "foo: [" for name in FILES})
    assert [finding.split(":")[0] for finding in said(root)] == [
        f"site_config/{name}.yaml" for name in sorted(FILES)
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_in_which_nothing_stands_changes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "site_config").mkdir()
    shipped = load_settings(Workspace.at(tmp_path))
    for nothing in ("", "\ufeff", "# nothing\n", "---\n", "...\n", "--- # a\n\n...\n", "~\n"):
        (tmp_path / f"site_config/{name}.yaml").write_text(nothing, encoding="utf-8")
        settings = load_settings(Workspace.at(tmp_path))
        assert getattr(settings, name) == getattr(shipped, name), repr(nothing)
        assert own_files(settings) == ()


def test_what_lacks_at_the_top(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {"site_config/team.yaml": "persons: {}\n"})
    assert said(root) == [
        "site_config/team.yaml:1:1: error: unknown key 'persons'; known: people [unknown-key]",
    ]


def test_the_shipped_files_load(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    settings = load(tmp_path)
    assert settings.currencies.reporting_currency == "EUR"
    assert {settings.where(name).partition(":")[0] for name in FILES} == {
        f"account-playbooks/{name}.yaml" for name in FILES
    }


def test_the_shipped_thresholds(tmp_path: Path) -> None:
    thresholds = load(tmp_path).thresholds
    assert (thresholds.retained_profit.mode, thresholds.retained_profit.cut_off) == (
        "absolute",
        250_000,
    )
    assert (thresholds.development.cost_limit, thresholds.clause_threshold) == (150_000, 5_000)
    assert thresholds.minimum_margin == 0.10


def a_folder(place: Path) -> None:
    place.mkdir()


def a_link(place: Path) -> None:
    place.symlink_to(SHIPPED / "tiers.yaml")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (a_folder, "a folder with the name of a playbook; rename it [not-a-file]"),
        (a_link, "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ],
    ids=["folder", "link"],
)
def test_settings_are_plain_files(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    root = make_workspace(tmp_path)
    make(root / "site_config/tiers.yaml")
    assert said(root) == [f"site_config/tiers.yaml:1:1: error: {message}"]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("threshold.yaml", "no settings are read from a file of this name; did you mean 'thresholds'?"),
        ("scoring.yml", "the name must end in .yaml; rename it to scoring.yaml"),
        ("Tiers.yaml", "no settings are read from a file of this name; did you mean 'tiers'?"),
        ("my-words.yaml", "no settings are read from a file of this name; known: scoring, thresholds, tiers, catalogue, team, currencies, labels, rules, site, audiences, compliance"),
    ],
)  # fmt: skip
def test_a_misspelt_file_is_not_passed_over(tmp_path: Path, name: str, cure: str) -> None:
    root = make_workspace(tmp_path, {f"site_config/{name}": "a: 1\n"})
    assert said(root) == [f"site_config/{name}:1:1: error: {cure} [unknown-setting]"]


def test_files_that_are_no_settings_are_left_alone(tmp_path: Path) -> None:
    files = ("_old.yaml", ".tiers.yaml", "playbook.schema.json", "README.md", "mappings/maven.yaml")
    beside = load(
        make_workspace(tmp_path / "beside", {f"site_config/{name}": "[" for name in files})
    )
    alone = load(make_workspace(tmp_path / "alone", {}))
    assert (beside.scoring, beside.tiers, beside.team) == (alone.scoring, alone.tiers, alone.team)


def test_site_config_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site_config").touch()
    with pytest.raises(WorkspaceError) as error:
        load(tmp_path)
    assert str(error.value) == "cannot read the folder site_config: Not a directory"


PLACES = [
    ("thresholds", ("retained_profit", "cut_off"), "cut_off: 250000", 250_000),
    ("thresholds", ("development", "payback_months"), "payback_months: 12", 12),
    ("thresholds", ("discount_rate",), "discount_rate: 0.10", 0.10),
    ("scoring", ("evidence", "grades", "opinion"), "grades: {fact", 0.3),
    ("scoring", ("evidence", "shelf_life_days", "risk"), "    risk: 180", 180),
    ("scoring", ("qualification", "knock_outs", 1), "knock_outs: [need", "money"),
    ("tiers", ("cells", "low_long", "tier"), "low_long: {tier: D", "D"),
    ("catalogue", ("activities", "visit", "hours"), "visit: {label", 4),
    ("currencies", ("rates", "USD", 1, "rate"), "from: 2026-07-01", 0.90),
    ("team", ("people", "li-wei", "name"), "li-wei: {name", "李伟"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path", "line", "value"),
    PLACES,
    ids=[".".join(map(str, place[1])) for place in PLACES],
)
def test_a_setting_says_its_value_and_line(
    tmp_path: Path, name: str, path: tuple[str | int, ...], line: str, value: object
) -> None:
    text = text_of(name)
    number = text.count("\n", 0, text.index(line)) + 1 + line.startswith("\n")
    root = make_workspace(tmp_path, {f"site_config/{name}.yaml": text})
    setting = load(root).setting(name, *path)
    assert setting.value == value
    assert setting.where == f"site_config/{name}.yaml:{number}"
    assert setting.name == ".".join(map(str, path))


RATES = [
    ("EUR", "2020-01-01", 1.0),
    ("USD", "2025-12-31", None),
    ("USD", "2026-01-01", 0.92),
    ("USD", "2026-06-30", 0.92),
    ("USD", "2026-07-01", 0.90),
    ("USD", "2199-01-01", 0.90),
    ("GBP", "2026-07-01", None),
]


@pytest.mark.parametrize(("currency", "today", "rate"), RATES)
def test_the_newest_rate_not_after_today_is_in_force(
    tmp_path: Path, currency: str, today: str, rate: float | None
) -> None:
    assert load(make_workspace(tmp_path)).rate(currency, datetime.date.fromisoformat(today)) == rate


def test_rates_may_stand_in_any_order(tmp_path: Path) -> None:
    lines = CURRENCIES.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if "2026-01-01, rate: 0.92" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    settings = load(make_workspace(tmp_path, {"site_config/currencies.yaml": "".join(lines)}))
    assert settings.rate("USD", datetime.date(2026, 8, 1)) == 0.90


def test_labels_are_in_the_site_s_language(tmp_path: Path) -> None:
    chinese = re.sub(r"language: en", "language: zh", text_of("site"))
    assert load(make_workspace(tmp_path / "en")).label("roles", "decider") == "Decider"
    zh = load(make_workspace(tmp_path / "zh", {"site_config/site.yaml": chinese}))
    assert zh.label("roles", "decider") == "决策者"
    assert zh.label("roles", "no_such_role") == "no such role"
    assert zh.label("no_group", "a_b") == "a b"


def test_the_shipped_files_agree_among_themselves(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    settings = load_settings(Workspace.at(tmp_path))
    assert list(contradictions(settings)) == []
    assert list(rule_findings(settings.rules)) == []
