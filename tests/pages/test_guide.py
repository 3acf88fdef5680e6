"""The guide: both languages say the same, what it shows is right, and a firm may add to it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import click
import pytest
import yaml

from generator.assess import assess
from generator.audience.edition import edition_of
from generator.cli import playbook
from generator.cli.facts import facts_template
from generator.errors import SettingsError
from generator.language import ENGLISH, Language
from generator.pages import SiteTree, render
from generator.pages.edition import render_edition
from generator.pages.guide import PAGES, safe_markdown
from generator.pages.tree import Page
from generator.read import Workspace
from generator.settings import language_of, load_settings, own_guide
from generator.share import templates_folder
from tests.conftest import REPOSITORY
from tests.pages.sites import HARBOR, TODAY
from tests.program import run
from tests.workspace import make_workspace

GUIDE = templates_folder() / "guide"
NAMES = tuple(Path(page.path).stem for page in PAGES)
CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`(playbook [^`]+)`")


def tree_of(folder: Path, files: Mapping[str, str], language: Language = ENGLISH) -> SiteTree:
    workspace = Workspace.at(make_workspace(folder, {"playbooks/harbor.yaml": HARBOR, **files}))
    return render(
        assess(workspace, TODAY),
        allow_incomplete=True,
        own_guide=own_guide(workspace),
        language=language,
    )


def chinese() -> Language:
    return language_of(Workspace.at(REPOSITORY), "zh")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteTree, SiteTree]:
    folder = tmp_path_factory.mktemp("guide")
    return tree_of(folder, {}), tree_of(folder, {}, chinese())


def pages_of(tree: SiteTree) -> dict[str, str]:
    """The guide's pages by name."""
    return {
        Path(page.path).stem: page.markdown for page in tree.pages if page.path.startswith("guide/")
    }


# Both languages, and where links lead


def test_both_languages_have_the_same_anchors_code_and_links(
    both: tuple[SiteTree, SiteTree],
) -> None:
    english, translated = map(pages_of, both)
    assert tuple(sorted(english)) == tuple(sorted(NAMES))
    for name, text in english.items():
        for pattern in (r"\{: #([\w-]+)\}", r"```(?:sh|yaml|json)\n.*?^```$", r"\]\(([^)]+)\)"):
            found = [
                sorted(re.findall(pattern, page, re.DOTALL | re.MULTILINE))
                for page in (text, translated[name])
            ]
            assert found[0] == found[1], (name, pattern)


def test_each_heading_below_the_title_has_an_anchor_and_each_link_leads_somewhere(
    both: tuple[SiteTree, SiteTree],
) -> None:
    for tree in both:
        pages, paths = pages_of(tree), {page.path for page in tree.pages}
        anchors = {name: re.findall(r"\{: #([\w-]+)\}", text) for name, text in pages.items()}
        for name, text in pages.items():
            prose = CODE.sub("", text)
            assert all("{: #" in line for line in re.findall("^##.*", prose, re.MULTILINE)), name
            assert len(set(anchors[name])) == len(anchors[name]), name
            for target in re.findall(r"\]\(([^)]+)\)", prose):
                path, _, place = target.partition("#")
                assert (f"guide/{path}" if "/" not in path else path.removeprefix("../")) in paths
                assert not place or place in anchors[Path(path).stem], (name, target)


# What it shows is right


def blocks_of(kind: str) -> Iterator[tuple[str, str]]:
    """The blocks of a language of code in the guide, by page; example plans are files."""
    for path in sorted((GUIDE / "en").glob("*.md")):
        for found, text in CODE.findall(path.read_text(encoding="utf-8")):
            if found == kind:
                yield path.name.partition(".")[0], text


