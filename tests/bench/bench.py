"""Measures the program side by side with what it is compared to, and writes the README's table.

Whole processes, cold, one after another in turns, so that both sides of a ratio meet the same
machine; the median of the rounds counts. Run by `make bench`.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from playwright.sync_api import sync_playwright  # noqa: E402

from generator.assess import computed  # noqa: E402
from generator.figures.ranges import certainties  # noqa: E402
from generator.pages.search_index import INDEX  # noqa: E402
from generator.read import Workspace  # noqa: E402
from generator.site import pdf  # noqa: E402
from generator.site.files import read_framed  # noqa: E402
from generator.site.frame import FRAMES  # noqa: E402
from tests.bench.generated import TODAY, write_portfolio  # noqa: E402

COUNTS = (300, 1000)
ROUNDS = 3
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
BARE = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    with path.open("rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds and bytes of one size of portfolio."""

    count: int
    bare: float
    check: float
    schema: float
    build: float
    builder: float
    inline: float
    site: int
    index: int

    @property
    def own(self) -> float:
        """Our own part of a build: all but the site builder's process."""
        return self.build - self.builder


def main() -> None:
    """Measure all sizes and put the table into the README."""
    measured = []
    for count in COUNTS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            measured.append(_measure(Path(folder), count))
    table = _table(measured)
    readme = REPOSITORY / "README.md"
    text = readme.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"README.md has no markers {BEGIN} and {END}")
    readme.write_text(pattern.sub(lambda _: f"{BEGIN}\n{table}{END}", text), encoding="utf-8")
    print(table)
    print(_against_what_is_asked(measured), file=sys.stderr)


def _measure(root: Path, count: int) -> Measured:
    print(f"{count} playbooks", file=sys.stderr)
    write_portfolio(root, count)
    playbooks = root / "playbooks"
    files = sorted(playbooks.rglob("*.yaml"))
    today = ["--root", str(root), "--today", TODAY.isoformat()]
    command = [sys.executable, "-m", "generator"]
    schema = REPOSITORY / "site_config" / "playbook.schema.json"
    check_jsonschema = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
    bare, check = _in_turn(
        [
            [sys.executable, "-c", BARE, str(playbooks)],
            [*command, "check", *today, "--output-format", "concise", "-q"],
        ],
        ROUNDS,
    )
    against_schema = _seconds([*check_jsonschema, *map(str, files)])
    build = _seconds(
        [*command, "build", *today, "--allow-incomplete", "-q"], before=lambda: _clean(root)
    )
    inline, builder = _by_hand(root)
    site = (root / "site").resolve()
    ranges, figures = _figures(root)
    print(
        f"ranges take {ranges:.1f} ms of CPU an account, {ranges / figures:.2f} of what the figures"
        " take; asked: 8 ms",
        file=sys.stderr,
    )
    slowest = _slowest_answer(site)
    print(f"the directory answers within {slowest:.0f} ms; asked: 100 ms", file=sys.stderr)
    return Measured(
        count=count,
        bare=bare,
        check=check,
        schema=against_schema,
        build=build,
        builder=builder,
        inline=inline,
        site=sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
        index=(site / INDEX).stat().st_size,
    )


def _figures(root: Path) -> tuple[float, float]:
    """Milliseconds of CPU an account for all ranges, and for all figures; in turns.

    Without the search for garbage, which no command makes either.
    """
    gc.disable()
    accounts = computed(Workspace.at(root), TODAY).accounts
    cases = [account.case for account in accounts if account.case is not None]
    ranges = figures = 0.0
    for case in cases:
        start = time.process_time()
        for key in case.figures:
            case.figures[key]
        middle = time.process_time()
        certainties(case)
        figures += middle - start
        ranges += time.process_time() - middle
    gc.enable()
    return 1000 * ranges / len(cases), 1000 * figures / len(cases)


def _by_hand(root: Path) -> tuple[float, float]:
    """Plain MkDocs over the same pages: with their bodies inline, and over our skeletons."""
    docs, fragments = root / "build" / "docs", root / "build" / "fragments"
    inline = root / "inline"
    shutil.copytree(docs, inline, ignore=shutil.ignore_patterns(FRAMES.rstrip("/")))
    for framed in read_framed(root / "build"):
        page = inline / framed.path.replace(".html", ".md")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {framed.title}\n\n{_one_block(framed.html)}\n", encoding="utf-8")
    for stored in sorted(fragments.rglob("*.md.json")):
        page = inline / stored.relative_to(fragments).with_suffix("")
        bodies = json.loads(stored.read_text(encoding="utf-8"))
        text = page.read_text(encoding="utf-8")
        for name, body in bodies.items():
            text = text.replace(f'<div data-fragment="{name}"></div>', _one_block(body))
        page.write_text(text, encoding="utf-8")
    seconds = []
    for folder in (inline, docs):
        config = root / f"{folder.name}.yml"
        config.write_text(
            f"INHERIT: {REPOSITORY / 'mkdocs.yml'}\ndocs_dir: {folder}\n"
            f"site_dir: {root / folder.name}-site\nhooks: []\n",
            encoding="utf-8",
        )
        seconds.append(_seconds([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]))
    return seconds[0], seconds[1]


