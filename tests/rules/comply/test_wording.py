"""A hundred violations in five languages, written before the word lists; and what comes close."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from generator.assess import assess
from generator.figures import Portfolio
from generator.read import Workspace
from generator.rules.comply.lexicon import Lexicon
from tests.bench.generated import write_portfolio
from tests.figures.small import settings
from tests.rules.comply.plans import (
    RULES,
    blind,
    noted,
    rows,
    rules_in,
    said_of,
    strangers,
    tried,
    with_sentence,
)
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)
PLANTED, CLEAN = rows("planted"), rows("clean")


def test_the_table_is_a_hundred_in_five_languages() -> None:
    assert Counter(sentence["language"] for sentence in PLANTED) == dict.fromkeys(
        ("en", "zh", "de", "fr", "es"), 20
    )


def test_at_least_ninety_of_a_hundred_are_found_by_their_rule() -> None:
    missed = [
        sentence["text"]
        for sentence in PLANTED
        if sentence["rule"] not in rules_in(with_sentence(sentence["at"], sentence["text"]))
    ]
    assert len(missed) <= 10, missed
    # those that need a reader are said to, so that nobody takes the lists for more than they are
    assert {sentence["text"] for sentence in PLANTED if sentence.get("missed")} >= set(missed)


@pytest.mark.parametrize("row", CLEAN, ids=[sentence["text"][:30] for sentence in CLEAN])
def test_what_comes_close_is_no_violation(row: dict[str, str]) -> None:
    assert rules_in(with_sentence(row["at"], row["text"])) == set()


@pytest.mark.parametrize("fifty", ["first", "second", "third", "fourth", "fifth", "sixth"])
def test_at_least_twenty_of_twenty_five_are_found_and_at_most_two_of_the_harmless(
    fifty: str,
) -> None:
    sentences = strangers(fifty)
    found = noted(sentence["text"] for sentence in sentences)
    missed = {
        sentence["text"]: sentence["missed"]
        for sentence in sentences
        if sentence["stop"] and sentence["text"] not in found
    }
    false = [each["text"] for each in sentences if not each["stop"] and each["text"] in found]
    assert len(sentences) == 50
    assert len(missed) <= 5
    assert set(missed.values()) <= {"known"}, missed
    assert len(false) <= 2, false


@pytest.mark.parametrize("stranger", ["first", "second", "third", "fourth"])
def test_nearly_all_that_four_strangers_wrote_is_found_and_nothing_harmless(stranger: str) -> None:
    sentences = blind(stranger)
    found = noted(sentence["text"] for sentence in sentences)
    missed = {
        sentence["text"]: sentence["missed"]
        for sentence in sentences
        if sentence["stop"] and sentence["text"] not in found
    }
    assert len(sentences) == 96
    assert len(missed) <= 2
    assert set(missed.values()) <= {"known"}, missed
    assert [each["text"] for each in sentences if not each["stop"] and each["text"] in found] == []


def test_what_is_written_every_day_is_no_violation() -> None:
    ordinary = [str(sentence) for sentence in rows("ordinary")]
    assert len(ordinary) > 100
    assert noted(ordinary) == set()


@pytest.mark.parametrize("kind", ["tried", "held_out", "rivals", "imagined"])
def test_sentences_are_found_by_their_parts(kind: str) -> None:
    sentences = tried(kind)
    found = noted(sentence["text"] for sentence in sentences)
    missed = {
        sentence["text"]: sentence["missed"]
        for sentence in sentences
        if sentence["stop"] and sentence["text"] not in found
    }
    assert set(missed.values()) <= {"known"}, missed
    assert len(missed) <= len(sentences) // 50
    assert [each["text"] for each in sentences if not each["stop"] and each["text"] in found] == []


# A sentence that is told, then the same without one of its parts, or with what makes it harmless
PARTS = {
    "Offer Maria a gold watch.": True,
    "The gold watch is from Geneva.": False,  # to nobody
    "Offer Maria the report.": False,  # what people give at work
    "Offer Acme a gold watch.": False,  # the account itself is no person
    "Maria declined, so do not offer Maria a gold watch.": False,
    "Their gift policy forbids it, so send Maria a gold watch to her home address.": True,  # hidden
    "Give the buyer 2 percent.": False,  # money alone is a discount
    "Give the buyer 2 percent through a shell company.": True,
    "Give the buyer 2 percent so that he pushes our offer through.": True,
    "Take the buyer to dinner.": False,
    "Take the mayor to dinner, he decides on the permit.": True,  # an official
    "Hire the nephew of the buyer.": True,  # family
    "Hire a nephew company of the buyer.": True,
    "The buyer's daughter company hires two people and pays its own way.": False,
    "Dr. Lindqvist gets a retainer from us.": True,  # the dot of a title ends no sentence
    "Pay Maria 500 euros, no receipt.": True,  # a number begins a phrase
    "A weekend in Rome with Maria before the tender.": True,  # notes leave out verbs
    "A weekend in Rome before the tender.": False,
    "Refuse the kickback that the agent asks for and report it to compliance.": False,
    "Refuse the kickback on paper, pay it through the agent in secret.": True,
}


@pytest.mark.parametrize(("sentence", "is_told"), PARTS.items())
def test_no_part_is_enough_by_itself(sentence: str, *, is_told: bool) -> None:
    assert (noted([sentence]) == {sentence}) is is_told


# Of whom: a sentence that is told, then one that speaks of nobody
PERSONS = {
    "The foreman is in chemotherapy.": True,
    "The line for chemotherapy is in validation.": False,
    "Osterkamp drinks too much.": True,  # a name with a verb
    "Jürgen macht gerade eine Chemo.": True,
    "Burnout, back in spring at the earliest.": True,  # notes leave out of whom
    "The depot is closed for stocktaking, burnout of the motor.": False,
    "The son of the buyer was arrested.": True,  # family
    "陈副行长患有乙肝。": True,
    "Meet the buyer of the Catholic university.": False,  # houses have a faith as well
}


@pytest.mark.parametrize(("sentence", "is_told"), PERSONS.items())
def test_what_is_nobody_s_business_is_said_of_a_person(sentence: str, *, is_told: bool) -> None:
    assert (noted([sentence]) == {sentence}) is is_told


def test_a_term_has_words_to_choose_from() -> None:
    """A firm's own list: '(a|b)' is one of several words, of which one may be several or none."""
    words = "words: {luxury: {en: ['(zeppelin|hot air balloon|glider*) (flight|ride|)'], zh: [坐(飞艇|热气球)]}}\n"
    own = settings(compliance=words)
    told = {
        "Offer Maria a zeppelin ride.",
        "Offer Maria a hot air balloon.",
        "Offer Maria a gliderport flight.",
        "请刘处长坐热气球。",
    }
    assert noted({*told, "Offer Maria an air ride.", "请刘处长坐飞机。"}, own) == told


