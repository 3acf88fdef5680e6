"""Text to data and places: what is refused, with which words, and where."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest

from generator.read import Document, Quoted, read_text
from generator.read.parse import _Builder
from generator.read.text import OF_PLAYBOOK
from generator.rules.validate.plan import plan_of

PATH = "playbooks/x.yaml"
LETTERS = [bytes([letter]) for letter in range(ord("a"), ord("z"))]
MERGE_BOMB = b"a: &a {x: 1}\n" + b"".join(
    b"%b: &%b {<<: [*%b, *%b, *%b, *%b]}\n" % (new, new, old, old, old, old)
    for old, new in pairwise(LETTERS)
)
ALIAS_BOMB = b"a: &a [x, x, x, x, x]\n" + b"".join(
    b"%b: &%b [*%b, *%b, *%b, *%b]\n" % (new, new, old, old, old, old)
    for old, new in pairwise(LETTERS)
)

# what it is, the bytes of the file, the finding (or findings) without the path
BROKEN: list[tuple[str, bytes, str | tuple[str, ...]]] = [
    ("empty", b"", "1:1: error: the file is empty [empty-file]"),
    ("only comments", b"# a\n# b\n", "1:1: error: the file is empty [empty-file]"),
    ("only spaces", b"  \n\n", "1:1: error: the file is empty [empty-file]"),
    ("all 256 bytes", bytes(range(256)), "2:118: error: not UTF-8 text (it looks like UTF-16 or binary data); save it as UTF-8 [not-utf-8]"),
    ("an image", b"\x89PNG\r\n\x1a\n\x00\x00", "1:1: error: not UTF-8 text (it looks like UTF-16 or binary data); save it as UTF-8 [not-utf-8]"),
    ("a NUL byte", b"a: b\x00c\n", "1:5: error: not a text file: it holds a NUL byte [binary]"),
    ("a gzip file", b"\x1f\x8b\x08\x00abc", "1:2: error: not UTF-8 text (it looks like UTF-16 or binary data); save it as UTF-8 [not-utf-8]"),
    ("UTF-16 with BOM", b"\xff\xfes\x00c\x00h\x00e\x00m\x00a\x00:\x00 \x001\x00\n\x00", "1:1: error: the file is UTF-16; save it as UTF-8 [not-utf-8]"),
    ("UTF-16 LE without BOM", b"s\x00c\x00h\x00e\x00m\x00a\x00:\x00 \x001\x00\n\x00", "1:1: error: the file looks like UTF-16; save it as UTF-8 [not-utf-8]"),
    ("UTF-16 BE without BOM", b"\x00s\x00c\x00h\x00e\x00m\x00a\x00:\x00 \x001\x00\n", "1:1: error: the file looks like UTF-16; save it as UTF-8 [not-utf-8]"),
    ("UTF-32 with BOM", b"\xff\xfe\x00\x00s\x00\x00\x00c\x00\x00\x00h\x00\x00\x00e\x00\x00\x00m\x00\x00\x00a\x00\x00\x00:\x00\x00\x00 \x00\x00\x001\x00\x00\x00\n\x00\x00\x00", "1:1: error: the file is UTF-32; save it as UTF-8 [not-utf-8]"),
    ("UTF-32 without BOM", b"s\x00\x00\x00c\x00\x00\x00h\x00\x00\x00e\x00\x00\x00m\x00\x00\x00a\x00\x00\x00:\x00\x00\x00 \x00\x00\x001\x00\x00\x00\n\x00\x00\x00", "1:1: error: the file looks like UTF-32; save it as UTF-8 [not-utf-8]"),
    ("UTF-16 Chinese", b"\xff\xfe\rT:\x00 \x00lQ\xf8S\n\x00", "1:1: error: the file is UTF-16; save it as UTF-8 [not-utf-8]"),
    ("GB 18030", b"schema: 1\nname: \xb8\xdb\xbf\xda\xce\xef\xc1\xf7\xb9\xab\xcb\xbe\n", "2:7: error: not UTF-8 text (it looks like GB 18030); save it as UTF-8 [not-utf-8]"),
    ("Windows-1252", b"schema: 1\nname: M\xfcller \x96 S\xf6hne\n", "2:8: error: not UTF-8 text (it looks like Windows-1252); save it as UTF-8 [not-utf-8]"),
    ("Latin-1", b"n: caf\xe9\n", "1:7: error: not UTF-8 text (it looks like Windows-1252); save it as UTF-8 [not-utf-8]"),
    ("neither of them", b"n: \x81\n", "1:4: error: not UTF-8 text; save it as UTF-8 [not-utf-8]"),
    ("anchor and merge key", b"a: &a {x: 1}\nb: {<<: *a}\n", "1:4: error: '&a' names a value for reuse; write it out [anchor]"),
    ("merge key alone", b"a:\n  <<: {x: 1}\n", "2:3: error: '<<' merges another mapping; write its keys out [merge-key]"),
    ("alias", b"a: [*b]\n", "1:5: error: '*b' repeats another value; write it out [alias]"),
    ("anchor", b"a: &x [1]\n", "1:4: error: '&x' names a value for reuse; write it out [anchor]"),
    ("core tag", b"a: !!int 3\n", "1:4: error: the tag '!!int' is not allowed; delete it [tag]"),
    ("python tag", b"a: !!python/object/apply:os.system [ls]\n", "1:4: error: the tag '!!python/object/apply:os.system' is not allowed; delete it [tag]"),
    ("tag at the root", b"!!map\na: 1\n", "1:1: error: the tag '!!map' is not allowed; delete it [tag]"),
    ("undefined tag handle", b"a: !foo!bar 1\n", "1:4: error: a value cannot begin with '!'; put quotes around it [yaml-syntax]"),
    ("empty tag", b"a: ! b\n", "1:4: error: the tag '!' is not allowed; delete it [tag]"),
    ("two documents", b"a: 1\n---\nb: 2\n", "2:1: error: a second document begins here; one file, one plan [several-documents]"),
    ("text after the end", b"a: 1\n...\nfoo\n", "3:1: error: this does not belong to what stands above; a file is keys with values [yaml-syntax]"),
    ("YAML directive", b"%YAML 1.1\n---\na: 1\n", "1:1: error: a line that begins with '%' is not allowed; delete it [directive]"),
    ("YAML directive of the future", b"%YAML 3.0\n---\na: 1\n", "1:1: error: a line that begins with '%' is not allowed; delete it [yaml-syntax]"),
    ("TAG directive", b"%TAG ! tag:x,2000:\n---\na: 1\n", "1:1: error: a line that begins with '%' is not allowed; delete it [directive]"),
    ("unknown directive", b"%FOO bar\n---\na: 1\n", "1:5: error: a line that begins with '%' is not allowed; delete it [yaml-syntax]"),
    ("percent alone", b"%\n", "1:2: error: a line that begins with '%' is not allowed; delete it [yaml-syntax]"),
    ("percent begins a value", b"a: %x\n", "1:4: error: a value cannot begin with '%'; put quotes around it [yaml-syntax]"),
    ("percent begins a key", b"%a: 1\n", "1:3: error: a line cannot begin with '%'; put quotes around it [yaml-syntax]"),
    ("duplicate key", b"a: 1\nb: 2\na: 3\n", "3:1: error: 'a' is given twice in one place, first at line 1, column 1; keep one [duplicate-key]"),
    ("duplicate key in braces and quotes", b'x: {a: 1, "a": 2}\n', "1:11: error: 'a' is given twice in one place, first at line 1, column 5; keep one [duplicate-key]"),
    ("duplicate key with a mapping", b"x:\n  a: 1\n  a:\n    b: 1\n", "3:3: error: 'a' is given twice in one place, first at line 2, column 3; keep one [duplicate-key]"),
    ("tab indents", b"a:\n\tb: 1\n", "2:1: error: a tab stands here; YAML is indented with spaces only [yaml-syntax]"),
    ("tab after a mapping", b"a:\n  b: 1\n\tc: 2\n", "3:1: error: a tab stands here; YAML is indented with spaces only [yaml-syntax]"),
    ("tab on the first line", b"\ta: 1\n", "1:1: error: a tab stands here; YAML is indented with spaces only [yaml-syntax]"),
    ("tab after a dash", b"a:\n  -\tb\n", "2:4: error: a tab stands here; YAML is indented with spaces only [yaml-syntax]"),
    ("spaces and tab", b"a:\n  b: 1\n  \tc: 2\n", "3:3: error: a tab stands here; YAML is indented with spaces only [yaml-syntax]"),
    ("unclosed double quote", b'a: "x\nb: 1\n', "1:4: error: a quoted text begins here and never ends; close the quotes [yaml-syntax]"),
    ("unclosed single quote", b"a: 'x\nb: 1\n", "1:4: error: a quoted text begins here and never ends; close the quotes [yaml-syntax]"),
    ("text after a quote", b'a: "x" y\n', "1:8: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("unclosed bracket", b"a: [1, 2\nb: 3\n", "1:4: error: a bracket opens here and is not closed; write ']' at its end [yaml-syntax]"),
    ("unclosed brace", b"a: {b: 1\nc: 2\n", "1:4: error: a bracket opens here and is not closed; write '}' at its end [yaml-syntax]"),
    ("closing bracket alone", b"a: ]\n", "1:4: error: a value is missing here, or a bracket is not closed [yaml-syntax]"),
    ("one brace too many", b"a: {b: 1}}\n", "1:10: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("two colons", b"a: b: c\n", "1:5: error: a second ': ' on this line; put quotes around a text that holds one [yaml-syntax]"),
    ("colon in a text", b"a: What: this\n", "1:8: error: a second ': ' on this line; put quotes around a text that holds one [yaml-syntax]"),
    ("no space after a colon", b"a:1\nb: 2\n", "1:1: error: no space after the colon; write 'a: 1' [yaml-syntax]"),
    ("one space too many", b"a: 1\n b: 2\n", "2:2: error: this line is indented by 1 and the line above by 0; give both the same indentation [yaml-syntax]"),
    ("indentation between two", b"a:\n    b: 1\n  c: 2\n", "3:3: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("key in a list", b"a:\n  - x\n  y: 1\n", "3:3: error: this line does not belong to the list above; check its indentation [yaml-syntax]"),
    ("list in a mapping", b"a:\n  y: 1\n  - x\n", "3:3: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("at sign", b"a: @x\n", "1:4: error: a value cannot begin with '@'; put quotes around it [yaml-syntax]"),
    ("backtick", b"a: `x`\n", "1:4: error: a value cannot begin with '`'; put quotes around it [yaml-syntax]"),
    ("ampersand begins a value", b"a: &T\n", "1:4: error: '&T' names a value for reuse; write it out [anchor]"),
    ("asterisks", b"a: *important*\n", "1:14: error: a value cannot begin with '*' or '&'; put quotes around it [yaml-syntax]"),
    ("exclamation mark", b"a: !important\n", "1:4: error: the tag '!important' is not allowed; delete it [tag]"),
    ("text after a bar", b"a: |x\n", "1:5: error: nothing may follow '|' or '>' on its line; put quotes around a text that begins so [yaml-syntax]"),
    ("greater than", b"a: > 5 days\n", "1:6: error: nothing may follow '|' or '>' on its line; put quotes around a text that begins so [yaml-syntax]"),
    ("hash begins a value", b"a: #x\n", "1:1: error: 'a' has no value: '#x' is a comment; put quotes around a text that begins with '#' [no-value]"),
    ("comment for a value", b"a: # x\n", "1:1: error: 'a' has no value; fill it in or delete the line [no-value]"),
    ("hash begins an entry", b"a:\n- #x\n", "2:2: error: an empty entry: '#x' is a comment; put quotes around a text that begins with '#' [no-value]"),
    ("text goes on behind a comment", b"a: We are\n  number #1 in\n  Austria\n", "1:4: error: ' #' begins a comment, so '#1 in' is lost; put quotes around the whole text [yaml-syntax]"),
    ("braces end in a comment", b"a: {b: Be #1, c: 5}\nd: 5\n", "1:8: error: ' #' begins a comment, so '#1, c: 5}' is lost; put quotes around the whole text [yaml-syntax]"),
    ("list ends in a comment", b"a: [Be #1,\n  x]\n", "1:5: error: ' #' begins a comment, so '#1,' is lost; put quotes around the whole text [yaml-syntax]"),
    ("number with a comment before a broken line", b"a: 5 #1\n b\n", "2:2: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("question mark key", b"? a\n", "1:3: error: 'a' has no value; fill it in or delete the line [no-value]"),
    ("question mark alone", b"?\n", "1:2: error: '' has no value; fill it in or delete the line [no-value]"),
    ("dash alone", b"-\n", ("1:2: error: an empty entry; fill it in or delete it [no-value]", "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]")),
    ("comma begins a value", b"a: , b\n", "1:4: error: a value is missing here, or a bracket is not closed [yaml-syntax]"),
    ("unknown escape", b'a: "\\q"\n', "1:5: error: a backslash means something else in double quotes; use single quotes [yaml-syntax]"),
    ("Windows path in double quotes", b'a: "C:\\Users"\n', "1:9: error: a backslash means something else in double quotes; use single quotes [yaml-syntax]"),
    ("escaped bidi override", b'a: "x\\u202ey"\n', "1:4: error: the character U+202E is invisible or a control character; delete it [forbidden-character]"),
    ("escaped bidi override in a key", b'"x\\u202ey": 1\n', "1:1: error: the character U+202E is invisible or a control character; delete it [forbidden-character]"),
    ("escaped NUL", b'a: "\\0"\n', "1:4: error: the character U+0000 is invisible or a control character; delete it [forbidden-character]"),
    ("escaped surrogate", b'a: "\\ud800"\n', "1:7: error: a backslash means something else in double quotes; use single quotes [yaml-syntax]"),
    ("escape beyond Unicode", b'a: "\\UFFFFFFFF"\n', "1:7: error: a backslash means something else in double quotes; use single quotes [yaml-syntax]"),
    ("escaped next line", b'a: "\\N"\n', "1:4: error: the character U+0085 is invisible or a control character; delete it [forbidden-character]"),
    ("escaped carriage return", b'a: "\\r"\n', "1:4: error: a carriage return alone ends this line; save the file with Unix line ends (LF) [forbidden-character]"),
    ("bidi override", b"a: x\xe2\x80\xaey\n", "1:5: error: the character U+202E is invisible or a control character; delete it [forbidden-character]"),
    ("zero width space", b"a: x\xe2\x80\x8by\n", "1:5: error: the character U+200B is invisible or a control character; delete it [forbidden-character]"),
    ("inner byte order mark", b"a: x\xef\xbb\xbfy\n", "1:5: error: the character U+FEFF is invisible or a control character; delete it [forbidden-character]"),
    ("line separator", b"a: x\xe2\x80\xa8y\n", "1:5: error: the character U+2028 is invisible or a control character; delete it [forbidden-character]"),
    ("next line", b"a: x\xc2\x85y\n", "1:5: error: the character U+0085 is invisible or a control character; delete it [forbidden-character]"),
    ("tag character", b"a: x\xf3\xa0\x81\x81y\n", "1:5: error: the character U+E0041 is invisible or a control character; delete it [forbidden-character]"),
    ("escape character", b"a: \x1b[0m\n", "1:4: error: the character U+001B is invisible or a control character; delete it [forbidden-character]"),
    ("noncharacter", b"a: \xef\xbf\xbe\n", "1:4: error: the character U+FFFE is invisible or a control character; delete it [forbidden-character]"),
    ("invisible operator", b"a: x\xe2\x81\xa3y\n", "1:5: error: the character U+2063 is invisible or a control character; delete it [forbidden-character]"),
    ("a word", b"hello\n", "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
    ("a quoted word", b'"hello"\n', "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
    ("null", b"null\n", "1:1: error: the file is empty [empty-file]"),
    ("tilde", b"~\n", "1:1: error: the file is empty [empty-file]"),
    ("a list", b"- a\n", "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
    ("a list in brackets", b"[a]\n", "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
    ("list as a key", b"? [a, b]\n: c\n", "1:3: error: a key must be a word, not a list or a mapping [key-not-text]"),
    ("list as a key in braces", b"{[a]: b}\n", "1:2: error: a key must be a word, not a list or a mapping [key-not-text]"),
    ("mapping as a key", b"? {a: b}\n: c\n", "1:3: error: a key must be a word, not a list or a mapping [key-not-text]"),
    ("no key", b": x\n", "1:1: error: this line does not fit the lines above; check its indentation and quotes [yaml-syntax]"),
    ("a set", b"? a\n? b\n", ("1:3: error: 'a' has no value; fill it in or delete the line [no-value]", "2:3: error: 'b' has no value; fill it in or delete the line [no-value]")),
    ("a set in braces", b"x: {a, b}\n", "1:5: error: 'a' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("CRLF counts lines", b"a: 1\r\nb: 2\r\na: 3\r\n", "3:1: error: 'a' is given twice in one place, first at line 1, column 1; keep one [duplicate-key]"),
    ("lone CR", b"a: 1\rb: 2\ra: 3\r", "1:5: error: a carriage return alone ends this line; save the file with Unix line ends (LF) [forbidden-character]"),
    ("mixed CR and LF", b"a: 1\rb: 2\nb: 3\n", "1:5: error: a carriage return alone ends this line; save the file with Unix line ends (LF) [forbidden-character]"),
    ("comma trap text", b"a: {answer: yes, but late}\n", "1:18: error: 'but late' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("comma trap number", b"a: {loss: 60,000}\n", "1:14: error: '000' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("comma trap share", b"a: {retention: 0,85, b: 1}\n", "1:18: error: '85' has no value: inside { } a comma ends a value; write 0.85 with a point [comma]"),
    ("comma trap share of three digits", b"a: {retention: 0,855}\n", "1:18: error: '855' has no value: inside { } a comma ends a value; write 0.855 with a point [comma]"),
    ("no value in braces", b"a: {b: }\n", "1:5: error: 'b' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("two commas", b"a: [1,,2]\n", "1:7: error: a value is missing here, or a bracket is not closed [yaml-syntax]"),
    ("four kinds of no value", b"a: \nb: ~\nc: null\nd:\n  -\n  - x\n", ("1:1: error: 'a' has no value; fill it in or delete the line [no-value]", "2:1: error: 'b' has no value; fill it in or delete the line [no-value]", "3:1: error: 'c' has no value; fill it in or delete the line [no-value]", "5:4: error: an empty entry; fill it in or delete it [no-value]")),
    ("byte order mark", b"\xef\xbb\xbfschema: 1\n", "1:1: warning: the file begins with a byte order mark; save it as UTF-8 without one [byte-order-mark]"),
    ("anchor at a key", b"&x a: 1\n", "1:1: error: '&x' names a value for reuse; write it out [anchor]"),
    ("delete character", b"a: \x7f\n", "1:4: error: the character U+007F is invisible or a control character; delete it [forbidden-character]"),
    ("comma trap with three commas", b"x: {a: 1, b: Acme, Inc, Ltd, c: 2}\n", "1:20: error: 'Inc' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("comma trap million at the root", b"{loss: 1,000,000, id: a}\n", "1:10: error: '000' has no value: inside { } a comma ends a value; put quotes around a text that has commas, and write numbers without separators [comma]"),
    ("a conflict", b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\na: 3\n", "2:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]"),
    ("two conflicts, one with the lines of both", b"<<<<<<< HEAD\nb: 1\n||||||| base\nb: 0\n=======\nb: 2\n>>>>>>> x\nc: 1\n<<<<<<< HEAD\r\n=======\r\nd: 2\r\n>>>>>>> x\r\n", ("1:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]", "9:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]")),
    ("the end of a conflict", b"a: 1\n>>>>>>> theirs\n", "2:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]"),
    ("the middle of a conflict", b"a: 1\n=======\nb: 2\n", "2:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]"),
    ("a conflict in a list in brackets", b"a: [x,\n<<<<<<< HEAD\ny,\n=======\nz,\n>>>>>>> x\n]\n", "2:1: error: a merge is not finished: keep the lines that hold and delete the markers '<<<<<<<', '=======' and '>>>>>>>' [merge-conflict]"),
    ("no-break spaces indent", "a:\n  b: 1\n\xa0\xa0c: 2\n".encode(), "3:1: error: a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("no-break spaces indent all of a section", "a:\n\xa0\xa0b: 1\n\xa0\xa0c: 2\n".encode(), "2:1: error: a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("no-break space behind a space", "a:\n  b: 1\n  \xa0c: 2\n".encode(), "3:3: error: a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("no-break space goes on", "a:\n  b: 1\n   \xa0c: 2\n".encode(), "3:4: error: a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("ideographic spaces indent a list", "a:\n\u3000\u3000- x\n\u3000\u3000- y\n".encode(), "2:1: error: an ideographic space (U+3000) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("ideographic spaces in an entry", "a:\n- x: 1\n\u3000y: 2\n".encode(), "3:1: error: an ideographic space (U+3000) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("no-break space after a colon", "a:\xa0x\nb: 1\n".encode(), "1:3: error: a no-break space (U+00A0) stands here; YAML is indented with plain spaces only [yaml-syntax]"),
    ("full-width colon", "a:\n  name: X\n  region：emea\n  b: 1\n".encode(), "3:9: error: a full-width colon stands here; write ': ' [yaml-syntax]"),
    ("full-width colon of a section", "a：\n  b: 1\n".encode(), "1:2: error: a full-width colon stands here; write ': ' [yaml-syntax]"),
    ("full-width colon in braces", "a: {b：x, c: 1}\n".encode(), "1:6: error: a full-width colon stands here; write ': ' [yaml-syntax]"),
    ("no space after a colon in braces", b"a: {name:X, b: 1}\n", "1:5: error: no space after the colon; write 'name: X' [yaml-syntax]"),
    ("full-width comma in braces", "a: {b: x，c: 1}\n".encode(), "1:9: error: a full-width comma stands here; write ', ' [yaml-syntax]"),
    ("full-width braces", "a: ｛b: x｝\nc: 1\n".encode(), "1:4: error: a full-width bracket stands here; write '{' [yaml-syntax]"),
    ("full-width bracket closes", "a: [x, y］\nb: 1\n".encode(), "1:9: error: a full-width bracket stands here; write ']' [yaml-syntax]"),
    ("no colon", b"a:\n  name: X\n  region emea\n  size: large\n", "3:3: error: no colon after 'region'; write 'region: emea' [yaml-syntax]"),
    ("no colon on the first line of a section", b"a:\n  region emea\n  size: large\n", "2:3: error: no colon after 'region'; write 'region: emea' [yaml-syntax]"),
    ("no colon in an entry", b"a:\n  - region emea\n    size: large\n", "2:5: error: no colon after 'region'; write 'region: emea' [yaml-syntax]"),
    ("no colon on the last line", b"a: 1\nregion emea\n", "2:1: error: no colon after 'region'; write 'region: emea' [yaml-syntax]"),
    ("no colon of a section", b"a: 1\ncontacts\n  - id: x\n", "2:1: error: no colon after 'contacts'; write 'contacts:' [yaml-syntax]"),
    ("no space after the colon of a later line", b"a: 1\nregion:emea\nb: 2\n", "2:1: error: no space after the colon; write 'region: emea' [yaml-syntax]"),
    ("a text that is not indented", b"a: |\n  First\nsecond line of text\nb: x\n", "3:1: error: no colon after 'second'; write 'second: line of text', or indent the line if it belongs to the text above [yaml-syntax]"),
    ("a text that goes on to a colon", b"a: We do\n  and that\n  target: x\n", "3:9: error: this line does not fit the line above; check its indentation, and that each key above has ': ' after it [yaml-syntax]"),
    ("a dash for a value", b"a:\n  b: -\n  c: 1\n", "2:6: error: a placeholder: write the value, or [] for none, or delete the line [yaml-syntax]"),
    ("a question mark for a value", b"a:\n  b: ?   # ask\n", "2:6: error: a placeholder: write the value, or [] for none, or delete the line [yaml-syntax]"),
    ("a question mark in braces", b"a: {b: ?}\n", "1:8: error: a placeholder: write the value, or [] for none, or delete the line [yaml-syntax]"),
    ("merge bomb", MERGE_BOMB, "1:4: error: '&a' names a value for reuse; write it out [anchor]"),
    ("alias bomb", ALIAS_BOMB, "1:4: error: '&a' names a value for reuse; write it out [anchor]"),
]  # fmt: skip

# what it is, the bytes, the beginning of the only finding
HOSTILE = [
    ("100,000 brackets", b"[" * 100_000, "1:33: error: nested deeper than 32 levels [too-deep]"),
    ("brackets under a key", b"a: " + b"[" * 100_000, "1:35: error: nested deeper than 32 levels [too-deep]"),
    ("100,000 braces", b"{" * 100_000, "1:2: error: a key must be a word, not a list or a mapping [key-not-text]"),
    ("nested braces", b"a: " + b"{b: " * 100_000, "1:128: error: nested deeper than 32 levels [too-deep]"),
    ("deep blocks", b"".join(b" " * i + b"a:\n" for i in range(1000)), "33:33: error: nested deeper than 32 levels [too-deep]"),
    ("deep lists", b"- " * 100_000, "1:65: error: nested deeper than 32 levels [too-deep]"),
    ("deep keys", b"? " * 100_000, "1:3: error: a key must be a word, not a list or a mapping [key-not-text]"),
    ("two megabytes", b"a: " + b"x" * 2_000_000, "1:1: error: the file has 2,000,003 bytes; at most 1,000,000 are read [too-large]"),
    ("too many values", b"a: [" + b"1," * 200_000 + b"1]", "1:199997: error: more than 100,000 values in a file [too-many-values]"),
    ("a megabyte of colons", b":" * 900_000, "1:900000: error: this line does not fit the line above; check its indentation, and that each key above has ': ' after it [yaml-syntax]"),
    ("a megabyte of quotes", b"'" * 900_000, "1:1: error: the file must be keys with values, such as 'schema: 1' on its first line [not-a-mapping]"),
    ("a megabyte of comments", b"#\n" * 450_000, "1:1: error: the file is empty [empty-file]"),
    ("a megabyte of line ends", b"\n" * 900_000, "1:1: error: the file is empty [empty-file]"),
    ("a long key", b"x" * 3_000 + b": 1\n", "1:3001: error: this line does not fit the line above; check its indentation, and that each key above has ': ' after it [yaml-syntax]"),
]  # fmt: skip

# text that may look odd and is fine
FINE = [
    ("document end", b"a: 1\n...\n", {"a": "1"}),
    ("document start", b"---\na: 1\n", {"a": "1"}),
    ("CRLF", b"a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ("trailing comma", b"a: [1,]\n", {"a": ["1"]}),
    ("tab after a colon", b"a:\tb\n", {"a": "b"}),
    ("ampersand inside", b"a: AT & T\n", {"a": "AT & T"}),
    ("keys that are no words", b"1: x\ntrue: y\n2024-01-01: z\n~: n\n", {"1": "x", "true": "y", "2024-01-01": "z", "~": "n"}),
    ("quoted merge key", b'"<<": x\n', {"<<": "x"}),
    ("quoted null", b"a: '~'\nb: \"\"\n", {"a": "~", "b": ""}),
    ("no such thing as a value", b"a: NO\nb: 017\nc: 12:30\nd: 2024-02-30\ne: 0x1F\n", {"a": "NO", "b": "017", "c": "12:30", "d": "2024-02-30", "e": "0x1F"}),
    ("joiners", "a: x\u200dy\u200cz\n".encode(), {"a": "x\u200dy\u200cz"}),
    ("folded text", b"a: >\n  b\n  c\n", {"a": "b c\n"}),
    ("markers in a block text", b"a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n", {"a": "<<<<<<< HEAD\n=======\n>>>>>>> x\n"}),
    ("a line under a title in quotes", b"a: 'x\n=======\n  y'\n", {"a": "x ======= y"}),
    ("Chinese prose", "a: 我们，他们：好【一】\nb: |\n  \u3000\u3000背景：港口，【新】\nc: {d: 降低成本，提高效率, e: x}\n".encode(), {"a": "我们，他们：好【一】", "b": "\u3000\u3000背景：港口，【新】\n", "c": {"d": "降低成本，提高效率", "e": "x"}}),
    ("a key in quotes with full-width signs", '"a：b": 1\n'.encode(), {"a：b": "1"}),
    ("beyond the base plane", "a: 𠮷野家\n".encode(), {"a": "𠮷野家"}),
]  # fmt: skip


def read(raw: bytes) -> Document:
    return read_text(raw, PATH)


def said(document: Document) -> tuple[str, ...]:
    """Each finding, without the path."""
    return tuple(str(problem).removeprefix(f"{PATH}:") for problem in document.problems)


@pytest.mark.parametrize(
    ("raw", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN]
)
def test_a_broken_file_has_findings(raw: bytes, expected: str | tuple[str, ...]) -> None:
    assert said(read(raw)) == ((expected,) if isinstance(expected, str) else expected)


@pytest.mark.parametrize(
    ("raw", "expected"), [pytest.param(*case[1:], id=case[0]) for case in HOSTILE]
)
def test_a_hostile_file_is_refused_at_once(raw: bytes, expected: str) -> None:
    assert said(read(raw)) == (expected,)


def test_a_broken_file_takes_little_memory() -> None:
    peaks = {}
    for name, raw, _ in (*BROKEN, *HOSTILE):
        if len(raw) < 300_000:
            tracemalloc.start()
            read(raw)
            peaks[name] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    assert len(peaks) > 90
    assert {name: peak for name, peak in peaks.items() if peak >= 60_000_000} == {}


@pytest.mark.parametrize(("raw", "data"), [pytest.param(*case[1:], id=case[0]) for case in FINE])
def test_odd_text_that_is_fine(raw: bytes, data: dict[str, object]) -> None:
    document = read(raw)
    assert (document.data, document.problems) == (data, ())


def test_a_number_that_a_comma_cut_is_no_value() -> None:
    document = read(b"risk: {id: late, loss: 60,000, owner: kim}\n")
    assert document.data == {"risk": {"id": "late", "loss": None, "owner": "kim"}}


def test_of_a_duplicate_the_first_counts() -> None:
    document = read(b"a: 1\nb: {c: 1, c: {d: 2}}\na: [2]\n")
    assert document.data == {"a": "1", "b": {"c": "1"}}


def test_quotes_and_blocks_mark_text() -> None:
    data = read(b"a: 5\nb: '5'\nc: \"5\"\nd: |\n  5\ne: >-\n  5\n").data
    assert data is not None
    assert [type(data[key]) for key in "abcde"] == [str, Quoted, Quoted, Quoted, Quoted]


def test_an_empty_part_of_a_path_is_not_there() -> None:
    document = read(b"a: {b: [1]}\n")
    assert document.has(("a", "b", 0))
    assert not document.has(("a", "b", 1))
    assert not document.has(("a", 0))
    assert not document.has(("a", "b", "0"))
    assert document.value_place(("a", "c")) == (1, 1), "what is missing: the key that lacks it"
    assert document.value_place(("z",)) == (1, 1)


def test_what_only_the_parser_refuses_is_a_finding_too() -> None:
    """No such text gets past the look at characters; should one, the parser has the last word."""
    builder = _Builder("playbooks/x.yaml", "x", OF_PLAYBOOK)
    assert builder.build("a: \x01") is None
    (problem,) = builder.problems
    assert (problem.rule, problem.line, problem.column) == ("yaml-syntax", 1, 1)
    assert problem.message.startswith("not YAML: ")


def test_a_key_with_line_ends_is_told_on_one_line() -> None:
    raw = b'"(\\n\\n$": ~\n"b\\nc": 1\n"b\\nc": 2\n'
    document = read_text(raw, "playbooks/x.yaml")
    assert [problem.message for problem in document.problems] == [
        "'( $' has no value; fill it in or delete the line",
        "'b c' is given twice in one place, first at line 2, column 1; keep one",
    ]
    plan = plan_of(read_text(b'"b\\nc": 1\n', "playbooks/x.yaml"))
    assert "unknown key 'b c'; to see all: playbook fields" in [
        problem.message for problem in plan.problems
    ]
