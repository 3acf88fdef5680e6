"""`playbook person`: what is shown to a person, and what is left when they are taken out."""

from __future__ import annotations

import gzip
import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from generator.assess import assess
from generator.change.person.search import Search, search_for
from generator.problems import Problem
from generator.read import Document, Workspace, read_file, read_text
from tests.conftest import REPOSITORY, Sample
from tests.everything import TODAY
from tests.program import run
from tests.site.trees import contents
from tests.workspace import TEAM, make_workspace

NFD = unicodedata.normalize("NFD", "Zoé Lacroix")
# Every kind of place that may name a contact, and comments and words that do
PLAN = f"""\
# Harbor: ask Zoé Lacroix first, then Zoé's boss
schema: 1
account:
  name: Harbor Logistics
  status: prospect
  owner: kim-larsen
  next: {{date: 2026-12-03, what: "Talk with Zoé Lacroix", with: [zoe-lacroix, li-wei]}}
summary: |
  {NFD} decides. Her office is next to that of Zoé
  Lacroix-Dupont, who is somebody else.
relationship:
  personal_data: {{source: fair, lawful_basis: legitimate interest}}
  contacts:
    # met at the fair
    - id: li-wei  # not our own Li Wei
      name: 王立伟
      reports_to: zoe-lacroix
    - id: zoe-lacroix  # likes to be called Zoé
      name: Zoé Lacroix
      # has a say in everything
      level: company
      sentiment: 1
      observed:
        - {{fact: Said yes, date: 2026-10-01, by: kim-larsen}}
    - {{id: zoe-lacroix-dupont, name: Zoé Lacroix-Dupont}}
  interactions:
    - {{date: 2026-10-01, contacts: [zoe-lacroix], note: 'LACROIX, Zoé said ''yes'''}}
    - {{date: 2026-10-02, contacts: [zoe-lacroix, li-wei]}}
  promises:
    - {{what: A visit, to: zoe-lacroix}}
service:
  objects:
    - {{id: boss, contact: zoe-lacroix, stage: sale}}
value:
  return:
    courtesies:
      - contact: zoe-lacroix  # lunch
        kind: lunch
        amount: 20
        currency: EUR
        register: R-7
objectives:
  - id: win-zoe-lacroix
    statement: Win
    for_whom: zoe-lacroix
    whose: ours
"""
ERASED = """\
# Harbor: ask [erased] first, then Zoé's boss
schema: 1
account:
  name: Harbor Logistics
  status: prospect
  owner: kim-larsen
  next: {date: 2026-12-03, what: "Talk with [erased]", with: [li-wei]}
summary: |
  [erased] decides. Her office is next to that of Zoé
  Lacroix-Dupont, who is somebody else.
relationship:
  personal_data: {source: fair, lawful_basis: legitimate interest}
  contacts:
    # met at the fair
    - id: li-wei  # not our own Li Wei
      name: 王立伟
    - {id: zoe-lacroix-dupont, name: Zoé Lacroix-Dupont}
  interactions:
    - {date: 2026-10-01, contacts: [], note: "[erased] said 'yes'"}
    - {date: 2026-10-02, contacts: [li-wei]}
  promises:
    - {what: A visit}
service:
  objects:
    - {id: boss, stage: sale, level: company}
value:
  return:
    courtesies: []
objectives:
  - id: win-zoe-lacroix
    statement: Win
    whose: ours
"""
OTHER = """\
schema: 1
account: {name: Port Authority, status: prospect}
summary: Recommended by Zoé Lacroix of Harbor.
"""
PATH = "playbooks/harbor-logistics.yaml"


def workspace(folder: Path, **files: str) -> Path:
    plans = {PATH: PLAN, "playbooks/port-authority.yaml": OTHER}
    return make_workspace(folder, {**plans, **files})


def person(root: Path, *words: str) -> tuple[int, str, str]:
    done = run(root, "person", *words)
    return done.returncode, done.stdout, done.stderr


