"""Today from the command line or the environment: a day that playbooks can reach, or one line."""

from __future__ import annotations

import datetime
from pathlib import Path

import click
import pytest

from generator.cli import playbook
from generator.cli.options import Common, day_of_epoch
from generator.errors import WorkspaceError
from generator.read import Workspace
from generator.settings import time_zone
from tests.everything import everything_workspace


@pytest.mark.parametrize("day", ["1900-01-01", "2026-02-28", "2200-12-31"])
def test_any_day_within_reach(tmp_path: Path, day: str) -> None:
    arguments = [
        "check",
        "--root",
        str(everything_workspace(tmp_path)),
        "--today",
        day,
        "--exit-zero",
    ]
    assert playbook.main(arguments, standalone_mode=False) == 0


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("0001-01-01", "0001-01-01 is not between 1900-01-01 and 2200-12-31"),
        ("9999-12-31", "9999-12-31 is not between 1900-01-01 and 2200-12-31"),
        ("2026-02-30", "'2026-02-30' is no day; write it like 2026-11-30"),
        ("today", "'today' is no day; write it like 2026-11-30"),
    ],
)
def test_a_day_out_of_reach(day: str, message: str) -> None:
    with pytest.raises(click.UsageError) as error:
        playbook.main(["check", "--today", day], standalone_mode=False)
    assert error.value.message == message


@pytest.mark.parametrize(
    ("epoch", "message"),
    [
        ("soon", "SOURCE_DATE_EPOCH is no number of seconds: 'soon'"),
        (
            "99999999999999999999",
            "SOURCE_DATE_EPOCH is no number of seconds: '99999999999999999999'",
        ),
        ("253402300799", "SOURCE_DATE_EPOCH is not between 1900-01-01 and 2200-12-31"),
    ],
)
def test_an_epoch_out_of_reach(epoch: str, message: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        day_of_epoch(epoch)
    assert str(error.value) == message


def test_an_epoch_is_a_day_in_utc() -> None:
    assert str(day_of_epoch("1795391999")) == "2026-11-22"
    assert str(day_of_epoch("1795392000")) == "2026-11-23"


def workspace(folder: Path, site: str) -> Path:
    """A workspace whose own site.yaml has these lines."""
    (folder / "playbooks").mkdir(parents=True)
    (folder / "site_config").mkdir()
    (folder / "site_config/site.yaml").write_text(site, "utf-8")
    return folder


# 18:30 in UTC on 23 November: already the 24th in Shanghai, still the 23rd in Vienna
@pytest.mark.parametrize(
    ("site", "day"),
    [
        ("timezone: Asia/Shanghai\n", "2026-11-24"),
        ("timezone: Europe/Vienna\n", "2026-11-23"),
        ("timezone: Asia/Kolkata\n", "2026-11-24"),  # at 00:00 sharp
        ("timezone: UTC\n", "2026-11-23"),
        ("name: Plans\n", "2026-11-23"),
        ("", "2026-11-23"),
        # what is no zone is a finding of the settings, which are read next
        ("timezone: Mars/Base\n", "2026-11-23"),
        ("timezone: [Asia/Shanghai]\n", "2026-11-23"),
        ("timezone: {\n", "2026-11-23"),
    ],
)
def test_the_day_is_that_of_the_zone(tmp_path: Path, site: str, day: str) -> None:
    zone = time_zone(Workspace.at(workspace(tmp_path / "w", site)))
    now = datetime.datetime(2026, 11, 23, 18, 30, tzinfo=datetime.UTC)
    assert str(now.astimezone(zone).date()) == day


def common(root: Path, day: datetime.date | None = None) -> Common:
    return Common(root=root, day=day, verbose=0, quiet=False)


def test_the_clock_is_read_in_the_zone(tmp_path: Path) -> None:
    """The two are 26 hours apart: whenever it is, they have different days."""
    west = common(workspace(tmp_path / "west", "timezone: Etc/GMT+12\n")).today
    east = common(workspace(tmp_path / "east", "timezone: Pacific/Kiritimati\n")).today
    assert east > west


def test_a_day_that_is_given_is_that_day_in_each_zone(tmp_path: Path) -> None:
    given = datetime.date(2026, 11, 23)
    root = workspace(tmp_path / "w", "timezone: Pacific/Kiritimati\n")
    assert common(root, given).today == given
