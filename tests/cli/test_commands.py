"""The commands as a shell runs them: what they print where, and the exit code."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from pathlib import Path

import pytest

from generator.change.edit.forms import new_playbook
from generator.form import FORM
from generator.form.market import Offering
from generator.model import faults_of
from generator.model.kinds import Kind
from generator.model.placeholders import without_placeholders
from generator.outputs.form_schema import schema_text
from generator.read import Workspace, read_text
from tests.conftest import REPOSITORY
from tests.program import run
from tests.workspace import SMALL_PLAYBOOK, make_workspace

TODAY = "2026-11-23"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path,
        {
            "site_config/rules.yaml": "rules: [{off: true}]\n",
            "playbooks/emea/harbor.yaml": SMALL_PLAYBOOK,
            "playbooks/acme.yaml": SMALL_PLAYBOOK + "plannd: 1\n",
        },
    )


FINDING = "playbooks/acme.yaml:4:1: error: unknown key 'plannd'; to see all: playbook fields [unknown-key]\n"


def test_check_reports_and_exits_with_1(workspace: Path) -> None:
    done = run(workspace, "check", "--output-format", "concise")
    assert (done.returncode, done.stdout) == (1, FINDING)
    assert done.stderr == "1 error, 0 warnings in 1 of 2 playbooks\n"


def test_full_shows_the_line_with_a_caret(workspace: Path) -> None:
    done = run(workspace, "check", "playbooks/acme.yaml")
    assert done.stdout == FINDING + "4 | plannd: 1\n  | ^\n"


@pytest.mark.parametrize(
    ("words", "code", "out", "note"),
    [
        (["playbooks/emea"], 0, "", "1 playbook: all clean\n"),
        (["playbooks/emea/harbor.yaml"], 0, "", "1 playbook: all clean\n"),
        (["playbooks/acme.yaml"], 1, FINDING, "1 error, 0 warnings in 1 of 1 playbook\n"),
        (["."], 1, FINDING, "1 error, 0 warnings in 1 of 2 playbooks\n"),
        (["--exit-zero"], 0, FINDING, "1 error, 0 warnings in 1 of 2 playbooks\n"),
        (["gone.yaml"], 2, "", "error: there is no gone.yaml\n"),
        (
            ["site_config/team.yaml"],
            2,
            "",
            "error: site_config/team.yaml is not a playbook of playbooks\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_check_of_paths(workspace: Path, words: list[str], code: int, out: str, note: str) -> None:
    done = run(workspace, "check", "--output-format", "concise", *words)
    assert (done.returncode, done.stdout, done.stderr) == (code, out, note)


def test_options_stand_before_or_after_the_command(workspace: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for words in (
        ["--root", str(workspace), "-q", "check", "--output-format", "concise"],
        ["check", "--root", str(workspace), "-q", "--output-format", "concise"],
        ["--root", "nowhere", "-q", "check", "--root", str(workspace), "--output-format=concise"],
    ):
        done = run(elsewhere, *words)
        assert (done.returncode, done.stdout, done.stderr) == (1, FINDING, "")


def test_json_has_what_is_promised(workspace: Path) -> None:
    done = run(workspace, "check", "--output-format", "json")
    assert json.loads(done.stdout) == [
        {
            "path": "playbooks/acme.yaml",
            "line": 4,
            "column": 1,
            "level": "error",
            "rule": "unknown-key",
            "message": "unknown key 'plannd'; to see all: playbook fields",
            "account": "acme",
        }
    ]


def test_auto_is_github_within_actions(workspace: Path) -> None:
    done = run(workspace, "check", GITHUB_ACTIONS="true")
    assert done.stdout == (
        "::error file=playbooks/acme.yaml,line=4,col=1,title=unknown-key::unknown key 'plannd'; to see all: playbook fields\n"
    )


def test_findings_go_to_a_file(workspace: Path) -> None:
    done = run(workspace, "check", "--output-format", "concise", "--output-file", "out.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert (workspace / "out.txt").read_text() == FINDING
    done = run(workspace, "check", "--output-file", "no/such/folder/out.txt")
    assert done.returncode == 2
    assert done.stderr == "error: cannot write no/such/folder/out.txt: No such file or directory\n"


def test_strict_lets_warnings_fail(tmp_path: Path) -> None:
    root = make_workspace(
        tmp_path,
        {
            "site_config/rules.yaml": "rules: [{off: true}]\n",
            "playbooks/a.yaml": b"\xef\xbb\xbf" + SMALL_PLAYBOOK.encode(),
        },
    )
    assert run(root, "check").returncode == 0
    assert run(root, "check", "--strict").returncode == 1


def test_an_error_in_site_config_is_a_finding_and_exits_with_2(workspace: Path) -> None:
    (workspace / "site_config" / "team.yaml").write_text("people:\n  kim: {nam: Kim}\n")
    done = run(workspace, "check", "--output-format", "concise")
    assert done.returncode == 2
    assert done.stdout == (
        "site_config/team.yaml:2:3: error: 'role' is missing; 'kim' needs it [missing-field]\n"
        "site_config/team.yaml:2:9: error: unknown key 'nam'; did you mean 'name'? [unknown-key]\n"
    )
    assert done.stderr == "error: site_config has 2 errors\n"


def test_a_rule_is_explained_with_what_it_finds_in_an_account(workspace: Path) -> None:
    text = SMALL_PLAYBOOK.replace("status:", "stauts:")
    (workspace / "playbooks/slip.yaml").write_text(text)
    alone = run(workspace, "explain", "unknown-key").stdout
    slip = run(workspace, "explain", "unknown-key", "--account", "slip")
    assert slip.stdout == (
        f"{alone}\nplaybooks/slip.yaml:2:35: error: unknown key 'stauts'; did you mean 'status'?"
        " [unknown-key]\n"
    )
    harbor = run(workspace, "explain", "unknown-key", "--account", "harbor")
    assert harbor.stdout == f"{alone}\nharbor has no finding of it.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "--root", "nowhere"], "error: there is no folder nowhere\n"),
        (["show", "harbour"], "error: no account 'harbour'; did you mean 'harbor'?\n"),
        (
            ["explain", "teir"],
            "error: no figure, rule, field or part 'teir'; did you mean 'tier'?\n",
        ),
        (
            ["explain", "teir", "--account", "harbor"],
            "error: no figure, part, rule or field 'teir' of harbor; did you mean 'tier'?\n",
        ),
        (
            ["new", "Bad_Id"],
            (
                "error: 'Bad_Id' is no id: the file's name is the account's id: small letters,"
                " digits and single hyphens, at most 64 characters\n"
            ),
        ),
        (["new", "con"], "error: 'con' is no id: Windows keeps this name for a device\n"),
        (
            ["new", "harbor"],
            "error: playbooks/emea/harbor.yaml is already there; nothing written\n",
        ),
        (
            ["new", "x", "--folder", "../.."],
            "error: playbooks/../../x.yaml does not lie in playbooks/\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_run_is_one_line_and_exits_with_2(
    workspace: Path, words: list[str], message: str
) -> None:
    done = run(workspace, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


@pytest.mark.parametrize(
    ("words", "environment", "message"),
    [
        (["check", "--today", "tomorrow"], {}, "'tomorrow' is no day; write it like 2026-11-30"),
        (["check"], {"SOURCE_DATE_EPOCH": "x"}, "SOURCE_DATE_EPOCH is no number of seconds: 'x'"),
        (["check", "--output-format", "xml"], {}, "'xml' is not one of"),
        (["chek"], {}, "No such command 'chek'"),
    ],
)
def test_a_wrong_word_on_the_command_line_exits_with_2(
    workspace: Path, words: list[str], environment: dict[str, str], message: str
) -> None:
    done = run(workspace, *words, **environment)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_playbooks_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.returncode == 2
    assert done.stderr == (
        "error: there is no folder playbooks; make it, or name the workspace with --root\n"
    )


def test_a_workspace_with_no_playbook_is_clean(tmp_path: Path) -> None:
    done = run(make_workspace(tmp_path), "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 playbooks: all clean\n")


def test_paths_are_relative_to_the_repository(tmp_path: Path) -> None:
    root = make_workspace(
        tmp_path / "sales" / "plans",
        {
            "site_config/rules.yaml": "rules: [{off: true}]\n",
            "playbooks/acme.yaml": SMALL_PLAYBOOK + "x: 1\n",
        },
    )
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run(root, "check", "--output-format", "concise")
    assert done.stdout.startswith("sales/plans/playbooks/acme.yaml:4:1: error: ")


def test_schema_writes_the_file_that_a_new_playbook_names(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    run(root, "new", "new-co", "--folder", "emea/north")
    plan = root / "playbooks" / "emea" / "north" / "new-co.yaml"
    named = plan.read_text().splitlines()[0].partition("$schema=")[2]
    for said in ("written", "is up to date"):
        done = run(root, "schema", "--write")
        assert (done.stdout, done.stderr) == ("", f"site_config/playbook.schema.json {said}\n")
        assert (plan.parent / named).read_text() == schema_text()
    (plan.parent / named).write_text("{}\n")
    assert run(root, "schema", "--write").stderr.endswith("written\n")


def test_schema_prints_the_file_that_is_checked_in(workspace: Path, repository: Path) -> None:
    done = run(workspace, "schema")
    assert done.stdout == schema_text()
    assert done.stdout == (repository / "site_config" / "playbook.schema.json").read_text()


@pytest.mark.parametrize("tier", list("ABCD"))
@pytest.mark.parametrize("status", ["prospect", "customer", "former"])
def test_new_writes_a_playbook_that_only_lacks_things(
    tmp_path: Path, tier: str, status: str
) -> None:
    root = make_workspace(tmp_path)
    done = run(root, "new", "new-co", "--tier", tier, "--status", status, "--folder", "emea")
    assert done.returncode == 0
    assert done.stderr == "wrote playbooks/emea/new-co.yaml; fill it in, then run: playbook check\n"
    text = (root / "playbooks" / "emea" / "new-co.yaml").read_text()
    assert text.startswith(
        "# yaml-language-server: $schema=../../site_config/playbook.schema.json\n"
        "# $schema: ../../site_config/playbook.schema.json\n"
        "schema: 1                        # what each key takes: playbook fields SECTION\n"
    )
    findings = json.loads(run(root, "check", "--output-format", "json").stdout)
    rules = {finding["rule"] for finding in findings}
    assert {"owner", "tier-unknown"} - rules in (set(), {"tier-unknown"})
    assert not rules & {"unknown-key", "wrong-value", "missing-field", "yaml-syntax", "no-value"}


AT_MOST_LINES = {"A": 200, "B": 125, "C": 95, "D": 95}
"""Of a customer's form by its tier; that of others is no longer."""
SHORT = {("C", "prospect"): 25, ("D", "prospect"): 26, ("C", "former"): 25, ("D", "former"): 25}