def laid_over(below: Any, above: Any) -> Any:
    """Maps key by key, entries of lists by what names them, all else replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        both = {key: laid_over(below[key], above[key]) for key in below.keys() & above.keys()}
        return {**below, **above, **both}
    if _is_named(below) and _is_named(above):
        entries = {_name(entry): entry for entry in below}
        entries |= {_name(entry): laid_over(entries.get(_name(entry)), entry) for entry in above}
        return list(entries.values())
    return above


def _is_named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and _name(one) for one in value)


def _name(entry: Any) -> Any:
    return next((entry[key] for key in ("id", "what", "date") if key in entry), None)


class Plain(yaml.SafeDumper):
    """Writes numbers, days and truths, which are read as text here, without quotes."""

    yaml_implicit_resolvers: ClassVar = {}  # type: ignore[misc]


def as_text(data: Any) -> str:
    return yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False)


def read(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


def plan(name: str) -> str:
    return (GUIDE / "plans" / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A workspace with the people and offerings of the guide, and else the shipped settings."""
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "site_config").mkdir()
    (team,) = (text for page, text in blocks_of("yaml") if page == "first-plan")
    (tmp_path / "site_config" / "team.yaml").write_text(team)
    (catalogue,) = (text for _, text in blocks_of("yaml") if "catalogue.yaml" in text)
    (tmp_path / "site_config" / "catalogue.yaml").write_text(catalogue)
    return tmp_path


def checked(folder: Path) -> tuple[int, str]:
    done = run(folder, "check", "--today", TODAY.isoformat())
    return done.returncode, done.stdout + done.stderr


def test_the_example_plans_have_no_finding_at_all(firm: Path) -> None:
    for name in ("northwind-mills", "harbor-logistics"):
        (firm / "playbooks" / f"{name}.yaml").write_text(plan(name))
    assert checked(firm) == (0, "2 playbooks: all clean\n")
    (firm / "playbooks" / "harbor-logistics.yaml").write_text(
        plan("harbor-logistics").replace("    - id: peak-stop\n", "    - id: Peak stop\n")
    )
    assert checked(firm)[0] == 1


def test_each_part_of_a_plan_passes_as_part_of_the_whole_plan(firm: Path) -> None:
    parts = [
        (page, text) for page, text in blocks_of("yaml") if not text.startswith("# site_config")
    ]
    assert {page for page, _ in parts} == {"gate", "monthly", "privacy"}
    whole = read(plan("harbor-logistics"))
    for page, text in parts:
        place = firm / "playbooks" / "harbor-logistics.yaml"
        place.write_text(as_text(laid_over(whole, read(text))))
        code, told = checked(firm)
        assert code == 0, (page, text, told)
        assert "[unknown-key]" not in told


def test_each_setting_is_one(firm: Path) -> None:
    settings = [
        re.fullmatch(r"# site_config/([a-z]+)\.yaml\n(.*)", text, re.DOTALL)
        for _, text in blocks_of("yaml")
        if text.startswith("# site_config/") and "mappings" not in text
    ]
    assert len(settings) == 10
    for match in settings:
        assert match is not None
        file, text = match.groups()
        if file == "team":
            continue  # the team of these tests
        place = firm / "site_config" / f"{file}.yaml"
        before = place.read_text() if place.exists() else ""
        place.write_text(text)
        load_settings(Workspace.at(firm))
        place.write_text(before)


def test_the_mapping_imports_what_it_names(firm: Path) -> None:
    (mapping,) = (text for _, text in blocks_of("yaml") if "site_config/mappings" in text)
    (firm / "our-crm.yaml").write_text(mapping)
    (firm / "export").mkdir()
    (firm / "export" / "companies.csv").write_text("Company ID,Company\n7,Northwind Mills\n")
    (firm / "export" / "deals.csv").write_text(
        "Deal ID,Company ID,Stage,Amount,Close date\n1,7,Won,1200.50,2026-03-01\n"
    )
    done = run(firm, "import", "export", "--mapping", "our-crm.yaml", "--today", TODAY.isoformat())
    assert done.returncode == 0, done.stderr
    assert "amount: 1200.5" in (firm / "playbooks" / "northwind-mills.yaml").read_text()


def command_lines() -> Iterator[tuple[str, str]]:
    """Each line of the guide and of the README that calls the program, with where it stands."""
    texts = [
        (path.name, path.read_text(encoding="utf-8"))
        for path in sorted((GUIDE / "en").glob("*.md"))
    ]
    texts.append(("README.md", (REPOSITORY / "README.md").read_text(encoding="utf-8")))
    for name, text in texts:
        for kind, code in CODE.findall(text):
            if kind in {"sh", "console"}:
                yield from (
                    (name, line.removeprefix("$ "))
                    for line in code.splitlines()
                    if "playbook " in line
                )
        yield from ((name, span) for span in SPAN.findall(CODE.sub("", text)))


