"""Names and ids: readable in every script, and never the id of another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.change.crm.names import free_id, id_of, ids_of, known_ids
from generator.change.edit.files import write_files
from generator.read import Workspace
from tests.change.crm.test_withdraw import ACCOUNTS, CASES, CONTACTS, DEALS, MAPPING, Firm, said
from tests.change.crm.test_withdraw import firm as firm  # noqa: PLC0414 - a fixture is asked for by name


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Kim Lee", "kim-lee"),
        ("Łódź Straße Ørsted", "lodz-strasse-orsted"),
        ("Ae\u0301ro", "aero"),
        ("Aéro", "aero"),
        ("上海重庆银行", "shang-hai-chong-qing-yin-hang"),
        ("一线 Retail", "yi-xian-retail"),
        ("Яна", "yana"),
        ("Ελλάδα", "ellada"),
        ("ガス", "gasu"),
        ("삼성전자", "samseongjeonja"),
        ("हिन्दी", "hindi"),
        ("☃ — !", ""),
        ("x" * 70, "x" * 64),
    ],
)
def test_a_name_as_an_id(name: str, id_: str) -> None:
    assert id_of(name) == id_


@pytest.mark.parametrize(
    ("name", "taken", "id_"),
    [
        ("Kim Lee", set(), "kim-lee"),
        ("KIM-LEE", {"kim-lee"}, "kim-lee-2"),
        ("Con", set(), "con-2"),
        ("Index", set(), "index-2"),
        ("LPT1", {"lpt1-2"}, "lpt1-3"),
        ("☃", {"account"}, "account-2"),
        ("x" * 70, {"x" * 64}, f"{'x' * 62}-2"),
        # a cut never ends in a hyphen
        (f"{'x' * 61} {'y' * 9}", {f"{'x' * 61}-yy"}, f"{'x' * 61}-2"),
        ("x" * 70, {"x" * 64, *(f"{'x' * (63 - len(str(n)))}-{n}" for n in range(2, 1000))}, f"{'x' * 59}-1000"),
    ],
)  # fmt: skip
def test_an_id_that_is_free(name: str, taken: set[str], id_: str) -> None:
    assert free_id(name, "account", taken) == id_
    assert len(id_) <= 64


def labels(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def test_new_ids_are_apart_and_stay() -> None:
    first = ids_of(labels("Kim Lee", "☃"), "person", {})
    assert first == {"Kim Lee": "kim-lee", "☃": "person"}
    # those of before stay, whatever comes before them in the next export
    assert ids_of(labels("KIM-LEE", "Kim Lee", "☀", "☃", "kim  lee"), "person", first) == {
        "KIM-LEE": "kim-lee-2",
        "Kim Lee": "kim-lee",
        "☀": "person-2",
        "☃": "person",
        "kim  lee": "kim-lee",
    }
    # by ids of the CRM two of one name are two
    assert ids_of({"U1": "Kim Lee", "U2": "Kim Lee"}, "person", {}) == {
        "U1": "kim-lee",
        "U2": "kim-lee-2",
    }


@pytest.mark.parametrize(
    ("names", "entries", "remembered", "ids"),
    [
        # the word, whatever its case and the entry's id
        (labels("MEDICAL"), {"health": "Medical"}, {}, {"MEDICAL": "health"}),
        # the id that the name makes, of an entry with other words
        (labels("GTX"), {"gtx": "Our GTX series"}, {}, {"GTX": "gtx"}),
        # what stood for another name before
        (labels("Анна"), {"person": "Яна"}, {"Яна": "person"}, {}),
        (labels("KIM-LEE"), {"kim-lee": "Kim Lee"}, {"Kim Lee": "kim-lee"}, {}),
        (labels("KIM-LEE", "Kim Lee"), {"kim-lee": "Kim Lee"}, {}, {"Kim Lee": "kim-lee"}),
        (labels("K.I.M", "K I M"), {"k-i-m": "Kim"}, {}, {}),
        # an entry that was given another word
        (labels("Kim Lee"), {"kim-lee": "Kim Ray"}, {"Kim Lee": "kim-lee"}, {"Kim Lee": "kim-lee"}),
        # the CRM's id before the name: she is called otherwise now, and he as she was
        (
            {"U1": "Ann Ray", "U2": "Ann Lee"},
            {"ann-lee": "Ann Lee", "ann-lee-2": "Ann Lee"},
            {"U1": "ann-lee"},
            {"U1": "ann-lee", "U2": "ann-lee-2"},
        ),
        (labels("Ae\u0301ro"), {"a": "Aéro"}, {}, {"Ae\u0301ro": "a"}),
    ],
)  # fmt: skip
def test_entries_of_the_workspace(
    names: dict[str, str], entries: dict[str, str], remembered: dict[str, str], ids: dict[str, str]
) -> None:
    assert known_ids(names, entries, remembered) == ids


def test_no_colleague_industry_or_account_gets_the_id_of_another(firm: Firm) -> None:
    deals = DEALS.replace("Kim Larsen", "Яна")
    firm.bring(deals=deals, accounts="id,name,industry\nA1,一线,一线\nA2,☃,☃\n")
    assert "owner: yana\n" in firm.text("yi-xian")
    assert "industry: yi-xian\n" in firm.text("yi-xian")
    assert "industry: industry\n" in firm.text("account")
    plan = firm.bring(
        deals=deals.replace("D2,A1,Crane,Яна", "D2,A1,Crane,Анна").replace("500,EUR", "5000,EUR"),
        accounts="id,name,industry\nA3,☀,☀\nA2,☃,☃\nA1,一线,上海\nA4,上海,上海\n",
    )
    text = firm.text("yi-xian")
    # who is not in the team is counted, and nobody's owner becomes another
    assert "owner: yana\n" in text
    assert "industry" not in text
    assert 'name: "☃"\n' in firm.text("account")
    assert 'name: "☀"\n' in firm.text("account-2")
    assert "name: 上海\n" in firm.text("shang-hai")
    assert (
        "  2 fields left out: unknown industry '上海'; to add '上海', write"
        " 'shang-hai: {label: {en: 上海}}' under 'industries:' in site_config/catalogue.yaml"
    ) in plan.accounting


def test_a_contact_is_known_by_the_id_of_the_crm(firm: Firm) -> None:
    firm.bring()
    married = (
        CONTACTS.replace("Birgit,Holt", "Birgit,Lund")
        + "C3,A1,Birgit,Holt,Intern,\nC4,A1,BIRGIT,HOLT-,Guest,\n"
    )
    plan = firm.bring(contacts=married)
    names = [line.strip() for line in firm.text().splitlines() if "public_official" in line]
    assert [name[: name.index(", title")] for name in names] == [
        "- {id: birgit-holt, name: Birgit Lund",
        "- {id: ana-ruiz, name: Ana Ruiz",
        "- {id: birgit-holt-3, name: Birgit Holt",
        "- {id: birgit-holt-2, name: BIRGIT HOLT-",
    ]
    assert said(plan) == []


def test_two_spellings_of_one_accent_are_one_name(tmp_path: Path) -> None:
    """An account without an id in the CRM is known by its name, however its accents are stored."""
    together, apart = "Café", "Cafe\u0301"
    firm = Firm(tmp_path, MAPPING.replace("id: id, name: name, industry", "name: name, industry"))
    tables = {
        "accounts": ACCOUNTS.replace("A1,Harbor", f"A1,{together}"),
        "deals": DEALS.replace("A1", together).replace("A2", "Prairie"),
        "contacts": CONTACTS.replace("A1", together).replace("Holt", f"{together}ier"),
        "cases": CASES.replace("A1", together),
    }
    firm.bring(**tables)
    text = firm.text("cafe")
    for old, new in ((together, apart), (apart, together)):
        firm.path("cafe").write_text(text.replace(together, old), encoding="utf-8")
        plan = firm.plan(**{name: table.replace(together, new) for name, table in tables.items()})
        assert (plan.new, plan.changed, said(plan)) == ((), (), [])


@pytest.mark.parametrize("name", ["Con", "Index", "NUL"])
def test_an_account_never_gets_a_name_that_is_kept(firm: Firm, name: str) -> None:
    plan = firm.plan(accounts=ACCOUNTS.replace("Harbor", name))
    assert write_files(Workspace.at(firm.root), plan) == ()
    assert firm.path(f"{name.lower()}-2").is_file()
