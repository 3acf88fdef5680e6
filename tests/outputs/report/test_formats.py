"""Findings as text: places under the caret, GitHub's limits, nothing that steers a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import choose_format, summary
from generator.outputs.report.formats import text_of as told
from generator.problems import Level, Problem


def text_of(name: str, problems: list[Problem], sources: dict[str, str]) -> str:
    return told(name, Findings(problems=tuple(problems), sources=sources))


def finding(line: int = 1, column: int = 1, level: Level = "error", **changes: Any) -> Problem:
    given: dict[str, Any] = {
        "path": "playbooks/a.yaml",
        "rule": "some-rule",
        "message": "wrong",
        **changes,
    }
    return Problem(line=line, column=column, level=level, **given)


def test_the_caret_stands_under_the_place_also_after_wide_characters() -> None:
    source = {"playbooks/a.yaml": "first\n  name: 东海港口 x\n"}
    assert text_of("full", [finding(2, 14)], source) == (
        "playbooks/a.yaml:2:14: error: wrong [some-rule]\n"
        "2 |   name: 东海港口 x\n"
        "  |                  ^\n"
    )


@pytest.mark.parametrize(
    ("line", "source"),
    [(3, "a: 1\n"), (1, ""), (2, "a: 1\n   \n")],
    ids=["past the end", "empty file", "blank line"],
)
def test_a_finding_without_a_line_to_show_stands_alone(line: int, source: str) -> None:
    shown = text_of("full", [finding(line)], {"playbooks/a.yaml": source})
    assert shown == f"playbooks/a.yaml:{line}:1: error: wrong [some-rule]\n"


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    source = {"playbooks/a.yaml": "x" * 300 + "HERE" + "y" * 300}
    shown = text_of("full", [finding(1, 301)], source).splitlines()
    assert shown[1] == "1 | " + "x" * 50 + "HERE" + "y" * 46
    assert shown[2] == "  | " + " " * 50 + "^"


def test_nothing_steers_the_terminal() -> None:
    source = {"playbooks/a.yaml": "a: \x1b[31m\u202ered\r\n"}
    shown = text_of("full", [finding(1, 4, message="got \x1b]0;x\x07")], source)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown


def test_github_gets_ten_of_each_level_worst_first_and_is_told_of_the_rest() -> None:
    many = [finding(n, level="warning") for n in range(1, 13)] + [finding(n) for n in range(1, 14)]
    lines = text_of("github", many, {}).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 10 + ["and"]
    assert lines[0] == "::error file=playbooks/a.yaml,line=1,col=1,title=some-rule::wrong"
    assert lines[-1] == "and 5 more; 'playbook check --output-format full' shows all"


def test_text_from_a_playbook_cannot_give_workflow_commands() -> None:
    nasty = finding(message="50%\n::add-mask::x", path="playbooks/a,b:c.yaml")
    assert text_of("github", [nasty], {}) == (
        "::error file=playbooks/a%2Cb%3Ac.yaml,line=1,col=1,title=some-rule::50%25\ufffd::add-mask::x\n"
    )


def test_a_long_message_is_cut_where_github_would_cut_it() -> None:
    shown = text_of("github", [finding(message="漢" * 3000)], {})
    assert len(shown.encode()) < 4200
    assert shown.endswith("漢\n")


@pytest.mark.parametrize(
    ("problems", "accounts", "line"),
    [
        ([], 1, "1 playbook: all clean"),
        ([finding()], 1, "1 error, 0 warnings in 1 of 1 playbook"),
        (
            [finding(), finding(2), finding(path="b.yaml", level="warning")],
            1200,
            "2 errors, 1 warning in 2 of 1,200 playbooks",
        ),
    ],
)
def test_the_closing_line(problems: list[Problem], accounts: int, line: str) -> None:
    assert summary(problems, accounts) == line


def test_auto_chooses_by_where_it_runs() -> None:
    assert choose_format("auto", {"GITHUB_ACTIONS": "true"}) == "github"
    assert choose_format("auto", {"GITHUB_ACTIONS": "false"}) == "full"
    assert choose_format("json", {"GITHUB_ACTIONS": "true"}) == "json"
