"""What every test shares: one environment for all, repeatable examples, and `--rewrite`."""

from __future__ import annotations

import datetime
import difflib
import fcntl
import gc
import os
import pickle
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import expect as browser_shows

from generator.assess import assess
from generator.figures import Portfolio
from generator.pages import SiteTree, render
from generator.read import Workspace
from generator.site import pdf
from tests import program

REPOSITORY = Path(__file__).resolve().parent.parent
PRACTICE_DATA = "MAVEN_CRM"
EXAMPLE_TODAY = datetime.date(2026, 11, 23)
HANGS = 300.0
"""Seconds after which what a browser waits for will not come: no measure of speed."""

T = TypeVar("T")


class Sample(Protocol):
    """So many of these things, or with --full all."""

    def __call__(self, things: Sequence[T], few: int) -> Sequence[T]: ...


# The same examples in every run, and no failure because a machine was busy
hypothesis.settings.register_profile("full", derandomize=True, deadline=None)
hypothesis.settings.register_profile(
    "repeatable", hypothesis.settings.get_profile("full"), max_examples=25
)

# What a shell or a CI service sets and the program, or git below it, heeds
_HEEDED = (
    "CI",
    "COLUMNS",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "NO_COLOR",
    "SOURCE_DATE_EPOCH",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write the files that golden tests compare with, instead of comparing",
    )
    parser.addoption("--full", action="store_true", help="proofs at full numbers, see `make proof`")
    parser.addoption("--proof-seed", type=int, default=1, help="what the proofs' dice begin with")


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried on some examples, with --full on as many as is usual."""
    hypothesis.settings.load_profile("full" if config.getoption("--full") else "repeatable")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another run is for.

    Of the cases of a test marked `sampled` some run, the same ones each time; with --full all. One
    of each kind is among them: a kind is what a case has for the arguments named in `kinds`. Tests
    marked `full` run with --full alone, those marked `practice_data` where that is to be had.
    """
    left_out: set[pytest.Item] = set()
    if PRACTICE_DATA not in os.environ:
        left_out = {item for item in items if item.get_closest_marker("practice_data")}
    if not config.getoption("--full"):
        left_out |= {item for item in items if item.get_closest_marker("full")}
        cases: dict[str, list[pytest.Item]] = {}
        for item in items:
            if item.get_closest_marker("sampled") and hasattr(item, "callspec"):
                cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
        chosen = {item for test, of in cases.items() for item in _sample(test, of)}
        left_out |= {item for of in cases.values() for item in of} - chosen
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))
    # what takes long begins first, so that no worker is left alone with it at the end
    long = {item.path for item in items if _takes_long(item)}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never in what is there now: it is a sixth of the tests' time.

    The program itself looks for none.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def _takes_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("browser", "slow"))


def _sample(test: str, cases: Sequence[Any]) -> set[pytest.Item]:
    marker = cases[0].get_closest_marker("sampled")
    assert marker is not None
    shuffled = random.Random(test).sample(cases, len(cases))
    firsts: dict[tuple[str, ...], pytest.Item] = {}
    for case in shuffled:
        kind = tuple(repr(case.callspec.params[name]) for name in marker.kwargs.get("kinds", ()))
        firsts.setdefault(kind, case)
    rest = [case for case in shuffled if case not in firsts.values()]
    return {*firsts.values(), *rest[: max(0, marker.args[0] - len(firsts))]}


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Sample:
    """Some of many things, the same ones each time; with --full all of them.

    For a test that goes through them in a loop; it is marked `sampled` too.
    """
    is_full = request.config.getoption("--full")
    test = request.node.nodeid

    def some(things: Sequence[T], few: int) -> Sequence[T]:
        if is_full or few >= len(things):
            return things
        chosen = random.Random(test).sample(range(len(things)), few)
        return [things[index] for index in sorted(chosen)]

    return some


class MadeOnce(Protocol):
    """The folder of a name, made by the first who asks for it."""

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path: ...


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A folder that takes long to make is made once, for every worker of the run; not to be changed."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, stamp = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not stamp.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                stamp.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def example_portfolio() -> Portfolio:
    """The example portfolio of this repository with all its figures, once for each worker."""
    return assess(Workspace.at(REPOSITORY), EXAMPLE_TODAY)


@pytest.fixture(scope="session")
def example_site(made_once: MadeOnce, request: pytest.FixtureRequest) -> SiteTree:
    """The English pages of the example portfolio, once for all workers."""

    def make(folder: Path) -> None:
        portfolio = request.getfixturevalue("example_portfolio")
        (folder / "tree").write_bytes(pickle.dumps(render(portfolio)))

    tree: SiteTree = pickle.loads((made_once("example-pages", make) / "tree").read_bytes())
    return tree


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that is installed; one for all tests of a process, which can hold no second."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=pdf.browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        browser.new_context = _patient(browser.new_context)  # type: ignore[method-assign]
        browser.new_page = _patient(browser.new_page)  # type: ignore[method-assign]
        browser_shows.set_options(timeout=1000 * HANGS)
        yield browser
        browser.close()


def _patient(new: Callable[..., Any]) -> Callable[..., Any]:
    """Contexts and pages that wait as long as a busy machine may need."""

    def patient(**options: Any) -> Any:
        made = new(**options)
        made.set_default_timeout(1000 * HANGS)
        return made

    return patient


@pytest.fixture(autouse=True)
def same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what differs between a desk, a git hook and a CI service."""
    for name in os.environ:
        if name in _HEEDED or name.startswith("GIT_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def program_ends() -> Iterator[None]:
    """What runs the program for tests ends with them."""
    yield
    program.end_server()


@pytest.fixture(scope="session")
def practice_data() -> Path:
    """The folder with a CRM's published export for practice; its test is marked `practice_data`."""
    return Path(os.environ[PRACTICE_DATA])


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this repository."""
    return REPOSITORY


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compare a text with a file under version control, or with `--rewrite` write it there."""

    def compare(text: str, file: Path) -> None:
        if request.config.getoption("--rewrite"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
            return
        kept = file.read_bytes().decode() if file.is_file() else ""
        if text != kept:
            lines = difflib.unified_diff(
                kept.splitlines(), text.splitlines(), str(file), "now", lineterm=""
            )
            pytest.fail("\n".join((*lines, "review, then: make golden")), pytrace=False)

    return compare
