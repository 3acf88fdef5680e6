"""The recipes for hosts, each step of theirs run as it stands, from a bare clone of this program.

What belongs to a host (its checkout, its upload) is held against the host's schema in
`test_action`. In `make test` the program that is here stands for the one that a recipe installs;
with --full it is installed.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from generator.recipes import (
    UNNAMED_COMMIT,
    UNNAMED_URL,
    Host,
    Program,
    program_of,
    recipes_for,
)
from generator.share import templates_folder
from tests.history import SETTINGS, History, git
from tests.program import in_scripts

REPOSITORY = Path(__file__).parents[2]
TODAY = {"SOURCE_DATE_EPOCH": "1795392000"}  # 2026-11-23
INSTALL = "cd .program && .ci/install .ci/site.lock"
STANDS_IN = "stands in"
"""What is put where a recipe would install the program."""
PLAN = """\
schema: 1
account:
  name: Harbor Logistics
  status: prospect
  notes: [{date: 2026-11-01, text: Kept among us}]
summary: A sample.
actions: [{id: call, what: Call them, owner: kim-larsen, due: 2026-11-30}]
"""
INSIDE = "Kept among us"
"""A note, which the audience `internal` may not see."""
TOKEN = re.compile(r"\$\{\{ *([a-z_.A-Z]+) *\}\}")


@pytest.fixture
def program(bare_clone: Path) -> Program:
    return Program(url=bare_clone.as_uri(), commit=git(bare_clone, "rev-parse", "HEAD"))


@pytest.fixture
def team(tmp_path: Path) -> History:
    """A team's repository, with a branch that changes a plan."""
    history = History(tmp_path / "team")
    history.commit(
        {"site_config/rules.yaml": "rules: [{off: true}]\n", "playbooks/acme.yaml": PLAN}
    )
    return history


@dataclass
class Chat:
    """What stands for a chat: the bodies that were sent to its webhook."""

    address: str = ""
    bodies: list[Any] = field(default_factory=list)


@pytest.fixture
def chat() -> Iterator[Chat]:
    heard = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/json"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.bodies.append(json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
            pass

    with serving(Handler) as heard.address:
        yield heard


