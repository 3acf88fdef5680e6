"""Today from the command line or the environment: a day that playbooks can reach, or one line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from generator.cli import playbook
from generator.cli.options import today
from generator.errors import WorkspaceError
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
        today(epoch)
    assert str(error.value) == message


def test_an_epoch_is_a_day_in_utc() -> None:
    assert today("1795391999").isoformat() == "2026-11-22"
    assert today("1795392000").isoformat() == "2026-11-23"
