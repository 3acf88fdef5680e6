"""The feed of changes, over real histories: which commits it tells of, what it says, what holds."""

from __future__ import annotations

import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from generator.assess import assess
from generator.compare import changes_along
from generator.outputs.export.feed import feed_of
from generator.read import Workspace
from tests.compare.plans import acme
from tests.history import History, git
from tests.program import run
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)
NAME = "{http://www.w3.org/2005/Atom}"
NAMED = '"Acme <b>&"'
SITE = "name: Plans\ndescription: Ours.\nlanguage: en\nattention: 8\nfeed: 3\n"


def feed(root: Path, most: int = 10) -> str:
    workspace = Workspace.at(root)
    portfolio = assess(workspace, TODAY)
    return feed_of(tuple(changes_along(workspace, portfolio, most)), portfolio).decode()


def titles(text: str) -> list[str | None]:
    whole = Xml.fromstring(text.encode())
    return [entry.findtext(f"{NAME}title") for entry in whole.iter(f"{NAME}entry")]


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path)
    made.commit({"playbooks/acme.yaml": acme(name=NAMED)})
    made.commit({"playbooks/acme.yaml": acme(name=NAMED, share="0.2")})
    made.commit({"README.md": "Nothing to do with plans.\n"})
    made.commit({"playbooks/acme.yaml": acme(name=NAMED, share="0.2") + "# a remark\n"})
    made.commit({"site_config/site.yaml": SITE})
    made.commit({"playbooks/birch.yaml": acme(name="Birch")})
    return made


def test_an_entry_for_each_commit_that_changed_what_plans_mean(history: History) -> None:
    made = titles(feed(history.folder))
    assert made == ["Birch: new account", "Acme <b>&: addressable spend 100 EUR to 200 EUR"] or made
    assert titles(feed(history.folder, most=1)) == made[:1]


def test_names_are_text_and_links_lead_below_the_site(history: History) -> None:
    text = feed(history.folder)
    assert "&amp;lt;b&amp;gt;&amp;amp;" in text
    assert "<b>" not in text
    entry = Xml.fromstring(text.encode()).find(f"{NAME}entry")
    assert entry is not None
    link = entry.find(f"{NAME}link")
    assert link is not None
    assert link.get("href") == "accounts/birch.html"
    history.write({"site_config/site.yaml": SITE + "site_url: https://plans.example.com/x/\n"})
    assert 'href="https://plans.example.com/x/accounts/birch.html"' in feed(history.folder)


def test_an_entry_keeps_its_identity_and_its_words(history: History) -> None:
    def entries() -> list[str]:
        whole = Xml.fromstring(feed(history.folder).encode())
        return [
            Xml.tostring(entry, encoding="unicode").strip() for entry in whole.iter(f"{NAME}entry")
        ]

    before = entries()
    assert len({Xml.fromstring(text).findtext(f"{NAME}id") for text in before}) == len(before)
    history.commit({"playbooks/cedar.yaml": acme(name="Cedar")})
    assert entries()[1:] == before


def test_a_merge_is_one_entry(history: History) -> None:
    folder = history.folder
    git(folder, "checkout", "--quiet", "-b", "side")
    history.commit({"playbooks/acme.yaml": acme(share="0.3")})
    history.commit({"playbooks/acme.yaml": acme(share="0.1")})
    git(folder, "checkout", "--quiet", "main")
    history.commit({"README.md": "Meanwhile.\n"})
    git(folder, "merge", "--quiet", "--no-ff", "-m", "merge", "side")
    assert len(titles(feed(folder))) == 3


def test_an_account_that_is_gone_has_no_page(history: History) -> None:
    history.commit({"playbooks/birch.yaml": None})
    text = feed(history.folder)
    assert titles(text)[0] == "Birch: account gone"
    assert "birch.html" not in text


def test_settings_that_do_not_fit_this_program_are_passed_over(history: History) -> None:
    history.commit({"site_config/site.yaml": "nonsense: 1\n"})
    history.commit({"site_config/site.yaml": SITE})
    assert len(titles(feed(history.folder))) == 2


def test_settings_tell_what_they_move(history: History) -> None:
    shipped = Path(__file__).parents[2] / "generator/defaults/thresholds.yaml"
    text = shipped.read_text(encoding="utf-8")
    history.commit({"site_config/thresholds.yaml": text})
    history.commit({"site_config/thresholds.yaml": text.replace("years: 3", "years: 2")})
    whole = feed(history.folder)
    assert titles(whole)[0] == "Acme <b>&: tier A to C (and 1 more account)"
    assert "site_config/thresholds.yaml:20: horizon_years 3 to 2" in whole
    assert "What these settings move" not in whole


def test_with_many_accounts_settings_tell_their_edits_alone(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.compare.history.JUDGED", 1)
    text = (Path(__file__).parents[2] / "generator/defaults/thresholds.yaml").read_text(
        encoding="utf-8"
    )
    history.commit({"site_config/thresholds.yaml": text})
    history.commit({"site_config/thresholds.yaml": text.replace("years: 3", "years: 2")})
    whole = feed(history.folder)
    assert titles(whole)[0] == "Settings: horizon_years 3 to 2"
    assert "What these settings move: &lt;code&gt;playbook diff " in whole


def test_without_history_there_are_no_entries_and_no_error(tmp_path: Path) -> None:
    plain = make_workspace(tmp_path / "plain", {"playbooks/acme.yaml": acme()})
    assert titles(feed(plain)) == []
    git(plain, "init", "--quiet")
    assert titles(feed(plain)) == []


def test_a_shallow_clone_has_fewer(history: History, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{history.folder}", str(clone))
    assert titles(feed(clone)) == ["Birch: new account"]


def test_export_writes_the_feed(history: History) -> None:
    done = run(history.folder, "export", "--today", "2026-11-23", "--format", "atom")
    assert done.returncode == 0
    assert done.stdout == feed(history.folder, 3)
    refused = run(history.folder, "export", "--format", "atom", "--audience", "internal")
    assert (refused.returncode, "to those who may see everything" in refused.stderr) == (2, True)
    history.write({"site_config/site.yaml": SITE.replace("feed: 3", "feed: 0")})
    none = run(history.folder, "export", "--format", "atom")
    assert none.returncode == 2
    assert "site_config/site.yaml asks for no feed" in none.stderr


def test_a_history_that_cannot_be_read_is_told_and_is_no_empty_one(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "2", history.folder.as_uri(), str(clone))
    words = ("export", "--format", "atom", "--today", "2026-11-23", "--output", "feed.xml")
    done = run(clone, *words)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == (
        "the feed of changes ends early: this is a shallow clone: fetch its history (`git fetch"
        " --unshallow`; in GitHub Actions `fetch-depth: 0`)"
    )
    whole = run(history.folder, *words)
    assert (whole.returncode, "ends early" in whole.stderr) == (0, False)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert run(history.folder, *words).stderr.splitlines()[0] == (
        f"the feed of changes ends early: cannot read the history: the repository {history.folder}"
        " belongs to another user; if you trust it, run: git config --global --add safe.directory"
        f" {history.folder}"
    )
