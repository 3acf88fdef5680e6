"""Reference customers: who may be shown, and who is of the same kind."""

from __future__ import annotations

import pytest

from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import enriched


def coverage(text: str = WHOLE, port: str = PORT) -> tuple[object, tuple[str, ...]]:
    figure = enriched(text, others={"port": port}).figures["risk.proof_coverage"]
    return figure.value, figure.missing


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("consent_until: 2026-11-23", "consent_until: 2026-11-24", 0.5),
        ("consent_until: 2026-11-23", "consent_until: 2026-11-22", 0),
        ("  reference: {consent_until: 2026-11-23}\n", "", 0),
        # the rung: promoter lapsed; more than promoter is as good
        ("promoter: {confirmed: 2026-06-01}", "promoter: {confirmed: 2025-06-01}", 0),
        (
            "    promoter: {confirmed: 2026-06-01}",
            "    promoter: {date: 2023-01-01}\n    recommender: {date: 2026-02-01}",
            0.5,
        ),
        ("    customer: {date: 2026-02-01}\n", "", 0),
        # same kind: 0.4 industry, 0.3 use, 0.2 size, 0.1 region
        ("industry: logistics", "industry: shipping", 0.5),  # 0.2 + 0.3 + 0.2 + 0.1 = 0.8
        ("industry: logistics", "industry: energy", 0),  # 0.6
        ("uses: [retrofit, spares]", "uses: [spares]", 0.5),  # 0.7
        ("uses: [retrofit, spares]", "uses: []", 0.5),
        ("size: large", "size: medium", 0.5),  # 0.9
        ("size: large", "size: small", 0.5),  # 0.8
        ("region: emea", "region: apac", 0.5),  # 0.9
    ],
)
def test_who_may_be_shown_and_is_alike(old: str, new: str, share: float) -> None:
    assert old in PORT
    assert coverage(port=PORT.replace(old, new)) == (share, ())


@pytest.mark.parametrize(
    ("port", "share"),
    [
        # near use 0.15 instead of 0.3, no size: 0.4 + 0.15 + 0 + 0.1
        ({"uses": "[new-build]", "size": "small"}, 0),
        # neighbouring size: 0.4 + 0.15 + 0.1 + 0.1 = 0.75
        ({"uses": "[new-build]", "size": "medium"}, 0.5),
        ({"uses": "[new-build]", "size": "enterprise"}, 0.5),
        # the best pair counts
        ({"uses": "[spares, new-build, retrofit]", "size": "small"}, 0.5),
        # 0.4 + 0.2 + 0.1, without any use in common
        ({"uses": "[spares]", "region": "apac"}, 0),
    ],
)
def test_near_matches(port: dict[str, str], share: float) -> None:
    text = PORT
    for name, value in port.items():
        text = changed(text, f"account.{name}", value)
    assert coverage(port=text) == (share, ())


def test_energy_and_mining_have_no_group_and_are_not_near() -> None:
    text = changed(WHOLE, "account.industry", "energy")
    # 0 + 0.3 + 0.2 + 0.1
    assert coverage(text, PORT.replace("industry: logistics", "industry: mining")) == (0, ())


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        # 0.4 + 0.3 are enough, whatever size and region are
        (("size", "region"), (), (0.5, ())),
        ((), ("size", "region"), (0.5, ())),
        # 0.6 or 1.0: it depends
        (("industry",), (), (None, ("account.industry",))),
        ((), ("industry",), (None, ("port: industry",))),
        (("uses", "size"), (), (None, ("account.uses", "account.size"))),
    ],
)
def test_a_trait_that_nobody_knows_leaves_it_open(
    ours: tuple[str, ...], theirs: tuple[str, ...], outcome: tuple[object, tuple[str, ...]]
) -> None:
    text, port = WHOLE, PORT
    for name in ours:
        text = without(text, f"account.{name}")
    for name in theirs:
        port = without(port, f"account.{name}")
    assert coverage(text, port) == outcome


def test_never_the_account_itself() -> None:
    text = WHOLE.replace("reference: port", "reference: acme") + ""
    text = text.replace(
        "  promises:\n", "  reference: {consent_until: 2027-01-01}\n  promises:\n", 1
    )
    assert coverage(text) == (0, ())
    assert enriched(text).figures["risk.doubts_handled"].value == 0


def test_the_reason_says_how_alike_and_where_the_consent_stands() -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures["risk.proof_coverage"]
    reason = next(
        reason for reason in figure.reasons if reason.name == "risk.customer.late.reference"
    )
    line = next(n for n, line in enumerate(PORT.splitlines(), 1) if "consent_until" in line)
    assert reason.note == f"Port: alike 1.00, consent in playbooks/port.yaml:{line}"
    assert (reason.weight, reason.threshold) == (1.0, 0.7)


def test_a_reference_that_may_not_be_shown_says_so() -> None:
    port = PORT.replace("consent_until: 2026-11-23", "consent_until: 2026-11-22")
    figures = enriched(WHOLE, others={"port": port}).figures
    for key in ("risk.proof_coverage", "risk.doubts_handled"):
        notes = [reason.note for reason in figures[key].reasons if reason.value == "port"]
        assert notes == ["may not be shown today"]


def test_only_the_reference_may_not_be_shown() -> None:
    """What else there is of a doubt carries no note, whoever could be shown."""
    figure = enriched(WHOLE).figures["risk.doubts_handled"]
    assert {reason.value: reason.note for reason in figure.reasons if reason.note} == {
        "port": "may not be shown today"
    }


@pytest.mark.parametrize("field", ["measure", "value_argument", "reference"])
def test_a_handled_doubt_has_all_three(field: str) -> None:
    acme = enriched(without(WHOLE, f"risk.customer.0.{field}"), others={"port": PORT})
    assert acme.figures["risk.doubts_handled"].value == 0


def test_doubts_without_anything_are_not_handled() -> None:
    figure = enriched(
        "schema: 1\naccount: {name: A, status: prospect}\nsummary: S.\n"
        "risk: {customer: [{id: x}, {id: y}]}\n"
    ).figures["risk.doubts_handled"]
    assert (figure.value, figure.missing) == (0, ())
    assert [(reason.name, reason.value, reason.note) for reason in figure.reasons] == [
        ("risk.customer", 2, "none is handled")
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_proven", "missing"),
    [
        ("consent_until: 2026-11-23", "consent_until: 2026-11-24", True, ()),
        ("consent_until: 2026-11-23", "consent_until: 2026-11-22", False, ()),
        ("industry: logistics", "industry: shipping", True, ()),  # 0.8
        ("industry: logistics", "industry: energy", False, ()),  # 0.6
        ("  industry: logistics\n", "", None, ("port: industry",)),
    ],
)
def test_whether_the_largest_risk_is_proven(
    old: str, new: str, is_proven: bool | None, missing: tuple[str, ...]
) -> None:
    assert old in PORT
    # the doubt that names the port weighs most
    text = changed(WHOLE, "risk.customer.0.loss", "1000000")
    acme = enriched(text, others={"port": PORT.replace(old, new)})
    made = acme.figures["risk.largest_is_proven"]
    assert (made.value, made.missing) == (is_proven, missing)


def test_the_proof_of_a_smaller_doubt_is_no_proof_of_the_largest() -> None:
    text = changed(WHOLE, "risk.customer.1.loss", "10000000")
    figures = enriched(text, others={"port": PORT}).figures
    assert figures["risk.largest_is_proven"].value is False
    assert figures["risk.largest_is_proven"].reasons[0].note == "names no reference customer"
