"""A firm's colours can be read on both schemes, and what stands on them too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pages.brand import MARK, READABLE, brand_css, brand_of, contrast
from generator.read import Workspace
from generator.settings import load_settings
from generator.site.overlay import our_configuration
from tests.conftest import REPOSITORY
from tests.workspace import make_workspace

WHITE, DARK = (255, 255, 255), (30, 33, 41)


def css(folder: Path, colors: str) -> str:
    files = {"site_config/site.yaml": colors}
    return brand_css(load_settings(Workspace.at(make_workspace(folder, files))))


def values(text: str, name: str) -> list[tuple[int, int, int]]:
    found = re.findall(rf"{name}: #(..)(..)(..)[; ]", text)
    return [(int(red, 16), int(green, 16), int(blue, 16)) for red, green, blue in found]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("bar", ["--ap-v", "--ap-k", "--ap-a", "--ap-b"])
def test_what_is_written_on_bars_can_be_read(bar: str) -> None:
    text = (REPOSITORY / "templates/assets/playbooks.css").read_text("utf-8")
    text = text.replace("#fff;", "#ffffff;")
    pairs = list(zip(values(text, "--ap-on-ab"), values(text, bar), strict=True))
    assert len(pairs) == 3  # on light, on dark, on paper
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in pairs)


def test_without_colours_ours_stand(tmp_path: Path) -> None:
    assert css(tmp_path, "") == ""


@pytest.mark.parametrize("colour", ["#ffd400", "#005f73", "#fff", "#000", "#e60000", "#7fff00"])
def test_any_colour_can_be_read(tmp_path: Path, colour: str) -> None:
    made = css(tmp_path, f"colors: {{primary: '{colour}', accent: '{colour}'}}\n")
    (bar, *_), (text, *_) = (
        values(made, "--md-primary-fg-color"),
        values(made, "--md-primary-bg-color"),
    )
    assert contrast(bar, text) >= READABLE
    for name in ("--md-typeset-a-color", "--md-accent-fg-color"):
        light, dark = values(made, name)
        assert contrast(light, WHITE) >= READABLE
        assert contrast(dark, DARK) >= READABLE


@pytest.mark.parametrize(
    ("site", "path"), [("", MARK), ("favicon: brand/tab.png\n", "assets/brand/favicon.png")]
)
def test_the_tab_shows_the_firms_picture_or_our_mark(tmp_path: Path, site: str, path: str) -> None:
    files = {"site_config/site.yaml": site}
    favicon = brand_of(load_settings(Workspace.at(make_workspace(tmp_path, files)))).favicon
    assert (favicon.path if favicon else MARK) == path


def test_the_frame_shows_our_mark() -> None:
    theme = our_configuration()["theme"]
    assert (theme["logo"], theme["favicon"]) == (MARK, MARK)