def _one_block(body: str) -> str:
    """A fragment as one block of raw HTML that Markdown leaves alone."""
    return "<div>" + re.sub(r"\n\s*\n", "\n", body) + "</div>"


SLOWEST = """() => {
  const box = document.querySelector("[data-query]");
  const answer = (text) => {
    const start = performance.now();
    box.value = text;
    box.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - start;
  };
  const texts = ["h", "ha", "har", "harb", "a", "", "e", "1", "12", "华", "z", ""];
  const rounds = [0, 1, 2].map(() => texts.map(answer));
  return Math.max(...texts.map((_, n) => Math.min(...rounds.map((round) => round[n]))));
}"""


def _slowest_answer(site: Path) -> float:
    """Milliseconds until the directory shows what fits a text; the best of three, the worst text."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=pdf.browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto((site / "accounts" / "index.html").as_uri())
        page.locator("tbody tr").first.wait_for()
        milliseconds = float(page.evaluate(SLOWEST))
        browser.close()
    return milliseconds


def _clean(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)
    (root / "site").unlink(missing_ok=True)


def _in_turn(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """The median seconds of each command, run in turns."""
    runs: list[list[float]] = [[] for _ in commands]
    for _ in range(rounds):
        for times, command in zip(runs, commands, strict=True):
            times.append(_seconds(command))
    return [statistics.median(times) for times in runs]


def _seconds(command: Sequence[str], before: Callable[[], None] | None = None) -> float:
    """Wall seconds of a whole process; one that could not run ends the measurement."""
    if before:
        before()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)[:200]}\n{done.stderr[-2000:]}")
    return seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure: how it is told, and what was asked of it, for those who work on the program."""

    title: str
    value: Callable[[Measured], str]
    asked: str = ""


ROWS = (
    Row(title="`check`, all plans", value=lambda m: f"{m.check:.1f} s"),
    Row(
        title="`check`, in times of what bare YAML loading takes",
        value=lambda m: f"{m.check / m.bare:.2f}",
        asked="at most 3",
    ),
    Row(
        title="`check`, so many times faster than check-jsonschema",
        value=lambda m: f"{m.schema / m.check:.1f}",
        asked="at least 5",
    ),
    Row(title="`build`, the whole site from nothing", value=lambda m: f"{m.build:.0f} s"),
    Row(
        title="`build`, in times of what plain `mkdocs build` takes for the same pages",
        value=lambda m: f"{m.build / m.inline:.2f}",
        asked="at most 0.4",
    ),
    Row(
        title="`build`, its own part, in times of bare YAML loading",
        value=lambda m: f"{m.own / m.bare:.1f}",
        asked="at most 12",
    ),
    Row(
        title="the site",
        value=lambda m: f"{m.site / 1e6:.0f} MB",
        asked="1,000 under 65 MB",
    ),
    Row(
        title="search index",
        value=lambda m: f"{m.index / 1e6:.2f} MB",
        asked="1,000 under 1 MB",
    ),
)
GROWTH = "at most 3.8"
"""What is asked of the seconds of the larger portfolio over those of the smaller."""


def _table(measured: Sequence[Measured]) -> str:
    """What is reached, as readers of the README see it."""
    head = " | ".join(f"{m.count:,} accounts" for m in measured)
    lines = [f"| | {head} |", "|---|" + "---:|" * len(measured)]
    lines += [f"| {row.title} | {' | '.join(row.value(m) for m in measured)} |" for row in ROWS]
    return "\n".join(lines) + "\n"


def _against_what_is_asked(measured: Sequence[Measured]) -> str:
    """The same beside what is asked, and how seconds grow with the portfolio."""
    small, large = measured[0], measured[-1]
    rows = [
        f"{row.title}: {', '.join(row.value(m) for m in measured)}; asked: {row.asked}"
        for row in ROWS
        if row.asked
    ]
    for name, growth in (
        ("check", large.check / small.check),
        ("build", large.build / small.build),
    ):
        rows.append(f"{name}: {large.count:,} over {small.count:,}: {growth:.2f}; asked: {GROWTH}")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
