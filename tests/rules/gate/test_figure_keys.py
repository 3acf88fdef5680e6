"""Figures, checks and contradictions named by rules and overrides exist, and no kind of value breaks a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.assess import assess
from generator.errors import SettingsError
from generator.figures.definitions import DEFINITIONS
from generator.read import Workspace
from generator.rules.validate.built_in import BUILT_IN
from tests.everything import TODAY, everything_text, everything_workspace

SHIPPED = Path(__file__).resolve().parents[3] / "generator" / "defaults"
HEAD = "rules:\n- id: new\n  level: error\n  message: m\n  reason: r\n  holds: "
BROKEN = [
    ("{figure: {key: tire}}", "6:25: error: no figure 'tire'; did you mean 'tier'? [wrong-setting]"),
    ("{each: {in: risk.own, above: risk.clauses, has: [measure]}}", "6:39: error: no figure 'risk.clauses'; did you mean 'risk.clause_gaps'? [wrong-setting]"),
    ("{some: {in: actions, where: {part: {in_figure: rsvr.weak}}}}", "6:57: error: no figure 'rsvr.weak'; did you mean 'rsvr.weakest'? [wrong-setting]"),
    ("{any: [{all: [{figure: {key: x}}]}]}", "6:39: error: no figure 'x' [wrong-setting]"),
    ("{check: tier-none}", "6:18: error: unknown word 'tier-none'; did you mean 'tier-known'? Known: tier-known, reviewed-in-time, unknowns-in-time, contract-decided, deals-in-time, facts-fresh [wrong-value]"),
    ("{all: [{agree: dropped-but-worked}]}", "6:25: error: unknown word 'dropped-but-worked'; did you mean 'dropped-but-worked-on'? [wrong-value]"),
]  # fmt: skip


@pytest.mark.parametrize(("holds", "expected"), BROKEN)
def test_a_rule_that_names_nothing(tmp_path: Path, holds: str, expected: str) -> None:
    root = everything_workspace(tmp_path)
    (root / "site_config/rules.yaml").write_text(HEAD + holds + "\n")
    with pytest.raises(SettingsError) as error:
        assess(Workspace.at(root), TODAY)
    assert [str(problem) for problem in error.value.problems] == [
        f"site_config/rules.yaml:{expected}"
    ]


def findings(folder: Path, text: str, rules: str | None = None) -> list[str]:
    root = everything_workspace(folder, text)
    if rules is not None:
        (root / "site_config/rules.yaml").write_text(rules)
    portfolio = assess(Workspace.at(root), TODAY)
    return [str(finding) for account in portfolio.accounts for finding in account.findings]


def test_an_override_of_no_figure(tmp_path: Path) -> None:
    text = everything_text().replace("figure: value.total_value", "figure: value.totl")
    line = text.count("\n", 0, text.index("figure: value.totl")) + 1
    shipped = (
        (SHIPPED / "rules.yaml")
        .read_text(encoding="utf-8")
        .replace("level: error", "level: warning")
    )
    # its texts and days are made by a machine: compliance has its own say about them
    ours = tuple(f"[{rule.id}]" for rule in BUILT_IN if rule.stage == "comply")
    others = (
        finding for finding in findings(tmp_path, text, shipped) if not finding.endswith(ours)
    )
    errors = [finding for finding in others if ": error: " in finding]
    assert errors == [
        f"playbooks/everything.yaml:{line}:11: error: no figure 'value.totl'; did you mean 'value.total_cost'? [unknown-figure]"
    ]


def test_any_figure_in_any_rule(tmp_path: Path) -> None:
    held = [
        holds
        for key in DEFINITIONS
        for holds in (
            f"{{figure: {{key: {key}}}}}",
            f"{{figure: {{key: {key}, at_least: 1, at_most: 2}}}}",
            f"{{figure: {{key: {key}, is: x}}}}",
            f"{{figure: {{key: {key}, empty: true}}}}",
            f"{{each: {{in: risk.own, above: {key}, has: [measure]}}}}",
            f"{{some: {{in: actions, where: {{part: {{in_figure: {key}}}}}}}}}",
            f"{{none: {{in: actions, where: {{readiness: {{in_figure: {key}}}}}}}}}",
        )
    ]
    rules = "".join(
        f"- {{id: rule-{number}, level: warning, message: m, reason: r, holds: {holds}}}\n"
        for number, holds in enumerate(held)
    )
    for text in (everything_text(), everything_text(unknowns=True)):
        assert findings(tmp_path, text, f"rules:\n{rules}")
