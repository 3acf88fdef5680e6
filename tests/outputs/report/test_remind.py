"""Reminders: what is due by whose it is, in each format, and nothing from above an audience."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.assess import assess
from generator.audience.classes import AUDIENCES, HIGHEST, OUTSIDE, Audience, level
from generator.audience.edition import edition_of
from generator.figures import Portfolio
from generator.outputs.report.remind import FORMATS, TEAMS_BYTES, Told
from generator.portfolio.reminders import reminders_of
from generator.read import Workspace
from tests.figures.small import TODAY as TODAY_OF_TESTS
from tests.figures.small import plan, portfolio, settings
from tests.program import run
from tests.proof.test_confidential import assessed, hits, plans_of, with_canaries
from tests.workspace import make_workspace

HARBOR = """\
schema: 1
account: {name: 'Harbor & <Sons> @here', status: prospect, owner: kim-larsen}
summary: S.
relationship: {promises: [{what: '*A* [report](x)', due: 2026-11-20}]}
actions:
  - {id: call, what: Call, due: 2026-12-07, owner: ana-ruiz}
  - {id: later, what: Later, due: 2026-12-08, owner: ana-ruiz}
  - {id: whose, what: Whose, due: 2026-11-23}
"""
SITE = """\
name: Plans
description: S.
language: en
attention: 8
site_url: https://plans.example.com/
"""
RULES = "rules: [{off: true}]\n"
FILES = {
    "playbooks/harbor.yaml": HARBOR,
    "site_config/site.yaml": SITE,
    "site_config/rules.yaml": RULES,
}
TEXT = """\
3 things are due until 7 Dec 2026, 1 of them past its day.

Ana Ruiz
  Harbor & <Sons> @here: Call (7 Dec 2026) playbooks/harbor.yaml:6

Kim Larsen
  Harbor & <Sons> @here: *A* [report](x) (overdue since 20 Nov 2026) playbooks/harbor.yaml:4

Nobody owns these
  Harbor & <Sons> @here: Whose (23 Nov 2026) playbooks/harbor.yaml:8
"""
HARBOR_IN_MARKDOWN = (
    "[Harbor &#38; &#60;Sons&#62; &#64;\N{WORD JOINER}here]"
    "(https://plans.example.com/accounts/harbor.html"
)
MARKDOWN = f"""\
3 things are due until 7 Dec 2026&#44; 1 of them past its day&#46;

**Ana Ruiz**

- 7 Dec 2026 · {HARBOR_IN_MARKDOWN}#plan): Call

**Kim Larsen**

- **overdue since 20 Nov 2026** · {HARBOR_IN_MARKDOWN}#relationship): \
&#42;A&#42; &#91;report&#93;&#40;x&#41;

**Nobody owns these**

- 23 Nov 2026 · {HARBOR_IN_MARKDOWN}#plan): Whose
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("remind"), FILES)


def remind(workspace: Path, *words: str) -> str:
    made = run(workspace, "remind", *words, "--today", "2026-11-23")
    assert (made.returncode, made.stderr) == (0, "")
    return made.stdout


def test_as_text(workspace: Path) -> None:
    assert remind(workspace) == TEXT


def test_within_and_owner(workspace: Path) -> None:
    assert remind(workspace, "--within", "0", "--owner", "ana-ruiz") == (
        "Nothing is due until 23 Nov 2026.\n"
    )
    both = remind(workspace, "--within", "15", "--owner", "ana-ruiz").splitlines()
    assert [line.partition("playbooks")[0] for line in both[3:]] == [
        "  Harbor & <Sons> @here: Call (7 Dec 2026) ",
        "  Harbor & <Sons> @here: Later (8 Dec 2026) ",
    ]
    stranger = run(workspace, "remind", "--owner", "ana", "--today", "2026-11-23")
    assert (stranger.returncode, stranger.stdout, stranger.stderr) == (
        2,
        "",
        "error: nobody of us has the id 'ana'; known: kim-larsen, li-wei, ana-ruiz\n",
    )


def test_as_markdown_what_people_wrote_is_text(workspace: Path) -> None:
    assert remind(workspace, "--format", "markdown") == MARKDOWN


def test_as_json(workspace: Path) -> None:
    told = json.loads(remind(workspace, "--format", "json", "--owner", "kim-larsen"))
    assert told == {
        "today": "2026-11-23",
        "until": "2026-12-07",
        "reminders": [
            {
                "owner": "kim-larsen",
                "who": "Kim Larsen",
                "account": "harbor",
                "name": "Harbor & <Sons> @here",
                "text": "*A* [report](x)",
                "day": "2026-11-20",
                "late": True,
                "path": "playbooks/harbor.yaml",
                "line": 4,
                "column": 58,
                "url": "https://plans.example.com/accounts/harbor.html#relationship",
            }
        ],
    }


