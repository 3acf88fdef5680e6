"""A built site, a server for it, and a Chromium whose pages tell what they load and complain of."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from generator.assess import assess
from generator.pages import render
from generator.read import Workspace
from generator.site import publish_site
from tests.bench.generated import write_portfolio
from tests.conftest import REPOSITORY, MadeOnce
from tests.pages.sites import FILES, TODAY
from tests.program import run
from tests.workspace import FULL_TEXT, make_workspace

GENERATED = 18


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
        pass


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A page, what it asked for, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @cached_property
    def listeners(self) -> dict[str, Callable[[Any], None]]:
        """What keeps each event of the page."""

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        return {
            "request": lambda request: self.requests.append(request.url),
            "console": hear,
            "pageerror": lambda error: self.complaints.append(str(error)),
            "dialog": lambda dialog: self.complaints.append(f"dialog: {dialog.message}"),
        }

    def look_away(self) -> None:
        """Keep nothing more."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def outside(self, home: str) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]


@pytest.fixture(scope="session")
def site(made_once: MadeOnce) -> Path:
    """A published site with all that it may carry: accounts with their oddities, generated ones."""
    return (made_once("written-out-and-generated", publish_both) / "site").resolve()


def publish_both(root: Path) -> None:
    """The site of the written-out accounts and some generated ones."""
    make_workspace(root, {**FILES, **FULL_TEXT})
    write_portfolio(root, GENERATED)
    tree = render(assess(Workspace.at(root), TODAY), allow_incomplete=True)
    publish_site(tree, root=root, builder="mkdocs", today=TODAY)


QUESTIONS: Any = yaml.safe_load((REPOSITORY / "tests/search_questions.yaml").read_text("utf-8"))
"""What people ask the search, and accounts with names of many scripts."""


@pytest.fixture(scope="session")
def both(made_once: MadeOnce) -> Path:
    """The examples and accounts with names of many scripts, published with `--lang both`."""
    return (made_once("examples-in-both-languages", publish_examples) / "site").resolve()


def publish_examples(root: Path) -> None:
    """The examples and the named accounts in both languages."""
    for name in ("playbooks", "site_config"):
        shutil.copytree(REPOSITORY / name, root / name)
    for id, name in QUESTIONS["names"].items():
        account = f"{{name: {name}, status: prospect, owner: kim-larsen, region: emea}}"
        text = f"schema: 1\naccount: {account}\nsummary: Nothing is known yet.\n"
        (root / "playbooks" / f"{id}.yaml").write_text(text, encoding="utf-8")
    done = run(root, "build", "--today", "2026-11-23", "--lang", "both", "--allow-incomplete")
    assert done.returncode == 0, done.stderr


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a site is served meanwhile."""
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    """A profile with a wide window, which knows the theme's scripts once it has read them."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="session")
def first_page(wide: BrowserContext) -> Page:
    """The page that tests use by turns, since each new one costs Chromium another process."""
    return wide.new_page()


@pytest.fixture
def context(wide: BrowserContext, first_page: Page) -> Iterator[BrowserContext]:
    """The profile as if it were fresh: one empty page, and nothing is kept from one before."""
    yield wide
    for page in wide.pages:
        if page.url.startswith("http"):
            page.evaluate("() => localStorage.clear()")
        if page is not first_page:
            page.close()
    first_page.goto("about:blank")
    wide.clear_cookies()


@pytest.fixture
def watched(context: BrowserContext, first_page: Page) -> Iterator[Watched]:
    """A page that is watched from its first request on."""
    watched = watch(first_page)
    yield watched
    watched.look_away()
    first_page.unroute_all()


def watch(page: Page) -> Watched:
    """Keep what a page asks for and complains of."""
    watched = Watched(page=page)
    for event, listener in watched.listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    return watched
