"""What search knows of an account."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.form import Playbook
from generator.pages.account_page import ENOUGH, WHO, first_sentence, section_sentences
from generator.pages.site import Site
from tests.pages.sites import HARBOR, site_of

MOST = 2000
"""Bytes of the search's index that an account of many may take, with titles and addresses."""


def sentences(site: Site, id: str) -> dict[str, str]:
    account = site.portfolio.account(id)
    assert account is not None
    return section_sentences(account, site.settings, site.portfolio.today)


def test_names_people_risks_rivals_and_aims_are_told(tmp_path: Path) -> None:
    assert sentences(site_of(tmp_path), "harbor") == {
        "head": ("Customer, Logistics, EMEA; also known as HL, Port & Co."),
        "relationship": "With: Birgit Holt (COO); Jan Maas.",
        "risk": "Risks: Late go-live of the second line; Pays slowly.",
        "market": "Rivals: North Drive.",
        "plan": "Aims: Uptime of 99 %.",
    }


def test_chinese_is_told_as_it_is(tmp_path: Path) -> None:
    assert sentences(site_of(tmp_path), "huayuan") == {
        "head": "Prospect, Energy, APAC; also known as 华远.",
        "relationship": "With: 王敏 (采购总监).",
        "risk": "Risks: 交付周期太长.",
    }


def test_who_will_leave_is_still_there(tmp_path: Path) -> None:
    later = HARBOR.replace("left_on: 2026-01-01", "left_on: 2027-03-01")
    by_section = sentences(site_of(tmp_path, {"playbooks/harbor.yaml": later}), "harbor")
    assert by_section["relationship"] == "With: Birgit Holt (COO); Jan Maas; Old Hand."


def test_a_file_that_cannot_be_read_has_nothing_to_tell(tmp_path: Path) -> None:
    assert sentences(site_of(tmp_path), "broken") == {}


def test_many_long_names_are_cut(tmp_path: Path) -> None:
    people = "\n".join(
        f"    - {{id: p-{n}, name: {'汉' * 40}{n}, title: {'字' * 150}}}" for n in range(30)
    )
    risks = "\n".join(f"    - {{id: r-{n}, doubt: {'doubt ' * 30}{n}}}" for n in range(30))
    text = (
        f"schema: 1\naccount: {{name: A, status: customer, aliases: [{'汉' * 400}]}}\nsummary: x\n"
        f"relationship:\n  contacts:\n{people}\nrisk:\n  customer:\n{risks}\n"
    )
    by_section = sentences(site_of(tmp_path, {"playbooks/a.yaml": text}), "a")
    assert by_section["relationship"].endswith("….")
    assert all(by_section[name] for name in ("head", "relationship", "risk"))
    assert sum(len(sentence.encode()) for sentence in by_section.values()) < MOST - 400


def test_all_sentences_together_leave_room_for_titles_and_addresses() -> None:
    assert sum(ENOUGH.values()) < MOST - 300


@pytest.mark.parametrize(
    ("summary", "first"),
    [
        ("Runs **four** terminals. Ends next spring.", "Runs four terminals."),
        ("Rated 9.7 of 10 by *everyone*! And more.", "Rated 9.7 of 10 by everyone!"),
        ("三座水厂的备件与巡检。产品同质。", "三座水厂的备件与巡检。"),
        ("No end to it", "No end to it"),
        ("A [link](https://a.example) and\na line.\n\nMore.", "A link and a line."),
        ("word " * 60, f"{'word ' * (WHO // 5 - 2)}word…"),
    ],
)
def test_the_first_sentence_of_a_summary_says_who_they_are(summary: str, first: str) -> None:
    assert first_sentence(Playbook.model_construct(summary=summary)) == first
