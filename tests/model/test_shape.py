"""Errors of shape: every one at once, at its place, in plain words with the cure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generator.form import Playbook
from generator.model import faults_of
from generator.read import read_text
from generator.read.document import DataPath
from generator.rules.validate.plan import Plan, plan_of
from tests.everything import as_yaml, everything_playbook

HEAD = "schema: 1\nsummary: x\naccount: {name: X, status: prospect}\n"
NO_ID = "small letters, digits and single hyphens, at most 64"

# name, the text after the head (line 4 on), the findings
SHAPES: list[tuple[str, str, tuple[str, ...]]] = [
    ("plain fact", "economics: {retention: 0.85}\n", ()),
    ("fact with evidence", "economics: {retention: {value: 0.85, grade: fact, as_of: 2026-09-30, source: report}}\n", ()),
    ("honestly unknown", "economics: {retention: {unknown: true, owner: kim, find_by: 2026-12-31}}\n", ()),
    ("evidence of a section", "economics: {evidence: {grade: fact, as_of: 2026-09-30, source: report}, retention: 0.85}\n", ()),
    ("wrong plain fact", "economics: {retention: most}\n", ("4:24: error: a number is wanted, not 'most' [wrong-value]",)),
    ("wrong value of a fact", "economics: {retention: {value: most}}\n", ("4:32: error: a number is wanted, not 'most' [wrong-value]",)),
    ("percentage", "economics: {retention: 85}\n", ("4:24: error: 85 is out of range: at most 1; for 85 % write 0.85 [wrong-value]",)),
    ("percent sign", "economics: {retention: 85%}\n", ("4:24: error: a number is wanted, not '85%'; write 0.85 [wrong-value]",)),
    ("fact without value", "economics: {retention: {grade: fact}}\n", ("4:24: error: a fact in braces needs 'value', or 'unknown: true' [wrong-value]",)),
    ("unknown without owner and day", "economics:\n  retention: {unknown: true}\n", ("5:14: error: an unknown needs 'owner' and 'find_by': who finds out, by when [wrong-value]",)),
    ("unknown without day", "economics:\n  retention: {unknown: true, owner: kim}\n", ("5:14: error: an unknown needs 'owner' and 'find_by': who finds out, by when [wrong-value]",)),
    ("not unknown", "economics:\n  retention: {unknown: false, value: 0.5}\n", ("5:14: error: 'unknown' is true or not there; delete it [wrong-value]",)),
    ("known and unknown", "economics:\n  retention: {unknown: true, value: 0.5, owner: kim, find_by: 2026-12-31}\n", ("5:14: error: give a value or 'unknown: true', not both [wrong-value]",)),
    ("owner of a known fact", "economics:\n  retention: {value: 0.5, owner: kim}\n", ("5:14: error: 'owner' and 'find_by' belong to 'unknown: true' [wrong-value]",)),
    ("answer without score", "qualification: {need: {answer: yes}}\n", ("4:23: error: an answer needs 'score' 0, 1 or 2, or 'unknown: true' [wrong-value]",)),
    ("plain answer", "qualification: {need: 2}\n", ("4:23: error: keys with values are wanted here, such as '{answer: …, score: 2}' [wrong-value]",)),
    ("score out of range", "qualification: {need: {score: 3}}\n", ("4:31: error: 3 is out of range: at most 2 [wrong-value]",)),
    ("comma trap in an answer", "qualification: {need: {score: 1, answer: yes, but late}}\n", ("4:47: error: 'but late' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]",)),
    ("comma trap in a number", "risk: {own: [{id: late, loss: 60,000}]}\n", ("4:34: error: '000' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]",)),
    ("separators in a block", "risk:\n  own:\n  - id: late\n    loss: 60,000\n", ("7:11: error: a number is wanted, not '60,000'; write 60000 without separators [wrong-value]",)),
    ("unknown word", "account: {name: X, status: customr}\n", ("3:28: error: unknown word 'customr'; did you mean 'customer'? [wrong-value]",)),
    ("unknown word, nothing near", "account: {name: X, status: lead}\n", ("3:28: error: unknown word 'lead'; known: prospect, customer, former [wrong-value]",)),
    ("unknown word, something not very near", "risk: {own: [{id: a, class: paymaster}]}\n", ("4:29: error: unknown word 'paymaster'; did you mean 'payment'? Known: payment, misuse, dependency, legal, other [wrong-value]",)),
    ("a list for a word", "account: {name: X, status: [lead]}\n", ("3:28: error: a single word is wanted here, not a list or keys of its own [wrong-value]",)),
    ("a word for a list", "objectives: grow\n", ("4:13: error: a list is wanted here: one entry a line, each beginning with '- ', such as '- {id: an-id, statement: …, metric: …}' [wrong-value]",)),
    ("a mapping for a list", "objectives: {id: grow}\n", ("4:13: error: a list is wanted here: one entry a line, each beginning with '- ', such as '- {id: an-id, statement: …, metric: …}' [wrong-value]",)),
    ("a word for a section", "economics: good\n", ("4:12: error: keys with values are wanted here, such as '{currency: EUR, addressable_spend: 60000, attainable_share: 0.3}' [wrong-value]",)),
    ("a list for a section", "economics: [good]\n", ("4:12: error: keys with values are wanted here, such as '{currency: EUR, addressable_spend: 60000, attainable_share: 0.3}'; there is only one of it: take the '[ ]' or the '- ' away [wrong-value]",)),
    ("a text for a mapping", "offerings: pumps\n", ("4:12: error: entries by their ids are wanted here, such as 'offering-id: {status: ours, potential: 60000, revenue: 60000}' [wrong-value]",)),
    ("a list for a mapping", "offerings: [pumps]\n", ("4:12: error: entries by their ids are wanted here, such as 'offering-id: {status: ours, potential: 60000, revenue: 60000}' [wrong-value]",)),
    ("a text for an entry of a mapping", "offerings: {pumps: ours}\n", ("4:20: error: keys with values are wanted here, such as '{status: ours, potential: 60000, revenue: 60000}' [wrong-value]",)),
    ("a text for an entry of a list", "value: {alternatives: [North Drives]}\n", ("4:24: error: keys with values are wanted here, such as '{name: …, values: {product: 60000, relationship: 60000}, costs: {monetary: 60000, switching: 60000}}' [wrong-value]",)),
    ("a number for a list of numbers", "service: {triangle: {internal: 3}}\n", ("4:32: error: a list is wanted here; write [3] [wrong-value]",)),
    ("a text of words for a list of words", "account: {name: X, status: prospect, uses: our pumps}\n", ("3:44: error: a list is wanted here, such as [use-id] [wrong-value]",)),
    ("none for a list", "economics: {currency: EUR, discounts: none}\n", ("4:39: error: write [] for none [wrong-value]",)),
    ("nothing for a list", "economics: {currency: EUR, discounts: Nothing}\n", ("4:39: error: write [] for none [wrong-value]",)),
    ("none in a list", "economics: {currency: EUR, discounts: [none]}\n", ("4:40: error: write [] for none [wrong-value]",)),
    ("none for a list of words", "account: {name: X, status: prospect, uses: none}\n", ("3:44: error: write [] for none [wrong-value]",)),
    ("none for a mapping", "offerings: none\n", ("4:12: error: write [] for none [wrong-value]",)),
    ("none for what may be none", "economics: {development: none}\n", ("4:26: error: write [] for none [wrong-value]",)),
    ("none for keys that there is one of", "relationship: {reference: none}\n", ("4:27: error: keys with values are wanted here, such as '{consent_until: 2026-11-30, use: reference-use-id, result: …}' [wrong-value]",)),
    ("no development", "economics: {development: []}\n", ()),
    ("no offerings", "offerings: []\n", ()),
    ("a section for a text", "strategy: {theirs: {a: b}}\n", ("4:20: error: a text is wanted here, not a list or keys of its own [wrong-value]",)),
    ("empty text", "strategy: {theirs: ''}\n", ("4:20: error: the text is empty; fill it in or delete the line [wrong-value]",)),
    ("too long", f"strategy: {{theirs: {'x' * 4001}}}\n", ("4:20: error: too long: 4,001 characters; at most 4,000 [wrong-value]",)),
    ("entry without its id", "objectives:\n- statement: Grow\n", ("5:3: error: 'id' is missing; every entry of 'objectives' needs it [missing-field]",)),
    ("nested entry without its name", "value: {alternatives: [{costs: {risk: 5}}]}\n", ("4:24: error: 'name' is missing; every entry of 'alternatives' needs it [missing-field]",)),
    ("entry without anything", "objectives:\n- {}\n", ("5:3: error: 'id' is missing; every entry of 'objectives' needs it [missing-field]",)),
    ("empty entry", "objectives:\n- id: a\n-\n", ("6:2: error: an empty entry; fill it in or delete it [no-value]",)),
    ("empty section", "economics:\nrisk: {}\n", ("4:1: error: 'economics' has no value; fill it in or delete the line [no-value]",)),
    ("no name", "account: {status: prospect}\n", ("3:1: error: 'name' is missing; every account needs it [missing-field]",)),
    ("misspelt required key", "account: {nmae: X, status: prospect}\n", ("3:11: error: unknown key 'nmae'; did you mean 'name'? [unknown-key]",)),
    ("account without a value", "account:\n", ("3:1: error: 'account' has no value; fill it in or delete the line [no-value]",)),
    ("capital in an id", "objectives: [{id: Grow}]\n", (f"4:19: error: 'Grow' is no id: {NO_ID} [wrong-value]",)),
    ("id of an offering", "offerings: {Drives: {status: ours}}\n", (f"4:13: error: 'Drives' is no id: {NO_ID} [unknown-key]",)),
    ("part of the plan", "rsvr: {v2: {agreed_on: 2026-01-01}}\n", ("4:8: error: unknown key 'v2'; did you mean 'V2'? [unknown-key]",)),
    ("a key that only looks like ours", '"[key]": {a: 1}\n', ("4:1: error: unknown key '[key]'; to see all: playbook fields [unknown-key]",)),
    ("the same among ids", 'offerings: {"[key]": {status: our}}\n', (f"4:13: error: '[key]' is no id: {NO_ID} [unknown-key]", "4:31: error: unknown word 'our'; did you mean 'ours'? [wrong-value]")),
    ("empty key", '"": x\n', ("4:1: error: unknown key ''; to see all: playbook fields [unknown-key]",)),
    ("number as a key", "7: x\n", ("4:1: error: unknown key '7'; to see all: playbook fields [unknown-key]",)),
    ("e-mail of a contact", "relationship: {contacts: [{id: a, e-mail: a@b.example}]}\n", ("4:35: error: unknown key 'e-mail': how to reach a person stays in the CRM; delete the line and link it under account.crm [unknown-key]",)),
    ("phone of a contact", "relationship:\n  contacts:\n  - id: a\n    Phone: 555\n", ("7:5: error: unknown key 'Phone': how to reach a person stays in the CRM; delete the line and link it under account.crm [unknown-key]",)),
    ("full-width bracket", "actions: ［x］\n", ("4:10: error: a list is wanted here: one entry a line, each beginning with '- ', such as '- {id: an-id, what: …, owner: person-id}'; '［' is a full-width bracket, write '[' [wrong-value]",)),
    ("full-width comma between words", "relationship: {contacts: [{id: a, roles: [buyer，user]}]}\n", ("4:43: error: unknown word 'buyer，user'; '，' is a full-width comma, write ', ' [wrong-value]",)),
    ("a day as Germans write it", "objectives: [{id: a, due: 31.12.2026}]\n", ("4:27: error: a day is written like 2026-11-30, not '31.12.2026'; write 2026-12-31 [wrong-value]",)),
    ("a day in one of two ways", "objectives: [{id: a, due: 03/04/2026}]\n", ("4:27: error: a day is written like 2026-11-30, not '03/04/2026'; it could mean 2026-04-03 or 2026-03-04, write which [wrong-value]",)),
    ("an amount with its currency", "economics: {currency: EUR, price: €520000}\n", ("4:35: error: a number is wanted, not '€520000'; write 520000 [wrong-value]",)),
    ("another schema", "schema: 2\n", ("1:9: error: this program reads schema 1; write 'schema: 1' [wrong-value]",)),
    ("two mistakes in one entry", "actions: [{id: A, due: 2026-02-30}]\n", (f"4:16: error: 'A' is no id: {NO_ID} [wrong-value]", "4:24: error: there is no day 2026-02-30: February 2026 has 28 days [wrong-value]")),
]  # fmt: skip


def plan(text: str) -> Plan:
    return plan_of(read_text(text.encode(), "playbooks/x.yaml"))


def said(text: str) -> tuple[str, ...]:
    return tuple(str(problem).removeprefix("playbooks/x.yaml:") for problem in plan(text).problems)


def with_head(text: str) -> str:
    """A whole playbook; a line of the text takes the place of the head's own."""
    lines = dict(line.split(":", 1) for line in HEAD.splitlines())
    key, _, rest = text.partition(":")
    if key in lines:
        lines[key] = rest.rstrip("\n")
        return "".join(f"{key}:{value}\n" for key, value in lines.items())
    return HEAD + text


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*shape[1:], id=shape[0]) for shape in SHAPES]
)
def test_what_does_not_fit(text: str, expected: tuple[str, ...]) -> None:
    assert said(with_head(text)) == expected