def test_a_contact_is_taken_out_of_every_file(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    code, output, noted = person(root, "erase", "zoe-lacroix")
    assert (root / PATH).read_text(encoding="utf-8") == ERASED
    port_text = (root / "playbooks/port-authority.yaml").read_text(encoding="utf-8")
    assert port_text == OTHER.replace("Zoé Lacroix", "[erased]").replace(
        "Recommended by [erased] of Harbor.", '"Recommended by [erased] of Harbor."'
    )
    assert output.splitlines() == TOLD
    assert noted.splitlines()[0] == (
        "2 files written, 14 places; 0 left to you, 2 to read. Now run: playbook check"
    )
    assert noted.splitlines()[1].startswith("Not reached by this: git's history")
    assert code == 0


TOLD = """\
playbooks/port-authority.yaml:3:10: summary: the name taken out: Recommended by Zoé Lacroix of Harbor.
playbooks/harbor-logistics.yaml:18:7: relationship.contacts.1: the contact, deleted
playbooks/harbor-logistics.yaml:7:66: account.next.with.0: no longer named; read the rest
playbooks/harbor-logistics.yaml:17:7: relationship.contacts.0.reports_to: no longer named; read the rest
playbooks/harbor-logistics.yaml:27:37: relationship.interactions.0.contacts.0: no longer named; read the rest
playbooks/harbor-logistics.yaml:28:37: relationship.interactions.1.contacts.0: no longer named; read the rest
playbooks/harbor-logistics.yaml:30:23: relationship.promises.0.to: no longer named; read the rest
playbooks/harbor-logistics.yaml:33:18: service.objects.0.contact: no longer named; read the rest
playbooks/harbor-logistics.yaml:37:9: value.return.courtesies.0: the entry, deleted; the register still has it as R-7
playbooks/harbor-logistics.yaml:45:5: objectives.0.for_whom: no longer named; read the rest
playbooks/harbor-logistics.yaml:1:15: comment: the name taken out: # Harbor: ask Zoé Lacroix first, then Zoé's boss
playbooks/harbor-logistics.yaml:7:34: account.next.what: the name taken out: Talk with Zoé Lacroix
playbooks/harbor-logistics.yaml:8:10: summary: the name taken out: NFD decides. Her office is next to that of Zoé Lacroix-Dupont, who is somebody else.
playbooks/harbor-logistics.yaml:19:46: relationship.interactions.0.note: the name taken out: LACROIX, Zoé said 'yes'
playbooks/harbor-logistics.yaml:1:36: perhaps this person: # Harbor: ask [erased] first, then Zoé's boss
playbooks/harbor-logistics.yaml:30:9: objectives.0.id: perhaps this person: win-zoe-lacroix
""".replace("NFD", NFD).splitlines()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    code, diff, noted = person(root, "erase", "zoe-lacroix", "--dry-run")
    assert (root / PATH).read_text(encoding="utf-8") == PLAN
    assert (code, noted) == (0, "2 files would change; nothing written\n")
    assert [line for line in diff.splitlines() if line.startswith("+") and "erased" in line]
    assert diff.count("--- a/playbooks/") == 2


def test_line_ends_and_a_file_without_one_stay(tmp_path: Path) -> None:
    text = PLAN.replace("\n", "\r\n").removesuffix("\r\n")
    root = workspace(tmp_path, **{PATH: text})
    assert person(root, "erase", "zoe-lacroix")[0] == 0
    assert (root / PATH).read_bytes() == ERASED.replace("\n", "\r\n").removesuffix("\r\n").encode()


def test_one_of_us_becomes_nobody_and_what_they_owned_stays_owned(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    code, _, _ = person(root, "erase", "kim-larsen")
    assert code == 0
    team = (root / "site_config/team.yaml").read_text(encoding="utf-8")
    assert team == TEAM.replace(
        "kim-larsen: {name: Kim Larsen, role: account_manager, region: emea}",
        'former-1: {name: "[erased]", role: account_manager, region: emea}',
    )
    text = (root / PATH).read_text(encoding="utf-8")
    assert text == PLAN.replace("kim-larsen", "former-1")
    before = {
        finding.rule for finding in assess(Workspace.at(workspace(tmp_path / "b")), TODAY).findings
    }
    assert {finding.rule for finding in assess(Workspace.at(root), TODAY).findings} <= before
    assert person(root, "erase", "ana-ruiz")[0] == 0
    assert "  former-2: {" in (root / "site_config/team.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            "li-wei",
            (
                "'li-wei' is more than one person: harbor-logistics/li-wei (王立伟), li-wei (李伟);"
                " name one account's with ACCOUNT/ID, one of us with /ID"
            ),
        ),
        (
            "zoe-lacroi",
            (
                "nobody has the id 'zoe-lacroi'; did you mean 'zoe-lacroix'?"
                " (to look for a name alone give --name as well)"
            ),
        ),
        (
            "port-authority/zoe-lacroix",
            "nobody has the id 'port-authority/zoe-lacroix'",
        ),
    ],
)
def test_who_is_meant_must_be_clear(tmp_path: Path, given: str, message: str) -> None:
    root = workspace(tmp_path)
    code, _, errors = person(root, "erase", given)
    assert code == 2
    assert message in errors
    assert (root / PATH).read_text(encoding="utf-8") == PLAN


