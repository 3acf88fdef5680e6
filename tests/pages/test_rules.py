"""The rules page, its words, and the list of what is checked in any case."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.pages.links import Links, anchor
from generator.pages.rules import (
    PAGE,
    applies_words,
    failing_accounts,
    holds_words,
    rule_cards,
)
from generator.rules.gate.holds import NAMED_CHECKS
from generator.rules.rulebook import Applies, Holds
from generator.rules.validate.built_in import BUILT_IN, KINDS, STAGES
from tests.conftest import REPOSITORY
from tests.pages.sites import page_of, site_of


@pytest.mark.parametrize(
    ("applies", "words"),
    [
        (None, "every account"),
        ({"status": "customer"}, "customers"),
        ({"status": ["prospect", "former"]}, "prospects or former customers"),
        ({"tier": ["A", "B"]}, "accounts of tier A or B"),
        ({"tier": ["A", "B", "C"], "size": "large"}, "accounts of tier A, B or C of size large"),
        (
            {"status": "customer", "days_to_renewal": "120"},
            "customers, from 120 days before the notice day (else the contract's end)",
        ),
    ],
)
def test_whom_a_rule_is_for(applies: dict[str, object] | None, words: str) -> None:
    given = Applies.model_validate(applies) if applies else None
    assert applies_words(given) == words


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ({"present": "account.owner"}, "account.owner is filled in or honestly unknown"),
        (
            {"each": {"in": "risk.own", "above": "risk.clause_gaps", "has": ["a", "b"]}},
            "each entry of risk.own that the figure 'Clauses missing' lists has a and b",
        ),
        (
            {"some": {"in": "actions", "where": {"part": {"in_figure": "rsvr.weakest"}}}},
            "actions has at least one entry where part is one of the figure 'Weakest parts'",
        ),
        (
            {"some": {"in": "objectives", "at_least": "4", "has": ["metric"]}},
            "objectives has at least 4 entries with metric",
        ),
        (
            {"figure": {"key": "standard.agreement", "at_least": "0.8"}},
            "the figure 'Standard agreed' is at least 0.8",
        ),
        ({"figure": {"key": "tier", "is": ["A", "B"]}}, "the figure 'Tier' is A or B"),
        (
            {"figure": {"key": "risk.clause_gaps", "empty": "true"}},
            "the figure 'Clauses missing' is an empty list",
        ),
        (
            {"figure": {"key": "service.cost_to_serve"}},
            "the figure 'Cost to serve' is known",
        ),
        (
            {"covers": {"in": "service.objects", "field": "level", "words": ["a", "b", "c"]}},
            "between them the entries of service.objects have level a, b and c",
        ),
        (
            {"none": {"in": "actions", "where": {"due": {"before": "today"}}}},
            "actions has no entry where due lies before today",
        ),
        (
            {"none": {"in": "x", "where": {"d": {"after": "today-365"}, "m": {"at_least": "3"}}}},
            "x has no entry where d lies after 365 days ago and m is at least 3",
        ),
        (
            {"none": {"in": "x", "where": {"d": {"before": "renewal+30", "present": "true"}}}},
            "x has no entry where d is filled in and lies before 30 days after the renewal",
        ),
        (
            {"all": [{"present": "a.b"}, {"present": "a.c"}, {"check": "unknowns-in-time"}]},
            "a.b and a.c are filled in or honestly unknown; and no honest unknown is past its find_by",
        ),
        (
            {"any": [{"present": "a"}, {"present": "b"}]},
            "either a is filled in or honestly unknown; or b is filled in or honestly unknown",
        ),
    ],
)
def test_what_must_hold(holds: dict[str, object], words: str) -> None:
    assert holds_words(Holds.model_validate(holds)) == words


@pytest.mark.parametrize("check", NAMED_CHECKS)
def test_each_check_of_the_program_has_its_words(check: str) -> None:
    assert len(holds_words(Holds.model_validate({"check": check}))) > len(check)


def test_every_rule_is_on_the_page_with_its_line_and_who_fails_it(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    page = page_of(PAGE, site)
    links = Links(here=PAGE.href)
    cards = rule_cards(site, links, failing_accounts(site, links))
    html = "".join(page.fragments.values())
    lines = (REPOSITORY / "generator/defaults/rules.yaml").read_text(encoding="utf-8").splitlines()
    for card, rule in zip(cards, site.settings.rules.rules, strict=True):
        assert html.count(f'id="{rule.id}"') == 1
        line = int(card.where.rsplit(":", maxsplit=1)[1])
        assert f"id: {rule.id}" in lines[line - 1]
        assert card.href == f"../settings/shipped/rules.html#L{line}"
        failing = {
            finding.account for finding in site.portfolio.findings if finding.rule == rule.id
        }
        assert card.failing.count == len(failing)


def test_who_fails_is_linked(tmp_path: Path) -> None:
    page = page_of(PAGE, site_of(tmp_path))
    html = page.fragments["rules-completeness"]
    owner = html[html.index('id="owner"') : html.index('id="reviewed"')]
    assert "1 account fails: " in owner
    assert '<a href="../accounts/hostile.html#findings">&lt;script&gt;' in owner
    built_in = page.fragments["rules-built-in"]
    assert '<a href="../accounts/broken.html#findings">broken</a>' in built_in


def test_anchors_are_unique() -> None:
    ids = [anchor(rule.id) for rule in BUILT_IN]
    assert sorted(set(ids)) == sorted(ids)
    assert {rule.stage for rule in BUILT_IN} == set(STAGES)


# --- The list of built-in rules against the code --------------------------------------------------

# Where a rule's id stands among the arguments of what makes a finding.
_MAKERS = {
    "problem": 1,
    "note": 0,
    "_refuse": 1,
    "_Refusal": 0,
    "unreadable": 1,
    "refused": 1,
    "_at": 3,
    "TextFault": 0,
    "Fault": 1,
    "Problem": 4,
}
_RULE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def emitted() -> Iterator[str]:
    """Every rule id that the code of the stages up to the gate gives to a finding."""
    for stage in ("read", "model", "settings", "rules/validate", "rules/comply", "rules/gate"):
        for path in sorted((REPOSITORY / "generator" / stage).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _ids_of(node)


def _ids_of(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
    if name in _MAKERS and len(call.args) > _MAKERS[name]:
        given.append(call.args[_MAKERS[name]])
        if name == "problem":  # a text knows its place, a document is told it first
            given.append(call.args[0])
    for node in given:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "*"
                for part in node.values
            )


def test_the_list_holds_every_rule_that_the_code_gives() -> None:
    listed = {rule.id for rule in BUILT_IN}
    families = {
        "unknown-*": {f"unknown-{kind}" for kind in KINDS},
        "*-incomplete": {"waiver-incomplete", "override-incomplete"},
    }
    given: set[str] = set()
    for id in emitted():
        given |= families.get(id, {id}) if "*" in id else {id}
    given = {id for id in given if _RULE.fullmatch(id)}
    assert sorted(given - listed) == [], "add these to generator/rules/validate/built_in.py"
    assert sorted(listed - given) == [], "no code gives these any more"


def test_no_team_rule_has_the_name_of_a_built_in_one(tmp_path: Path) -> None:
    own = {rule.id for rule in site_of(tmp_path).settings.rules.rules}
    assert own & {rule.id for rule in BUILT_IN} == set()
