"""Whom a text names whom the plan may not know: told by where a capital stands."""

from __future__ import annotations

import re

from generator.rules.comply.lexicon import folded

# Somebody who gets, wants or has something

_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?([A-Z][\w-]+)"
_GIVEN_TO = re.compile(
    r"\b(?i:get|give|offer|let|lend|keep|put|send|take|fly|invite|treat|pay|buy|hire|promise|tell"
    r"|slip|hand|reward|help|thank|upgrade|sell|host|bring|find|book|reserve|grant|make|leave|have"
    rf"|surprise|entertain|drive|fund|sponsor|comp|slide|wire|transfer)(?:s|d|ed|ing)? {_NAME}"
    rf"|\b(?:for|and|with|to) {_NAME}"
    r"|(?:^|[.;:!?,] )([A-Z][a-z]+)(?: (?:from|in|at|of) \w+)? (?:expects|wants|hinted|hints|asks"
    r"|asked|would like|deserves|decides|signs|gets|has earned|likes|loves|needs|collects|keeps"
    r"|starts with us|could use|would appreciate)\b"
    r"|\b([A-Z][\w-]+)['’](?:s\b| )"
)
"""Somebody by name behind a verb of giving ('Offer Maria …'), before one of wanting, as owner."""
_NO_NAMES = frozenset(
    """january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter new the this that these those
    our your their his her its it we they i he she you all any both each every neither nobody no at
    in on for customer client company competitor supplier vendor plant site bank hospital ministry
    group market purchasing procurement compliance sales legal finance buyer""".split()  # noqa: SIM905
)


def names_somebody(text: str, companies: frozenset[str]) -> bool:
    """Whether a text names somebody who gets, wants or has something; companies do not count."""
    return bool(_first(_GIVEN_TO, text, companies))


# Somebody of whom something is said

_CALLED = re.compile(
    r"(?:^|[.!?;]\s+)(?!(?:The|This|That|Our|Their|We|They|It|Its|No|All|Each|Both|Every|Some"
    r"|Customer|Client|Company|Plant|Site|Hospital|Clinic|Group|Bank|Market|Product|Project)\b)"
    r"(?:[A-Z][a-z]+ ){1,2}(?:is|was|has|had|got|suffer(?:s|ed)|drinks|takes|lost|goes|went|fell)\b"
)
_SAID_OF = re.compile(
    r"\b[A-ZÄÖÜ][\w-]+ (?:and [A-Z]\w+ )?(?:is|was|has|had|got|lost|went|cannot|fell|still|never"
    r"|recently|may|[a-z]{3,}(?:s|ed)"
    r"|ist|war|hat|hatte|macht|leidet|trinkt|geht|lebt|wählt|betet|steht|soll|gehört"
    r"|est|a|boit|vote|es|está|tiene|bebe|vota)\b"
)
_UNNAMED = re.compile(
    r"\s*(?:(?:is|has|had|was|suffers|drinks|takes|votes|goes|lives|believes|belongs|recently"
    r"|reportedly|apparently|allegedly|going through"
    r"|ist|hat|war|leidet|trinkt|geht|lebt|wahlt|angeblich)\b|(?:an? )?[a-z]+(?: [a-z]+)?, )"
)


def called(text: str) -> list[str]:
    """The beginnings of the sentences that say something of somebody by name, folded."""
    return list(map(folded, _CALLED.findall(text)))


def says_something_of_somebody(text: str) -> bool:
    """Whether a text says something of somebody by name, anywhere."""
    return bool(_SAID_OF.search(text))


def leaves_out_of_whom(sentence: str) -> bool:
    """Whether a folded sentence begins without saying of whom it is: 'Is …', 'Burnout, …'."""
    return bool(_UNNAMED.match(sentence))


# A firm with which something is settled, or whose prices somebody has

_FIRMS = re.compile(
    r"\b(?i:with|at|from|to|and|mit|von|bei|avec|chez|con) (?:the |der |den |dem |die )?"
    r"(?:(?:firm|guys|people|team|Firma|Leuten?) (?:at |from |of |von )?)?([A-Z][\w&-]+)"
    r"|(?:^|[.;:!?] )(?:Call|Ask|Tell|Phone|Ring|Meet|Remind) ([A-Z][\w&-]+)"
    r"|(?:^|[.;:!?] )([A-Z]\w+(?: [A-Z]\w+)?)(?:['’]s?)? (?:will|would|won['’]t|agreed|promised"
    r"|accepts|has agreed|stays?|leaves?|keeps?|takes?|hands? in|bids?|quotes?)\b"
)
_OWNERS = re.compile(
    r"\b([A-Z][\w-]+)(?:['’]s|['’]) (?:[a-z]+ ){0,2}"
    r"(?:prices?|pricing|costs?|costing|bid|offer|quote|quotation|discounts?|margins?|rates?)\b"
)
_NO_FIRMS = _NO_NAMES.union(
    """mr mrs ms dr prof herr herrn frau kunde kunden kundin einkauf vertrieb werk technik betreiber
    leitung controlling""".split()  # noqa: SIM905
)


def names_a_firm(text: str, known: frozenset[str]) -> str:
    """The first name in a text of somebody with whom one deals, folded; '' where there is none.

    `known` are words of the names of the account and its people.
    """
    return _first(_FIRMS, text, known | _NO_FIRMS)


def names_whose_prices(text: str, known: frozenset[str]) -> str:
    """The first name in a text of somebody whose prices it speaks of, as `names_a_firm`."""
    return _first(_OWNERS, text, known | _NO_FIRMS)


def _first(pattern: re.Pattern[str], text: str, known: frozenset[str]) -> str:
    found = pattern.findall(text)
    names = (
        folded(name)
        for match in found
        for name in ((match,) if isinstance(match, str) else match)
        if name
    )
    return next((name for name in names if (known | _NO_NAMES).isdisjoint(name.split())), "")