def test_a_contact_and_one_of_us_with_the_same_id_are_told_apart(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert person(root, "erase", "/li-wei")[0] == 0
    assert (root / PATH).read_text(encoding="utf-8") == PLAN
    assert person(root, "erase", "harbor-logistics/li-wei")[0] == 0
    text = (root / PATH).read_text(encoding="utf-8")
    assert "    - id: li-wei" not in text
    assert "王立伟" not in text


def found_in(text: str, *names: str, id_: str = "li-na", name: str = "李娜") -> str:
    """A summary after a contact was erased."""
    plan = f"schema: 1\naccount: {{name: A, status: prospect}}\nsummary: |-\n  {text}\n"
    plan += f"relationship:\n  contacts:\n    - {{id: {id_}, name: {name}}}\n    - {{id: b}}\n"
    document = read_text(plan.encode(), "playbooks/a.yaml")
    made = search_for(id_, names, [document]).erased("X")
    data = read_text(made.files[0].text.encode(), "playbooks/a.yaml").data
    assert data is not None
    return str(data["summary"])


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("李娜", "与李娜会面。李 娜同意。", "与X会面。X同意。"),
        ("李娜", "li-na signs; call-li-na does not", "X signs; call-li-na does not"),
        ("Anna Rossi", "ANNA ROSSI's plan; Rossi, Anna; Rossi Anna", "X's plan; X; X"),
        ("Anna Rossi", "Anna  Rossi and Anna\u00a0Rossi", "X and X"),
        ("Anna Rossi", "Joanna Rossi, Anna Rossini, anna.rossi@a.example", None),
        ("Anna Rossi", "Anna Rossi-Bianchi", None),
        ("José Núñez", unicodedata.normalize("NFD", "José Núñez agrees"), "X agrees"),
        ("José Núñez", "Jose Nunez, JOSE NUÑEZ and José Nunez", "X, X and X"),
        ("Jörg Groß", "Joerg Gross, Jorg Groß and GROSS Jörg", "X, X and X"),
        ("Søren Ødegård", "Soren Odegard; Soeren Oedegaard", "X; X"),
        ("Łukasz Żak", "Lukasz Zak", "X"),
        # the other way it may be anybody's
        ("Jose Nunez", "José Núñez", None),
        ("かぎ", "かき", None),
        ("Ng", "Ng says young people", "X says young people"),
        ("May", "May may come in may, says May", "X may come in may, says X"),
        ("Will Smith", "will smith will", "X will"),
        ("A. (Bob) O'Neil", "A. (Bob) O'Neil and Bob", "X and Bob"),
    ],
)
def test_whole_names_only(name: str, text: str, left: str | None) -> None:
    assert found_in(text, name=name) == (text if left is None else left)


