"""The JSON Schema for editors: current, complete, and of one mind with the model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.form import Playbook
from generator.model import faults_of
from generator.outputs.form_schema import json_schema, schema_text
from generator.read import read_text
from tests.editors_view import editor_accepts, editor_errors
from tests.everything import everything_text

REPOSITORY = Path(__file__).resolve().parents[2]

ACCOUNT = "account: {name: X, status: prospect"
RIGHT = f"""\
schema: 1
{ACCOUNT}, size: 'large'}}
{ACCOUNT}, reviewed: 2026-11-30}}
{ACCOUNT}, reviewed: '2026-11-30'}}
{ACCOUNT}, website: 'https://example.com/a?b'}}
{ACCOUNT}, contract: {{auto_renews: true}}}}
{ACCOUNT}, contract: {{payment_days: 30, reference: 2024}}}}
{ACCOUNT}, owner: kim-larsen, team: [a, {{id: b}}], tags: [a, a]}}
{ACCOUNT}, crm: {{salesforce: 0015g00000ABCDE, sap: 4711}}}}
account: {{name: 123, status: prospect}}
account: {{name: yes, status: prospect}}
account: {{name: true, status: prospect}}
account: {{name: 2026-11-11, status: prospect}}
strategy: {{theirs: 5}}
economics: {{}}
economics: {{retention: 1}}
economics: {{retention: .5}}
economics: {{retention: {{value: 0.5}}}}
economics: {{retention: {{value: 0.5, grade: fact, as_of: 2026-01-01, source: x}}}}
economics: {{retention: {{unknown: true, owner: a, find_by: 2026-12-31}}}}
economics: {{retention: {{unknown: true, owner: a, find_by: 2026-12-31, source: x}}}}
economics: {{evidence: {{grade: fact, as_of: 2026-01-01, source: x}}}}
economics: {{price: 1e3}}
economics: {{price: +5}}
economics: {{price: 1e15}}
economics: {{minimum_margin: 0.99}}
economics: {{horizon_years: 3.0}}
economics: {{revenue: []}}
economics: {{revenue: [{{year: 2026, amount: -5}}]}}
qualification: {{need: {{score: 1}}}}
qualification: {{need: {{unknown: true, owner: a, find_by: 2026-12-31}}}}
value: {{values: {{product: 5}}}}
value: {{values: {{product: {{amount: 5, once: true}}}}}}
value: {{mode: score, values: {{product: {{score: 5, weight: 3}}}}}}
risk: {{customer: [{{id: a, class: function, effectiveness: 0.5}}]}}
relationship: {{contacts: [{{id: a, sentiment: -2, roles: [decider]}}]}}
offerings: {{drives: {{status: ours}}}}
rsvr: {{V2: {{agreed_on: 2026-01-01, with: a}}}}
rsvr: {{}}
overrides: [{{figure: tier, value: 5}}]
opportunities: [{{id: 5}}]
service: {{triangle: {{internal: [1, 2.5]}}}}
""".splitlines()

WRONG = f"""\
schema: 2
schema: '1'
foo: 1
account: {{name: X, status: Prospect}}
account: {{name: X}}
account: {{status: prospect}}
account: {{name: '', status: prospect}}
account: {{name: '  ', status: prospect}}
account: {{name: [a], status: prospect}}
{ACCOUNT}, reviewed: 2026-02-30}}
{ACCOUNT}, reviewed: 2026-2-3}}
{ACCOUNT}, reviewed: 30.11.2026}}
{ACCOUNT}, reviewed: today}}
{ACCOUNT}, website: example.com}}
{ACCOUNT}, website: 'javascript:alert(1)'}}
{ACCOUNT}, website: 'https://exa mple.com'}}
{ACCOUNT}, contract: {{auto_renews: yes}}}}
{ACCOUNT}, contract: {{auto_renews: NO}}}}
{ACCOUNT}, contract: {{auto_renews: 'true'}}}}
{ACCOUNT}, contract: {{payment_days: '30'}}}}
{ACCOUNT}, owner: Kim Larsen}}
{ACCOUNT}, tags: foo}}
{ACCOUNT}, team: [{{role: b}}]}}
{ACCOUNT}, crm: {{Sales Force: x}}}}
economics: []
economics: x
economics: {{retention: NO}}
economics: {{retention: 1.5}}
economics: {{retention: -0.1}}
economics: {{retention: '0.5'}}
economics: {{retention: [0.5]}}
economics: {{retention: true}}
economics: {{retention: 20%}}
economics: {{retention: {{}}}}
economics: {{retention: {{grade: fact}}}}
economics: {{retention: {{value: 0.5, grade: Fact}}}}
economics: {{retention: {{value: 0.5, foo: 1}}}}
economics: {{retention: {{value: 1.5}}}}
economics: {{retention: {{value: 0.5, unknown: true, owner: a, find_by: 2026-01-01}}}}
economics: {{retention: {{unknown: true}}}}
economics: {{retention: {{unknown: true, owner: a}}}}
economics: {{retention: {{unknown: false, value: 0.5}}}}
economics: {{retention: {{owner: a, value: 0.5}}}}
economics: {{price: -5}}
economics: {{price: 1_000}}
economics: {{price: 60 000}}
economics: {{price: 12:30}}
economics: {{price: 0x1F}}
economics: {{price: .inf}}
economics: {{price: 2e15}}
economics: {{currency: EURO}}
economics: {{currency: eur}}
economics: {{horizon_years: 3.5}}
economics: {{horizon_years: 0}}
economics: {{horizon_years: 11}}
economics: {{minimum_margin: 1}}
economics: {{revenue: [{{amount: 5}}]}}
economics: {{revenue: {{year: 2026}}}}
qualification: {{need: 1}}
qualification: {{need: {{score: 3}}}}
qualification: {{need: {{score: 1.5}}}}
qualification: {{need: {{answer: x}}}}
qualification: {{need: {{score: 1, unknown: true, owner: a, find_by: 2026-12-31}}}}
value: {{values: {{product: '5'}}}}
value: {{values: {{product: {{score: 11}}}}}}
value: {{values: {{produkt: 5}}}}
value: {{alternatives: [{{name: x, costs: {{opportunity: 5}}}}]}}
value: {{alternatives: [{{costs: {{risk: 5}}}}]}}
risk: {{customer: [{{id: a, class_: function}}]}}
relationship: {{contacts: [{{id: a, sentiment: -3}}]}}
relationship: {{contacts: [{{id: a, roles: decider}}]}}
actions: [{{id: A}}]
actions: [{{id: a, moved: -3}}]
offerings: {{Drives: {{status: ours}}}}
offerings: {{drives: {{status: our}}}}
rsvr: {{X9: {{agreed_on: 2026-01-01}}}}
overrides: [{{figure: ''}}]
service: {{satisfaction: [{{date: 2026-01-01, scale: 0}}]}}
""".splitlines()

# An editor has turned these into a number or a truth before the schema sees them
ONLY_THE_MODEL = """\
economics: {price: 017}
economics: {price: 5.}
economics: {retention: .nan}
account: {name: X, status: prospect, contract: {auto_renews: True}}
""".splitlines()


def document(line: str) -> str:
    """A whole playbook with one line of its own."""
    lines = {"schema": "schema: 1", "summary": "summary: x", "account": f"{ACCOUNT}}}"}
    return "\n".join({**lines, line.partition(":")[0]: line}.values()) + "\n"


def model_accepts(text: str) -> bool:
    read = read_text(text.encode(), "x.yaml")
    return not read.problems and not faults_of(Playbook, read.data)[1]


def test_the_checked_in_schema_is_current() -> None:
    kept = (REPOSITORY / "site_config/playbook.schema.json").read_bytes().decode()
    assert kept == schema_text(), "run 'make docs'"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_schema_and_model_take_what_is_right() -> None:
    errors = {line: editor_errors(document(line)) for line in RIGHT}
    assert {line: reasons for line, reasons in errors.items() if reasons} == {}
    assert [line for line in RIGHT if not model_accepts(document(line))] == []


def test_schema_and_model_refuse_what_is_wrong() -> None:
    assert [line for line in WRONG if model_accepts(document(line))] == []
    assert [line for line in WRONG if editor_accepts(document(line))] == []


def test_what_no_editor_can_see() -> None:
    assert [line for line in ONLY_THE_MODEL if model_accepts(document(line))] == []
    seen = [line for line in ONLY_THE_MODEL if not editor_accepts(document(line))]
    assert seen == [], "the editor sees them now: move the lines to WRONG"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("variant", range(8))
@pytest.mark.parametrize("unknowns", [False, True], ids=["known", "unknown"])
def test_it_takes_a_playbook_that_uses_every_field(variant: int, unknowns: bool) -> None:
    for mode in ("money", "score"):
        text = everything_text(mode, unknowns=unknowns, variant=variant)
        assert editor_errors(text) == []


def properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of the schema, with its place."""
    if isinstance(node, dict):
        for name, below in node.get("properties", {}).items():
            yield f"{path}/{name}", below
        for key, below in node.items():
            yield from properties(below, f"{path}/{key}")
    elif isinstance(node, list):
        for index, below in enumerate(node):
            yield from properties(below, f"{path}/{index}")


