"""Revisions read from git's objects: which words are revisions, what a commit holds, what refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.errors import GitError
from generator.read import Document, Repository, Revision, Workspace, read_playbooks
from generator.read.text import OF_PLAYBOOK
from tests.history import History, git
from tests.workspace import SMALL_PLAYBOOK

HOSTILE = [
    ("--output=x", "'--output=x' is no revision: none begins with a hyphen"),
    ("-p", "'-p' is no revision: none begins with a hyphen"),
    ("--", "'--' is no revision: none begins with a hyphen"),
    ("", "'' is no revision; give a branch, a tag or a commit"),
    ("a\nb", "'a\N{REPLACEMENT CHARACTER}b' is no revision; give a branch, a tag or a commit"),
    (
        "a\x1b[2J",
        "'a\N{REPLACEMENT CHARACTER}[2J' is no revision; give a branch, a tag or a commit",
    ),
    ("a\x00", "'a\N{REPLACEMENT CHARACTER}' is no revision; give a branch, a tag or a commit"),
    ("x" * 300, f"'{'x' * 60}' is no revision; give a branch, a tag or a commit"),
    (
        "HEAD..HEAD",
        "'HEAD..HEAD' is a range; write its two ends apart: playbook diff OLD NEW",
    ),
    ("nope", "there is no revision 'nope' here; its branches: main"),
    (
        "HEAD:playbooks/a.yaml",
        "there is no revision 'HEAD:playbooks/a.yaml' here; its branches: main",
    ),
    ("$(touch x)", "there is no revision '$(touch x)' here; its branches: main"),
    ("`touch x`", "there is no revision '`touch x`' here; its branches: main"),
    ("HEAD;touch x", "there is no revision 'HEAD;touch x' here; its branches: main"),
]


@pytest.fixture
def history(tmp_path: Path) -> History:
    repo = History(tmp_path / "repo")
    repo.commit({"playbooks/a.yaml": SMALL_PLAYBOOK})
    return repo


def documents(history: History, revision: str = "HEAD", root: str = ".") -> tuple[Document, ...]:
    workspace = Workspace.at(history.folder / root)
    return read_playbooks(Revision(workspace, Repository(history.folder).commit(revision)))


@pytest.mark.parametrize(("revision", "message"), HOSTILE)
def test_what_is_no_revision_is_refused_and_nothing_is_written(
    history: History, revision: str, message: str
) -> None:
    before = sorted(history.folder.rglob("*"))
    with pytest.raises(GitError) as caught:
        Repository(history.folder).commit(revision)
    assert str(caught.value) == message
    assert sorted(history.folder.rglob("*")) == before


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "v1^0", "HEAD~0", "{hash}", "{short}"])
def test_a_commit_by_any_of_its_names(history: History, revision: str) -> None:
    whole = git(history.folder, "rev-parse", "HEAD")
    git(history.folder, "tag", "--annotate", "--message", "x", "v1")
    name = revision.format(hash=whole, short=whole[:8])
    commit = Repository(history.folder).commit(name)
    assert (commit.hash, commit.name, commit.short) == (whole, name, whole[:9])


def test_a_tree_or_file_is_no_commit(history: History) -> None:
    with pytest.raises(GitError, match=r"^git cannot read revision 'HEAD\^\{tree\}': "):
        Repository(history.folder).commit("HEAD^{tree}")


def test_a_commit_is_read_as_the_folder_is(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.commit(
        {
            "playbooks/a.yaml": SMALL_PLAYBOOK,
            "playbooks/emea/b.yaml": SMALL_PLAYBOOK.replace("\n", "\r\n"),
            "playbooks/emea/a.yaml": SMALL_PLAYBOOK,
            "playbooks/Wrong Name.yaml": SMALL_PLAYBOOK,
            "playbooks/other.yml": SMALL_PLAYBOOK,
            "playbooks/_draft.yaml": "x",
            "playbooks/.hidden/c.yaml": "x",
            "playbooks/readme.txt": "x",
            "playbooks/broken.yaml": b"\xff\xfe\x00",
            "playbooks/empty.yaml": b"",
            "playbooks/large.yaml": b"#" * (OF_PLAYBOOK.size + 1),
            "playbooks/zz.yaml": SMALL_PLAYBOOK,
            "playbooks/\u534e\u8fdc.yaml": SMALL_PLAYBOOK,
            "site_config/site.yaml": "x",
        }
    )
    now = read_playbooks(Workspace.at(tmp_path))
    then = documents(history)
    assert [(document.path, document.data, document.problems) for document in then] == [
        (document.path, document.data, document.problems) for document in now
    ]
    assert len(then) == 10


def test_symbolic_links_are_not_followed(history: History) -> None:
    (history.folder / "playbooks/link.yaml").symlink_to("a.yaml")
    history.commit({})
    (_, link) = documents(history)
    assert (link.data, [problem.rule for problem in link.problems]) == (None, ["not-a-file"])


def test_the_files_as_they_lie_there_do_not_matter(history: History) -> None:
    history.write({"playbooks/a.yaml": "broken: [", "playbooks/new.yaml": "x"})
    (document,) = documents(history)
    assert document.text == SMALL_PLAYBOOK


def test_a_workspace_below_the_repository(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.commit(
        {
            "sales/playbooks/a.yaml": SMALL_PLAYBOOK,
            "sales/site_config/team.yaml": "people: {}",
            "playbooks/other.yaml": SMALL_PLAYBOOK,
        }
    )
    assert [document.path for document in documents(history, root="sales")] == [
        "sales/playbooks/a.yaml"
    ]
    workspace = Workspace.at(tmp_path / "sales")
    revision = Revision(workspace, Repository(tmp_path).commit("HEAD"))
    assert revision.settings_names() == ("team.yaml",)
    assert revision.settings_path("team.yaml") == "sales/site_config/team.yaml"
    assert revision.settings_file("team.yaml").data == {"people": {}}


def test_a_commit_without_playbooks_has_none(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.commit({"readme.txt": "x"})
    history.commit({"playbooks/a.yaml": SMALL_PLAYBOOK})
    assert documents(history, "HEAD~1") == ()


def test_the_same_bytes_are_the_same_document(history: History) -> None:
    history.commit({"playbooks/b.yaml": SMALL_PLAYBOOK.replace("Harbor", "Other")})
    history.write({"playbooks/b.yaml": SMALL_PLAYBOOK})
    workspace = Workspace.at(history.folder)
    now = read_playbooks(workspace)
    revision = Revision(workspace, Repository(history.folder).commit("HEAD"))
    revision.reuse(now)
    a, b = read_playbooks(revision)
    assert a is now[0]
    assert b.text != now[1].text


def test_a_shallow_clone_says_how_to_get_the_rest(history: History, tmp_path: Path) -> None:
    first = git(history.folder, "rev-parse", "HEAD")
    history.commit({"playbooks/b.yaml": SMALL_PLAYBOOK})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", history.folder.as_uri(), str(clone))
    with pytest.raises(GitError) as caught:
        Repository(clone).commit(first)
    assert str(caught.value) == (
        f"there is no revision '{first}' here; this is a shallow clone: fetch its history"
        " (`git fetch --unshallow`; in GitHub Actions `fetch-depth: 0`) so that"
        f" '{first}' can be compared"
    )


def test_without_a_repository_or_git_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GitError, match=r"^git cannot read revision 'HEAD': not a git repository"):
        Repository(tmp_path).commit("HEAD")
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(GitError, match=r"^the program git cannot be started; install it$"):
        Repository(tmp_path).commit("HEAD")


def test_nothing_that_the_repository_names_is_started(history: History) -> None:
    """Hooks, a file watcher, filters and pagers of the repository's own configuration stay quiet."""
    mark = history.folder / "started"
    script = history.folder / "script.sh"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "filter.x.smudge",
        "diff.external",
        "core.sshCommand",
    ):
        git(history.folder, "config", key, str(script))
    (history.folder / ".gitattributes").write_text("* filter=x diff=x\n")
    assert [document.stem for document in documents(history)] == ["a"]
    assert not mark.exists()


