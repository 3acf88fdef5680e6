"""Fragments into built pages."""

from __future__ import annotations

import pytest

from generator.errors import BuildError
from generator.publish.splice import splice

SPOT = '<div data-fragment="risk"></div>'


@pytest.mark.parametrize(
    "spot",
    [
        SPOT,
        "<div data-fragment='risk'></div>",
        "<div data-fragment=risk></div>",
        '<div data-fragment="risk">\n</div>',
        '<DIV  data-fragment="risk" ></DIV>',
    ],
    ids=["ours", "single quotes", "no quotes", "split", "capitals"],
)
def test_a_placeholder_becomes_its_fragment_however_it_is_written(spot: str) -> None:
    assert splice(f"<main>{spot}</main>", {"risk": "<p>late</p>"}) == "<main><p>late</p></main>"


def test_the_same_fragment_may_stand_twice() -> None:
    assert splice(SPOT + SPOT, {"risk": "x"}) == "xx"


def test_what_a_fragment_holds_is_not_looked_at_again() -> None:
    fragments = {"a": SPOT, "risk": "secret"}
    html = '<div data-fragment="a"></div>|' + SPOT
    assert splice(html, fragments) == f"{SPOT}|secret"


def test_a_backslash_in_a_fragment_stays() -> None:
    assert splice(SPOT, {"risk": r"C:\1\g<0>"}) == r"C:\1\g<0>"


@pytest.mark.parametrize(
    ("html", "fragments", "message"),
    [
        (SPOT, {}, "accounts/a.md asks for the fragment 'risk', which was not rendered"),
        ("<p>", {"b": "", "a": ""}, "accounts/a.md has no place for the fragments a, b"),
        (
            '<p data-fragment="risk">',
            {},
            "accounts/a.md has a placeholder that the site builder changed",
        ),
        (
            SPOT + '<div class="x" data-fragment="y"></div>',
            {"risk": ""},
            "accounts/a.md has a placeholder that the site builder changed",
        ),
    ],
    ids=["not rendered", "no place", "changed", "changed after one"],
)
def test_what_does_not_fit_is_an_error(html: str, fragments: dict[str, str], message: str) -> None:
    with pytest.raises(BuildError) as caught:
        splice(html, fragments, page="accounts/a.md")
    assert str(caught.value) == message
