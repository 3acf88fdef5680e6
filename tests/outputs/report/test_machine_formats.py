"""What other programs read: whole outputs, and each held against the form that its readers take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
import xmlschema

from generator import __version__
from generator.outputs.report.findings import Findings, Help, as_data
from generator.outputs.report.formats import FORMATS, text_of
from generator.outputs.report.github import job_summary
from generator.problems import Problem

SCHEMAS = Path(__file__).parent / "schemas"
WRONG = Problem(
    path="playbooks/华远/a b.yaml",
    line=2,
    column=5,
    level="error",
    rule="unknown-person",
    message="unknown person 'x'",
    account="a b",
    entry="x",
)
LATE = Problem(
    path="playbooks/late.yaml",
    line=7,
    column=1,
    level="warning",
    rule="action-moved",
    message="put off twice",
    account="late",
    entry="call",
)
SMALL = Findings(
    problems=(WRONG, LATE),
    sources={WRONG.path: "first\n华远: x\n", LATE.path: ""},
    checked=(WRONG.path, LATE.path, "playbooks/clean.yaml"),
    rules={"action-moved": Help(title="Not put off", reason="It is then not meant.")},
)
HOSTILE = [
    "\x00\x07\x1b[31mred\x1b[0m",
    "</failure><script>alert(1)</script>&amp;]]>",
    "::error::injected\n::set-output name=x::y",
    "\u202egnp.exe \u2028 \ufffe \ud800",
    '"}],"x":[{"',
    "华远精密 \U0001f600",
    "x" * 20_000,
]


def hostile(text: str) -> Findings:
    problem = Problem(
        path=f"playbooks/{text[:30]}.yaml",
        line=1,
        column=1,
        level="error",
        rule="some-rule",
        message=text,
        account=text[:30],
        entry=text[:30],
    )
    return Findings(problems=(problem,), sources={problem.path: text}, checked=(problem.path,))


def many(count: int) -> Findings:
    made = tuple(
        Problem(
            path=f"playbooks/a{number % 50}.yaml",
            line=number + 1,
            column=1,
            level="warning" if number % 3 else "error",
            rule="some-rule",
            message=f"finding {number}",
            account=f"a{number % 50}",
        )
        for number in range(count)
    )
    return Findings(problems=made, checked=tuple({problem.path for problem in made}))


EVERY = [SMALL, Findings(problems=()), many(40), *map(hostile, HOSTILE)]


def test_json_is_a_list_and_json_lines_are_its_entries() -> None:
    listed = json.loads(text_of("json", SMALL))
    assert listed == [
        {
            "path": "playbooks/华远/a b.yaml",
            "line": 2,
            "column": 5,
            "level": "error",
            "rule": "unknown-person",
            "message": "unknown person 'x'",
            "account": "a b",
        },
        as_data(LATE),
    ]
    lines = text_of("json-lines", SMALL).splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert text_of("json-lines", Findings(problems=())) == ""
    assert text_of("json", Findings(problems=())) == "[]\n"


def test_gitlab_whole() -> None:
    marks = [mark for _, mark in SMALL.fingerprinted()]
    assert json.loads(text_of("gitlab", SMALL)) == [
        {
            "description": "unknown person 'x'",
            "check_name": "unknown-person",
            "fingerprint": marks[0],
            "severity": "major",
            "location": {"path": "playbooks/华远/a b.yaml", "lines": {"begin": 2}},
        },
        {
            "description": "put off twice",
            "check_name": "action-moved",
            "fingerprint": marks[1],
            "severity": "minor",
            "location": {"path": "playbooks/late.yaml", "lines": {"begin": 7}},
        },
    ]


@pytest.mark.parametrize("findings", EVERY)
def test_gitlab_has_the_documented_fields(findings: Findings) -> None:
    rows = json.loads(text_of("gitlab", findings))
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert row["location"]["lines"]["begin"] >= 1
        assert not row["location"]["path"].startswith(("/", "./"))
    assert len({finding["fingerprint"] for finding in rows}) == len(rows)


def test_a_fingerprint_outlives_lines_and_words() -> None:
    moved = Problem(**{**_fields(WRONG), "line": 99, "column": 9, "message": "other words"})
    second_entry = Problem(**{**_fields(WRONG), "entry": "y"})

    def marks(*problems: Problem) -> list[str]:
        return [mark for _, mark in Findings(problems=problems).fingerprinted()]

    assert marks(WRONG) == marks(moved)
    assert marks(WRONG) != marks(second_entry)
    # two alike are told apart, and the first keeps its mark
    assert len(set(marks(WRONG, moved))) == 2
    assert marks(WRONG, moved)[0] == marks(WRONG)[0]


def _fields(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in Problem.__slots__}


def test_sarif_whole() -> None:
    marks = [mark for _, mark in SMALL.fingerprinted()]

    def result(problem: Problem, index: int, mark: str, uri: str) -> dict[str, Any]:
        return {
            "ruleId": problem.rule,
            "ruleIndex": index,
            "level": problem.level,
            "message": {"text": problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": uri, "uriBaseId": "ROOT"},
                        "region": {"startLine": problem.line, "startColumn": problem.column},
                    }
                }
            ],
            "partialFingerprints": {"ruleAccountEntry/v1": mark},
        }

    (run,) = json.loads(text_of("sarif", SMALL))["runs"]
    assert run["tool"]["driver"] == {
        "name": "playbook",
        "version": __version__,
        "rules": [
            {
                "id": "action-moved",
                "shortDescription": {"text": "Not put off"},
                "fullDescription": {"text": "It is then not meant."},
                "help": {"text": "It is then not meant."},
            },
            {"id": "unknown-person"},
        ],
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == [
        result(WRONG, 1, marks[0], "playbooks/%E5%8D%8E%E8%BF%9C/a%20b.yaml"),
        result(LATE, 0, marks[1], "playbooks/late.yaml"),
    ]


@pytest.mark.parametrize(("name", "schema"), [("sarif", "sarif-2.1.0"), ("rdjson", "rdjson")])
@pytest.mark.parametrize("findings", EVERY)
def test_reports_are_what_their_schemas_say(name: str, schema: str, findings: Findings) -> None:
    form = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    checker = jsonschema.validators.validator_for(form)(form)
    assert [
        error.message for error in checker.iter_errors(json.loads(text_of(name, findings)))
    ] == []


def test_the_schemas_find_what_is_wrong() -> None:
    for name, schema in (("sarif", "sarif-2.1.0"), ("rdjson", "rdjson")):
        form = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
        checker = jsonschema.validators.validator_for(form)(form)
        for wrong in (
            text_of(name, SMALL).replace('"message"', '"massage"'),
            text_of(name, SMALL).replace(": 2,", ": 0,").replace(": 2\n", ": 0\n"),
        ):
            assert list(checker.iter_errors(json.loads(wrong))), (name, wrong[:100])


def test_rdjson_counts_columns_in_bytes() -> None:
    report = json.loads(text_of("rdjson", SMALL))
    assert report == {
        "source": {"name": "playbook"},
        "diagnostics": [
            {
                "message": "unknown person 'x'",
                "location": {
                    "path": "playbooks/华远/a b.yaml",
                    # two characters of three bytes, a colon, a blank
                    "range": {"start": {"line": 2, "column": 9}},
                },
                "severity": "ERROR",
                "code": {"value": "unknown-person"},
            },
            {
                "message": "put off twice",
                "location": {
                    "path": "playbooks/late.yaml",
                    "range": {"start": {"line": 7, "column": 1}},
                },
                "severity": "WARNING",
                "code": {"value": "action-moved"},
            },
        ],
    }


def test_junit_whole() -> None:
    assert text_of("junit", SMALL) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<testsuites>\n"
        '  <testsuite name="playbook check" tests="3" failures="1" errors="0" skipped="0" time="0">\n'
        '    <testcase name="clean.yaml" classname="playbooks"'
        ' time="0" />\n'
        '    <testcase name="late.yaml" classname="playbooks"'
        ' time="0">\n'
        "      <system-out>playbooks/late.yaml:7:1: warning: put off twice [action-moved]"
        "</system-out>\n"
        "    </testcase>\n"
        '    <testcase name="a b.yaml" classname="playbooks.华远"'
        ' time="0">\n'
        '      <failure message="unknown person \'x\'" type="unknown-person">'
        "playbooks/华远/a b.yaml:2:5: error: unknown person 'x' [unknown-person]</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


@pytest.mark.parametrize("findings", EVERY)
def test_junit_is_what_its_xsd_says(findings: Findings) -> None:
    form = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    text = text_of("junit", findings)
    assert [error.reason for error in form.iter_errors(Xml.fromstring(text.encode()))] == []
    wrong = text.replace(' errors="0"', ' mistakes="0"').encode()
    assert list(form.iter_errors(Xml.fromstring(wrong)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_stays_text(name: str, text: str) -> None:
    written = text_of(name, hostile(text))
    written.encode()  # nothing that UTF-8 does not hold
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", written.replace("\r", ""))
    if name in ("github", "full", "concise"):
        first = [line for line in written.splitlines() if line.startswith("::")]
        assert len(first) == (1 if name == "github" else 0)


def test_the_job_summary_has_every_finding_or_says_how_many_more() -> None:
    assert job_summary(Findings(problems=()), "1 playbook: all clean") == (
        "### Playbooks: 1 playbook: all clean\n\n"
    )
    assert job_summary(SMALL, "1 error, 1 warning in 2 of 3 playbooks").splitlines()[2:] == [
        "| | finding | place | rule |",
        "|---|---|---|---|",
        "| error | unknown person 'x' | playbooks/华远/a b.yaml:2 | unknown\\-person |",
        "| warning | put off twice | playbooks/late.yaml:7 | action\\-moved |",
        "",
    ]
    summary = job_summary(many(30_000), "many")
    assert len(summary.encode()) < 1024 * 1024
    rows = sum(line.startswith(("| error", "| warning")) for line in summary.splitlines())
    assert summary.endswith(
        f"…and {30_000 - rows:,} more; `playbook check --output-format full` shows all.\n"
    )
    assert 10_000 < rows < 30_000


@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_leaves_no_cell_of_the_summary(text: str) -> None:
    rows = job_summary(hostile(text), "x").splitlines()
    assert len(rows) == 6
    assert len(re.findall(r"(?<!\\)\|", rows[4])) == 5
    assert "<script>" not in rows[4]


def test_github_caps_and_the_summary_does_not() -> None:
    sixty = many(60)
    lines = text_of("github", sixty).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 10 + ["and"]
    assert lines[-1].startswith("and 40 more;")
    assert job_summary(sixty, "x").count("finding ") == 61
