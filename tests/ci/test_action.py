"""The steps of action.yml, run one after another as GitHub runs them, on real repositories.

A small server stands for GitHub's API; everything else is the action's own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.compare.plans import acme
from tests.history import History, git
from tests.program import in_scripts

REPOSITORY = Path(__file__).parents[2]
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]


@dataclass
class Host:
    """What stands for the API of GitHub: comments by id, and whether the token may write."""

    comments: dict[int, str] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)
    may_write: bool = True
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: dict[str, str]) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        if method == "GET":
            page = int(re.findall(r"page=(\d+)$", path)[0])
            rows = [{"id": id, "body": text} for id, text in self.comments.items()]
            return 200, rows[100 * (page - 1) : 100 * page]
        number = int(path.rsplit("/", 1)[1]) if method == "PATCH" else len(self.comments) + 1
        if not self.may_write or number in self.others:
            return 403, {"message": "Resource not accessible by integration"}
        self.comments[number] = body["body"]
        return 201, {}


@pytest.fixture
def host() -> Iterator[Host]:
    api = Host()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            assert self.headers["Authorization"] == "Bearer secret-token"
            status, answer = api.answer(self.command, self.path, body)
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PATCH = _do  # noqa: N815 - their names are given

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    api.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield api
    server.shutdown()
    server.server_close()


@dataclass
class Run:
    """What a run of all steps left."""

    code: int
    out: str
    summary: str
    outputs: dict[str, dict[str, str]]
    skipped: list[str]


def run(
    folder: Path, work: Path, host: Host, *, as_new_process: bool = False, **inputs: str
) -> Run:
    """All steps but the two of others and the installation, which is tried by itself.

    The program that is here stands for the one that the action installs.
    """
    work.mkdir(parents=True)
    wrapper = work / "playbook/bin/python"
    wrapper.parent.mkdir(parents=True)
    program = f'[ "$1 $2 $3" != "-P -m generator" ] || {{ shift 3; {in_scripts()} "$@"; }}\n'
    python = f'exec {sys.executable} "$@"\n'
    wrapper.write_text(f"#!/bin/sh\n{python if as_new_process else program + python}")
    wrapper.chmod(0o755)
    (work / "event.json").write_text('{"pull_request": {"number": 7}}')
    (work / "summary.md").touch()
    given = {name: input_.get("default", "") for name, input_ in ACTION["inputs"].items()}
    given |= {"today": "2026-11-23", "token": "secret-token", "diff-base": ""}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    given["github.event.pull_request.base.sha"] = given.pop("pull-base", "")
    outputs: dict[str, dict[str, str]] = {}
    code, out, skipped = 0, "", []
    for number, step in enumerate(STEPS):
        name = step.get("name", step.get("uses"))
        if "run" not in step or name == "Install Account Playbooks":
            continue
        if not _holds(step.get("if", "true"), given, outputs):
            skipped.append(name)
            continue
        file = work / f"output-{number}"
        file.touch()
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={
                **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(REPOSITORY),
                "GITHUB_API_URL": host.address,
                "GITHUB_EVENT_PATH": str(work / "event.json"),
                "GITHUB_OUTPUT": str(file),
                "GITHUB_REPOSITORY": "firm/plans",
                "GITHUB_STEP_SUMMARY": str(work / "summary.md"),
                "RUNNER_TEMP": str(work),
                **{key: _filled(text, given, outputs) for key, text in step.get("env", {}).items()},
            },
            capture_output=True,
            text=True,
            check=False,
        )
        out += done.stdout + done.stderr
        rows = (row.partition("=") for row in file.read_text().splitlines())
        outputs[step.get("id", name)] = {key: value for key, _, value in rows}
        code = done.returncode
        if code:
            break
    return Run(code, out, (work / "summary.md").read_text(encoding="utf-8"), outputs, skipped)


def _value(expression: str, given: dict[str, str], outputs: dict[str, dict[str, str]]) -> str:
    head, _, rest = expression.strip().partition(".")
    if head == "inputs":
        return given[rest]
    if head == "github":
        return given.get(expression.strip(), "")
    step, _, name = rest.partition(".outputs.")
    return outputs.get(step, {}).get(name, "")


def _filled(text: str, given: dict[str, str], outputs: dict[str, dict[str, str]]) -> str:
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: _value(match[1], given, outputs), text)


def _holds(condition: str, given: dict[str, str], outputs: dict[str, dict[str, str]]) -> bool:
    if condition == "true":
        return True
    for part in condition.split("&&"):
        left, sign, right = re.fullmatch(r"\s*(\S+) (==|!=) '([^']*)'\s*", part).groups()  # type: ignore[union-attr]
        if (_value(left, given, outputs) == right) != (sign == "=="):
            return False
    return True


@pytest.fixture
def history(tmp_path: Path) -> History:
    repo = History(tmp_path / "plans")
    repo.commit(
        {
            "playbooks/acme.yaml": acme(),
            "site_config/rules.yaml": "rules: [{off: true}]\n",
        }
    )
    return repo


def base(history: History) -> str:
    return git(history.folder, "rev-parse", "HEAD")


def test_a_good_change_is_told_and_passes(tmp_path: Path, host: Host, history: History) -> None:
    begun = base(history)
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    asked = {"diff_base": begun, "site": "https://plans.example/x"}
    done = run(history.folder, tmp_path / "work", host, as_new_process=True, **asked)
    assert (done.code, done.skipped) == (0, [])
    assert "#### [Acme](https://plans.example/x/accounts/acme.html)" in done.summary
    assert "- tier C to A" in done.summary
    (comment,) = host.comments.values()
    assert comment.startswith("<!-- account-playbooks: what this change means -->\n**1 account")
    assert "- tier C to A" in comment
    assert done.outputs["comment"] == {"written": "true"}
    sarif = json.loads(Path(done.outputs["check"]["sarif"]).read_text(encoding="utf-8"))
    assert (sarif["version"], sarif["runs"][0]["results"]) == ("2.1.0", [])


def test_a_bad_change_is_told_and_fails_at_the_end(
    tmp_path: Path, host: Host, history: History
) -> None:
    begun = base(history)
    history.commit({"playbooks/acme.yaml": acme(share="0.2", more=", industry: nothing")})
    done = run(history.folder, tmp_path / "work", host, diff_base=begun)
    assert done.code == 1
    assert "::error file=playbooks/acme.yaml,line=2,col=73,title=unknown-industry::" in done.out
    assert "unknown industry" in done.summary
    assert "- tier C to A" in next(iter(host.comments.values()))


def test_a_second_push_writes_in_the_same_place(
    tmp_path: Path, host: Host, history: History
) -> None:
    begun = base(history)
    host.comments = dict.fromkeys(range(1, 150), "somebody's own words")
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    run(history.folder, tmp_path / "one", host, diff_base=begun)
    assert "tier C to A" in host.comments[150]
    history.commit({"playbooks/acme.yaml": acme(share="0.21")})
    run(history.folder, tmp_path / "two", host, diff_base=begun)
    assert len(host.comments) == 150
    assert "attainable share 0.15 to 0.21" in host.comments[150]
    before = list(host.asked)
    run(history.folder, tmp_path / "three", host, diff_base=begun)
    again = host.asked[len(before) :]
    assert [request.split()[0] for request in again] == ["GET", "GET"]


def test_a_comment_of_somebody_else_with_our_mark_is_left_alone(
    tmp_path: Path, host: Host, history: History
) -> None:
    host.comments = {1: "<!-- account-playbooks: what this change means -->\nmine"}
    host.others = {1}
    begun = base(history)
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    run(history.folder, tmp_path / "work", host, diff_base=begun)
    assert host.comments[1].endswith("mine")
    assert "tier C to A" in host.comments[2]


def test_a_forks_token_leaves_the_summary(tmp_path: Path, host: Host, history: History) -> None:
    host.may_write = False
    begun = base(history)
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    done = run(history.folder, tmp_path / "work", host, diff_base=begun)
    assert (done.code, host.comments) == (0, {})
    assert done.outputs["comment"] == {"written": "false"}
    assert "::notice::no comment: the token may not write; see the job's summary" in done.out
    assert "- tier C to A" in done.summary
    kept = next(
        step for step in STEPS if step.get("uses", "").startswith("actions/upload-artifact")
    )
    assert _holds(kept["if"], {}, done.outputs)


def test_a_shallow_clone_gets_one_line_with_the_cure(
    tmp_path: Path, host: Host, history: History
) -> None:
    begun = base(history)
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", history.folder.as_uri(), str(clone))
    done = run(clone, tmp_path / "work", host, diff_base=begun)
    assert (done.code, host.asked) == (0, [])
    (line,) = [row for row in done.out.splitlines() if row.startswith("::warning::")]
    assert "this is a shallow clone: fetch its history" in line
    assert "fetch-depth: 0" in line


def test_a_request_is_compared_with_what_it_is_merged_into(
    tmp_path: Path, host: Host, history: History
) -> None:
    """The host checks out a merge; the base that its event names is older than the merge's."""
    begun = base(history)
    git(history.folder, "checkout", "--quiet", "-b", "request")
    history.commit({"playbooks/acme.yaml": acme(share="0.2")})
    git(history.folder, "checkout", "--quiet", "main")
    history.commit({"playbooks/other.yaml": acme(name="Other", share="0.3")})
    git(history.folder, "merge", "--quiet", "--no-ff", "request", "--message", "merge")
    done = run(history.folder, tmp_path / "work", host, pull_base=begun)
    (comment,) = host.comments.values()
    assert done.code == 0
    assert f"**1 account changed** (HEAD^1 \\({base_of(history)}\\) to now)" in comment
    # the request itself checked out, without a merge: where it parts from its base
    git(history.folder, "checkout", "--quiet", "request")
    run(history.folder, tmp_path / "again", host, pull_base=begun)
    assert f"**1 account changed** ({begun[:9]} to now)" in next(iter(host.comments.values()))


def base_of(history: History) -> str:
    return git(history.folder, "rev-parse", "HEAD^1")[:9]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("word", ["--output=x", "$(touch pwned)", "a\nb", "'; touch pwned; '"])
def test_hostile_inputs_are_only_words(
    tmp_path: Path, host: Host, history: History, word: str
) -> None:
    done = run(history.folder, tmp_path / "work", host, diff_base=word, root=".", site="")
    assert done.code == 0
    assert "no revision" in done.out
    assert not list(tmp_path.rglob("pwned"))
    assert not list(history.folder.rglob("x"))


def test_no_script_is_filled_in_by_the_host() -> None:
    """What a pull request says reaches a step by its environment only."""
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "templates/recipes/github-pull-request.yml"),
        ("vendor.github-workflows", "templates/recipes/github-publish.yml"),
        ("vendor.github-issue-forms", "templates/recipes/github-plan-change.yml"),
        ("vendor.gitlab-ci", "templates/recipes/gitlab-ci.yml"),
    ],
)
def test_files_for_hosts_are_what_the_hosts_take(schema: str, file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
