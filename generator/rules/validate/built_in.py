"""Every rule that the program checks by itself: its id and what it asks, for readers.

The ids are given where the findings are made; a test holds this list against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.problems import Level

STAGES = {
    "file": "The file",
    "form": "Its form",
    "reference": "What it points at",
    "whole": "The plan as a whole",
    "comply": "Compliance and personal data",
    "settings": "site_config",
}
"""In the order of checking."""

NOT_WRITTEN = "placeholder"
"""A placeholder stands where a value belongs."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """One rule of the program's own."""

    id: str
    stage: str
    says: str
    level: Level = "error"
    title: str = ""
    """What stands before all that it misses in a section; what it says where there is no other."""
    reason: str = ""
    """Why, where what it says does not tell."""
    since: str | None = None
    """The version that began to ask it; workspaces of older ones are warned for one release."""


class Target(NamedTuple):
    """What an id may point to, where a new one is added, and what the rule of such ids says."""

    name: str
    place: str
    says: str
    setting: tuple[str, str] | None = None
    """The file of settings and the key in it under which they stand."""
    is_closed: bool = False
    """Whether a firm adds none of its own."""


def _set(name: str, file: str, key: str, says: str) -> Target:
    return Target(name, f"site_config/{file}.yaml", says, (file, key))


_CATALOGUE = "catalogue"
KINDS = {
    "industry": _set("industry", _CATALOGUE, "industries", "The industry is in the catalogue."),
    "region": _set("region", _CATALOGUE, "regions", "The region is in the catalogue."),
    "use": _set("use", _CATALOGUE, "uses", "Each use is in the catalogue."),
    "offering": _set("offering", _CATALOGUE, "offerings", "Each offering is in the catalogue."),
    "activity": _set(
        "activity", _CATALOGUE, "activities", "Each service activity is in the catalogue."
    ),
    "channel": _set("channel", _CATALOGUE, "channels", "Each channel is in the catalogue."),
    "recognition": _set(
        "recognition", _CATALOGUE, "recognition", "Recognition is of a kind in the closed list."
    )._replace(is_closed=True),
    "reference-use": _set(
        "use of a reference", _CATALOGUE, "reference_uses", "A reference's use is in the catalogue."
    ),
    "dimension": _set(
        "dimension", "labels", "dimensions", "Each dimension of a talk is in the labels."
    ),
    "element": _set("element", "labels", "elements", "Each element of a talk is in the labels."),
    "person": _set("person", "team", "people", "Each of our people is in the team."),
    "rule": Target("rule", "site_config/rules.yaml", "A waiver names a rule of rules.yaml."),
    "account": Target("account", "playbooks/", "Each other account has a playbook."),
    "contact": Target(
        "contact",
        "relationship.contacts of this playbook",
        "Each contact named is among this plan's contacts.",
    ),
    "objective": Target(
        "objective", "objectives of this playbook", "Each objective named is among this plan's."
    ),
    "action": Target(
        "action", "actions of this playbook", "Each action named is among this plan's."
    ),
    "risk": Target(
        "risk",
        "risk.customer and risk.own of this playbook",
        "Each risk named is among this plan's.",
    ),
    "rival": Target(
        "rival", "competition.rivals of this playbook", "Each rival named is among this plan's."
    ),
}
"""By the word that `PointsTo` and `Defines` have in the form."""