@pytest.mark.parametrize("contact", ["{id: cfo}", "{id: cfo, name: ''}", "{id: may, name: May}"])
def test_who_has_no_telling_name_leaves_all_words_alone(contact: str) -> None:
    plan = (
        "schema: 1\naccount: {name: A, status: prospect}\nsummary: The cfo may agree. # cfo, may\n"
        f"relationship:\n  contacts:\n    - {contact}\n    - {{id: b}}\n"
    )
    document = read_text(plan.encode(), "playbooks/a.yaml")
    id_ = contact[5:8]
    made = search_for(id_, (), [document]).erased("X")
    assert made.problems == ()
    assert made.files[0].text == plan.replace(f"    - {contact}\n", "")


def test_who_is_called_the_same_without_accents_may_be_meant() -> None:
    """In another's file the name is only a perhaps; a longer name of another stays."""
    first = PLAN_OF_ONE.format(id="zoe", name="Zoé Lacroix", words="Zoe Lacroix agrees")
    second = PLAN_OF_ONE.format(id="zoe-b", name="Zoe Lacroix", words="Zoe Lacroix Martin")
    third = PLAN_OF_ONE.format(id="zoe-c", name="Zoe Lacroix Martin", words="Zoe Lacroix Martin")
    files = (("a", first), ("b", second))
    documents = [read_text(text.encode(), f"playbooks/{name}.yaml") for name, text in files]
    search = search_for("zoe", (), documents)
    assert {trace.file for trace in search.places()} == {"playbooks/a.yaml"}
    assert {trace.file for trace in search.perhaps() if "Lacroix" in trace.text} == {
        "playbooks/b.yaml"
    }
    documents[1] = read_text(third.encode(), "playbooks/c.yaml")
    made = search_for("zoe", (), documents).erased("X")
    (changed,) = made.files
    assert (changed.path, "summary: X agrees" in changed.text) == ("playbooks/a.yaml", True)


PLAN_OF_ONE = (
    "schema: 1\naccount: {{name: A, status: prospect}}\nsummary: {words}\n"
    "relationship:\n  contacts:\n    - {{id: {id}, name: {name}}}\n"
)


def test_another_spelling_is_told_by_name() -> None:
    assert found_in("Nana (nana@a.example) and 李娜", "Nana", "nana@a.example") == "X (X) and X"


def test_a_longer_name_of_another_stays() -> None:
    plan = """\
schema: 1
account: {name: A, status: prospect}
summary: 李伟明和李伟
relationship:
  contacts:
    - {id: a, name: 李伟}
    - {id: b, name: 李伟明}
"""
    document = read_text(plan.encode(), "playbooks/a.yaml")
    made = search_for("a", (), [document]).erased("X").files[0].text
    assert "summary: 李伟明和X" in made
    assert "name: 李伟明" in made


def test_a_namesake_elsewhere_stays_and_is_shown() -> None:
    plans = {
        "a": "{id: li-na, name: Li Na}",
        "b": "{id: lina, name: Li Na}",
    }
    documents = [
        read_text(
            f"schema: 1\naccount: {{name: A, status: prospect}}\nsummary: Li Na\n"
            f"relationship: {{contacts: [{contact}]}}\n".encode(),
            f"playbooks/{name}.yaml",
        )
        for name, contact in plans.items()
    ]
    search = search_for("li-na", (), documents)
    assert [file.path for file in search.erased("X").files] == ["playbooks/a.yaml"]
    assert [(place.file, place.line) for place in search.perhaps()] == [
        ("playbooks/b.yaml", 3),
        ("playbooks/b.yaml", 4),
    ]


