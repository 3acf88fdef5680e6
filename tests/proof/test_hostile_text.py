"""Hostile text in every field: in a browser it is text, and nothing but text.

Each account holds a string in each field; the next account's strings have moved on by one field
(or, in a sample, by all of them). So with as many accounts as strings, each field holds each.
"""

from __future__ import annotations

import contextlib
import functools
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jinja2.runtime
import pytest
import yaml
from playwright.sync_api import Browser

from generator.assess import assess
from generator.errors import BuildError
from generator.pages import engine, render
from generator.pages import page as page_module
from generator.read import Workspace, read_text
from generator.rules.validate.plan import plan_of
from generator.site import publish, publish_site
from tests.everything import TODAY, as_yaml, everything_playbook
from tests.proof.conftest import Proof
from tests.proof.hostile import other_texts, put_at, strings, with_strings
from tests.proof.look import LOOK, as_line, faults_of, look_at, texts_in, trapped
from tests.workspace import TEAM, catalogue_data, make_workspace

STRINGS = strings()
PLAIN, FIELDS = with_strings(lambda _: "x")
# The summary is a little Markdown: its words are shown, not its signs
SUMMARY = int(PLAIN["summary"][2:6])
FEW = 10
# Scripts by their address, and the few lines that the theme writes into pages
OURS = re.compile(
    r"(\.\./|\./|/|)*(assets/javascripts/bundle\.\w+\.min\.js|assets/[a-z]+\.js)$"
    r"|__md_scope=new URL\(|var palette=__md_get\(|\{\"annotate\": null, \"base\": \"|var target=document\.getElementById\(location"
)
PARENT = "schema: 1\naccount: {name: Everything Group, status: former}\nsummary: The parent.\n"


def test_there_are_many_fields_and_strings() -> None:
    assert FIELDS > 100
    assert len(STRINGS.held) > 450
    assert len(STRINGS.refused) >= 20


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
        pass


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def string_at(account: int, place: int, step: int) -> str:
    return STRINGS.held[(place + account * step) % len(STRINGS.held)]


def settings_with(step: int) -> dict[str, str]:
    """The catalogue and the team with strings for labels and names."""
    catalogue, team = catalogue_data(), yaml.safe_load(TEAM)
    entries = [
        entry
        for group in catalogue.values()
        for entry in (group.values() if isinstance(group, dict) else group)
        if isinstance(entry, dict)
    ]
    for number, entry in enumerate(entries):
        entry["label"] = {"en": string_at(number, step, 7)}
    for number, person in enumerate(team["people"].values()):
        person["name"] = string_at(number, step, 11)
    return {
        "site_config/catalogue.yaml": as_yaml(catalogue),
        "site_config/team.yaml": as_yaml(team),
    }


def built(folder: Path, accounts: int, step: int) -> tuple[Path, dict[str, dict[int, str]]]:
    """A site of so many accounts, and by account the string of each field."""
    held: dict[str, dict[int, str]] = {}
    files = {"playbooks/everything-group.yaml": PARENT, **settings_with(step)}
    for number in range(accounts):
        name = f"hostile-{number:04}"
        held[name] = {place: string_at(number, place, step) for place in range(FIELDS)}
        files[f"playbooks/{name}.yaml"] = as_yaml(with_strings(held[name].__getitem__)[0])
    root = make_workspace(folder, files)
    portfolio = assess(Workspace.at(root), TODAY)
    assert len(portfolio.accounts) == accounts + 1
    assert {problem.rule for account in portfolio.accounts for problem in account.findings} & {
        "yaml-syntax",
        "forbidden-character",
        "unknown-key",
        "wrong-value",
    } == set()
    tree = render(portfolio, allow_incomplete=True)
    publish_site(tree, root=root, builder="mkdocs", today=TODAY)
    return root, held


LEADS_ON = '<meta http-equiv="refresh" content="0; url='


