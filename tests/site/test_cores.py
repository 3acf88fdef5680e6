"""Work spread over cores: the same as on one, in the same order."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from generator.assess import assess
from generator.pages import render
from generator.read import Workspace
from generator.site.cores import WORTH_SHARING, over_cores
from tests.pages.sites import FILES
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)
PARENT = os.getpid()


def numbers(share: slice) -> list[tuple[int, bool]]:
    return [(number, os.getpid() == PARENT) for number in range(share.start, share.stop)]


@pytest.mark.parametrize("count", [0, 1, WORTH_SHARING, WORTH_SHARING + 1, 997])
def test_all_is_done_once_and_in_order(count: int) -> None:
    assert [number for number, _ in over_cores(numbers, count)] == list(range(count))


def test_few_are_done_at_home() -> None:
    assert all(at_home for _, at_home in over_cores(numbers, WORTH_SHARING - 1))


def test_a_fault_in_a_share_is_a_fault_of_the_whole() -> None:
    def broken(share: slice) -> list[int]:
        if share.stop > WORTH_SHARING:
            raise ValueError("broken")
        return []

    with pytest.raises(ValueError, match="broken"):
        over_cores(broken, 2 * WORTH_SHARING)


def test_a_site_is_the_same_however_it_was_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.cores.WORTH_SHARING", 2)
    portfolio = assess(Workspace.at(make_workspace(tmp_path, FILES)), TODAY)
    assert len(portfolio.accounts) > 2
    alone = render(portfolio, allow_incomplete=True)
    shared = render(portfolio, allow_incomplete=True, spread=over_cores)
    assert shared == alone