class serving:  # noqa: N801 - used as a context, such as `open`
    """A server on this machine for as long as it lasts; its address."""

    def __init__(self, handler: Any) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def shell(
    script: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A script as hosts run it: bash that stops at the first command that fails."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **SETTINGS,
            **TODAY,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def put_program(folder: Path) -> None:
    """The program that is here, where a recipe would have installed its own."""
    command = folder / ".venv/bin/playbook"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\n# {STANDS_IN}\n{in_scripts()} "$@"\n')
    command.chmod(0o755)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What the steps of a job printed, and how they ended."""

    code: int
    out: str
    ran: tuple[str, ...]
    """The names of the steps, as far as they ran."""


def run_on_github(
    text: str, job: str, team: History, known: Mapping[str, str], *, full: bool
) -> Run:
    """The steps of a job that have a script, in the folder that the host checks out."""
    workflow = yaml.safe_load(text)
    out, ran = "", []
    for step in workflow["jobs"][job]["steps"]:
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "the host fills nothing into a script"
        given = {**workflow.get("env", {}), **step.get("env", {})}
        environment = {
            name: TOKEN.sub(lambda match: known[match[1]], value) for name, value in given.items()
        }
        ran.append(step["name"])
        if step["run"] == INSTALL and not full:
            put_program(team.folder / ".program")
            continue
        path = os.pathsep.join((known.get("path", ""), os.environ["PATH"]))
        asked = {"GITHUB_REPOSITORY": "sales/plans", "PATH": path}
        done = shell(step["run"], team.folder, {**environment, **asked})
        out += done.stdout + done.stderr
        if done.returncode:
            return Run(code=done.returncode, out=out, ran=tuple(ran))
    return Run(code=0, out=out, ran=tuple(ran))


def run_on_gitlab(
    text: str, job: str, team: History, variables: Mapping[str, str], *, full: bool
) -> Run:
    """The script of a job behind that of all jobs, in one shell, as GitLab runs it."""
    pipeline = yaml.safe_load(text)
    install = f"({INSTALL})"
    before = pipeline["default"]["before_script"]
    assert install in before
    lines = [*before, *pipeline[job]["script"]]
    if not full:
        put_program(team.folder / ".stand-in")
        replaced = "mv .stand-in/.venv .program/.venv"
        lines = [replaced if line == install else line for line in lines]
    environment = {
        **{name: str(value) for name, value in pipeline["variables"].items()},
        "CI_PROJECT_DIR": str(team.folder),
        **variables,
    }
    done = shell("\n".join(lines), team.folder, environment)
    return Run(code=done.returncode, out=done.stdout + done.stderr, ran=(job,))


def fake_gh(folder: Path, answer: str) -> str:
    """GitHub's own program, with its answer to whether the Pages are public; its folder."""
    command = folder / "bin/gh"
    command.parent.mkdir(parents=True)
    command.write_text(
        '#!/bin/sh\n[ "$*" = "api repos/sales/plans/pages --jq .public" ] || exit 9\n'
        f'[ "$GH_TOKEN" = secret-token ] && echo {answer}\n'
    )
    command.chmod(0o755)
    return str(command.parent)


INSTALLED = [
    pytest.param(False, id="the program that is here"),
    pytest.param(True, id="installed from its lock", marks=pytest.mark.full),
]
ONLY_FULL = [
    pytest.param(False, id="the program that is here", marks=pytest.mark.full),
    pytest.param(True, id="installed from its lock", marks=pytest.mark.full),
]


@pytest.mark.parametrize("full", INSTALLED)
def test_github_publishes_an_edition_where_pages_are_private(
    tmp_path: Path, team: History, program: Program, full: bool
) -> None:
    text = recipes_for(Host.GITHUB, program)[".github/workflows/publish.yml"]
    known = {"github.token": "secret-token", "path": fake_gh(tmp_path, "false")}
    done = run_on_github(text, "site", team, known, full=full)
    assert done.code == 0, done.out
    assert done.ran[0] == "Refuse to publish to everybody"
    page = (team.folder / "public/accounts/acme.html").read_text(encoding="utf-8")
    assert "Call them" in page
    assert INSIDE not in page
    commit = git(team.folder / ".program", "rev-parse", "HEAD")
    assert commit == program.commit
    installed = (team.folder / ".program/.venv/bin/playbook").read_text(encoding="utf-8")
    assert (STANDS_IN in installed) is not full


def test_github_publishes_nothing_that_everybody_could_read(
    tmp_path: Path, team: History, program: Program
) -> None:
    text = recipes_for(Host.GITHUB, program)[".github/workflows/publish.yml"]
    known = {"github.token": "secret-token", "path": fake_gh(tmp_path, "true")}
    done = run_on_github(text, "site", team, known, full=False)
    assert (done.code, done.ran) == (1, ("Refuse to publish to everybody",))
    assert done.out == "::error::these Pages are not private: everybody could read the plans\n"
    assert not (team.folder / "public").exists()


@pytest.mark.parametrize("full", ONLY_FULL)
def test_github_builds_the_site_of_a_request(team: History, program: Program, full: bool) -> None:
    text = recipes_for(Host.GITHUB, program)[".github/workflows/playbooks.yml"]
    done = run_on_github(text, "preview", team, {}, full=full)
    assert done.code == 0, done.out
    assert (team.folder / "preview/accounts/acme.html").is_file()


def test_github_uses_the_action_of_the_program(team: History, program: Program) -> None:
    """What the action does is tried in `test_action`; here that it is where the recipe looks."""
    text = recipes_for(Host.GITHUB, program)[".github/workflows/playbooks.yml"]
    assert run_on_github(text, "check", team, {}, full=False).code == 0
    (used,) = (
        step
        for step in yaml.safe_load(text)["jobs"]["check"]["steps"]
        if step.get("uses", "").startswith("./")
    )
    action = yaml.safe_load((team.folder / used["uses"] / "action.yml").read_text(encoding="utf-8"))
    assert used["with"].keys() <= action["inputs"].keys()


def test_github_sends_what_is_due_to_a_chat(team: History, program: Program, chat: Chat) -> None:
    text = recipes_for(Host.GITHUB, program)[".github/workflows/publish.yml"]
    for address, count in ((chat.address, 1), ("", 0)):
        shutil.rmtree(team.folder / ".program", ignore_errors=True)
        done = run_on_github(text, "remind", team, {"secrets.CHAT_WEBHOOK": address}, full=False)
        assert done.code == 0, done.out
        assert len(chat.bodies) == 1, count
    (body,) = chat.bodies
    assert body["text"] == "1 thing is due until 7 Dec 2026."
    assert "Call them" in json.dumps(body["blocks"])
    assert INSIDE not in json.dumps(body)


@pytest.mark.parametrize("full", INSTALLED)
def test_gitlab_checks_a_request_and_says_what_it_means(
    team: History, program: Program, full: bool
) -> None:
    text = recipes_for(Host.GITLAB, program)[".gitlab-ci.yml"]
    base = git(team.folder, "rev-parse", "HEAD")
    team.commit({"playbooks/acme.yaml": PLAN.replace("prospect", "customer")})
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    done = run_on_gitlab(text, "check", team, variables, full=full)
    assert done.code == 0, done.out
    meaning = (team.folder / "meaning.md").read_text(encoding="utf-8")
    assert "**1 account changed**" in meaning
    assert json.loads((team.folder / "codequality.json").read_text(encoding="utf-8")) == []
    shutil.rmtree(team.folder / ".program")
    team.commit({"playbooks/acme.yaml": PLAN.replace("prospect", "prospekt")})
    bad = run_on_gitlab(text, "check", team, variables, full=False)
    assert bad.code == 1
    (finding,) = json.loads((team.folder / "codequality.json").read_text(encoding="utf-8"))
    assert finding["check_name"] == "wrong-value"


@pytest.mark.parametrize("full", ONLY_FULL)
@pytest.mark.parametrize(("job", "place"), [("pages", "public"), ("preview", "preview")])
def test_gitlab_builds_the_site(
    team: History, program: Program, job: str, place: str, full: bool
) -> None:
    text = recipes_for(Host.GITLAB, program)[".gitlab-ci.yml"]
    done = run_on_gitlab(text, job, team, {}, full=full)
    assert done.code == 0, done.out
    page = (team.folder / place / "accounts/acme.html").read_text(encoding="utf-8")
    assert (INSIDE in page) is (job == "preview")


def test_gitlab_sends_what_is_due_to_a_chat(team: History, program: Program, chat: Chat) -> None:
    text = recipes_for(Host.GITLAB, program)[".gitlab-ci.yml"]
    site = "https://sales.pages.example.com/plans"
    variables = {"CHAT_WEBHOOK": chat.address, "CHAT": "teams", "CI_PAGES_URL": site}
    done = run_on_gitlab(text, "remind", team, variables, full=False)
    assert done.code == 0, done.out
    (body,) = chat.bodies
    card = json.dumps(body["attachments"][0]["content"])
    assert "Call them" in card
    assert f"{site}/accounts/acme.html#plan" in card


def in_container(text: str, team: History, tmp_path: Path, *, full: bool) -> Path:
    """The steps of the Containerfile's first part, in folders of this machine; the site's folder."""
    places = {name: str(tmp_path / "container" / name) for name in ("program", "plans", "public")}
    Path(places["program"]).parent.mkdir()
    arguments = dict(re.findall(r"^ARG ([A-Z_]+)=(.+)$", text, re.MULTILINE))
    first, _, second = text.partition("\nFROM docker.io/nginxinc/")
    for word, rest in re.findall(r"^(RUN|COPY) (.+)$", first, re.MULTILINE):
        script = re.sub(r"/(program|plans|public)\b", lambda match: places[match[1]], rest)
        if rest.startswith("apt-get "):
            continue
        if word == "COPY":
            shutil.copytree(team.folder, places[rest.split()[1].strip("/")])
        elif ".ci/install" in rest and not full:
            put_program(Path(places["program"]))
        else:
            done = shell(script, tmp_path, arguments)
            assert done.returncode == 0, done.stdout + done.stderr
    assert "COPY --from=site /public /usr/share/nginx/html" in second
    return Path(places["public"])


def headers_of(conf: str) -> dict[str, str]:
    """The headers that the server adds to each answer."""
    found = dict(re.findall(r'^    add_header ([A-Za-z-]+) "([^"]*)" always;$', conf, re.MULTILINE))
    assert len(found) == conf.count("add_header")
    return found


@pytest.mark.parametrize("full", INSTALLED)
def test_a_container_serves_an_edition_under_headers_that_let_it_work(
    tmp_path: Path, team: History, program: Program, browser: Browser, full: bool
) -> None:
    """The site in a browser under the headers of the recipe: it works, and complains of nothing."""
    recipes = recipes_for(Host.OWN, program)
    public = in_container(recipes["Containerfile"], team, tmp_path, full=full)
    headers = headers_of(recipes["nginx.conf"])
    assert {"Content-Security-Policy", "X-Robots-Tag", "Cache-Control"} <= headers.keys()

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
            pass

    complaints: list[str] = []
    with serving(functools.partial(Handler, directory=public)) as address:
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/accounts/index.html")
        page.get_by_role("link", name="Harbor Logistics").first.click()
        page.wait_for_url("**/accounts/acme.html")
        assert page.locator("h1").inner_text().startswith("Harbor Logistics")
        assert complaints == []
        # the control: a picture from elsewhere is refused, so the headers are in force
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate(
                "document.body.append(Object.assign(new Image(), {src: 'http://x.test/'}))"
            )
        page.close()
    assert INSIDE not in (public / "accounts/acme.html").read_text(encoding="utf-8")


def test_each_recipe_says_where_it_goes_and_names_no_program_of_its_own(program: Program) -> None:
    folder = templates_folder() / "recipes"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    readme = texts.pop("README.md")
    for host in Host:
        bare, filled = recipes_for(host), recipes_for(host, program)
        for place, text in bare.items():
            first = text.partition("\n")[0]
            assert place in first, place
            assert f"`{place}`" in readme or place in ("Containerfile", "nginx.conf"), place
            for unnamed, value in ((UNNAMED_URL, program.url), (UNNAMED_COMMIT, program.commit)):
                assert unnamed not in filled[place]
                assert filled[place].count(value) == text.count(unnamed)
            # nothing is installed by a name that anybody could register
            assert not re.search(r"pip3? install|npx |npm install|pipx|uvx", text), place
    offered = {text for host in Host for text in recipes_for(host).values()}
    assert {name for name, text in texts.items() if text not in offered} == set()


RECORDS = [
    (
        '{"url": "https://git.example.com/t/p", "vcs_info":'
        ' {"vcs": "git", "requested_revision": "main", "commit_id": "%s"}}' % ("a" * 40),
        Program(url="https://git.example.com/t/p", commit="a" * 40),
    ),
    ('{"url": "file:///here", "dir_info": {"editable": true}}', None),
    ('{"url": "https://x/y", "vcs_info": {"vcs": "hg", "commit_id": "%s"}}' % ("a" * 40), None),
    (
        '{"url": "https://x/y z\\"", "vcs_info": {"vcs": "git", "commit_id": "%s"}}' % ("a" * 40),
        None,
    ),
    ('{"url": "https://x/y", "vcs_info": {"vcs": "git", "commit_id": "main"}}', None),
    ("[]", None),
    ("no json", None),
]


@pytest.mark.parametrize(("record", "expected"), RECORDS)
def test_what_was_installed_from_git_is_known(record: str, expected: Program | None) -> None:
    assert program_of(record) == expected
