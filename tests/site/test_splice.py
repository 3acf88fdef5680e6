"""Fragments into built pages."""

from __future__ import annotations

import pytest

from generator.errors import BuildError
from generator.site.splice import splice

SPOT = '<div data-fragment="risk"></div>'


@pytest.mark.parametrize(
    "spot",
    [
        SPOT,
        "<div data-fragment='risk'></div>",
        "<div data-fragment=risk></div>",
        '<div data-fragment="risk">\n</div>',
        '<DIV  data-fragment = "risk" ></DIV >',
    ],
    ids=["ours", "single quotes", "no quotes", "split", "capitals and spaces"],
)
def test_a_placeholder_becomes_its_fragment_however_it_is_written(spot: str) -> None:
    assert splice(f"<main>{spot}</main>", {"risk": "<p>late</p>"}) == "<main><p>late</p></main>"


def test_each_fragment_goes_to_its_own_place() -> None:
    html = '<h2>A</h2><div data-fragment="a"></div><h2>B</h2><div data-fragment="b-2"></div>end'
    assert splice(html, {"b-2": "<i>b</i>", "a": ""}) == "<h2>A</h2><h2>B</h2><i>b</i>end"


def test_the_same_fragment_may_stand_twice() -> None:
    assert splice(SPOT + SPOT, {"risk": "x"}) == "xx"


def test_what_a_fragment_holds_is_not_looked_at_again() -> None:
    fragments = {"a": SPOT, "risk": "secret"}
    html = '<div data-fragment="a"></div>|' + SPOT
    assert splice(html, fragments) == f"{SPOT}|secret"


def test_a_backslash_in_a_fragment_stays() -> None:
    assert splice(SPOT, {"risk": r"C:\1\g<0>"}) == r"C:\1\g<0>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>we write data-fragment=&quot;risk&quot; in our pages</p>",
        '<meta content="data-fragment=risk data-fragment">',
        "<p title='x data-fragment=\"risk\"'>",
        '<p data-fragments="risk" x-data-fragment="risk">',
        "<p>1 < 2 data-fragment=3</p>",
    ],
)
def test_text_that_only_says_so_is_no_placeholder(html: str) -> None:
    assert splice(html, {}) == html


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
        (
            "<div\ndata-fragment>" + SPOT,
            {"risk": ""},
            "accounts/a.md has a placeholder that the site builder changed",
        ),
    ],
    ids=["not rendered", "no place", "changed", "changed after one", "changed before one"],
)
def test_what_does_not_fit_is_an_error(html: str, fragments: dict[str, str], message: str) -> None:
    with pytest.raises(BuildError) as caught:
        splice(html, fragments, page="accounts/a.md")
    assert str(caught.value) == message


def test_time_grows_with_the_page_and_no_faster() -> None:
    """Signs that a careless expression would look at again and again."""
    hostile = "<div data-fragment=x" * 20_000 + "<a" * 100_000 + "<div " * 100_000 + " " * 100_000
    with pytest.raises(BuildError, match="has a placeholder that the site builder changed"):
        splice(hostile, {})
    assert splice("<a" * 100_000 + "data-fragment" + "<div " * 100_000, {})