def test_a_broken_file_stops_all(tmp_path: Path) -> None:
    root = workspace(tmp_path, **{"playbooks/broken.yaml": "summary: [Zoé Lacroix\n"})
    code, _, errors = person(root, "erase", "zoe-lacroix")
    assert code == 1
    assert errors.startswith(
        "playbooks/broken.yaml:1:1: error: the file has faults and may speak of the person;"
        " mend it first [cannot-erase]\n"
    )
    assert errors.endswith("nothing written\n")
    assert (root / PATH).read_text(encoding="utf-8") == PLAN


def test_a_file_that_cannot_be_taken_apart_is_shown_and_stops_all(tmp_path: Path) -> None:
    """The reader has it and ruamel does not: 'note: |# …'."""
    odd_text = "schema: 1\nsummary: |# a\n  Zoé Lacroix called.\n"
    root = workspace(tmp_path, **{"playbooks/other.yaml": odd_text})
    code, shown, _ = person(root, "export", "zoe-lacroix")
    assert code == 0
    assert "playbooks/other.yaml:3:3" in shown
    code, _, errors = person(root, "erase", "zoe-lacroix")
    assert code == 1
    assert errors == (
        "playbooks/other.yaml:2:11: error: this text cannot be taken apart for a change; write"
        " 'key: |' with nothing behind it but a space and a comment, and begin the text on the line"
        " below [cannot-erase]\nnothing written\n"
    )
    assert (root / PATH).read_text(encoding="utf-8") == PLAN


def test_files_that_are_no_playbooks_are_searched_too(tmp_path: Path) -> None:
    notes = {"playbooks/notes.md": "Zoé Lacroix\n", "playbooks/_draft.yaml": "x: Zoé Lacroix\n"}
    root = workspace(tmp_path, **notes)
    code, output, _ = person(root, "erase", "zoe-lacroix")
    assert code == 1
    assert (root / "playbooks/_draft.yaml").read_text(encoding="utf-8") == 'x: "[erased]"\n'
    left = "playbooks/notes.md:1:1: still there: named in words; take the name out: Zoé Lacroix"
    assert left in output.splitlines()


def test_known_gaps_of_the_contact_go(tmp_path: Path) -> None:
    gaps = (
        "written: 2026-11-23\ngaps:\n"
        "  - {rule: contact-owner, account: harbor-logistics, entry: zoe-lacroix}\n"
        "  - {rule: contact-owner, account: port-authority, entry: zoe-lacroix}\n"
        "  - {rule: contact-owner, account: harbor-logistics, entry: li-wei}\n"
    )
    root = workspace(tmp_path, **{"playbooks-baseline.yaml": gaps})
    person(root, "erase", "zoe-lacroix")
    left = (root / "playbooks-baseline.yaml").read_text(encoding="utf-8").splitlines()
    assert "  - {rule: contact-owner, account: harbor-logistics, entry: zoe-lacroix}" not in left
    assert "  - {rule: contact-owner, account: harbor-logistics, entry: li-wei}" in left


