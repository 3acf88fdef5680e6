"""The workspace on disk: which files are playbooks, and what is said of those that are not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.errors import WorkspaceError
from generator.read import Workspace, read_playbooks
from generator.read.files import _files_below, plain_bytes
from tests.workspace import SMALL_PLAYBOOK, make_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
NOBODY = 65534


def said(root: Path) -> list[str]:
    """Every finding of the workspace."""
    return [
        str(problem)
        for document in read_playbooks(Workspace.at(root))
        for problem in document.problems
    ]


def ids(root: Path) -> list[str]:
    return [document.stem for document in read_playbooks(Workspace.at(root))]


# the file's name below playbooks/, the finding without path and place
NAMES = [
    ("Acme.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'Acme.yaml' to 'acme.yaml' [account-id]"),
    ("acme_ltd.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'acme_ltd.yaml' to 'acme-ltd.yaml' [account-id]"),
    ("acme ltd.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'acme ltd.yaml' to 'acme-ltd.yaml' [account-id]"),
    ("acme--ltd.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'acme--ltd.yaml' to 'acme-ltd.yaml' [account-id]"),
    ("-acme.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename '-acme.yaml' to 'acme.yaml' [account-id]"),
    ("acme.v2.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'acme.v2.yaml' to 'acme-v2.yaml' [account-id]"),
    ("公司.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename '公司.yaml' [account-id]"),
    ("аcme.yaml", "the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename 'аcme.yaml' [account-id]"),
    (f"{'a' * 65}.yaml", f"the file's name is the account's id: small letters, digits and single hyphens, at most 64 characters; rename '{'a' * 65}.yaml' [account-id]"),
    ("con.yaml", "Windows keeps this name for a device; rename 'con.yaml' [account-id]"),
    ("aux.yaml", "Windows keeps this name for a device; rename 'aux.yaml' [account-id]"),
    ("nul.yaml", "Windows keeps this name for a device; rename 'nul.yaml' [account-id]"),
    ("com1.yaml", "Windows keeps this name for a device; rename 'com1.yaml' [account-id]"),
    ("index.yaml", "the site keeps this name for its list of accounts; rename 'index.yaml' [account-id]"),
    ("acme.yml", "the name must end in .yaml; rename it to acme.yaml [file-ending]"),
    ("acme.YAML", "the name must end in .yaml; rename it to acme.yaml [file-ending]"),
    ("acme.Yml", "the name must end in .yaml; rename it to acme.yaml [file-ending]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "message"), NAMES, ids=[name for name, _ in NAMES])
def test_a_name_that_is_no_id(tmp_path: Path, name: str, message: str) -> None:
    root = make_workspace(tmp_path, {f"playbooks/emea/{name}": SMALL_PLAYBOOK})
    assert said(root) == [f"playbooks/emea/{name}:1:1: error: {message}"]
    assert [document.data for document in read_playbooks(Workspace.at(root))] == [None]


@pytest.mark.parametrize(
    "name", [f"{'a' * 64}.yaml", "a.yaml", "7.yaml", "a-1-b.yaml", "console.yaml", "com10.yaml"]
)
def test_a_name_that_is_an_id(tmp_path: Path, name: str) -> None:
    assert said(make_workspace(tmp_path, {f"playbooks/{name}": SMALL_PLAYBOOK})) == []


def test_names_that_begin_with_a_dot_or_an_underscore_are_left_out(tmp_path: Path) -> None:
    files = (
        "_draft.yaml",
        ".hidden.yaml",
        "_old/acme.yaml",
        ".git/acme.yaml",
        "x/_y/acme.yaml",
        "notes.txt",
    )
    root = make_workspace(tmp_path, {f"playbooks/{name}": "a: [" for name in files})
    assert read_playbooks(Workspace.at(root)) == ()


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ("b.yaml", "a/z.yaml", "a/b/c.yaml", "a-b/d.yaml", "a.yaml", "c/a/a/e.yaml")
    root = make_workspace(tmp_path, {f"playbooks/{name}": SMALL_PLAYBOOK for name in names})
    paths = [document.path for document in read_playbooks(Workspace.at(root))]
    assert paths == [
        "playbooks/a/b/c.yaml", "playbooks/a/z.yaml", "playbooks/a-b/d.yaml", "playbooks/a.yaml",
        "playbooks/b.yaml", "playbooks/c/a/a/e.yaml",
    ]  # fmt: skip


def test_one_id_in_two_folders(tmp_path: Path) -> None:
    names = ("emea/acme.yaml", "apac/acme.yaml", "acme.yaml")
    root = make_workspace(tmp_path, {f"playbooks/{name}": SMALL_PLAYBOOK for name in names})
    message = (
        "the account id 'acme' is taken by playbooks/acme.yaml; rename one file [duplicate-id]"
    )
    assert said(root) == [
        f"playbooks/apac/acme.yaml:1:1: error: {message}",
        f"playbooks/emea/acme.yaml:1:1: error: {message}",
    ]


def test_a_file_with_the_wrong_ending_takes_no_id(tmp_path: Path) -> None:
    names = ("a/acme.yml", "b/acme.yaml")
    root = make_workspace(tmp_path, {f"playbooks/{name}": SMALL_PLAYBOOK for name in names})
    assert said(root) == [
        "playbooks/a/acme.yml:1:1: error: the name must end in .yaml; rename it to acme.yaml [file-ending]"
    ]


def folder(place: Path) -> None:
    place.mkdir()
    (place / "inside.yaml").write_text(SMALL_PLAYBOOK)


def linked_file(place: Path) -> None:
    target = place.parent.parent / "outside.yaml"
    target.write_text(SMALL_PLAYBOOK)
    place.symlink_to(target)


def unix_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        here = os.open(place.parent, os.O_RDONLY)
        try:
            door.bind(f"/proc/self/fd/{here}/{place.name}")  # a path of its own may be too long
        finally:
            os.close(here)


def large_file(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(3_000_000_000)  # a hole: takes no room, and must not be read


SPECIAL: list[tuple[str, Callable[[Path], None], str]] = [
    ("a folder", folder, "a folder with the name of a playbook; rename it [not-a-file]"),
    ("a link to a file", linked_file, "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ("a link to nowhere", lambda place: place.symlink_to("nowhere"), "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ("a link to itself", lambda place: place.symlink_to(place), "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ("a link to a device", lambda place: place.symlink_to("/dev/zero"), "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ("a link to a folder", lambda place: place.symlink_to("/usr"), "a symbolic link; playbooks are plain files in plain folders [not-a-file]"),
    ("a pipe", os.mkfifo, "not a plain file; delete it [not-a-file]"),
    ("a socket", unix_socket, "not a plain file; delete it [not-a-file]"),
    ("three gigabytes", large_file, "the file has 3,000,000,000 bytes; at most 1,000,000 are read [too-large]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "message"), [pytest.param(*case[1:], id=case[0]) for case in SPECIAL]
)
def test_what_is_no_plain_file(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    root = make_workspace(tmp_path, {"playbooks/good.yaml": SMALL_PLAYBOOK})
    make(root / "playbooks" / "x.yaml")
    assert said(root) == [f"playbooks/x.yaml:1:1: error: {message}"]
    assert ids(root) == ["good", "x"]


def test_a_linked_folder_does_not_vanish_silently(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "here")
    elsewhere = make_workspace(tmp_path / "there", {"playbooks/acme.yaml": SMALL_PLAYBOOK})
    (root / "playbooks/emea").symlink_to(elsewhere / "playbooks")
    (root / "playbooks/notes").symlink_to(elsewhere / "nothing")
    assert said(root) == [
        "playbooks/emea:1:1: error: a symbolic link to a folder; playbooks are plain files in plain folders [not-a-file]"
    ]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    place = os.fsencode(root / "playbooks") + b"/\xff\xe9.yaml"
    try:
        os.close(os.open(place, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (finding,) = said(root)[1:]
    finding.encode()
    assert finding == (
        "playbooks/\ufffd\ufffd.yaml:1:1: error: the file's name is the account's id: small letters,"
        " digits and single hyphens, at most 64 characters; rename '\ufffd\ufffd.yaml' [account-id]"
    )


def as_nobody(root: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may not read everything: as root by dropping the right to."""
    drop = f"import os\nif os.getuid() == 0: os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
    return subprocess.run(
        [sys.executable, "-c", f"{PRELUDE}{drop}{program}"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, text=True, capture_output=True, check=False,
    )  # fmt: skip


# imported before the rights go: the program itself may lie where nobody may read
PRELUDE = """\
from pathlib import Path
from generator.assess import assess
from generator.read import Workspace, read_playbooks
from generator.errors import PlaybookError
"""
LIST = """
try:
    for document in read_playbooks(Workspace.at(Path("."))):
        for one in document.problems: print(one)
except PlaybookError as error:
    print(f"error: {error}")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A workspace that everybody may reach; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder) / "open", {"playbooks/good.yaml": SMALL_PLAYBOOK})
        for place in (root.parent, *root.rglob("*"), root):
            place.chmod(0o755)
        yield root


def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    place = open_folder / "playbooks/x.yaml"
    place.write_text(SMALL_PLAYBOOK)
    place.chmod(0)
    done = as_nobody(open_folder, LIST)
    assert done.stderr == ""
    assert (
        done.stdout
        == "playbooks/x.yaml:1:1: error: cannot be read: Permission denied [unreadable]\n"
    )


def test_a_folder_that_may_not_be_read(open_folder: Path) -> None:
    place = open_folder / "playbooks/emea"
    place.mkdir()
    (place / "acme.yaml").write_text(SMALL_PLAYBOOK)
    place.chmod(0)
    done = as_nobody(open_folder, LIST)
    place.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout == (
        "playbooks/emea:1:1: error: the folder cannot be read; give yourself the right to [unreadable]\n"
    )


def test_a_workspace_that_may_not_be_read(open_folder: Path) -> None:
    open_folder.parent.chmod(0)
    done = as_nobody(Path("/"), LIST.replace('Path(".")', f"Path({str(open_folder)!r})"))
    open_folder.parent.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout == f"error: cannot read the folder {open_folder}: Permission denied\n"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _: None, "there is no folder playbooks; make it, or name the workspace with --root"),
        (lambda root: (root / "playbooks").touch(), "there is no folder playbooks; make it, or name the workspace with --root"),
        (lambda root: (root / "playbooks").symlink_to("/usr"), "playbooks is a symbolic link; make it a plain folder"),
    ],
    ids=["none", "a file", "a link"],
)  # fmt: skip
def test_no_folder_of_playbooks(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    make(tmp_path)
    with pytest.raises(WorkspaceError) as error:
        read_playbooks(Workspace.at(tmp_path))
    assert str(error.value) == message


def test_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        Workspace.at(tmp_path / "nowhere")
    assert str(error.value) == f"there is no folder {tmp_path / 'nowhere'}"


def test_paths_are_shown_from_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = make_workspace(tmp_path / "sales/plans", {"playbooks/x.yaml": ""})
    assert said(root) == ["sales/plans/playbooks/x.yaml:1:1: error: the file is empty [empty-file]"]


def test_a_workspace_without_settings_of_its_own_has_none(tmp_path: Path) -> None:
    assert Workspace.at(tmp_path).settings_names() == ()


def test_settings_that_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site_config").touch()
    with pytest.raises(WorkspaceError) as caught:
        Workspace.at(tmp_path).settings_names()
    assert str(caught.value) == "cannot read the folder site_config: Not a directory"


def test_playbooks_that_stop_being_a_folder(tmp_path: Path) -> None:
    """Between the look at it and the reading of it."""
    (tmp_path / "playbooks").touch()
    with pytest.raises(WorkspaceError) as caught:
        _files_below(tmp_path / "playbooks")
    assert str(caught.value) == f"cannot read the folder {tmp_path}/playbooks: Not a directory"


def test_every_file_that_people_write(tmp_path: Path) -> None:
    root = make_workspace(
        tmp_path,
        {
            "playbooks/emea/.hidden.yaml": "x",
            "playbooks/_draft.yaml": "x",
            "playbooks/notes.md": "x",
            "site_config/mappings/own.yaml": "x",
            "templates/account.md.j2": "x",
            "README.md": "x",
            "gaps.yaml": "x",
            "other.yaml": "x",
        },
    )
    (root / "playbooks" / "link.yaml").symlink_to(root / "other.yaml")
    (root / "mkdocs.yml").mkdir()
    files = Workspace.at(root).every_file(root / "gaps.yaml", root / "nobody.yaml")
    assert [file.relative_to(root).as_posix() for file in files] == [
        "README.md",
        "gaps.yaml",
        "playbooks/_draft.yaml",
        "playbooks/emea/.hidden.yaml",
        "playbooks/notes.md",
        "site_config/catalogue.yaml",
        "site_config/currencies.yaml",
        "site_config/mappings/own.yaml",
        "site_config/team.yaml",
        "templates/account.md.j2",
    ]


def test_a_file_that_is_no_playbook_says_why_it_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "zh.po").write_bytes(b"words")
    (tmp_path / "folder.po").mkdir()
    assert plain_bytes(tmp_path / "zh.po", "site_config/zh.po") == b"words"
    for name, message in (
        ("folder.po", "folder.po: a folder with the name of a playbook; rename it"),
        ("none.po", "none.po cannot be read: No such file or directory"),
    ):
        with pytest.raises(WorkspaceError) as caught:
            plain_bytes(tmp_path / name, name)
        assert str(caught.value) == message
