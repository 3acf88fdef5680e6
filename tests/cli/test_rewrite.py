"""`playbook fmt` and `playbook migrate` as a shell runs them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.program import run

UNTIDY = "schema: 1\nsummary: 'S'   # short\n# who\naccount: {status: customer,name: A}\n"
TIDY = "schema: 1\n# who\naccount: {name: A, status: customer}\nsummary: S   # short\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "playbooks" / "emea"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
    (folder / "b.yaml").write_text(TIDY)
    (folder.parent / "c.yaml").write_text("schema: [1\n")
    return tmp_path


def test_fmt_writes_what_is_not_in_style(root: Path) -> None:
    path = root / "playbooks" / "emea" / "a.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    written_at = (root / "playbooks" / "emea" / "b.yaml").stat().st_mtime_ns
    done = run(root, "fmt", "--check", str(root / "playbooks" / "emea"))
    assert (done.returncode, done.stdout) == (1, "playbooks/emea/a.yaml\n")
    assert done.stderr == "1 to style, 1 in style\n"
    assert path.read_bytes() == before
    done = run(root, "fmt", str(root / "playbooks" / "emea"))
    assert (done.returncode, done.stdout) == (0, "playbooks/emea/a.yaml\n")
    assert done.stderr == "1 written, 1 in style\n"
    assert path.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (root / "playbooks" / "emea" / "b.yaml").stat().st_mtime_ns == written_at
    done = run(root, "fmt", "--check", str(root / "playbooks" / "emea"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 to style, 2 in style\n")


def test_fmt_leaves_alone_what_cannot_be_read(root: Path) -> None:
    done = run(root, "fmt")
    assert done.returncode == 1
    assert done.stderr == (
        "playbooks/c.yaml:2:1: error: a comma or ']' is missing before this; the bracket opens at"
        " line 1, column 9 [yaml-syntax]\n1 written, 1 in style\n"
    )
    assert (root / "playbooks" / "c.yaml").read_text() == "schema: [1\n"
    done = run(root, "fmt", str(root / "nowhere"))
    assert (done.returncode, done.stderr) == (2, f"error: there is no {root / 'nowhere'}\n")


def test_the_examples_of_imports_are_in_style(root: Path) -> None:
    """What `import` writes, `fmt` leaves as it is."""
    (root / "playbooks" / "c.yaml").unlink()
    folder = root / "export"
    folder.mkdir()
    (folder / "companies.csv").write_text(
        "Record ID,Company name,Industry,Country/Region,Number of Employees,Lifecycle Stage,"
        "Company owner,Website URL\n1,Harbor,Shipping,Denmark,5,Customer,Kim,x.example\n"
    )
    (folder / "deals.csv").write_text(
        "Record ID,Deal Stage,Deal Type,Amount,Close Date,Deal probability,Deal owner,"
        "Closed Lost Reason,Associated Company IDs (Primary)\n"
        "7,Closed Won,Renewal,5.5,2026-01-01,1,Kim,,1\n8,Contract Sent,Renewal,9,2027-01-01,0.5,Kim,,1\n"
    )
    assert run(root, "import", str(folder), "--mapping", "hubspot").returncode == 0
    done = run(root, "fmt", "--check", str(root / "playbooks" / "hubspot"))
    assert (done.returncode, done.stderr) == (0, "0 to style, 1 in style\n")


def test_migrate_has_nothing_to_do_but_names_what_is_newer(root: Path) -> None:
    (root / "playbooks" / "c.yaml").write_text("schema: 2\n")
    done = run(root, "migrate")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "playbooks/c.yaml:1:9: error: schema 2 is newer than this program, which knows 1; update it"
        " [schema-version]\n0 written, 2 up to date\n"
    )
    (root / "playbooks" / "c.yaml").unlink()
    done = run(root, "migrate", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 to migrate, 2 up to date\n")