BUILT_IN = (
    BuiltIn("unreadable", "file", "The file or folder can be opened and read."),
    BuiltIn("not-a-file", "file", "A playbook is a plain file in plain folders: no links."),
    BuiltIn("file-ending", "file", "Its name ends in .yaml."),
    BuiltIn(
        "account-id",
        "file",
        "Its name is the account's id: small letters, digits, single hyphens, at most 64.",
    ),
    BuiltIn("duplicate-id", "file", "No other file of the workspace has the same id."),
    BuiltIn("too-large", "file", "It has at most 1,000,000 bytes."),
    BuiltIn("not-utf-8", "file", "It is UTF-8 text."),
    BuiltIn("binary", "file", "It is text, not data of another program."),
    BuiltIn("byte-order-mark", "file", "It begins without a byte order mark.", "warning"),
    BuiltIn(
        "forbidden-character",
        "file",
        "No character in it hides, turns round or splits what readers see.",
    ),
    BuiltIn("merge-conflict", "file", "No merge is left unfinished in it."),
    BuiltIn("empty-file", "file", "It says something."),
    BuiltIn("yaml-syntax", "file", "It is YAML: indentation, quotes and brackets agree."),
    BuiltIn("not-a-mapping", "file", "It is keys with values, not a list or a single text."),
    BuiltIn("several-documents", "file", "It holds one document; no second '---'."),
    BuiltIn("too-many-values", "file", "It holds no more values than a person can have written."),
    BuiltIn("too-deep", "file", "Nothing is nested deeper than 32 levels."),
    BuiltIn("directive", "file", "No line begins with '%'."),
    BuiltIn("anchor", "file", "No '&' names a value for reuse."),
    BuiltIn("alias", "file", "No '*' repeats another value."),
    BuiltIn("merge-key", "file", "No '<<' merges another mapping."),
    BuiltIn("tag", "file", "No '!' changes what a value is."),
    BuiltIn("key-not-text", "file", "A key is a word, not a list or a mapping."),
    BuiltIn("duplicate-key", "file", "A key stands once in its mapping."),
    BuiltIn("no-value", "file", "Each key has a value."),
    BuiltIn(
        "comma",
        "file",
        "Inside braces a comma ends a value: texts that have one are quoted, numbers have none.",
    ),
    BuiltIn("missing-field", "form", "What names an entry is there: its id, name or date."),
    BuiltIn(
        NOT_WRITTEN,
        "form",
        "No placeholder stands where a value belongs: it counts as missing, and is as grave as the"
        " form or the rule that asks for the value.",
        "warning",
        "Placeholders",
    ),
    BuiltIn("unknown-key", "form", "Each key is one that the field reference lists."),
    BuiltIn("wrong-value", "form", "Each value is of the kind and within the limits of its field."),
    *(BuiltIn(f"unknown-{kind}", "reference", target.says) for kind, target in KINDS.items()),
    BuiltIn("unknown-figure", "reference", "An override is of a figure that there is."),
    BuiltIn("own-reference", "reference", "An account does not point at itself."),
    BuiltIn("parent-cycle", "reference", "No account is its own parent, however far up."),
    BuiltIn("circle", "reference", "Neither contacts nor objectives report to themselves."),
    BuiltIn("duplicate-entry", "whole", "An id is given once in its list."),
    BuiltIn("duplicate-year", "whole", "A year of revenue is given once."),
    BuiltIn(
        "year-not-over",
        "whole",
        "Revenue of a year that is not over says up to which day.",
        since="0.2",
    ),
    BuiltIn("no-currency", "whole", "Where there is money there is a currency."),
    BuiltIn("no-rate", "whole", "The currency has a rate today."),
    BuiltIn("mixed-modes", "whole", "Values are all counted in money or all scored."),
    BuiltIn("weights-over-one", "whole", "Service weights set by hand add up to at most 1."),
    BuiltIn("days-out-of-order", "whole", "A beginning lies before its end."),
    BuiltIn(
        "day-ahead",
        "whole",
        "What happened, or was known, did not do so in days to come.",
        since="0.2",
    ),
    BuiltIn("unknown-too-far", "whole", "An honest unknown is to be found out soon."),
    BuiltIn(
        "mixed-script",
        "whole",
        "A name is written in one script: letters of others look alike and are not the same.",
        "warning",
    ),
    BuiltIn("waiver-incomplete", "whole", "A waiver says why, who answers for it, until when."),
    BuiltIn("waiver-too-far", "whole", "A waiver does not run longer than it may."),
    BuiltIn("override-incomplete", "whole", "An override says why, by whom, until when."),
    BuiltIn(
        "ab1",
        "comply",
        "Nobody gets money, what can be turned into it, or anything for their family: thanks come"
        " from the closed list of recognition.",
        reason="What is worth money to a person buys their decision, or looks as if it did.",
    ),
    BuiltIn(
        "ab2",
        "comply",
        "Each contact says whether they are a public official; a courtesy to one who is, or may"
        " be, has an approval that covers its day.",
        reason="With officials the law is stricter: what is usual between firms can be bribery"
        " there.",
    ),
    BuiltIn(
        "ab3",
        "comply",
        "Each courtesy has purpose, day, amount, payer, register and an approver other than the"
        " author, and stays within the limit for one person.",
        reason="What was written down and approved before can be defended afterwards.",
    ),
    BuiltIn(
        "ab4",
        "comply",
        "No courtesy lies near a tender, an award or a renewal.",
        reason="Near a decision even a small courtesy looks like the price of it.",
    ),
    BuiltIn(
        "ab5",
        "comply",
        "No benefit depends on what the customer decides.",
        reason="What depends on their decision is no thanks but a payment.",
    ),
    BuiltIn(
        "ab6",
        "comply",
        "A discount goes to the company of the contract, on paper and booked.",
        reason="A discount that does not reach the company's books has reached somebody's pocket.",
    ),
    BuiltIn(
        "ab7",
        "comply",
        "No text speaks of a bribe; only a waiver with the number of an approval lets one pass.",
        reason="Whoever writes of a bribe plans one or knows of one, and the compliance officer"
        " must know.",
    ),
    BuiltIn(
        "pd1",
        "comply",
        "No phone, private mailbox, identity number, birthday or home of a person.",
        reason="Git keeps a plan for ever and copies it to many; nobody can call such data back.",
    ),
    BuiltIn(
        "pd2",
        "comply",
        "No health, faith, party, union, orientation, origin, family or money trouble of a person.",
        reason="The law protects such facts most, and no sale may rest on them.",
    ),
    BuiltIn(
        "pd3",
        "comply",
        "Each contact says where we have them from, why we may keep it, since when, until when.",
        reason="People may ask what is held of them, and it may be held only for a reason and a"
        " time.",
    ),
    BuiltIn(
        "pd4",
        "comply",
        "An opinion on a person rests on something seen, by whom, when.",
        reason="They may read it one day: an opinion needs something that was seen.",
    ),
    BuiltIn(
        "cf1",
        "comply",
        "What only few may see is not told again where more may see it.",
        reason="A copy in another field is shown to whoever may read that field.",
    ),
    BuiltIn(
        "cf2",
        "comply",
        "No password, key, token or address with credentials.",
        reason="Git keeps it, and whoever reads the plan can log in.",
    ),
    BuiltIn(
        "cf3",
        "comply",
        "No secret of a rival, and nothing agreed with one.",
        reason="To use a rival's secret, or to agree with a rival, breaks the law, whoever began.",
    ),
    BuiltIn("unknown-setting", "settings", "Each file is one that the program reads."),
    BuiltIn("wrong-setting", "settings", "The files of site_config agree with each other."),
    BuiltIn(
        "baseline-entry", "settings", "A known gap names a rule, once, that a baseline takes in."
    ),
    BuiltIn("baseline-grown", "settings", "No change adds to the baseline of known gaps."),
)
"""In the order of the rules page."""
SINCE = {rule.id: rule.since for rule in BUILT_IN if rule.since is not None}
"""By rule the version that began to ask it."""

BY_APPROVAL = "ab7"
"""The only one of these that a waiver reaches, if it names an approval."""

NOT_AS_WRITTEN = frozenset({"mixed-modes", "day-ahead", "days-out-of-order"})
"""What these find cannot be meant as it is written: what rests on it waits until it is mended."""
