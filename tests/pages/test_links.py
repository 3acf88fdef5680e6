"""Addresses: the same place from every page, and never an absolute one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.links import (
    Links,
    account_href,
    anchor,
    host_href,
    method_href,
    page_href,
    rule_href,
    settings_href,
    source_href,
)


@pytest.mark.parametrize(
    ("made", "address"),
    [
        (page_href("accounts/x.md"), "accounts/x.html"),
        (page_href("assets/x.css"), "assets/x.css"),
        (account_href("x"), "accounts/x.html"),
        (account_href("x", "risk"), "accounts/x.html#risk"),
        (source_href("x", 12), "accounts/x/source.html#L12"),
        (source_href("x"), "accounts/x/source.html"),
        (settings_href("site_config/tiers.yaml:12"), "settings/tiers.html#L12"),
        (settings_href("account-playbooks/tiers.yaml:12"), "settings/shipped/tiers.html#L12"),
        (settings_href("nowhere"), None),
        (method_href("deal.our_share"), "method/deal.html#deal-our-share"),
        (rule_href("tier-unknown"), "rules/index.html#tier-unknown"),
        (anchor("K2 · Risk"), "k2-risk"),
        (host_href(None, "playbooks/x.yaml", 3), None),
        (
            host_href("https://git.example.com/{path}#L{line}", "playbooks/a b.yaml", 3),
            "https://git.example.com/playbooks/a%20b.yaml#L3",
        ),
    ],
)
def test_addresses(made: str | None, address: str | None) -> None:
    assert made == address


@pytest.mark.parametrize(
    ("here", "target", "address"),
    [
        ("index.html", "accounts/x.html", "accounts/x.html"),
        ("accounts/x.html", "accounts/x/source.html#L1", "x/source.html#L1"),
        ("accounts/x.html", "settings/tiers.html#L2", "../settings/tiers.html#L2"),
        ("accounts/x.html", "accounts/x.html#risk", "#risk"),
        ("accounts/x/source.html", "accounts/x.html", "../x.html"),
    ],
)
def test_addresses_are_relative_to_the_page(here: str, target: str, address: str) -> None:
    assert Links(here=here).to(target) == address


def test_the_folder_in_which_the_program_runs_is_no_part_of_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("accounts", "api", "site"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        links = Links(here="api/about.html")
        assert links.to("../accounts/accounts.json") == "../../accounts/accounts.json"
        assert links.to("accounts/accounts.json") == "../accounts/accounts.json"
        assert Links(here="index.html").to("../accounts/a.html#x") == "../accounts/a.html#x"
