"""What the YAML parser says, in words that an account manager can act on."""

from __future__ import annotations

import re

import yaml

DIRECTIVE = "a line that begins with '%' is not allowed; delete it"
_TAB = "a tab stands here; YAML is indented with spaces only"
_BACKSLASH = "a backslash means something else in double quotes; use single quotes"

PLACEHOLDER = "a placeholder: write the value or delete the line"
_LONE = "a placeholder: write the value, or [] for none, or delete the line"
_LONE_SIGN = re.compile(r"[-?][ \t]*(?:[}\],].*|#.*)?\r?")

# What libyaml says, and what a person needs to hear.
_PLAIN_WORDS = (
    ("found a tab character", _TAB),
    (
        "did not find expected key",
        "this line does not fit the lines above; check its indentation and quotes",
    ),
    (
        "could not find expected ':'",
        "a key without ': ' after it; check the line's indentation and quotes",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the list above; check its indentation",
    ),
    ("did not find expected node content", "a value is missing here, or a bracket is not closed"),
    ("unexpected end of stream", "a quoted text begins here and never ends; close the quotes"),
    ("unexpected document indicator", "a quoted text begins here and never ends; close the quotes"),
    (
        "alphabetic or numeric character",
        "a value cannot begin with '*' or '&'; put quotes around it",
    ),
    (
        "expected comment or line break",
        "nothing may follow '|' or '>' on its line; put quotes around a text that begins so",
    ),
    ("escape character", _BACKSLASH),
    ("hexdecimal number", _BACKSLASH),
    ("invalid Unicode character escape code", _BACKSLASH),
    ("undefined tag handle", "a value cannot begin with '!'; put quotes around it"),
    ("directive", DIRECTIVE),
    ("incompatible YAML document", DIRECTIVE),
    ("unexpected non-alphabetical", "a line cannot begin with '%'; put quotes around it"),
    (
        "expected <document start>",
        "this does not belong to what stands above; a file is keys with values",
    ),
)


def in_plain_words(error: yaml.MarkedYAMLError, text: str) -> str:
    """One sentence with the cure for a syntax error in a text."""
    problem = error.problem or "cannot be read"
    if "cannot start any token" in problem and error.problem_mark:
        character = text[error.problem_mark.index : error.problem_mark.index + 1]
        return (
            _TAB
            if character == "\t"
            else f"a value cannot begin with '{character}'; put quotes around it"
        )
    if error.problem_mark and _LONE_SIGN.fullmatch(_rest_of_line(error.problem_mark, text)):
        return _LONE
    if "mapping values are not allowed" in problem and error.problem_mark:
        return _second_colon(error.problem_mark, text)
    if "did not find expected ',' or" in problem and error.context_mark:
        opening = error.context_mark
        return _in_brackets(error, opening, text)
    for theirs, ours in _PLAIN_WORDS:
        if theirs in problem:
            return ours
    return f"not YAML: {problem}"


def _in_brackets(error: yaml.MarkedYAMLError, opening: yaml.Mark, text: str) -> str:
    """What keeps a bracket from being read: that it is not closed, a text with ': ', a comma."""
    wanted = (error.problem or "")[-2]
    if open_bracket(error, text):
        return f"a bracket opens here and is not closed; write '{wanted}' at its end"
    if error.problem_mark and _sign_at(error.problem_mark, text) == ":":
        return _TWO_COLONS
    return (
        f"a comma or '{wanted}' is missing before this; the bracket opens at line"
        f" {opening.line + 1}, column {opening.column + 1}"
    )


def _sign_at(mark: yaml.Mark, text: str) -> str:
    return text[mark.index : mark.index + 1]


def _second_colon(mark: yaml.Mark, text: str) -> str:
    """A ': ' where no key can stand: a second one on its line, or a line that does not fit."""
    before = _before(mark, text)
    if ": " in before:
        return _TWO_COLONS
    above, here = _indents(mark, text)
    if above is not None and above != here:
        return (
            f"this line is indented by {here} and the line above by {above}; give both the same"
            " indentation"
        )
    return (
        "this line does not fit the line above; check its indentation, and that each key above"
        " has ': ' after it"
    )


_TWO_COLONS = "a second ': ' on this line; put quotes around a text that holds one"
_KEY_WITH_VALUE = re.compile(r"( *)[A-Za-z_][\w-]*:[ ]+[^ |>#&*!].*")


def _before(mark: yaml.Mark, text: str) -> str:
    """What stands before a mark on its line."""
    return text[text.rfind("\n", 0, mark.index) + 1 : mark.index]


def _indents(mark: yaml.Mark, text: str) -> tuple[int | None, int]:
    """By how much the line above and this are indented; None if above is no key with its value."""
    before = _before(mark, text)
    lines = text[: mark.index - len(before)].rstrip("\n").rsplit("\n", 1)
    above = _KEY_WITH_VALUE.fullmatch(lines[-1].rstrip())
    return len(above[1]) if above else None, len(before) - len(before.lstrip(" "))


def place_to_mend(error: yaml.MarkedYAMLError, text: str) -> yaml.Mark | tuple[int, int] | None:
    """Where to mend what stopped the parser, if that is not where it stopped."""
    if quote := opening_quote(error):
        return quote
    if bracket := open_bracket(error, text):
        return bracket
    mark = error.problem_mark
    if mark and "mapping values are not allowed" in (error.problem or ""):
        above, here = _indents(mark, text)
        if ": " not in _before(mark, text) and above not in (None, here):
            return (mark.line + 1, here + 1)
    return None


def open_bracket(error: yaml.MarkedYAMLError, text: str) -> yaml.Mark | None:
    """The bracket that is never closed: behind it a line begins with a key of its own."""
    mark, opening = error.problem_mark, error.context_mark
    is_in_brackets = "did not find expected ',' or" in (error.problem or "")
    if mark is None or opening is None or not is_in_brackets:
        return None
    before = _before(mark, text)
    is_key = _sign_at(mark, text) == ":" and ": " not in before
    return opening if is_key and mark.line > opening.line else None


def _rest_of_line(mark: yaml.Mark, text: str) -> str:
    return text[mark.index :].partition("\n")[0]


def goes_on(error: yaml.MarkedYAMLError, text: str) -> bool:
    """Whether a text seems to go on where the parser wants something new: in braces, or a line."""
    if "did not find expected ',' or" in (error.problem or ""):
        return True
    if error.problem_mark is None:
        return False
    line = _rest_of_line(error.problem_mark, text)
    return ": " not in line and not line.rstrip().endswith(":")


def opening_quote(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the quote opens that is never closed: it says more than the end of the file."""
    if "quoted scalar" in (error.context or "") and "unexpected" in (error.problem or ""):
        return error.context_mark
    return None
