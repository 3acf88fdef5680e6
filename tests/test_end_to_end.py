"""From playbooks to a finished site with the real command: what goes, what stays, what is told.

Workspaces are small and real. One good build is made once; each test changes a copy of it.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from generator.pages.search_index import INDEX
from tests.everything import ACCOUNT, as_yaml, everything_playbook, everything_workspace
from tests.pages.sites import CHINESE, HARBOR
from tests.program import run
from tests.site.trees import contents
from tests.workspace import SMALL_PLAYBOOK, TEAM, catalogue_data, make_workspace

REPOSITORY = Path(__file__).resolve().parent.parent
TODAY = "2026-11-23"
FILES = {
    "playbooks/harbor.yaml": HARBOR,
    "playbooks/asia/huayuan.yaml": CHINESE,
    "playbooks/polaris.yaml": SMALL_PLAYBOOK.replace("Harbor Logistics", "Northern Light"),
}


def playbook(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(REPOSITORY, "--root", root, "--today", TODAY, *words, **environment)


def build(root: Path, **environment: str) -> dict[str, bytes]:
    """The files of the site after a build that must succeed; incomplete plans are welcome."""
    done = playbook(root, "build", "--allow-incomplete", **environment)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    return contents(root / "site")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three playbooks and its site; not to be changed."""
    root = make_workspace(tmp_path_factory.mktemp("good"), FILES)
    build(root)
    return root


@pytest.fixture
def workspace(good: Path, tmp_path: Path) -> Path:
    """A copy of the good workspace with its site, to change at will."""
    return shutil.copytree(good, tmp_path / "workspace", symlinks=True)


