"""A firm's own look: what it may lay over our configuration, and what is refused at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import BuildError, SettingsError
from generator.pages.brand import Brand, BrandFile
from generator.share import mkdocs_file
from generator.site.overlay import OURS, overlay_of

OUR_CSS = "assets/playbooks.css"
BRAND = Brand(name="Ours", description="D", site_url=None, logo=None, favicon=None)


def own(root: Path, text: str) -> Path:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    for name in ("brand/logo.svg", "brand/more.css"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(name)
    return root


def refusals(root: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        overlay_of(root, None)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "words", "files"),
    [
        ("site_name: Acme\ncopyright: Acme, internal\n", {"site_name": "Acme", "copyright": "Acme, internal"}, []),
        ("site_url: https://a.example.com/plans\n", {"site_url": "https://a.example.com/plans/"}, []),
        ("site_url: https://a.example.com/plans/\n", {"site_url": "https://a.example.com/plans/"}, []),
        ("extra_css: [brand/more.css]\n", {"extra_css": [OUR_CSS, "assets/own/brand/more.css"]}, ["assets/own/brand/more.css"]),
        (f"extra_css: [{OUR_CSS}]\n", {}, []),
        ("theme: {logo: brand/logo.svg}\n", {"theme": {"logo": "assets/own/brand/logo.svg"}}, ["assets/own/brand/logo.svg"]),
        ("theme: material\n", {}, []),
        ("theme: {name: material, font: false}\nuse_directory_urls: false\n", {}, []),
        ("extra: {generator: true, homepage: https://a.example.com}\n", {"extra": {"generator": True, "homepage": "https://a.example.com"}}, []),
        ("", {}, []),
        ("# nothing yet\n", {}, []),
    ],
)  # fmt: skip
def test_what_may_be_laid_over(
    tmp_path: Path, text: str, words: dict[str, object], files: list[str]
) -> None:
    overlay = overlay_of(own(tmp_path, text), None)
    assert overlay.words == words
    assert [file.path for file in overlay.files] == files


def test_colours_and_features_are_added_to_ours(tmp_path: Path) -> None:
    text = "theme:\n  palette: {primary: teal}\n  features: [header.autohide]\n"
    theme = overlay_of(own(tmp_path, text), None).words["theme"]
    assert [scheme["primary"] for scheme in theme["palette"]] == ["teal"] * 3
    assert [scheme.get("scheme") for scheme in theme["palette"]] == [None, "default", "slate"]
    assert theme["features"][-2:] == ["toc.follow", "header.autohide"]


def test_a_full_copy_of_ours_says_nothing(tmp_path: Path) -> None:
    copy = mkdocs_file().read_text(encoding="utf-8")
    assert overlay_of(own(tmp_path, copy), None) == OURS
    assert overlay_of(own(tmp_path, copy + "copyright: Acme\n"), None).words == {
        "copyright": "Acme"
    }


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("docs_dir: docs\n", "1:11: error: 'docs_dir' cannot be changed here: the program sees to it; delete the line"),
        ("site_name: A\nuse_directory_urls: true\n", "2:21: error: 'use_directory_urls' cannot be changed here: pages link to files; delete the line"),
        ("plugins: [search, tags]\n", "1:1: error: 'plugins' cannot be changed here: the search is made for these pages, and nothing else may change them; delete the line"),
        ("hooks: [evil.py]\n", "1:1: error: 'hooks' cannot be changed here: no other program may change the pages; delete the line"),
        ("nav:\n  - Home: index.md\n", "1:1: error: 'nav' cannot be changed here: the pages say where they stand in the navigation; delete the line"),
        ("exclude_docs: a.md\n", "1:15: error: 'exclude_docs' cannot be set here; known: site_name, site_description, site_author, copyright, site_url, extra_css, theme, extra, INHERIT"),
        ("sitename: A\n", "1:11: error: 'sitename' cannot be set here; did you mean 'site_name'?"),
        ("theme: {name: nobody}\n", "1:15: error: 'theme.name' cannot be changed here: the pages are made for this theme; write material, or delete the line"),
        ("theme: nobody\n", "1:8: error: 'theme.name' cannot be changed here: the pages are made for this theme; write material, or delete the line"),
        ("theme:\n  font: {text: Roboto}\n", "2:3: error: 'theme.font' cannot be changed here: pages load nothing from outside, fonts neither; delete the line"),
        ("theme:\n  custom_dir: over\n", "2:15: error: 'theme.custom_dir' cannot be changed here: templates of the theme could break the pages; delete the line"),
        ("theme: [material]\n", "1:1: error: keys and values are wanted here"),
        ("theme: {features: [navigation.instant.prefetch]}\n", "1:20: error: 'navigation.instant.prefetch' would load pages without their scripts; delete it"),
        ("theme: {icon: {logo: material/libary}}\n", "1:22: error: the theme has no icon 'material/libary'; did you mean 'material/library'?"),
        ("theme: {logo: https://a.example.com/logo.svg}\n", "1:15: error: pages load nothing from outside; put the file into the workspace and name it here"),
        ("extra_css: [../more.css]\n", "1:13: error: a file of the workspace is wanted, from its root, such as brand/logo.svg"),
        ("extra_javascript: [brand/more.js]\n", "1:1: error: 'extra_javascript' cannot be changed here: a script could break the pages; delete the line"),
        ("repo_url: https://github.com/acme/plans\n", "1:11: error: 'repo_url' cannot be changed here: the theme would ask the host for stars; link to it under extra.social; delete the line"),
        ("extra: {analytics: {provider: x}}\n", "1:9: error: 'extra.analytics' cannot be changed here: pages load nothing from outside; delete the line"),
        ("site_url: plans\n", "1:11: error: an address is wanted, such as https://plans.example.com"),
        ("site_name: [A]\n", "1:1: error: a text is wanted here"),
    ],
)  # fmt: skip
def test_what_could_break_the_pages_is_refused_at_its_line(
    tmp_path: Path, text: str, finding: str
) -> None:
    assert refusals(own(tmp_path, text)) == [f"mkdocs.yml:{finding} [site-builder]"]


def test_one_that_cannot_be_read_is_told_at_its_line(tmp_path: Path) -> None:
    (finding,) = refusals(own(tmp_path, "site_name: A\ntheme: {name: [\n"))
    assert finding.startswith("mkdocs.yml:3:1: error: ")
    assert finding.endswith("[yaml-syntax]")


def test_what_it_inherits_from_is_held_to_the_same(tmp_path: Path) -> None:
    own(tmp_path, "INHERIT: shared/base.yml\nsite_name: Mine\n")
    (tmp_path / "shared").mkdir()
    base = tmp_path / "shared" / "base.yml"
    base.write_text("site_name: Theirs\ncopyright: Acme\n")
    assert overlay_of(tmp_path, BRAND).words == {"site_name": "Mine", "copyright": "Acme"}
    base.write_text("strict: false\nsite_dir: x\nINHERIT: ../mkdocs.yml\n")
    assert [finding.partition(" error: ")[0] for finding in refusals(tmp_path)] == [
        "shared/base.yml:2:11:",
        "shared/base.yml:3:10:",
    ]


def test_a_picture_that_is_not_there_is_told_at_the_setting(tmp_path: Path) -> None:
    logo = BrandFile(source="logo.svg", path="assets/brand/logo.svg", where="site.yaml:3")
    brand = Brand(name="Ours", description="D", site_url=None, logo=logo, favicon=None)
    with pytest.raises(BuildError) as caught:
        overlay_of(tmp_path, brand)
    assert str(caught.value) == "site.yaml:3: cannot read logo.svg: No such file or directory"
    (tmp_path / "logo.svg").symlink_to("/etc/hostname")
    with pytest.raises(BuildError, match=r"logo\.svg lies outside of the workspace"):
        overlay_of(tmp_path, brand)
