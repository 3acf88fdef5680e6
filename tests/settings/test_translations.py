"""A workspace's own translations go before ours, and a file that cannot be read is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import WorkspaceError
from generator.language import ENGLISH, say, speaking
from generator.read import Workspace
from generator.settings import in_language, language_of, load_settings

OWN = (
    'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\nmsgid "Ours"\nmsgstr "自家"\n'
)


def workspace(root: Path, po: bytes | None = None) -> Workspace:
    (root / "site_config").mkdir()
    if po is not None:
        (root / "site_config" / "zh.po").write_bytes(po)
    return Workspace.at(root)


def test_english_needs_no_file(tmp_path: Path) -> None:
    assert language_of(workspace(tmp_path, b"nonsense"), "en") is ENGLISH


def test_a_file_of_the_workspace_goes_before_ours(tmp_path: Path) -> None:
    with speaking(language_of(workspace(tmp_path, OWN.encode()), "zh")):
        assert say("Ours") == "自家"
        assert say("Risk") == "风险"  # what it leaves out is said as we say it


def test_without_one_ours_is_taken(tmp_path: Path) -> None:
    language = language_of(workspace(tmp_path), "zh")
    assert language.code == "zh"
    with speaking(language):
        assert say("Ours") == "我方"


@pytest.mark.parametrize(
    ("po", "message"),
    [
        (OWN.encode() + b"nonsense\n", "site_config/zh.po: line 7: "),
        (b"\xff\xfe", "site_config/zh.po: "),
    ],
    ids=["a line of nothing", "not UTF-8"],
)
def test_a_broken_file_is_told_with_its_place(tmp_path: Path, po: bytes, message: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        language_of(workspace(tmp_path, po), "zh")
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("is_there", [True, False], ids=["to a file", "to nothing"])
def test_a_link_is_not_followed(tmp_path: Path, is_there: bool) -> None:
    place = workspace(tmp_path)
    elsewhere = tmp_path / "elsewhere.po"
    if is_there:
        elsewhere.write_text(OWN, encoding="utf-8")
    (place.site_config / "zh.po").symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match=r"^site_config/zh\.po\b.*link"):
        language_of(place, "zh")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    os.mkfifo(place.site_config / "zh.po")
    with pytest.raises(WorkspaceError, match=r"^site_config/zh\.po\b"):
        language_of(place, "zh")


def test_labels_are_in_the_language(tmp_path: Path) -> None:
    settings = load_settings(workspace(tmp_path))
    assert settings.label("statuses", "customer") != in_language(settings, "zh").label(
        "statuses", "customer"
    )
    assert in_language(settings, settings.site.language) is settings
