"""The page that searches every word: there where site.yaml asks for it, and nowhere else."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.language import language_from
from generator.pages import render
from generator.pages.edition import render_edition
from generator.pages.tree import SiteTree
from generator.read import Workspace
from generator.share import templates_folder
from tests.pages.sites import FILES, HARBOR, TODAY
from tests.workspace import FULL_TEXT, make_workspace

HERE = "search/index.md"
NAV = (("Search", HERE),)


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Tier"
msgstr "等级"

msgid "{n} accounts fit."
msgstr "{n}个客户符合。"
"""


def made(folder: Path, files: dict[str, str | bytes]) -> SiteTree:
    return render(assess(Workspace.at(make_workspace(folder, files)), TODAY))


def said_by_the_page(tree: SiteTree) -> dict[str, str]:
    (page,) = (candidate for candidate in tree.pages if candidate.path == HERE)
    (says,) = re.findall("data-says='([^']+)'", page.fragments["head"])
    words: dict[str, str] = json.loads(unescape(says))
    return words


def test_the_script_has_its_words_from_the_page(tmp_path: Path) -> None:
    says = said_by_the_page(made(tmp_path, {**FILES, **FULL_TEXT}))
    assets = templates_folder() / "assets"
    script = "".join((assets / name).read_text() for name in ("search.js", "choices.js"))
    asked = set(re.findall(r'\bsaid\("([a-z]+)"', script)) | set(re.findall(r"says\.(\w+)", script))
    assert asked == {"begin", "more", "unknown"}
    assert set(says) == {*asked, "none", "one", "many"}
    assert says["many"] == "{n} accounts fit."


def test_its_words_are_those_of_the_sites_language(tmp_path: Path) -> None:
    portfolio = assess(Workspace.at(make_workspace(tmp_path, {**FILES, **FULL_TEXT})), TODAY)
    tree = render(portfolio, language=language_from("zh", PO.encode()))
    says = said_by_the_page(tree)
    assert says["many"] == "{n}个客户符合。"
    assert says["unknown"] == "not known"  # what is not translated is said in English
    (page,) = (candidate for candidate in tree.pages if candidate.path == HERE)
    assert '<span class="ap-dir-facet-title">等级</span>' in page.fragments["head"]


def test_without_the_setting_nothing_is_there(tmp_path: Path) -> None:
    old = FULL_TEXT["site_config/site.yaml"].replace("search: pagefind\n", "")
    named = {name: f"{old}search: {name}\n" for name in ("header", "material")}
    for name, site_yaml in {"none": old, **named}.items():
        tree = made(tmp_path / name, {**FILES, "site_config/site.yaml": site_yaml})
        assert HERE not in {page.path for page in tree.pages}
        assert (tree.full_text, tree.nav_also) == ((), ())


def test_with_it_each_accounts_page_is_searched_and_no_other(tmp_path: Path) -> None:
    tree = made(tmp_path, {**FILES, **FULL_TEXT})
    assert tree.nav_also == NAV
    assert sorted(tree.full_text) == [
        f"accounts/{name}.md" for name in ("broken", "harbor", "hostile", "huayuan")
    ]
    (page,) = (candidate for candidate in tree.pages if candidate.path == HERE)
    facets = re.findall('data-facet="([a-z]+)"', page.fragments["head"])
    assert facets == ["tier", "verdict", "status", "industry", "region", "owner"]
    assert 'data-root="../"' in page.fragments["head"]
    off = made(tmp_path / "off", dict(FILES))
    kept = {made_page.path: made_page for made_page in off.pages}
    assert all(
        kept[made_page.path] == made_page
        for made_page in tree.pages
        if made_page.path in tree.full_text
    )


def test_where_there_is_no_account_there_is_nothing_to_search(tmp_path: Path) -> None:
    tree = made(tmp_path, dict(FULL_TEXT))
    assert (tree.full_text, tree.nav_also) == ((), ())
    assert HERE not in {page.path for page in tree.pages}


def test_editions_of_our_own_people_have_it_and_a_customers_page_has_not(tmp_path: Path) -> None:
    files = {"playbooks/harbor.yaml": HARBOR, **FULL_TEXT}
    whole = assess(Workspace.at(make_workspace(tmp_path, files)), TODAY)
    internal = render_edition(edition_of(whole, "internal", None), "internal")
    assert "accounts/harbor.md" in internal.full_text
    assert internal.nav_also == NAV
    customer = render_edition(edition_of(whole, "customer", "harbor"), "customer")
    assert (customer.full_text, customer.nav_also) == ((), ())