def pages_of(site: Path) -> list[str]:
    """All but those of folders, which only lead on."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.html"))
        if LEADS_ON not in path.read_text(encoding="utf-8")
    ]


def strings_on(page: str, held: dict[str, dict[int, str]]) -> dict[int, str] | None:
    """The strings that an account's page may show; None for a page of all accounts."""
    parts = page.removesuffix(".html").split("/")
    return held.get(parts[1]) if parts[0] == "accounts" and len(parts) > 1 else None


# No playbook says anything on them, and settings little
OF_REFERENCE = ("fields/", "guide/", "method/", "settings/")


def pages_tried(site: Path, proof: Proof) -> list[str]:
    """All pages of accounts and over them; of those for reference some, with --full all."""
    pages = pages_of(site)
    reference = [page for page in pages if page.startswith(OF_REFERENCE)]
    assert len(reference) > 70
    tried = proof.dice("pages").sample(reference, proof.count(8, len(reference)))
    return [page for page in pages if page not in reference or page in tried]


def look_around(
    browser: Browser, root: Path, held: dict[str, dict[int, str]], pages: Iterable[str]
) -> dict[str, int]:
    """Open pages of the site; raises AssertionError for what hostile text did."""
    faults: list[str] = []
    seen: dict[str, set[int]] = {name: set() for name in held}
    scripts: list[str] = []
    looked = 0
    every = list(held.values())
    context = browser.new_context()
    page, asked = trapped(context)
    with served(root / "site") as home:
        for name in pages:
            seen_there = look_at(page, home + name, asked, home)
            looked += 1
            faults += [f"{name}: {fault}" for fault in faults_of(seen_there)]
            scripts += [
                f"{name}: {script}" for script in seen_there["scripts"] if not OURS.match(script)
            ]
            own = strings_on(name, held)
            if own is None:
                continue
            if name.endswith("/source.html"):
                # not compared by pytest: its drawing of the difference would take minutes
                is_same = page.evaluate(LINES) == lines_of(root, name.split("/")[1])
                faults += [] if is_same else [f"{name}: the source is not shown as it stands"]
            else:
                whole, torn = texts_in(seen_there["texts"], own, every)
                faults += [f"{name}: {text}" for text in torn]
                seen[name.split("/")[1].removesuffix(".html")] |= whole
    context.close()
    kinds = Counter(fault.split(": ")[1] for fault in faults)
    assert faults == [], f"{dict(kinds)}, such as {faults[:FEW]}"
    assert {script.partition(": ")[2] for script in scripts} == set()
    fewest = min(map(len, seen.values()))
    assert fewest > FIELDS / 4, f"only {fewest} of {FIELDS} fields are seen"
    return {
        "pages": looked,
        "placements seen whole": sum(map(len, seen.values())),
    }


# The lines of a source page without the findings that stand below some of them
LINES = """() => [...document.querySelectorAll("li[id^=L]")].map(
  one => [...one.childNodes].filter(node => node.localName !== "b").map(node => node.data).join("")
    .replace(/\\n$/, ""))"""


def lines_of(root: Path, account: str) -> list[str]:
    """The lines of an account's file."""
    text = (root / "playbooks" / f"{account}.yaml").read_text(encoding="utf-8")
    return text.removesuffix("\n").split("\n")