class Read(HTMLParser):
    """A page as a browser takes it: its tags with their attributes, its scripts, its words."""

    def __init__(self, page: str | bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts = ""
        self.words = ""
        self._in = ""
        self.feed(page if isinstance(page, str) else page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in {"script", "style"}:
            self.scripts += data
        else:
            self.words += data

    def all_text(self) -> str:
        """All that a reader may come to see, as one line; also what shows on hovering."""
        values = (value for _, attributes in self.tags for value in attributes.values())
        return " ".join(" ".join([self.words, *values]).split())


def article(page: bytes) -> str:
    """The part of a page that is ours, within what the theme puts around it."""
    (content,) = re.findall(r"<article\b.*?</article>", page.decode(), re.DOTALL)
    return str(content)


# What a site knows of its accounts


def mentioned(site: dict[str, bytes]) -> dict[str, set[str]]:
    """The ids of accounts by each place that lists them."""
    found = [page["at"] for page in search_pages(site)]
    return {
        "pages": _ids(site, r"accounts/([^/]+)\.html") - {"index"},
        "parts of pages": _ids(site, r"accounts/([^/]+)/.*"),
        "search": _ids(found, r"accounts/([^/.]+)[./].*") - {"index"},
        "script": {account["id"] for account in directory_script(site)["accounts"]},
        "data": {
            account["id"] for account in json.loads(site["accounts/accounts.json"])["accounts"]
        },
    }


def directory_script(site: dict[str, bytes]) -> Any:
    """The data that the directory's script works with."""
    script = site["assets/accounts.js"].decode().removeprefix("window.ACCOUNTS=")
    return json.JSONDecoder().raw_decode(script)[0]


def search_pages(site: dict[str, bytes]) -> list[dict[str, Any]]:
    """What the search at the top of each page knows, page by page."""
    script = site[INDEX].decode().removeprefix("window.SEARCH_INDEX=")
    pages: list[dict[str, Any]] = json.JSONDecoder().raw_decode(script)[0]["pages"]
    return pages


def _ids(texts: Any, pattern: str) -> set[str]:
    return {match[1] for text in texts if (match := re.fullmatch(pattern, text))}


def files_naming(site: dict[str, bytes], word: str) -> list[str]:
    return [name for name, content in site.items() if word.encode() in content]


def test_a_deleted_playbook_leaves_no_trace(workspace: Path) -> None:
    before = mentioned(contents(workspace / "site"))
    assert set(map(frozenset, before.values())) == {frozenset({"harbor", "huayuan", "polaris"})}
    (workspace / "playbooks" / "polaris.yaml").unlink()
    site = build(workspace)
    assert mentioned(site) == {place: {"harbor", "huayuan"} for place in before}
    assert files_naming(site, "polaris") == []
    assert files_naming(site, "Northern Light") == []


def test_a_renamed_playbook_moves_its_pages(workspace: Path) -> None:
    playbooks = workspace / "playbooks"
    (playbooks / "emea").mkdir()
    (playbooks / "polaris.yaml").rename(playbooks / "emea" / "north-star.yaml")
    site = build(workspace)
    for ids in mentioned(site).values():
        assert ids == {"harbor", "huayuan", "north-star"}
    assert files_naming(site, "polaris") == []
    assert "playbooks/emea/north-star.yaml" in site["accounts/north-star/source.html"].decode()


# Hardly anything to show


@pytest.mark.parametrize(
    ("files", "outcome", "says"),
    [
        ({}, "0 accounts published", "No playbook yet."),
        (
            {"playbooks/harbor.yaml": SMALL_PLAYBOOK},
            "1 account published",
            "Harbor Logistics",
        ),
    ],
    ids=["no playbook", "one playbook"],
)
def test_a_portfolio_that_only_begins_is_a_site(
    tmp_path: Path, files: dict[str, str], outcome: str, says: str
) -> None:
    root = make_workspace(tmp_path, files)
    done = playbook(root, "build", "--allow-incomplete")
    assert done.returncode == 0
    assert done.stderr == f"{outcome}: {root / 'site' / 'index.html'}\n"
    site = contents(root / "site")
    home = " ".join(Read(article(site["index.html"])).words.split())
    assert home.startswith("Account Playbooks")
    assert says in home
    for name in ("accounts", "method", "rules", "fields"):
        assert Read(article(site[f"{name}/index.html"])).words.strip().startswith(name.capitalize())
    for ids in mentioned(site).values():
        assert ids == {Path(name).stem for name in files}
    # An empty figure must not be shown as a word of the program's own language
    assert not re.search(r"\b(None|nan|Undefined)\b", home)


# A build that fails


BROKEN = [
    (
        "playbooks/acme.yaml",
        "schema: 1\naccount: {name: Acme\nsummary: A sample.\n",
        1,
        (
            "playbooks/acme.yaml:2:10: error: a bracket opens here and is not closed; write '}' at its"
            " end [yaml-syntax]"
        ),
    ),
    (
        "playbooks/harbor.yaml",
        HARBOR.replace("industry: logistics", "industry: logistic"),
        1,
        (
            "playbooks/harbor.yaml:6:13: error: unknown industry 'logistic'; did you mean 'logistics'?"
            " (site_config/catalogue.yaml) [unknown-industry]"
        ),
    ),
    (
        "playbooks/acme.yaml",
        SMALL_PLAYBOOK + "plannd: 1\n",
        1,
        "playbooks/acme.yaml:4:1: error: unknown key 'plannd'; to see all: playbook fields [unknown-key]",
    ),
    (
        "playbooks/polaris.yml",
        SMALL_PLAYBOOK,
        1,
        (
            "playbooks/polaris.yml:1:1: error: the name must end in .yaml; rename it to polaris.yaml"
            " [file-ending]"
        ),
    ),
    (
        "site_config/team.yaml",
        "people:\n  kim: {nam: Kim}\n",
        2,
        "site_config/team.yaml:2:9: error: unknown key 'nam'; did you mean 'name'? [unknown-key]",
    ),
]


@pytest.mark.parametrize(
    ("name", "text", "code", "finding"),
    BROKEN,
    ids=["syntax", "reference", "key", "ending", "settings"],
)
def test_a_broken_file_is_named_and_leaves_the_last_good_site(
    workspace: Path, name: str, text: str, code: int, finding: str
) -> None:
    link, before = (workspace / "site").readlink(), contents(workspace / "site")
    (workspace / name).write_text(text, encoding="utf-8")
    done = playbook(workspace, "build", "--allow-incomplete")
    assert done.returncode == code
    assert finding in done.stdout.splitlines()
    assert "Traceback" not in done.stderr
    assert (workspace / "site").readlink() == link
    assert contents(workspace / "site") == before


def test_an_incomplete_plan_stops_a_build_that_does_not_allow_it(workspace: Path) -> None:
    before = contents(workspace / "site")
    done = playbook(workspace, "build")
    assert done.returncode == 1
    assert re.search(
        r"^playbooks/polaris\.yaml:\d+:\d+: error: the section 'account' is incomplete .+\n"
        r"(?:  .+\n)*  fill in account\.owner: .+ \[owner\]$",
        done.stdout,
        re.MULTILINE,
    )
    assert done.stderr.endswith(
        "; the site stays as it was\n"
        "to publish plans with what they still lack: playbook build --allow-incomplete\n"
    )
    assert contents(workspace / "site") == before


def test_a_new_plan_is_shown_before_anything_is_written_in_it(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    assert playbook(root, "new", "fresh", "--tier", "C").returncode == 0
    stopped = playbook(root, "render")
    assert stopped.returncode == 1
    assert (
        "summary: this is the form's own example, which counts as missing: write your own"
        in stopped.stdout
    )
    done = playbook(root, "render", "--allow-incomplete")
    assert (done.returncode, done.stdout) == (0, "")
    assert (root / "build/docs/accounts/fresh.md").is_file()


# The same, whoever builds it and wherever


def lines(text: str) -> list[str]:
    """Lines without their indentation, which `build` takes out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_pages_built_by_hand_are_the_same(workspace: Path) -> None:
    done = playbook(workspace, "render", "--allow-incomplete")
    config = workspace / "build" / "by-hand.yml"
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(f"; next: mkdocs build -f {config}\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    site, by_hand = contents(workspace / "site"), contents(workspace / "build" / "mkdocs")
    assert site.keys() == by_hand.keys()
    ours = [name for name in site if name.startswith("accounts/") or name == "index.html"]
    assert {"accounts/index.html", "accounts/harbor.html", "accounts/harbor/source.html"} < {*ours}
    for name in (*ours, INDEX):
        if b"<article" in site[name]:
            assert lines(article(by_hand[name])) == lines(article(site[name])), name
        else:
            assert by_hand[name] == site[name], name


# Text that would like to be more than text

HOSTILE = (
    "<script>alert(1)</script>"
    ' "><img src=x onerror=alert(1)>'
    " ' onclick=alert(1) x='"
    " {{ 7*7 }} {% raw %} ${7+7}"
    " [x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>"
    " </title><script>alert(1)</script></textarea></style> <!-- ]]> --> &lt;b&gt; &#60;i&#62;"
    ' --8<-- "x" `code` <div data-fragment="body"></div> [^1] [TOC] \\<u>'
    " {: onclick=alert(1) }"
)
ADDRESS = "https://example.com/&quot;onclick=alert(1)//?u=javascript:alert(1)"


# As long as the hostile text is once it is escaped: a page leaves out rows when it grows too large
CALM = "calm ".ljust(len(html.escape(HOSTILE)), "x")
CALM_ADDRESS = "https://example.com/".ljust(len(html.escape(ADDRESS)), "x")

_WALKED = re.compile(r"(?:Text (\d+) of .*|https://example\.com/(\d+))")


# The numbers that two texts of the playbook begin with, as all of them do
NAME = int(everything_playbook()["account"]["name"].split()[1])
SUMMARY = int(everything_playbook()["summary"].split()[1])


def with_texts(data: Any, text: str, address: str) -> Any:
    """The same data with the text, after a number that tells it from others, in each free text."""
    if isinstance(data, dict):
        return {key: with_texts(value, text, address) for key, value in data.items()}
    if isinstance(data, list):
        return [with_texts(value, text, address) for value in data]
    if isinstance(data, str) and (match := _WALKED.fullmatch(data)):
        return f"{int(match[1]):04d} {text}" if match[1] else f"{address}{match[2]}"
    return data


def settings_with(text: str) -> dict[str, str]:
    """The small catalogue and team with the text in place of labels and names."""
    catalogue, team = catalogue_data(), yaml.safe_load(TEAM)
    entries = [
        entry
        for group in catalogue.values()
        for entry in (group.values() if isinstance(group, dict) else group)
        if isinstance(entry, dict)
    ]
    for number, entry in enumerate(entries, 7000):
        entry["label"] = {"en": f"{number} {text}"}
    for number, person in enumerate(team["people"].values(), 8000):
        person["name"] = f"{number} {text}"
    return {
        "site_config/catalogue.yaml": as_yaml(catalogue),
        "site_config/team.yaml": as_yaml(team),
    }


class Sites(NamedTuple):
    """Two sites of the same portfolio, which differ in free text alone."""

    calm: dict[str, bytes]
    hostile: dict[str, bytes]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    made = []
    for text, address in ((CALM, CALM_ADDRESS), (HOSTILE, ADDRESS)):
        data = with_texts(everything_playbook(), text, address)
        root = everything_workspace(tmp_path_factory.mktemp("texts"), as_yaml(data))
        made.append(build(make_workspace(root, settings_with(text))))
    return Sites(*made)


def pages(site: dict[str, bytes]) -> Iterator[tuple[str, Read]]:
    for name, content in site.items():
        if name.endswith(".html"):
            yield name, Read(content)


def test_no_text_becomes_a_script_an_attribute_or_a_link(sites: Sites) -> None:
    for name, page in pages(sites.hostile):
        assert "alert" not in page.scripts, name
        for tag, attributes in page.tags:
            assert not [attribute for attribute in attributes if attribute.startswith("on")], (
                name,
                tag,
                attributes,
            )
            for carrier in ("href", "src", "action", "formaction", "xlink:href"):
                address = "".join(attributes.get(carrier, "").split()).lower()
                assert not address.startswith(("javascript:", "data:text", "vbscript:")), name


def test_hostile_text_changes_nothing_but_text(sites: Sites) -> None:
    """Tag by tag and attribute by attribute, pages are those of the calm portfolio."""
    assert sites.calm.keys() == sites.hostile.keys()
    calm = dict(pages(sites.calm))
    for name, page in pages(sites.hostile):
        assert shape(page) == shape(calm[name]), name


def shape(page: Read) -> list[tuple[str, dict[str, str]]]:
    """All tags with their attributes, but without what our texts say in them."""
    return [
        (tag, {name: _without_texts(value) for name, value in attributes.items()})
        for tag, attributes in page.tags
        # The description is a cut from texts
        if attributes.get("name") != "description"
    ]


def _without_texts(value: str) -> str:
    for text in (HOSTILE, CALM, ADDRESS, CALM_ADDRESS):
        value = value.replace(text, "…")
    # The place of a heading is made from letters, digits and hyphens of the account's name
    return re.sub(rf"^(#?){NAME:04d}-[a-z0-9-]+$", r"\1name", value)


def test_hostile_text_is_shown_as_it_was_written(sites: Sites) -> None:
    everywhere = set(numbers_in(everything_playbook()))
    for name in (f"{ACCOUNT}.html", f"{ACCOUNT}/numbers.html", f"{ACCOUNT}/source.html"):
        calm, hostile = (Read(site[f"accounts/{name}"]).all_text() for site in sites)
        # The source shows the file's own spelling: a quote within quotes stands twice
        hostile = hostile.replace(HOSTILE.replace("'", "''"), HOSTILE)
        shown = numbers_before(CALM, calm) & everywhere
        assert len(shown) > len(everywhere) / 5
        # The summary is safe Markdown, which reads entities and backslashes
        assert shown - numbers_before(HOSTILE, hostile) <= {SUMMARY}
        # Also where a name is cut after its first words
        begun = numbers_before("calm ", calm) & everywhere
        assert begun == numbers_before("<script>alert(1)</script>", hostile) & everywhere
        if name.endswith("source.html"):
            assert shown == everywhere


def numbers_before(text: str, shown: str) -> set[int]:
    """The numbers of the texts that are shown."""
    return {int(number) for number in re.findall(rf"(\d{{4}}) {re.escape(text)}", shown)}


def numbers_in(data: Any) -> Iterator[int]:
    """The numbers of all texts of a playbook."""
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from numbers_in(value)
    elif isinstance(data, str) and (match := _WALKED.fullmatch(data)) and match[1]:
        yield int(match[1])


def test_hostile_text_is_text_in_search_and_data_too(sites: Sites) -> None:
    # What the search shows is set as text: it is known here as it was written
    assert any(page["name"].endswith(HOSTILE) for page in search_pages(sites.hostile))
    shown = [
        text for page in search_pages(sites.hostile) for _, *part in page["parts"] for text in part
    ]
    assert any(HOSTILE in text for text in shown)
    data = json.loads(sites.hostile["accounts/accounts.json"])
    assert directory_script(sites.hostile) == data
    (account,) = (account for account in data["accounts"] if account["id"] == ACCOUNT)
    assert account["name"].endswith(f" {HOSTILE}")