def test_a_new_playbook_has_nothing_but_placeholders_once_uncommented(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    lengths = {}
    for tier in "ABCD":
        for status in ("prospect", "customer", "former"):
            name = f"{tier.lower()}-{status}"
            run(root, "new", name, "--tier", tier, "--status", status, "--today", TODAY)
            lengths[tier, status] = len(
                (root / "playbooks" / f"{name}.yaml").read_text().splitlines()
            )
    limits = {key: SHORT.get(key, AT_MOST_LINES[key[0]]) for key in lengths}
    assert {key: length for key, length in lengths.items() if length > limits[key]} == {}
    assert run(root, "fmt", "--check").stderr == "0 to style, 12 in style\n"
    for path in sorted((root / "playbooks").iterdir()):
        path.write_text(uncommented(path.read_text()))
    assert run(root, "fmt", "--check").stderr == "0 to style, 12 in style\n"
    findings = json.loads(run(root, "check", "--today", TODAY, "--output-format", "json").stdout)
    assert [finding for finding in findings if finding["rule"] != "placeholder"] == []
    told = run(root, "check", "playbooks/a-customer.yaml", "--today", TODAY).stdout
    assert len(told.splitlines()) <= len(FORM.keys), "what a section lacks is one line"
    assert max(map(len, told.splitlines())) < 1000
    fatal = {finding["account"] for finding in findings if finding["level"] == "error"}
    assert len(fatal) == len(lengths), "what a rule asks for and is not written stops the gate"


def uncommented(text: str) -> str:
    """The form with its examples switched on: '# ' begins one, '## ' what is said about it."""
    head, lines = text.splitlines()[:2], text.splitlines()[2:]
    return "\n".join((*head, *(re.sub(r"^( *)# ", r"\1", line) for line in lines))) + "\n"


MANY = (Kind.LIST, Kind.MAPPING)
DAY = datetime.date.fromisoformat(TODAY)


@pytest.mark.parametrize("status", ["prospect", "customer", "former"])
@pytest.mark.parametrize("tier", list("ABCD"))
def test_the_form_shows_the_shape_of_what_it_asks_for(
    tmp_path: Path, tier: str, status: str
) -> None:
    """No list or keys of their own stand there as a mere placeholder; of ids the comment shows it."""
    form = new_playbook("x", tier, status, tmp_path / "x.yaml", Workspace.at(tmp_path), DAY)
    text = uncommented(form)
    document = read_text(text.encode(), "playbooks/x.yaml")
    bare = [
        FORM.pattern_of(path)
        for path in without_placeholders(document)[1]
        if (field := FORM.at(path))
        and (field.kind in MANY or not (field.is_leaf or field.shorthand))
    ]
    assert bare == (["offerings"] if tier == "A" else [])
    if tier == "A":
        (line,) = (line for line in text.splitlines() if line.startswith("offerings:"))
        shown = line.partition("such as ")[2].partition(";")[0]
        offerings = (read_text(f"x: {shown}\n".encode(), "x.yaml").data or {})["x"]
        assert [faults_of(Offering, each)[1] for each in offerings.values()] == [()]


def test_the_form_lists_the_words_that_may_stand_there(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    run(root, "new", "x", "--tier", "A", "--status", "customer")
    lines = (root / "playbooks" / "x.yaml").read_text().splitlines()
    told = {line.split(":")[0].strip("# -"): line.partition("   # ")[2] for line in lines}
    assert told["region"].strip() == "emea or apac"
    assert told["size"].strip() == "small, medium, large or enterprise"
    assert told["uses"].strip() == "what they use us for; retrofit or new-build"
    (issues,) = (line for line in lines if line.startswith("#     issues:"))
    assert issues.endswith("   # kind: price or value")
    (own,) = (line for line in lines if "late-payment" in line)
    assert own.endswith("   # class: payment, misuse, dependency, legal or other")


def test_explain_of_a_part_of_the_plan_says_what_it_asks_for(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    assert run(root, "explain", "V3").stdout == (
        "V3 (Value negotiation): one of the sixteen parts of a plan\n"
        "Asks for: value.negotiation.issues\n"
        "Figures: Price among the issues, Got for given\n"
        "An action that works on it says 'part: V3'.\n"
        "How far each part of a plan is: playbook explain rsvr.parts --account ID\n"
    )


def test_show_prints_the_answer_first(workspace: Path) -> None:
    done = run(workspace, "show", "harbor", "--today", TODAY)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Harbor Logistics  (playbooks/emea/harbor.yaml)"
    assert lines[1].startswith("Tier not known; missing: economics.")


def test_show_of_a_broken_file_gives_figures_from_what_is_valid(workspace: Path) -> None:
    (workspace / "playbooks" / "acme.yaml").write_text(
        SMALL_PLAYBOOK
        + "risk:\n  customer:\n    - {id: a, probability: 0.2, loss: 200}\n"
        + "    - {id: b, probability: 20%, loss: 200}\n"
    )
    done = run(workspace, "show", "acme", "--format", "json")
    assert done.returncode == 0
    shown = json.loads(done.stdout)
    assert shown["account"]["id"] == "acme"
    assert shown["figures"]["risk.customer_gross"]["value"] is None
    assert shown["figures"]["risk.customer_gross"]["missing"] == []
    assert shown["figures"]["risk.customer_gross"]["waits_on"] == ["risk.customer.b.probability"]
    assert shown["figures"]["risk.customer_gross"]["reasons"][0]["line"] == 6
    assert [
        finding["line"] for finding in shown["findings"] if finding["rule"] == "wrong-value"
    ] == [7]


def test_explain_of_a_part_says_what_it_asks_for_and_how_far_it_is(repository: Path) -> None:
    day = ("--today", "2026-11-23")
    asked = run(repository, "explain", "K4", *day).stdout
    assert asked.startswith(
        "K4 (Reference customer): one of the sixteen parts of a plan\n"
        "Asks for: risk.customer.*.reference\n"
    )
    here = run(repository, "explain", "rsvr.K4", "--account", "quillay-cobre", *day).stdout
    assert here == (
        f"{asked}\nHere: rsvr.K4 = 0; nothing yet\nLacks: a usable reference for “A jump in price in the middle of the budget year”\n"
    )


def test_explain_of_a_rule_and_a_figure(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, {"playbooks/harbor.yaml": SMALL_PLAYBOOK})
    done = run(root, "explain", "champion")
    assert done.returncode == 0
    assert done.stdout.startswith("champion: There is a champion (error)\nApplies to: tier A, B\n")
    done = run(root, "explain", "deal.window")
    assert done.stdout == (
        "deal.window: Room to negotiate (money a year)\n"
        "The room between our cost and their highest price.\n"
        "Formula: their highest price - our full cost\n"
        "Method item: V1b\n"
        "Rank: headline\n"
    )
    done = run(root, "explain", "selection.payback_months", "--account", "harbor")
    assert "Value: not known\n" in done.stdout
    assert "Missing: economics.development.months" in done.stdout


SITE = (REPOSITORY / "generator/defaults/site.yaml").read_text(encoding="utf-8")
BOTH_PLANS = {
    "playbooks/north.yaml": """\
schema: 1
account: {name: North, status: customer}
risk: {customer: [{id: late, probability: 0.2, loss: 1000, effectiveness: 0.5}]}
""",
    "playbooks/south.yaml": """\
schema: 1
account: {name: South, status: customer}
risk: {customer: [{id: late, loss: 1000}]}
""",
}
EFFECTIVENESS = {
    "en": """\
risk.customer.*.effectiveness: a share, 0 to 1
How much of it the measure takes away.
Visible to everyone in our company.
Used by:
  risk.customer_residual: Their risk after measures
  risk.measure_benefit: Benefit of measures
What rests on these:
  value.total_cost: What it costs them
""",
    "zh": """\
risk.customer.*.effectiveness：比例，0至1
措施可消除的比例。
可见范围：本公司所有人。
用到它的指标：
  risk.customer_residual：措施后客户风险
  risk.measure_benefit：措施净收益
以这些指标为依据的：
  value.total_cost：客户付出
""",
}


@pytest.mark.parametrize("language", EFFECTIVENESS)
def test_explain_of_a_field_says_which_figures_use_it(tmp_path: Path, language: str) -> None:
    site = SITE.replace("language: en", f"language: {language}")
    root = make_workspace(tmp_path, {**BOTH_PLANS, "site_config/site.yaml": site})
    for name in ("risk.customer.effectiveness", "risk.customer.*.effectiveness"):
        assert run(root, "explain", name).stdout == EFFECTIVENESS[language]


def test_explain_of_a_field_is_of_one_account_where_that_is_named(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, BOTH_PLANS)
    done = run(root, "explain", "risk.customer.effectiveness", "--account", "south")
    assert (
        done.stdout
        == """\
risk.customer.*.effectiveness: a share, 0 to 1
How much of it the measure takes away.
Visible to everyone in our company.
No figure of these plans uses it.
"""
    )
    done = run(root, "explain", "risk.customer.probability", "--account", "south")
    assert (
        done.stdout
        == """\
risk.customer.*.probability: a share, 0 to 1
Chance in a year.
Unit: share a year
Visible to everyone in our company.
Missing for:
  selection.urgency: Urgency
  health: Health
  health.known: Health known
  health.word: How they are doing
  health.letters: Health by letter
  health.drivers: What health is lost to
  health.change: Change of health
  selection.retained_profit_at_risk: Expected profit at risk
  value.delivered_value: Delivered value
  value.ratio: Value for cost
  value.total_cost: What it costs them
  deal.verdict: Deal
  deal.break_even: Break-even for them
  deal.window: Room to negotiate
  deal.our_share: Our share of the deal
  deal.price_max: Their highest price
  risk.customer_residual: Their risk after measures
  risk.customer_gross: Their risk
  risk.proof_coverage: Proof
"""
    )


def test_explain_of_a_name_that_figure_and_field_share_says_both(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, BOTH_PLANS)
    assert (
        run(root, "explain", "competition.factors").stdout
        == """\
competition.factors: Five factors (of 100)
Whether purpose, timing, terrain, leadership and method are with us.
Formula: mean of five x 20; too little shared purpose is a stop
Method item: C1
Rank: reference

competition.factors: keys of its own
Five factors.
Visible to everyone in our company.
Example: factors: {purpose: 3, timing: 3, terrain: 3}
Used by:
  competition.factors: Five factors
"""
    )


def test_every_command_has_help_with_an_example(workspace: Path) -> None:
    listed = run(workspace, "--help").stdout.split("Commands:\n")[1]
    for line in listed.strip().splitlines():
        name = line.split()[0]
        shown = run(workspace, name, "--help")
        assert shown.returncode == 0
        assert f"Example: playbook {name}" in shown.stdout


def test_a_playbook_cannot_steer_the_terminal(workspace: Path) -> None:
    """Escapes cannot stand in a file as they are; a key in quotes could bring one in."""
    (workspace / "playbooks" / "acme.yaml").write_text(SMALL_PLAYBOOK + '"\\e[31mred": 1\n')
    done = run(workspace, "check")
    assert done.returncode == 1
    assert "\x1b" not in done.stdout


def test_several_reports_at_once(workspace: Path) -> None:
    done = run(
        workspace,
        *("check", "--output-format", "concise", "--report", "junit=out.xml"),
        *("--report", "sarif=out.sarif", "--report", "json-lines=out.jsonl"),
    )
    assert (done.returncode, done.stdout) == (1, FINDING)
    assert (workspace / "out.xml").read_text().count("<testcase ") == 2
    sarif = json.loads((workspace / "out.sarif").read_text())
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["unknown-key"]
    (line,) = (workspace / "out.jsonl").read_text().splitlines()
    assert json.loads(line)["path"] == "playbooks/acme.yaml"


def test_a_report_is_written_also_without_findings_and_for_settings(workspace: Path) -> None:
    run(workspace, "check", "playbooks/emea", "--report", "gitlab=a.json")
    assert (workspace / "a.json").read_text() == "[]\n"
    (workspace / "site_config/rules.yaml").write_text("rule: []\n")
    done = run(workspace, "check", "--report", "gitlab=b.json")
    assert done.returncode == 2
    findings = json.loads((workspace / "b.json").read_text())
    assert {finding["location"]["path"] for finding in findings} == {"site_config/rules.yaml"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--report", "junit"], "'junit' is not FORMAT=PATH, such as junit=report.xml"),
        (["--report", "junit="], "'junit=' is not FORMAT=PATH, such as junit=report.xml"),
        (["--report", "yaml=x"], "there is no format 'yaml'; known: full, concise, json,"),
        (
            ["--report", "json=x", "--report", "sarif=x"],
            "two reports would be written to x",
        ),
        (["--report", "json=no/such/x"], "error: cannot write no/such/x: No such file"),
    ],
)
def test_a_report_that_cannot_be_written(workspace: Path, words: list[str], message: str) -> None:
    done = run(workspace, "check", *words)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_github_gets_the_whole_table_in_the_summary(workspace: Path) -> None:
    place = workspace / "summary.md"
    place.write_text("before\n")
    done = run(workspace, "check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(place))
    assert done.stdout == (
        "::error file=playbooks/acme.yaml,line=4,col=1,title=unknown-key::unknown key 'plannd'; to see all: playbook fields\n"
    )
    assert place.read_text() == (
        "before\n### Playbooks: 1 error, 0 warnings in 1 of 2 playbooks\n\n"
        "| | finding | place | rule |\n|---|---|---|---|\n"
        "| error | unknown key 'plannd'; to see all: playbook fields | playbooks/acme.yaml:4 | unknown\\-key |\n\n"
    )
