"""Pull requests that make a complete plan of tier A incomplete: each is rejected at its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.history import git
from tests.program import run

REPOSITORY = Path(__file__).parents[3]
PLAN = "playbooks/americas/prairie-foods.yaml"
BESIDE = "playbooks/americas/cascade-pharma.yaml"
"""The plan speaks of this account."""


class Way(NamedTuple):
    """What a pull request takes away, where that is seen, and by which rule."""

    name: str
    old: str
    new: str
    at: str
    """The line of the file that the finding points at begins so."""
    rule: str


DECIDER, CHAMPION = "roles: [decider, sponsor]", "roles: [champion, user]"
LEFT = "      left_on: 2026-11-01\n"
WAYS = (
    Way("no sponsor", "  executive_sponsor: .*\n", "", "account:", "executive-sponsor"),
    Way("no decider", re.escape(DECIDER), "roles: [sponsor]", "  contacts:", "decider"),
    Way("decider left", "      need: .*\n", LEFT, "  contacts:", "decider"),
    Way("no champion", re.escape(CHAMPION), "roles: [user]", "  contacts:", "champion"),
    Way("champion left", "      rhythm_days: 21\n", LEFT, "  contacts:", "champion"),
    Way("contact unowned", "      owner: david-okafor\n", "", "    - id: grace", "contact-owner"),
    Way("one thread", "two_way: true", "two_way: false", "relationship:", "threads"),
    Way("a value missing", "    quality: {amount: 1.*\n", "", "value:", "values-and-costs"),
    Way("a cost missing", "    effort: {amount: 3.*\n", "", "value:", "values-and-costs"),
    Way("not agreed by them", "agreed_by_customer: [^,}]*", "", "value:", "standard-agreed"),
    Way("not agreed by us", "agreed_by_us: [^,}]*,", "", "value:", "standard-agreed"),
    Way("no metric", "metric: plants, ", "", "objectives:", "objective"),
    Way("no target", r"target: [0-9]+, actual: 1,", "actual: 1,", "objectives:", "objective"),
    Way("no day", "due: 2027-(12-17|05-28), owner", "owner", "objectives:", "objective"),
    Way("weakest part idle", "part: [RSVK][1-4], ", "", "actions:", "weakest-part"),
    Way("level unserved", "level: related", "level: handler", "  objects:", "service-levels"),
    Way("stage unserved", "stage: after_sale", "stage: sale", "  objects:", "service-stages"),
    Way("no end", "end: 2027-06-30, ", "", "  contract:", "contract-days"),
    Way("no notice day", "notice_by: 2027-03-31, ", "", "  contract:", "contract-days"),
    Way(
        "renewal idle", "notice_by: 2027-03-31", "notice_by: 2027-01-31", "actions:", "renewal-plan"
    ),
)
COMPLETE = (REPOSITORY / PLAN).read_text(encoding="utf-8")
# The same plan of somebody we do not sell to yet, and who is worth little: none of the rules applies
SMALL = (
    COMPLETE.replace("status: customer\n", "status: prospect\n", 1)
    .replace("planned_tier: A", "planned_tier: C")
    .replace("attainable_share: {value: 0.42", "attainable_share: {value: 0.05")
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose main branch is clean, with the small plan on a branch of its own."""
    folder = tmp_path_factory.mktemp("twenty")
    shutil.copytree(REPOSITORY / "site_config", folder / "site_config")
    (folder / PLAN).parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / BESIDE, folder / BESIDE)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    put(folder, "main", COMPLETE)
    git(folder, "switch", "--quiet", "--create", "small")
    put(folder, "small", SMALL)
    return folder


def put(folder: Path, message: str, text: str) -> None:
    """Commit the plan as it is given."""
    (folder / PLAN).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def check(folder: Path, since: str) -> tuple[int, list[str]]:
    """The exit code and the errors that a pull request's check prints."""
    words = ("check", "--changed-since", since, "--output-format", "concise")
    done = run(folder, "--today", "2026-11-23", *words)
    assert "Traceback" not in done.stderr
    return done.returncode, [line for line in done.stdout.splitlines() if ": error: " in line]


def test_there_are_twenty() -> None:
    assert len({way.name for way in WAYS}) == 20


@pytest.mark.parametrize("base", ["main", "small"])
def test_clean_before(root: Path, base: str) -> None:
    git(root, "switch", "--quiet", base)
    assert check(root, f"{base}~0") == (0, [])


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_a_complete_plan_made_incomplete_is_rejected(root: Path, way: Way) -> None:
    changed, times = re.subn(way.old, way.new, COMPLETE)
    assert times
    git(root, "switch", "--quiet", "--force-create", "change", "main")
    put(root, way.name, changed)
    code, errors = check(root, "main")
    line = next(n for n, text in enumerate(changed.splitlines(), 1) if text.startswith(way.at))
    column = len(way.at) - len(way.at.lstrip(" -")) + 1
    assert code == 1
    assert [error.split(": ")[0] for error in errors] == [f"{PLAN}:{line}:{column}"]
    assert way.rule in errors[0].rpartition(" [")[2].removesuffix("]").split(", ")


@pytest.mark.sampled(6)
@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_the_same_passes_where_the_rule_does_not_apply(root: Path, way: Way) -> None:
    changed, times = re.subn(way.old, way.new, SMALL)
    assert times
    git(root, "switch", "--quiet", "--force-create", "change", "small")
    put(root, way.name, changed)
    assert check(root, "small") == (0, [])