def parsed(line: str) -> str | None:
    """What is wrong with a command line; None for nothing."""
    words = shlex.split(line.removeprefix(".venv/bin/").partition(" > ")[0], comments=True)[1:]
    context: click.Context = click.Context(playbook, info_name="playbook")
    command: click.Command = playbook
    if words[:1] == ["COMMAND"]:
        return None
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]}"
        command, words = found, words[1:]
    if {"--help", "--version"} & set(words):
        return None
    try:
        command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    return None


def test_each_command_that_it_shows_exists_with_these_options() -> None:
    lines = [line for line in command_lines() if line[1].split()[0].endswith("playbook")]
    assert len(lines) > 60
    faults = [(name, line, fault) for name, line in lines if (fault := parsed(line))]
    assert faults == []
    assert parsed("playbook chek") == "no command chek"
    assert (
        parsed("playbook check --no-such")
        == "No such option '--no-such'. Did you mean '--no-color'?"
    )


def test_what_it_says_of_the_commands_is_what_they_say() -> None:
    assert facts_template() in (GUIDE / "facts.md.j2").read_text(encoding="utf-8"), (
        "run 'make docs'"
    )


def test_the_python_it_asks_for_is_the_one_that_is_needed() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    (needed,) = re.findall('requires-python = ">=([0-9.]+)"', project)
    for text in (*GUIDE.glob("*/first-plan.md"), REPOSITORY / "README.md"):
        assert f"Python {needed} " in text.read_text(encoding="utf-8"), text


def test_the_readme_is_short_and_its_pictures_are_small() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    pictures = re.findall(r'(?:src|srcset)="([^"]+)"', text)
    assert len(pictures) == 2
    assert all(0 < (REPOSITORY / name).stat().st_size <= 100_000 for name in pictures)
    places = re.findall(r"\]\(([a-zA-Z/.-]+)\)", text)
    assert len(places) > 8
    assert [place for place in places if not (REPOSITORY / place).is_file()] == []


def test_a_changed_setting_changes_the_page(tmp_path: Path) -> None:
    changed = "evidence: {unknown_days: 77}\n"
    told = pages_of(tree_of(tmp_path, {"site_config/scoring.yaml": changed}))
    assert "at most 77 days ahead" in told["gate"]
    assert "at most 77 days ahead" in told["writing"]


# Messages lead to it

ADDRESS = "site_url: https://plans.example.com/key"


def test_messages_lead_to_it_where_the_site_has_a_place(tmp_path: Path) -> None:
    for name, asked, is_told in (
        ("told", f"{site_yaml()}{ADDRESS}\n", True),
        ("no-guide", f"{site_yaml(guide='false')}{ADDRESS}\n", False),
        ("no-place", site_yaml(), False),
    ):
        files = {"playbooks/harbor.yaml": HARBOR, "site_config/site.yaml": asked}
        root = make_workspace(tmp_path / name, files)
        check = run(root, "check", "--today", TODAY.isoformat()).stderr.splitlines()[-1]
        explained = run(root, "explain", "owner").stdout.splitlines()[-1]
        assert (check, explained) == (
            (
                "how to read and mend them: https://plans.example.com/key/guide/gate.html#read",
                "Where it does not fit: https://plans.example.com/key/guide/gate.html#waivers",
            )
            if is_told
            else (check, explained)
        )
        assert ("guide/gate.html" in check + explained) == is_told, name


def test_the_findings_of_a_page_lead_to_it(tmp_path: Path) -> None:
    for name, files, is_told in (
        ("with", {}, True),
        ("without", {"site_config/site.yaml": site_yaml(guide="false")}, False),
    ):
        tree = tree_of(tmp_path / name, files)
        (page,) = (page for page in tree.pages if page.path == "accounts/harbor.md")
        told = 'href="../guide/gate.html#read">How to read and mend findings</a>'
        assert (told in page.fragments["findings"]) == is_told


# A firm may leave it out, and add to it

OWN = {
    "site_config/guide/our-prices.md": "# Our prices\n\nAsk **finance** first.\n\n## When\n\nBefore *each* offer.\n",
    "site_config/guide/our-prices.zh.md": "# 我们的价格\n\n先问财务。\n",
    "site_config/guide/publishing.md": "# At our firm\n\nSee [the host](https://plans.example.com).\n\n## Who\n\nIT.\n",
    "site_config/guide/_draft.md": "no title",
}


