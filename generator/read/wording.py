"""What the YAML parser says, in words that an account manager can act on."""

from __future__ import annotations

import re

import yaml

DIRECTIVE = "a line that begins with '%' is not allowed; delete it"
_TAB = "a tab stands here; YAML is indented with spaces only"
_BACKSLASH = "a backslash means something else in double quotes; use single quotes"

PLACEHOLDER = "a placeholder: write the value or delete the line"
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
        return PLACEHOLDER
    if "mapping values are not allowed" in problem and error.problem_mark:
        return _second_colon(error.problem_mark, text)
    if "did not find expected ',' or" in problem and error.context_mark:
        opening = error.context_mark
        return (
            f"a comma or '{problem[-2]}' is missing before this; the bracket opens at line"
            f" {opening.line + 1}, column {opening.column + 1}"
        )
    for theirs, ours in _PLAIN_WORDS:
        if theirs in problem:
            return ours
    return f"not YAML: {problem}"


def _second_colon(mark: yaml.Mark, text: str) -> str:
    """A ': ' where no key can stand: a second one on its line, or a line that does not fit."""
    before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
    if ": " in before:
        return "a second ': ' on this line; put quotes around a text that holds one"
    return (
        "this line does not fit the line above; check its indentation, and that each key above"
        " has ': ' after it"
    )


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
