"""Names that look like others: warned of where scripts mix in a word, and nowhere else."""

from __future__ import annotations

import pytest

from generator.read import read_text
from generator.rules.validate.lookalikes import lookalike_names
from generator.rules.validate.plan import plan_of


def said(text: str) -> list[str]:
    return [
        str(problem)
        for problem in lookalike_names(plan_of(read_text(text.encode(), "playbooks/a.yaml")))
    ]


def test_each_name_is_looked_at() -> None:
    text = (
        "schema: 1\n"
        "account: {name: \u0410cme, status: prospect, aliases: [Fine, \u039fmega]}\n"
        "summary: \u0410cme may stand here.\n"
        "relationship: {contacts: [{id: a, name: J\u043ehn Holt}]}\n"
        "competition: {rivals: [{id: b, name: N\u043erth-Drive \u0421o}]}\n"
        "value: {alternatives: [{name: D\u0435lta}]}\n"
    )
    alike = (
        "has letters that look alike, of Cyrillic and Latin; write it in one script [mixed-script]"
    )
    greek = alike.replace("Cyrillic", "Greek")
    assert said(text) == [
        f"playbooks/a.yaml:2:17: warning: '\u0410cme' {alike}",
        f"playbooks/a.yaml:2:57: warning: '\u039fmega' {greek}",
        f"playbooks/a.yaml:4:41: warning: 'J\u043ehn' {alike}",
        f"playbooks/a.yaml:5:38: warning: 'N\u043erth' {alike}",
        f"playbooks/a.yaml:5:38: warning: '\u0421o' {alike}",
        f"playbooks/a.yaml:6:31: warning: 'D\u0435lta' {alike}",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Газпром Export", "Alpha Ωμέγα", "WeChat 微信公司Shanghai", "Müller & Söhne", "ＡＢＣ Tech",
        "Ω-Tech", "東芝Digital", "К9 Logistics", "µ-Tech 5µm", "한국Rail", "Élan Vital 2",
    ],
)  # fmt: skip
def test_names_in_two_scripts_that_do_not_mix_in_a_word(name: str) -> None:
    assert said(f"schema: 1\naccount: {{name: '{name}', status: prospect}}\nsummary: x\n") == []


@pytest.mark.parametrize("data", ["account: 5", "account: {aliases: x}", "competition: [1]", "[]"])
def test_odd_shapes_are_passed_over(data: str) -> None:
    assert said(data) == []