def test_it_says_which_parts_there_are() -> None:
    text = with_sentence("action", "Hand the buyer a gold watch, nobody needs to know")
    assert said_of(text, "ab1") == [
        (
            "4:25: error: 'gold watch' with 'buyer' with 'hand' with 'nobody needs': nobody there"
            " gets money, what can be turned into it, or anything for the family; delete it and tell"
            " the compliance officer; what is within the limits stands under"
            " value.return.courtesies [ab1]"
        )
    ]


RIVALS = {
    "A friend forwarded us the competitor's quotation.": True,
    "The competitor's quotation is on its website.": False,  # it did not come to us
    "A friend forwarded us the competitor's published quotation.": False,
    "A friend forwarded us the competitor's published quotation in secret.": True,
    "A friend forwarded us the report of the competitor.": False,  # no papers
    "A friend forwarded us the quotation.": False,  # nobody's
    "A friend forwarded us the sealed quotation.": True,  # which is a rival's or for nobody yet
    "We gave back the competitor's quotation that a friend forwarded us.": False,
    "The engineer told us the competitor's prices.": False,  # every buyer says as much
    "The engineer told us the competitor's prices in secret.": True,
    "Agreed with the competitor that both raise prices in May.": True,
    "Agreed with the customer that both raise prices in May.": False,
    "The competitor raises prices in May.": False,  # nothing is agreed
    "Agreed with Stellan that they bid high.": True,  # only rivals agree on that
    "They bid high.": False,
    "Met Lea at Stellan: both of us raise prices in May.": True,  # a firm by name
    "Met Lea at Acme: both of us raise prices in May.": False,  # the account itself is no rival
    "Agreed with Stellan that they stay out of the next tender.": True,
    "Agreed with the customer that they stay out of the next tender.": False,
    "A friend at the office got hold of Stellan's net prices.": True,  # whose they are
    "A friend at the office got hold of net prices.": False,
}


@pytest.mark.parametrize(("sentence", "is_told"), RIVALS.items())
def test_what_a_rival_keeps_and_what_is_agreed_with_one(sentence: str, *, is_told: bool) -> None:
    assert (noted([sentence]) == {sentence}) is is_told


