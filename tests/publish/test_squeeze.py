"""Indentation goes, what is shown as it stands stays."""

from __future__ import annotations

import pytest

from generator.publish.squeeze import squeeze


@pytest.mark.parametrize(
    ("html", "squeezed"),
    [
        ("<p>\n    a\n\n\n  b</p>", "<p>\na\nb</p>"),
        ("a  b\n", "a  b\n"),
        ("<pre>\n  1\n\n  2</pre>\n  <p>", "<pre>\n  1\n\n  2</pre>\n<p>"),
        (
            "\n  <Pre x=1> \n a</Pre>\n <textarea>\n b</textarea>",
            "\n<Pre x=1> \n a</Pre>\n<textarea>\n b</textarea>",
        ),
        ("<preview>\n  a</preview>", "<preview>\na</preview>"),
        ("", ""),
    ],
)
def test_squeeze(html: str, squeezed: str) -> None:
    assert squeeze(html) == squeezed
