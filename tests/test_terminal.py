"""Nothing that the program prints steers a terminal or gives commands to a CI service."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from generator.outputs.report.formats import FORMATS
from generator.terminal import json_text, printable, shown
from tests.program import call, run
from tests.workspace import SMALL_PLAYBOOK, make_workspace

REPOSITORY = Path(__file__).parents[1]
EVIL = "\x1b[31m\u202e\x9b1m\x07"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain, 港口, é, 😀, a\tb", "plain, 港口, é, 😀, a\tb"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        (
            "\x9b1m \u202etxt \u2066x\u2069 a\nb \ud800",
            "\ufffd1m \ufffdtxt \ufffdx\ufffd a\ufffdb \ufffd",
        ),
    ],
)
def test_what_steers_is_replaced(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_shown_is_one_line() -> None:
    assert shown("a\n  b\r\n::error::c") == "a b ::error::c"


def test_json_says_the_same_in_escapes() -> None:
    data = {"a": [EVIL, "港口 \U000e0041 \ufeff", 1.5, None], "b": "plain é"}
    text = json_text(data, indent=1)
    assert json.loads(text) == data
    assert [
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cf") and character != "\n"
    ] == []
    assert "plain é" in text
    assert '"\\udb40\\udc41"' in json_text("\U000e0041")
    assert json_text({"x": Path("y")}, default=str) == '{"x": "y"}'


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A workspace whose own name, and the names of whose files, would steer a terminal."""
    return make_workspace(
        tmp_path / f"w{EVIL}",
        {
            "site_config/rules.yaml": "rules: [{off: true}]\n",
            "playbooks/harbor.yaml": SMALL_PLAYBOOK,
            f"playbooks/{EVIL}.yaml": SMALL_PLAYBOOK,
            "playbooks/held.yaml": SMALL_PLAYBOOK.replace("A sample.", '"\\e[31m ::error::x"'),
            "playbooks/said.yaml": SMALL_PLAYBOOK
            + "'::error::x': 1\n'%0A::set-output name=x::y': 1\n",
            f"export/{EVIL}.csv": f"account,{EVIL}\n{EVIL},1\n",
        },
    )


CALLS: list[tuple[str, ...]] = [
    *(("check", "--output-format", name) for name in FORMATS),
    *(("check", EVIL), ("check", f"playbooks/{EVIL}"), ("check", f"--{EVIL}"), (EVIL,)),
    *(("show", EVIL), ("show", "harbor"), ("show", "held"), ("explain", EVIL)),
    *(("new", EVIL), ("new", "x", "--tier", EVIL), ("diff", EVIL), ("diff", "main", EVIL)),
    *(
        ("--root", EVIL, "check"),
        ("--today", EVIL, "check"),
        ("build",),
        ("build", "--builder", EVIL),
    ),
    ("build", "--audience", "customer", "--account", EVIL),
    ("import", "export", "--mapping", EVIL),
    ("import", EVIL, "--mapping", str(REPOSITORY / "generator/defaults/mappings/maven.yaml")),
    ("import", "export", "--mapping", str(REPOSITORY / "generator/defaults/mappings/maven.yaml")),
    ("render", "--allow-incomplete"),
]


@pytest.mark.parametrize(
    "words", CALLS, ids=lambda words: "-".join(words).replace(EVIL, "EVIL")[:60]
)
def test_no_command_prints_what_steers(evil: Path, words: tuple[str, ...]) -> None:
    environment = {"FORCE_COLOR": "1", "SOURCE_DATE_EPOCH": "1795392000"}
    done = call(evil, words, environment=environment)
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert printed
    assert "Traceback" not in printed
    assert [
        character
        for character in printed
        if unicodedata.category(character) in ("Cc", "Cf") and character not in "\n\t"
    ] == []


def test_text_of_files_and_names_is_no_workflow_command(evil: Path) -> None:
    done = run(evil, "check", GITHUB_ACTIONS="true")
    lines = done.stdout.split("\n")
    assert any("unknown key '::error::x'" in line for line in lines)
    commands = [line for line in lines if "::" in line.partition("file=")[0]]
    assert commands
    assert all(line.startswith(("::error file=", "::warning file=")) for line in commands)
