"""What a place looks like, as messages and the reference show it, is valid where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from generator.form import FORM
from generator.model import faults_of
from generator.model.fields import Field, form_of
from generator.model.kinds import Kind
from generator.model.samples import entry_sample, least_sample, sample_of
from generator.read import read_text
from generator.settings.load import FILES


def entries_in(field: Field) -> Iterable[Any]:
    """What a sample has the keys of, as it would be read from a file."""
    data = (read_text(f"x: {sample_of(field)}\n".encode(), "x.yaml").data or {})["x"]
    if field.kind is Kind.MAPPING:
        return list(data.values())
    return data if field.kind is Kind.LIST else [data]


def test_every_sample_of_the_form_is_valid_there() -> None:
    shown = [field for field in FORM.walk() if field.model and not field.is_leaf]
    wrong = {
        field.pattern: (sample_of(field), faults)
        for field in shown
        for entry in entries_in(field)
        if field.model and (faults := faults_of(field.model, entry)[1])
    }
    assert wrong == {}
    assert len(shown) > 150


@pytest.mark.parametrize(
    ("place", "one", "whole"),
    [
        ("offerings", "offering-id: {status: ours, potential: 60000, revenue: 60000}", "{offering-id: {status: ours, potential: 60000, revenue: 60000}}"),
        ("account.next.with", "contact-id", "[contact-id]"),
        ("account.team", "person-id", "[person-id]"),
        ("relationship.contacts.*.roles", "initiator", "[initiator]"),
        ("value.values", "{product: 60000, relationship: 60000, quality: 60000}", "{product: 60000, relationship: 60000, quality: 60000}"),
        ("value.alternatives", "{name: …, values: {product: 60000, relationship: 60000}, costs: {monetary: 60000, switching: 60000}}", "[{name: …, values: {product: 60000, relationship: 60000}, costs: {monetary: 60000, switching: 60000}}]"),
        ("environment.lifecycle", "{growth: 0.3, supply_demand: 3, rivals: 3}", "{growth: 0.3, supply_demand: 3, rivals: 3}"),
        ("qualification.need", "{answer: …, score: 2}", "{answer: …, score: 2}"),
    ],
)  # fmt: skip
def test_what_is_shown(place: str, one: str, whole: str) -> None:
    field = FORM.find(place)
    assert field is not None
    assert (entry_sample(field), sample_of(field)) == (one, whole)


def test_the_least_that_a_setting_needs() -> None:
    activity = form_of(FILES["catalogue"]).at(("activities", "audit"))
    assert activity is not None
    assert least_sample(activity) == "{label: {en: …}, hours: 6, rate: 90, expense: 0, by: sales}"
