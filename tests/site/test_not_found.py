"""What whoever asks for a page that is not there is told."""

from __future__ import annotations

import pytest

from generator.site.not_found import with_advice

ADVICE = '<h1>None</h1><p><a href="index.html">home</a>'


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            '<link href="/assets/playbooks.css"><h1>404 - Not found</h1>',
            '<link href="/assets/playbooks.css"><h1>None</h1><p><a href="/index.html">home</a>',
        ),
        (
            "<link rel=stylesheet href=/teams/zh/assets/playbooks.css><h1>404</h1>",
            (
                "<link rel=stylesheet href=/teams/zh/assets/playbooks.css>"
                '<h1>None</h1><p><a href="/teams/zh/index.html">home</a>'
            ),
        ),
        ("<h1>404 - Not found</h1>", "<h1>404 - Not found</h1>"),
        ('<link href="/assets/playbooks.css"><h1>Gone</h1>',) * 2,
    ],
)
def test_its_links_are_those_of_the_sites_root(page: str, told: str) -> None:
    assert with_advice(page, ADVICE) == told