Built = tuple[Path, dict[str, dict[int, str]]]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    """A site whose accounts hold each string once, with --full in each field."""
    few = -(-len(STRINGS.held) // FIELDS)
    is_full = request.config.getoption("--full")
    accounts, step = (len(STRINGS.held), 1) if is_full else (few, FIELDS)
    return built(tmp_path_factory.mktemp("hostile"), accounts, step)


@pytest.mark.browser
@pytest.mark.slow
def test_hostile_text_is_text_in_a_browser(browser: Browser, hostile: Built, proof: Proof) -> None:
    root, held = hostile
    placed = {(place, text) for each in held.values() for place, text in each.items()}
    assert {text for _, text in placed} == {*STRINGS.held}
    if proof.is_full:
        assert len(placed) == FIELDS * len(STRINGS.held)
    counts = look_around(browser, root, held, pages_tried(root / "site", proof))
    proof.tell(strings=len(STRINGS.held), fields=FIELDS, placements=len(placed), **counts)


# The search has shown what it found for a text
DRAWN = """text => {
  const dialog = document.querySelector("dialog.ap-seek");
  return window.SEARCH_INDEX && dialog.dataset.drawn === text;
}"""


@pytest.mark.browser
@pytest.mark.slow
def test_hostile_text_is_text_in_the_search_box(
    browser: Browser, hostile: Built, proof: Proof
) -> None:
    root, _ = hostile
    tried = proof.dice().sample(STRINGS.held, proof.count(8, 200))
    context = browser.new_context()
    page, asked = trapped(context)
    with served(root / "site") as home:
        look_at(page, f"{home}index.html", asked, home)
        page.locator(".ap-seek-open").click()
        box = page.locator(".ap-seek input")
        for text in ("hostile", "qz0001z", *tried):
            box.fill(as_line(text)[:100])
            wanted = box.input_value().strip()
            page.wait_for_function(DRAWN, arg=wanted)
            seen = page.evaluate(LOOK)
            assert list(faults_of({**seen, "outside": []})) == [], text
    context.close()
    proof.tell(searches=len(tried))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("encoder", ["of the templates", "of the light Markdown"])
def test_without_the_encoder_the_same_look_fails(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: str
) -> None:
    """The proof proves something: with the encoder switched off it finds what text does."""
    if encoder == "of the templates":
        # templates take the encoder with them as they are compiled
        monkeypatch.setattr(engine, "environment", engine.environment.__wrapped__)
        monkeypatch.setattr(jinja2.runtime, "escape", str)
    else:
        monkeypatch.setattr(page_module, "encode", as_line)
    # the look at the built files would stop such a site before any browser
    monkeypatch.setattr(publish, "verify", lambda *_: None)
    if encoder == "of the light Markdown":
        with pytest.raises(BuildError, match="an unrecognized relative link 'x'"):
            built(tmp_path, 1, step=FIELDS)
        return
    root, held = built(tmp_path, 1, step=FIELDS)
    of_accounts = [page for page in pages_of(root / "site") if strings_on(page, held)]
    with pytest.raises(AssertionError) as caught:
        look_around(browser, root, held, of_accounts)
    for kind in ("ran", "handlers", "links", "frames"):
        assert f"'{kind}': " in str(caught.value)


def test_what_the_guard_refuses_is_a_finding(proof: Proof) -> None:
    for text in STRINGS.refused:
        for raw in (f"summary: '{text}'\n", as_yaml({"summary": text})):
            document = read_text(raw.encode(), "playbooks/x.yaml")
            assert document.data is None, text
            assert [problem.rule for problem in document.problems] in (
                ["forbidden-character"],
                ["not-utf-8"],
                ["binary"],
                ["yaml-syntax"],
            ), (text, document.problems)
    proof.tell(refused=len(STRINGS.refused))


def test_a_field_that_takes_no_free_text_refuses_or_shows_it(proof: Proof) -> None:
    """Ids, words of closed lists, addresses and days: a finding for each that does not fit."""
    whole = everything_playbook()
    places = list(other_texts(whole))
    tried = proof.dice().sample(STRINGS.held, proof.count(6, len(STRINGS.held)))
    for text in tried:
        data = everything_playbook()
        for place in places:
            put_at(data, place, text)
        plan = plan_of(read_text(as_yaml(data).encode(), "playbooks/x.yaml"))
        assert len(plan.problems) > len(places) / 3
        assert all("\n" not in problem.message for problem in plan.problems)
    proof.tell(strings=len(tried), fields=len(places))