def test_for_slack_everything_people_wrote_is_a_value(workspace: Path) -> None:
    body = json.loads(remind(workspace, "--format", "slack", "--owner", "kim-larsen"))
    head = "1 thing is due until 7 Dec 2026, 1 of them past its day."
    line = [
        {
            "type": "link",
            "text": "Harbor & <Sons> @here",
            "url": "https://plans.example.com/accounts/harbor.html#relationship",
        },
        {"type": "text", "text": ": *A* [report](x) (overdue since 20 Nov 2026)"},
    ]
    name = {"type": "text", "text": "Kim Larsen", "style": {"bold": True}}
    assert body == {
        "text": head,
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": head}},
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [name]},
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [{"type": "rich_text_section", "elements": line}],
                    },
                ],
            },
        ],
    }


def test_for_teams_everything_people_wrote_is_a_value(workspace: Path) -> None:
    body = json.loads(remind(workspace, "--format", "teams", "--owner", "kim-larsen"))
    (attachment,) = body.pop("attachments")
    assert body == {"type": "message"}
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    # rich text has no Markdown in it, unlike a TextBlock
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert card["body"][2]["inlines"] == [
        {
            "type": "TextRun",
            "text": "Harbor & <Sons> @here",
            "selectAction": {
                "type": "Action.OpenUrl",
                "url": "https://plans.example.com/accounts/harbor.html#relationship",
            },
        },
        {
            "type": "TextRun",
            "text": ": *A* [report](x) (overdue since 20 Nov 2026)",
            "color": "Attention",
        },
    ]


def many(people: int, each: int) -> Told:
    """So many actions of so many people, each with a text as long as a line may be."""
    rows = "".join(
        f"  - {{id: a-{n}-{m}, what: {'x' * 100}, due: 2026-11-20, owner: person-{n:03}}}\n"
        for n in range(people)
        for m in range(each)
    )
    team = "".join(f"  person-{n:03}: {{name: Person {n}, role: service}}\n" for n in range(people))
    with_ = settings(rules=RULES, team=f"people:\n{team}")
    found = portfolio({"acme": plan(f"actions:\n{rows}")}, with_=with_)
    return Told(reminders=reminders_of(found, 14), site_url=None)


def shown_and_left(body: dict[str, Any]) -> int:
    """How many things a message tells, those that it only counts among them."""
    text = json.dumps(body)
    count = text.count("x" * 100)
    rest = text.partition('"and ')[2].partition(" more")[0].replace(",", "")
    return count + int(rest or 0)


@pytest.mark.parametrize(("people", "each"), [(1, 150), (60, 3), (3, 2)])
def test_messages_keep_to_what_chats_take_and_say_what_they_leave_out(
    people: int, each: int
) -> None:
    told = many(people, each)
    slack, teams = (FORMATS[name](told) for name in ("slack", "teams"))
    assert len(json.loads(slack)["blocks"]) <= 50
    assert len(teams.encode()) <= TEAMS_BYTES
    assert len(teams.encode()) > TEAMS_BYTES // 2 or people * each < 20
    for text in (slack, teams):
        assert shown_and_left(json.loads(text)) == told.reminders.count


INSIDE = [each for each in AUDIENCES if level(OUTSIDE) < level(each) < level(HIGHEST)]


def told_of(found: Portfolio) -> bytes:
    told = Told(reminders=reminders_of(found, 3650), site_url=None)
    return "".join(write(told) for write in FORMATS.values()).encode()


def test_nothing_from_above_an_audience_is_told(tmp_path: Path) -> None:
    for audience in INSIDE:
        plans = plans_of(2)
        audiences = assessed(tmp_path / f"{audience}-empty", {}).settings.audiences
        assert with_canaries(plans, audiences, audience)
        whole = assessed(tmp_path / audience, plans)
        edition = told_of(edition_of(whole, audience, None))
        assert hits(edition) == []
        assert edition.count(b"Account 0") > len(FORMATS)


def test_contacts_and_what_needs_attention_are_told_to_those_who_may_know(tmp_path: Path) -> None:
    """The control of the test above: told to those who see everything, it is found."""
    contact = (
        "relationship: {contacts: [{id: ann, name: Ann Holt, rhythm_days: 10}], interactions:"
        " [{date: 2026-10-01, contacts: [ann], by: kim-larsen, two_way: true}]}\n"
    )
    found = portfolio({"acme": plan(contact)}, with_=settings(rules=RULES))
    words = b"Ann Holt should have heard from us by 11 Oct 2026"
    assert words in told_of(found)
    assert words in told_of(edition_of(found, "account_team", None))
    assert b"Ann Holt" not in told_of(edition_of(found, "internal", None))


def test_an_edition_names_no_line_and_nothing_that_needs_attention(tmp_path: Path) -> None:
    files = {**FILES, "playbooks/harbor.yaml": HARBOR + "economics: {price: 620.000}\n"}
    whole = assess(Workspace.at(make_workspace(tmp_path, files)), TODAY_OF_TESTS)
    audience: Audience = "account_team"
    edition = edition_of(whole, audience, None)
    for found, expected in ((whole, {4, 6, 8, 9}), (edition, {None})):
        people = reminders_of(found, 14).people
        assert {each.item.line for person in people for each in person.reminders} == expected
