"""What has a form of its own: addresses, numbers of persons and accounts, keys and passwords.

Numbers that carry a check digit count only when it is right, so that contracts and orders do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from stdnum import iban, luhn
from stdnum.cn import ric
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.us import ssn

_MAIL = re.compile(r"(?<![\w.%+-])([\w.%+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONES = re.compile(
    r"(?<![\w+])\+\d[\d ().\-/]{6,18}\d"
    r"|(?<![\w-])0\d{1,4}[ /\-]\d[\d \-/]{3,14}\d(?![\w-])"
    r"|(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"
    r"|(?<![\w-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\w-])"
)
_PHONE_DIGITS = range(9, 16)
_A_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_SIGNS = re.compile(r"[^0-9A-Za-z]")

_KEYS = re.compile(
    r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,64}"
    r"|xox[abprs]-[\w-]{10,255}|AIza[\w-]{35}|(?<!\w)sk[-_][\w-]{20,255}"
    r"|-----BEGIN [A-Z ]{0,30}PRIVATE KEY|eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}"
)
_LOGIN_IN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\s/:@]{1,100}:[^\s/@]{1,100}@")
_KEY_IN_ADDRESS = re.compile(
    r"[?&](?:access_token|auth|token|sig|signature|key|api_key|apikey|password|pwd|secret)=[^&\s]{8}",
    re.IGNORECASE,
)
_VALUE_BEHIND = re.compile(
    r"[^\n:：=]{0,25}?(?:[:：=]|\s(?:is|was|lautet|ist|est|es)\s|是|为)"
    r"\s{0,3}[\"'“„«]?([^\s\"'”“»，。,;；]{4,64})"
)
_NUMBER_BEHIND = re.compile(r"\D{0,24}(\d[\d ().\-/]{4,24}\d)")


def personal_numbers(text: str, mailboxes: Collection[str]) -> Iterator[str]:
    """What kinds of personal address or number a text has."""
    if "@" in text and _has_mail(text, mailboxes):
        yield "an e-mail address"
    if not any(sign.isdigit() for sign in text):
        return
    if _has_phone(text):
        yield "a phone number"
    for name, pattern, is_one in _CHECKED:
        if any(is_one(_SIGNS.sub("", number)) for number in pattern.findall(text)):
            yield name


def _has_mail(text: str, mailboxes: Collection[str]) -> bool:
    text = _LOGIN_IN_ADDRESS.sub("", text)
    return any(mailbox.lower() not in mailboxes for mailbox in _MAIL.findall(text))


def _has_phone(text: str) -> bool:
    return any(
        sum(sign.isdigit() for sign in number) in _PHONE_DIGITS and not _A_DATE.search(number)
        for number in _PHONES.findall(text)
    )


def number_behind(label: re.Pattern[str], text: str) -> bool:
    """Whether a number of six digits or more, no date, stands right behind one of the words."""
    for word in label.finditer(text):
        number = _NUMBER_BEHIND.match(text, word.end())
        if number and len(_SIGNS.sub("", number[1])) >= 6 and not _A_DATE.search(number[1]):
            return True
    return False


def secret_in(text: str, label: re.Pattern[str]) -> str | None:
    """What kind of secret a text gives away."""
    if _LOGIN_IN_ADDRESS.search(text):
        return "an address with a login in it"
    if _KEY_IN_ADDRESS.search(text):
        return "an address with a key in it"
    if _KEYS.search(text):
        return "a key"
    for word in label.finditer(text):
        value = _VALUE_BEHIND.match(text, word.end())
        if value and _looks_secret(value[1]):
            return "a password or key"
    return None


def labels(terms: Collection[str]) -> re.Pattern[str]:
    """A pattern for words that stand before a number or a secret."""
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    words = (re.escape(term).replace(r"\ ", r"[\s_'’-]?") for term in ordered)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(words)})(?![a-z])", re.IGNORECASE)


def _looks_secret(value: str) -> bool:
    """A sentence goes on in letters; a secret mixes."""
    if _A_DATE.fullmatch(value) or "://" in value:
        return False
    return any(sign.isdigit() for sign in value) or bool(
        re.search(r"[^\W\d_][!@#$%^&*_+]\w", value)
    )


def _is_iban(number: str) -> bool:
    """An account number, whole or without what was taken in behind it."""
    return any(iban.is_valid(number[:end]) for end in range(len(number), 14, -1))


def _is_card(number: str) -> bool:
    """Not a row of noughts, whose check digit is right too."""
    return luhn.is_valid(number) and len(set(number)) > 2


_CHECKED: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("an identity number", re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])"), ric.is_valid),
    (
        "a bank account",
        re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"),
        _is_iban,
    ),
    ("a card number", re.compile(r"(?<![\d-])\d{4}(?:[ -]?\d{4}){3}\d{0,3}(?![\d-])"), _is_card),
    (
        "an identity number",
        re.compile(r"(?<!\w)\d{8}-?[A-HJ-NP-TV-Z](?!\w)"),
        dni.is_valid,
    ),
    (
        "a social security number",
        re.compile(r"(?<![\d-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)"),
        nir.is_valid,
    ),
    (
        "a social security number",
        re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"),
        ssn.is_valid,
    ),
)