def site_yaml(**changes: str) -> str:
    return "".join(f"{key}: {value}\n" for key, value in changes.items())


def test_a_site_without_the_guide_has_nothing_of_it(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, {**OWN, "site_config/site.yaml": site_yaml(guide="false")})
    assert pages_of(tree) == {}
    assert {page.path for page in PAGES} <= tree.left_out
    assert tree.nav_below == ()


def test_pages_of_a_firm_stand_below_the_guide_or_in_a_page_of_ours(tmp_path: Path) -> None:
    english, translated = tree_of(tmp_path, OWN), tree_of(tmp_path, OWN, chinese())
    pages = pages_of(english)
    assert set(pages) == {*NAMES, "our-prices"}
    assert pages["our-prices"] == (
        '---\ntitle: "Our prices"\ndescription: "Our prices"\n---\n\n\n# Our prices\n\n'
        '<div class="ap-guide"></div>\n\n'
        '<div class="ap-own">\n<p>Ask <strong>finance</strong> first.</p>\n</div>\n\n'
        "## When {#own-when}\n\n"
        '<div class="ap-own">\n<p>Before <em>each</em> offer.</p>\n</div>\n'
    )
    assert pages["publishing"].endswith(
        "## At our firm {#own}\n\n"
        '<div class="ap-own">\n<p>See <a href="https://plans.example.com">the host</a>.</p>\n</div>'
        '\n\n### Who {#own-who}\n\n<div class="ap-own">\n<p>IT.</p>\n</div>\n'
    )
    assert english.nav_below == (("Guide", (("Our prices", "guide/our-prices.md"),)),)
    assert translated.nav_below == (("Guide", (("我们的价格", "guide/our-prices.md"),)),)
    assert "先问财务。" in pages_of(translated)["our-prices"]
    assert "- [Our prices](our-prices.md)" in pages["index"]


def test_they_are_in_no_edition(tmp_path: Path) -> None:
    files = {"playbooks/harbor.yaml": HARBOR, **OWN}
    whole = assess(Workspace.at(make_workspace(tmp_path, files)), TODAY)
    internal = render_edition(edition_of(whole, "internal", None), "internal")
    assert set(pages_of(internal)) == set(NAMES)
    assert "finance" not in pages_of(internal)["index"]
    customer = render_edition(edition_of(whole, "customer", "harbor"), "customer")
    assert pages_of(customer) == {}


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("![x](x.png)", '<p>!<a href="x.png">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//example.com/y)", "<p>[x](//example.com/y)</p>"),
        ("[x](../rules/index.html)", '<p><a href="../rules/index.html">x</a></p>'),
        (
            '<div data-fragment="x"></div>',
            "<p>&lt;div data-fragment=&quot;x&quot;&gt;&lt;/div&gt;</p>",
        ),
    ],
)
def test_text_of_a_firm_stays_text(text: str, block: str) -> None:
    assert list(safe_markdown(text, level=2)) == [f'<div class="ap-own">\n{block}\n</div>']


def test_a_heading_of_a_firm_stays_a_heading() -> None:
    (made, *_) = safe_markdown("# *A* {#x} <b>\n\ntext", level=2)
    assert made == "## A &#123;&#35;x&#125; &#60;b&#62; {#own-a-x-b}"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "Prices.md",
            b"# P\n",
            "a page of the guide is named like our-prices.md or our-prices.zh.md",
        ),
        (
            "prices.txt",
            b"# P\n",
            "a page of the guide is named like our-prices.md or our-prices.zh.md",
        ),
        (
            "prices.md",
            b"Prices\n",
            "the page has no title; begin it with a line such as '# Our prices'",
        ),
        ("prices.md", b"# \xff\n", "the file is not in UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_wrong_with_such_a_page_is_told(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    place = f"site_config/guide/{name}"
    root = make_workspace(tmp_path, {place: content})
    with pytest.raises(SettingsError) as raised:
        own_guide(Workspace.at(root))
    assert [str(problem) for problem in raised.value.problems] == [
        f"{place}:1:1: error: {message} [wrong-setting]"
    ]


def test_all_of_its_text_is_for_search(both: tuple[SiteTree, SiteTree]) -> None:
    pages: list[Page] = [page for page in both[0].pages if page.path.startswith("guide/")]
    assert all(page.fragments == {} for page in pages)
