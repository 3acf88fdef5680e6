"""compliance.yaml: limits of courtesies and personal data, and the words that give away more."""

from __future__ import annotations

from generator.model.base import Strict, needed
from generator.model.scalars import Days, Line, Money, MonthSpan, Slug

Terms = dict[Slug, tuple[Line, ...]]
"""Words and phrases by language."""


class CourtesyLimits(Strict):
    """What a courtesy to a person may be."""

    limit_per_person: Money = needed("At most so much for one person.")
    limit_per_official: Money = needed("For a public official, or where we do not know.")
    limit_months: MonthSpan = needed("Counted over so many months.")
    quiet_days: Days = needed("None so near to a tender, an award or a renewal.")


class PersonalDataLimits(Strict):
    """How personal data is looked after."""

    warn_days: Days = needed("A warning so long before a review is due.")
    mailboxes: tuple[Line, ...] = needed("Mailboxes that are nobody's own.")
    pronouns: Terms = needed("Words that speak of one person.")
    erased: Line = needed("What stands in the place of the name of a person who was erased.")


class ComplianceWords(Strict):
    """The lists of words, each by language."""

    bribery: Terms = needed("Bribery by any of its names.")
    personal_value: Terms = needed("What no courtesy may be.")
    benefit: Terms = needed("A benefit to a person.")
    condition: Terms = needed("What makes it depend on something.")
    when: Terms = needed("When …")
    event: Terms = needed("… and on what it depends.")
    private_life: Terms = needed("Someone's day of birth or home.")
    number_of: Terms = needed("A number behind it is somebody's own.")
    special: Terms = needed("What is nobody's business.")
    secret: Terms = needed("A secret stands behind it.")
    confidential: Terms = needed("What has no place before the customer.")


class Compliance(Strict):
    """compliance.yaml."""

    courtesies: CourtesyLimits = needed("Courtesies to persons.")
    personal_data: PersonalDataLimits = needed("Personal data.")
    words: ComplianceWords = needed("The words.")