@pytest.mark.parametrize("text", [pytest.param(shape[1], id=shape[0]) for shape in SHAPES])
def test_the_rest_of_the_plan_stays(text: str) -> None:
    assert plan(with_head(text)).playbook is not None


def test_what_every_playbook_needs() -> None:
    assert said("strategy: {ours: more}\n") == (
        "1:1: error: 'schema' is missing; every playbook needs it [missing-field]",
        "1:1: error: 'account' is missing; every playbook needs it [missing-field]",
        "1:1: error: 'summary' is missing; every playbook needs it [missing-field]",
    )


def test_nothing_else_is_required() -> None:
    assert said(HEAD) == ()


def mappings(node: Any, path: DataPath = ()) -> Iterator[DataPath]:
    """The path of every mapping whose keys are the model's."""
    pairs: Any = ()
    if isinstance(node, dict):
        if path not in (("account", "crm"), ("offerings",)):
            yield path
        pairs = node.items()
    elif isinstance(node, list):
        pairs = enumerate(node)
    for step, value in pairs:
        yield from mappings(value, (*path, step))


DEPTHS = list(mappings(everything_playbook()))


def test_there_are_mappings_at_many_depths() -> None:
    assert len(DEPTHS) > 150
    assert max(len(path) for path in DEPTHS) >= 5


