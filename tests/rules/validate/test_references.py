"""Ids that point elsewhere: each dangling one is found, and none is forgotten by the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.form import FORM
from generator.model.fields import Field
from generator.model.kinds import Kind
from generator.read.document import DataPath
from generator.rules.validate.references import references
from tests.everything import IDS, as_yaml, everything_playbook

Said = Callable[..., list[str]]

# Ids that nobody points to, and words that nobody else knows
OWN = {"account.crm.#", "account.tags.*", "service.objects.*.id", "usage.*.metric"}

KNOWN = {
    "industry": ("industry", "; known: logistics, shipping, energy; to add it, write 'zzz: {label: {en: Zzz}}' under 'industries:' in site_config/catalogue.yaml"),
    "region": ("region", "; known: emea, apac; to add it, write 'zzz: {label: {en: Zzz}}' under 'regions:' in site_config/catalogue.yaml"),
    "use": ("use", "; known: retrofit, new-build; to add it, write 'zzz: {label: {en: Zzz}}' under 'uses:' in site_config/catalogue.yaml"),
    "offering": ("offering", "; known: drives, service-plan; to add it, write 'zzz: {label: {en: Zzz}}' under 'offerings:' in site_config/catalogue.yaml"),
    "activity": ("activity", "; known: visit, training; to add it, write 'zzz: {label: {en: Zzz}, hours: 6, rate: 90, expense: 0, by: sales}' under 'activities:' in site_config/catalogue.yaml"),
    "channel": ("channel", "; known: meeting, email; to add it, write 'zzz: {label: {en: Zzz}, element: ideas}' under 'channels:' in site_config/catalogue.yaml"),
    "recognition": ("recognition", "; known: thank-you-letter (site_config/catalogue.yaml)"),
    "reference-use": ("use of a reference", "; known: site-visit; to add it, write 'zzz: {label: {en: Zzz}}' under 'reference_uses:' in site_config/catalogue.yaml"),
    "dimension": ("dimension", "; known: organisation, person; to add it, write 'zzz: {en: Zzz}' under 'dimensions:' in site_config/labels.yaml"),
    "element": ("element", "; known: information, ideas, feeling; to add it, write 'zzz: {en: Zzz}' under 'elements:' in site_config/labels.yaml"),
    "person": ("person", "; known: kim-larsen, li-wei, ana-ruiz; to add it, write 'zzz: {name: Zzz, role: sales_manager}' under 'people:' in site_config/team.yaml"),
    "rule": ("rule", " (site_config/rules.yaml)"),
    "account": ("account", "; known: everything-group, x (playbooks/)"),
    "contact": ("contact", "; known: birgit-holt, second-contact (relationship.contacts of this playbook)"),
    "objective": ("objective", "; known: fewer-stops, second-objective (objectives of this playbook)"),
    "action": ("action", "; known: call-them (actions of this playbook)"),
    "risk": ("risk", "; known: late-delivery, late-payment (risk.customer and risk.own of this playbook)"),
    "rival": ("rival", "; known: north-drives (competition.rivals of this playbook)"),
}  # fmt: skip


def ids_of(form: Field) -> Iterator[Field]:
    """Every field that holds an id, entries of lists and keys of mappings too."""
    for field in form.walk():
        entry = field.entry if field.kind is Kind.LIST and field.is_leaf else None
        for part in (field, entry, field.keys_of_entries):
            if part is not None and part.kind is Kind.ID:
                yield part


def test_every_id_of_the_model_points_somewhere_or_is_its_own() -> None:
    """Its type says what an id points to: PersonId, ContactId."""
    free = {field.pattern for field in ids_of(FORM) if not (field.points_to or field.defines)}
    # Of an honest unknown: found wherever it stands
    unknowns = {f"{field.pattern}.owner" for field in FORM.walk() if field.may_be_unknown}
    assert free - unknowns == OWN


def places(node: Any, steps: tuple[str, ...], path: DataPath = ()) -> Iterator[DataPath]:
    """Where a pattern matches in plain data."""
    if not steps:
        yield path
    elif steps[0] == "#":
        yield (*path, next(iter(node)))
    elif steps[0] == "*":
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node))[:1]:
            yield from places(value, steps[1:], (*path, key))
    elif isinstance(node, dict):
        yield from places(node[steps[0]], steps[1:], (*path, steps[0]))


@pytest.mark.parametrize(
    ("pattern", "kind"), references(), ids=[pattern for pattern, _ in references()]
)
def test_an_id_that_points_nowhere(said: Said, pattern: str, kind: str) -> None:
    data = everything_playbook()
    if pattern == "account.team.*":
        data["account"]["team"] = ["kim-larsen"]
    (path,) = places(data, tuple(pattern.split(".")))
    node: Any = data
    for step in path[:-1]:
        node = node[step]
    if pattern.endswith("#"):
        node["zzz"] = node.pop(path[-1])
    else:
        node[path[-1]] = "zzz"
    text = as_yaml(data)
    line, column = place_of_zzz(text)
    name, cure = KNOWN[kind]
    expected = f"{line}:{column}: error: unknown {name} 'zzz'{cure} [unknown-{kind}]"
    assert said(text, everything_group="") == [expected]


def place_of_zzz(text: str) -> tuple[int, int]:
    ((number, line),) = ((n, row) for n, row in enumerate(text.split("\n"), 1) if "zzz" in row)
    return number, line.index("zzz") + 1


def test_every_kind_is_tried() -> None:
    assert {kind for _, kind in references()} == set(KNOWN) == set(IDS)


def test_the_owner_of_an_unknown_points_to_the_team(said: Said) -> None:
    text = "risk: {credit: {limit: {unknown: true, owner: kim-larson, find_by: 2026-12-31}}}\n"
    assert said(text) == [
        "1:47: error: unknown person 'kim-larson'; did you mean 'kim-larsen'? (site_config/team.yaml) [unknown-person]"
    ]


def test_a_near_miss_is_suggested(said: Said) -> None:
    assert said("account: {name: X, status: prospect, industry: logistic}\n") == [
        "1:48: error: unknown industry 'logistic'; did you mean 'logistics'? (site_config/catalogue.yaml) [unknown-industry]"
    ]


def test_an_account_cannot_point_at_itself(said: Said) -> None:
    assert said(
        "risk: {customer: [{id: a, reference: x}]}\naccount: {name: X, status: prospect, parent: x}\n"
    ) == [
        "1:38: error: an account cannot point at itself [own-reference]",
        "2:46: error: an account cannot point at itself [own-reference]",
    ]


def test_a_broken_account_may_still_be_pointed_at(said: Said) -> None:
    text = "account: {name: X, status: prospect, parent: group}\n"
    assert said(text, group="foo: [") == [
        "playbooks/group.yaml:1:6: error: a bracket opens here and is not closed; write ']' at its end [yaml-syntax]"
    ]


def test_the_free_end_of_a_link_may_be_any_name(said: Said) -> None:
    assert (
        said(
            "relationship: {links: [{to: Some Association, kind: association}], referrals: [{to: Mr Y}]}\n"
        )
        == []
    )


NAMED = (
    ("owner: Kim Larsen", "'Kim Larsen' is no id; did you mean 'kim-larsen'? (site_config/team.yaml)"),
    ("owner: 李伟", "'李伟' is no id; did you mean 'li-wei'? (site_config/team.yaml)"),
    ("owner: Kim Larson", "'Kim Larson' is no id; did you mean 'kim-larsen'? (site_config/team.yaml)"),
    ("team: [Ana Ruiz]", "'Ana Ruiz' is no id; did you mean 'ana-ruiz'? (site_config/team.yaml)"),
    ("industry: Logistics", "'Logistics' is no id; did you mean 'logistics'? (site_config/catalogue.yaml)"),
    ("industry: 物流", "'物流' is no id; did you mean 'logistics'? (site_config/catalogue.yaml)"),
    ("region: Middle East", "'Middle East' is no id; known: emea, apac; to add it, write 'middle-east: {label: {en: Middle East}}' under 'regions:' in site_config/catalogue.yaml"),
    ("owner: 王芳", "'王芳' is no id; known: kim-larsen, li-wei, ana-ruiz; to add it, write 'an-id: {name: 王芳, role: sales_manager}' under 'people:' in site_config/team.yaml"),
    ("uses: [retrofit，new-build]", "'retrofit，new-build' is no id; '，' is a full-width comma, write ', ' (site_config/catalogue.yaml)"),
    ("parent: Everything Holding", "'Everything Holding' is no id; did you mean 'everything-group'? (playbooks/)"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "message"), NAMED, ids=[field for field, _ in NAMED])
def test_a_name_in_place_of_an_id(said: Said, field: str, message: str) -> None:
    group = "account: {name: Everything Holding, status: prospect}\n"
    findings = said(f"account:\n  name: X\n  status: prospect\n  {field}\n", everything_group=group)
    column = 3 + field.index(message.split("'")[1])
    assert findings == [f"4:{column}: error: {message} [wrong-value]"]


def test_a_name_of_the_playbook_s_own(said: Said) -> None:
    text = """\
relationship:
  contacts: [{id: anna-berg, name: Anna Berg}, {id: b, name: Bo, reports_to: Anna Berg}]
offerings: {Drives: {status: ours}}
risk: {credit: {limit: {unknown: true, owner: Kim Larsen, find_by: 2026-12-31}}}
"""
    assert said(text) == [
        "2:78: error: 'Anna Berg' is no id; did you mean 'anna-berg'? (relationship.contacts of this playbook) [wrong-value]",
        "3:13: error: 'Drives' is no id; did you mean 'drives'? (site_config/catalogue.yaml) [unknown-key]",
        "4:47: error: 'Kim Larsen' is no id; did you mean 'kim-larsen'? (site_config/team.yaml) [wrong-value]",
    ]


def test_a_name_where_a_name_is_wanted(said: Said) -> None:
    text = "relationship: {contacts: [{id: a, name: Anna Berg, employer: Kim Larsen}]}\n"
    assert said(text) == []