def test_the_newest_commit_that_two_build_on(history: History) -> None:
    base = git(history.folder, "rev-parse", "HEAD")
    git(history.folder, "branch", "other")
    history.commit({"playbooks/b.yaml": SMALL_PLAYBOOK})
    repository = Repository(history.folder)
    assert repository.fork_point(repository.commit("other")).hash == base


def test_without_a_commit_in_common_one_sentence(history: History) -> None:
    git(history.folder, "checkout", "--quiet", "--orphan", "alone")
    git(history.folder, "commit", "--quiet", "--message", "alone")
    repository = Repository(history.folder)
    with pytest.raises(GitError) as caught:
        repository.fork_point(repository.commit("main"))
    assert str(caught.value) == "main and HEAD have no commit in common"


def lose(history: History, name: str) -> None:
    """Delete an object, as a broken disk does."""
    whole = git(history.folder, "rev-parse", name)
    (history.folder / ".git/objects" / whole[:2] / whole[2:]).unlink()


def test_a_repository_that_lost_a_file_says_which(history: History) -> None:
    lose(history, "HEAD:playbooks/a.yaml")
    with pytest.raises(GitError) as caught:
        documents(history)
    assert str(caught.value) == (
        "git does not have the content of playbooks/a.yaml; the repository is damaged: see git fsck,"
        " and clone it anew"
    )


def test_a_repository_that_lost_its_newest_commit_has_a_history(history: History) -> None:
    name = git(history.folder, "rev-parse", "HEAD")
    lose(history, "HEAD")
    repository = Repository(history.folder)
    assert repository.has_history()
    with pytest.raises(GitError) as caught:
        repository.commit("HEAD")
    assert str(caught.value) == (
        f"git does not have the commit {name[:9]} that 'HEAD' names; the repository is damaged:"
        " see git fsck, and clone it anew"
    )