def test_every_field_says_what_it_is() -> None:
    silent = [path for path, field in properties(json_schema()) if not field.get("description")]
    assert silent == []


def test_every_mapping_is_closed() -> None:
    def open_ones(node: Any, path: str) -> Iterator[str]:
        if isinstance(node, dict):
            closed = node.get("additionalProperties", True) is False or "propertyNames" in node
            if node.get("type") == "object" and not closed:
                yield path
            for key, below in node.items():
                yield from open_ones(below, f"{path}/{key}")
        elif isinstance(node, list):
            for index, below in enumerate(node):
                yield from open_ones(below, f"{path}/{index}")

    assert list(open_ones(json_schema(), "")) == []


def test_nothing_of_the_library_leaks_into_it() -> None:
    def keys(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, below in node.items():
                yield key
                if key not in ("properties", "$defs", "patternProperties"):
                    yield from keys(below)
                else:
                    for inner in below.values():
                        yield from keys(inner)
        elif isinstance(node, list):
            for below in node:
                yield from keys(below)

    allowed = {
        "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "description", "enum", "examples",
        "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength", "maximum", "minimum",
        "pattern", "patternProperties", "properties", "propertyNames", "required", "title", "type", "unit",
    }  # fmt: skip
    assert set(keys(json_schema())) <= allowed