def test_export_shows_what_is_theirs_and_nobody_elses_entry(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    code, output, _noted = person(root, "export", "zoe-lacroix", "--format", "json")
    places = json.loads(output)["places"]
    assert code == 0
    assert json.loads(output)["person"] == "harbor-logistics/zoe-lacroix"
    fields = {place["field"]: place["text"] for place in places}
    assert fields["relationship.contacts.1.observed.0.fact"] == "Said yes"
    assert fields["relationship.personal_data.source"] == "fair"
    assert fields["relationship.contacts.0.reports_to"] == "zoe-lacroix"
    assert "relationship.contacts.0.name" not in fields
    assert fields["value.return.courtesies.0.register"] == "R-7"
    assert fields["account.next.what"] == "Talk with Zoé Lacroix"
    assert {place["file"] for place in places} == {PATH, "playbooks/port-authority.yaml"}
    lines = (root / PATH).read_text(encoding="utf-8").splitlines()
    first = next(place for place in places if place["field"] == "relationship.contacts.1.id")
    assert lines[first["line"] - 1][first["column"] - 1 :].startswith("zoe-lacroix")


def documents_of(root: Path) -> list[Document]:
    workspace = Workspace.at(root)
    return [
        read_file(path, workspace.shown(path))
        for path in workspace.every_file()
        if path.suffix == ".yaml"
    ]


@pytest.fixture(scope="module")
def examples() -> list[Document]:
    return documents_of(REPOSITORY)


@pytest.mark.sampled(4)
def test_every_contact_of_the_examples_can_be_erased(
    examples: list[Document], sample: Sample
) -> None:
    people = search_for("dana-whitfield", (), examples).people
    contacts = [who.label for who in people if who.account]
    assert len(contacts) > 40
    for label in sample(contacts, 4):
        search: Search = search_for(label, (), examples)
        made = search.erased("[erased]")
        assert made.problems == (), label
        texts = {file.path: file.text for file in made.files}
        again = [
            read_text(texts.get(document.path, document.text).encode(), document.path)
            for document in examples
        ]
        assert [document.problems for document in again] == [
            document.problems for document in examples
        ], label
        # whoever has the same name elsewhere is told as perhaps the same person, and stays
        told = {(trace.file, trace.line, trace.column) for trace in (*made.left, *made.perhaps)}
        left = search_for(label, (search.person.name,), again).places()
        assert [
            trace for trace in left if (trace.file, trace.line, trace.column) not in told
        ] == [], label


def rules(root: Path) -> dict[tuple[str, str], list[Problem]]:
    by_rule: dict[tuple[str, str], list[Problem]] = {}
    for finding in assess(Workspace.at(root), TODAY).findings:
        by_rule.setdefault((finding.account, finding.rule), []).append(finding)
    return by_rule


def test_the_examples_stay_clean_but_for_what_a_missing_person_means(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    for name in ("playbooks", "site_config"):
        shutil.copytree(REPOSITORY / name, root / name)
    assert person(root, "erase", "prairie-foods/grace-lindqvist")[0] == 0
    assert {rule for _, rule in rules(root)} <= HONEST


# a promise to nobody
HONEST = frozenset({"whole-entries"})


def test_nothing_of_them_is_in_the_site(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    for name in ("playbooks", "site_config"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    for path in (root / "playbooks").rglob("*.yaml"):
        if path.stem not in ("prairie-foods", "cascade-pharma", "jinling-dianzi"):
            path.unlink()
    gone = {
        "prairie-foods/grace-lindqvist": ["Grace Lindqvist", "grace-lindqvist"],
        "/chen-yu": ["陈宇", "chen-yu"],
    }
    words = [word.encode() for names in gone.values() for word in names]
    assert run(root, "build", "--today", TODAY.isoformat()).returncode == 0
    assert [word for word in words if word in published(root)] == words
    for label in gone:
        assert person(root, "erase", label)[0] == 0
    assert run(root, "build", "--today", TODAY.isoformat()).returncode == 0
    site = published(root)
    assert [word for word in words if word in site] == []
    assert b"[erased]" in site


def published(root: Path) -> bytes:
    """Every byte of the site, names of files too, packed ones unpacked; and of exports."""
    files = contents(root / "site")
    unpacked = (gzip.decompress(raw) for name, raw in files.items() if name.endswith(".gz"))
    exports = (
        run(root, "export", "--today", TODAY.isoformat(), "--format", name).stdout.encode()
        for name in ("json", "ics")
    )
    return b"\0".join((*map(str.encode, files), *files.values(), *unpacked, *exports))


def test_the_file_that_defines_them_is_written_last(
    tmp_path: Path, examples: list[Document]
) -> None:
    search = search_for("zoe-lacroix", (), documents_of(workspace(tmp_path)))
    assert [file.path for file in search.erased("X").files] == [
        "playbooks/port-authority.yaml",
        PATH,
    ]
    late = search_for("/ana-ruiz", (), examples).erased("X").files
    assert late[-1].path == "site_config/team.yaml"