def test_a_partial_clone_says_how_to_get_the_rest(history: History, tmp_path: Path) -> None:
    history.commit({"playbooks/a.yaml": SMALL_PLAYBOOK.replace("Harbor", "Other")})
    git(history.folder, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    words = ("--filter=blob:none", history.folder.as_uri(), str(clone))
    git(tmp_path, "clone", "--quiet", *words)
    with pytest.raises(GitError) as caught:
        Revision(Workspace.at(clone), Repository(clone).commit("HEAD~1"))
    assert str(caught.value) == (
        "git does not have the content of playbooks/a.yaml; this is a partial clone: run git fetch"
        " --refetch --no-filter"
    )
    git(clone, "fetch", "--quiet", "--refetch", "--no-filter")
    revision = Revision(Workspace.at(clone), Repository(clone).commit("HEAD~1"))
    assert [document.stem for document in read_playbooks(revision)] == ["a"]


def test_a_repository_of_another_user_says_how_to_trust_it(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    trust = (
        f"the repository {history.folder} belongs to another user; if you trust it, run:"
        f" git config --global --add safe.directory {history.folder}"
    )
    repository = Repository(history.folder)
    with pytest.raises(GitError) as caught:
        repository.commit("main")
    assert str(caught.value) == f"git cannot read revision 'main': {trust}"
    with pytest.raises(GitError) as caught:
        repository.has_history()
    assert str(caught.value) == f"cannot read the history: {trust}"


def test_a_submodule_that_lost_its_way_says_so(history: History, tmp_path: Path) -> None:
    shutil.rmtree(history.folder / ".git")
    (history.folder / ".git").write_text("gitdir: ../.git/modules/plans\n", encoding="utf-8")
    with pytest.raises(GitError) as caught:
        Repository(history.folder).has_history()
    assert str(caught.value) == (
        "cannot read the history: not a git repository:"
        f" {history.folder}/../.git/modules/plans, where .git leads; in a submodule run:"
        " git submodule update --init, in a worktree: git worktree repair"
    )


def test_plans_in_a_submodule_are_not_taken_for_none(history: History, tmp_path: Path) -> None:
    other = History(tmp_path / "other")
    other.commit({"emea/b.yaml": SMALL_PLAYBOOK})
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(history.folder, *words, other.folder.as_uri(), "playbooks/more")
    git(history.folder, "commit", "--quiet", "--message", "sample")
    with pytest.raises(GitError) as caught:
        documents(history)
    assert str(caught.value) == (
        "playbooks/more is a submodule in HEAD, and its files are not in this repository; make it a"
        " plain folder: git submodule deinit, then git add its files"
    )
    # a workspace within a submodule has the submodule's history
    inside = Workspace.at(history.folder / "playbooks/more")
    assert inside.repository == history.folder / "playbooks/more"
    assert Repository(inside.repository).has_history()


def test_no_repository_and_no_commit_are_no_history_and_no_trouble(tmp_path: Path) -> None:
    assert not Repository(tmp_path).has_history()
    (tmp_path / ".git").mkdir()
    assert not Repository(tmp_path).has_history()
    git(tmp_path, "init", "--quiet")
    assert not Repository(tmp_path).has_history()


def test_a_repository_that_lost_a_folder_is_one_sentence(history: History) -> None:
    lose(history, "HEAD^{tree}")
    with pytest.raises(GitError, match=r"^cannot read HEAD: [^\n]+$"):
        documents(history)


def test_the_history_of_some_folders_newest_first(history: History) -> None:
    history.commit({"README.md": "Nothing of a plan.\n"})
    newest = history.commit({"playbooks/b.yaml": SMALL_PLAYBOOK})
    first, second = Repository(history.folder).steps(9, "playbooks")
    assert (first.commit.hash, first.at.isoformat()) == (newest, "2026-11-23T12:00:00+00:00")
    assert second.commit.hash == git(history.folder, "rev-parse", "HEAD~2")


def test_a_history_that_has_not_begun_is_one_sentence(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    with pytest.raises(GitError, match=r"^cannot read the history: .*HEAD"):
        Repository(tmp_path).steps(9, "playbooks")


def test_a_commit_of_a_day_that_no_calendar_has(history: History) -> None:
    tree = git(history.folder, "rev-parse", "HEAD^{tree}")
    who = "Sample <sample@example.com> 999999999999999 +0000"
    raw = f"tree {tree}\nauthor {who}\ncommitter {who}\n\nsample\n"
    words = ["git", "hash-object", "-t", "commit", "-w", "--stdin"]
    written = subprocess.run(
        words, cwd=history.folder, input=raw, text=True, capture_output=True, check=True
    )
    name = written.stdout.strip()
    git(history.folder, "reset", "--quiet", "--hard", name)
    with pytest.raises(GitError) as caught:
        Repository(history.folder).steps(9, "playbooks")
    assert str(caught.value) == f"the commit {name[:9]} says a day that is none"