@pytest.mark.parametrize(
    ("sentence", "knows"),
    [
        (
            "Our welder's cousin at Borgmann printed out the discount table for us.",
            "competition: {rivals: [{id: borgmann, name: Borgmann Seals}]}\n",
        ),
        (
            "Ostrander wins the mills in turn.",
            "value: {alternatives: [{name: Ostrander}]}\n",
        ),
        ("小赵拍下了华凌的图纸。", "competition: {rivals: [{id: hualing, name: 华凌}]}\n"),
    ],
)
def test_rivals_and_alternatives_that_a_plan_names_are_rivals(sentence: str, knows: str) -> None:
    text = with_sentence("action", sentence)
    assert "cf3" not in rules_in(text)
    assert "cf3" in rules_in(text + knows)
    assert "cf3" not in rules_in(text + knows.replace("name: ", "name: New "))


def test_it_says_by_which_words_a_rival_s_secret_is_told() -> None:
    text = with_sentence("action", "Tom photographed the calculation of the incumbent")
    assert said_of(text, "cf3") == [
        (
            "4:25: error: 'incumbent' with 'photographed' with 'calculation': what a rival offers or"
            " how bids are judged is not ours to know, and nothing is agreed with a rival; delete it"
            " and tell the compliance officer [cf3]"
        )
    ]


def test_a_firm_s_own_word_counts_with_the_other_parts() -> None:
    """`site_config/compliance.yaml` of a firm names one list in one language; the rest stays."""
    sentence, another = "Offer Maria a zeppelin.", "Offer Maria a gold watch."
    assert noted([sentence, another]) == {another}
    own = settings(compliance="words: {luxury: {en: [zeppelin]}}\n")
    assert noted([sentence, another], own) == {sentence}
    assert noted(["Herrn Kern diskret einen Rolex schenken."], own) != set()


def test_no_false_alarm_on_the_examples(example_portfolio: Portfolio) -> None:
    findings = example_portfolio.findings
    assert [str(finding) for finding in findings if finding.rule in RULES] == []


def test_at_most_two_false_alarms_on_a_hundred_made_plans(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    write_portfolio(root, 100)
    by_words = {"ab1", "ab5", "ab7", "pd1", "pd2", "cf1", "cf2", "cf3"}
    findings = assess(Workspace.at(root), TODAY).findings
    assert [str(finding) for finding in findings if finding.rule in by_words] == []


def test_it_is_told_at_its_place() -> None:
    text = with_sentence("action", "Hand him a k.i.c.k.b.a.c.k")
    assert said_of(text, "ab7") == [
        (
            "4:25: error: 'kickback' speaks of a bribe: nobody here gives or takes one; tell the"
            " compliance officer and delete it, or name the approval in a waiver of ab7 [ab7]"
        )
    ]


@pytest.mark.parametrize(
    ("waiver", "stays"),
    [
        ("rule: ab7, reason: a quote, by: kim-larsen, until: 2026-12-31, approval: C-7", False),
        ("rule: ab7, reason: a quote, by: kim-larsen, until: 2026-12-31", True),
        ("rule: ab7, reason: a quote, by: kim-larsen, until: 2026-11-22, approval: C-7", True),
    ],
)
def test_only_a_waiver_with_an_approval_lets_ab7_pass(waiver: str, stays: bool) -> None:
    text = with_sentence("action", "They ask for a bribe") + f"waivers: [{{{waiver}}}]\n"
    assert ("ab7" in rules_in(text)) is stays


def test_a_waiver_without_approval_and_one_of_another_rule_are_findings() -> None:
    waiver = "waivers: [{rule: %s, reason: r, by: kim-larsen, until: 2026-12-31}]\n"
    text = with_sentence("action", "Call them")
    assert said_of(text + waiver % "ab7", "waiver-incomplete") == [
        (
            "6:11: error: needs 'approval': why, who answers for it, until when, by which approval"
            " [waiver-incomplete]"
        )
    ]
    for rule in ("ab1", "pd1", "yaml-syntax", "unknown-person"):
        assert said_of(text + waiver % rule, "unknown-rule") == [
            (
                f"6:18: error: no waiver reaches '{rule}'; mend the plan and delete the waiver"
                " [unknown-rule]"
            )
        ]


def test_a_list_without_words_finds_nothing() -> None:
    assert Lexicon({}).find("an envelope") is None
    assert Lexicon({"en": ()}).without("an envelope") == "an envelope"