def misspell(data: Any, path: DataPath) -> tuple[DataPath, str]:
    """Misspell the first key of the mapping at a path; the path of the key, and what is said."""
    node = data
    for step in path:
        node = node[step]
    entries = list(node.items())
    right = entries[0][0]
    node.clear()
    node.update([(f"{right}x", entries[0][1]), *entries[1:]])
    return (*path, f"{right}x"), f"unknown key '{right}x'; did you mean '{right}'?"


@pytest.mark.parametrize("depth", sorted({len(path) for path in DEPTHS}))
def test_a_misspelt_key_is_one_error_at_every_depth(depth: int) -> None:
    """In all mappings of a depth at once: none of them is within another."""
    data = everything_playbook()
    wrong = [misspell(data, path) for path in DEPTHS if len(path) == depth]
    document = read_text(as_yaml(data).encode(), "playbooks/x.yaml")
    problems = plan_of(document).problems
    assert sorted(
        (problem.line, problem.column, problem.message) for problem in problems
    ) == sorted((*document.key_place(path), message) for path, message in wrong)


def test_a_thousand_mistakes_take_no_time() -> None:
    many = "".join(f"key{number}: x\n" for number in range(20_000))
    assert len(plan(HEAD + many).problems) == 20_000


def test_faults_name_what_is_missing() -> None:
    _, faults = faults_of(Playbook, {"schema": "1", "summary": "x", "account": {"name": "X"}})
    assert [(fault.path, fault.missing) for fault in faults] == [(("account", "status"), True)]
