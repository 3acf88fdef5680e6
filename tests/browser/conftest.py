"""A built site, a server for it, and a Chromium whose pages tell what they load and complain of."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from generator.assess import assess
from generator.pages import render
from generator.read import Workspace
from generator.site import publish_site
from tests.bench.generated import write_portfolio
from tests.pages.sites import FILES, TODAY
from tests.workspace import make_workspace

GENERATED = 40


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
        pass


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A page, what it asked for, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self, home: str) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site: written-out accounts with their oddities, and generated ones."""
    root = make_workspace(tmp_path_factory.mktemp("workspace"), FILES)
    write_portfolio(root, GENERATED)
    portfolio = assess(Workspace.at(root), TODAY)
    tree = render(portfolio, allow_incomplete=True)
    publish_site(tree, root=root, builder="mkdocs", today=TODAY)
    return (root / "site").resolve()


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


@pytest.fixture
def context(wide: BrowserContext) -> Iterator[BrowserContext]:
    """The profile as if it were fresh: no page is open, and nothing is kept from one before."""
    yield wide
    for page in wide.pages:
        if page.url.startswith("http"):
            page.evaluate("() => localStorage.clear()")
        page.close()
    wide.clear_cookies()


@pytest.fixture
def watched(context: BrowserContext) -> Watched:
    """A page that is watched from its first request on."""
    return watch(context.new_page())


def watch(page: Page) -> Watched:
    """Keep what a page asks for and complains of."""
    watched = Watched(page=page)
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on(
        "console",
        lambda message: (
            watched.complaints.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))
    return watched
