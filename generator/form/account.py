"""Who the account is: identity, our team, the contract, strategy, qualification."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from generator.form.ids import AccountId, ContactId, IndustryId, PersonId, RegionId, UseId
from generator.model.base import NONE_LISTED, MoneyFact, Section, Strict, Unknowable, about, needed
from generator.model.scalars import (
    Currency,
    Day,
    Days,
    Grade,
    Line,
    PastDay,
    Slug,
    Text,
    Truth,
    Web,
    ZeroOneTwo,
    fault,
)

Status = Literal["prospect", "customer", "former"]
Size = Literal["small", "medium", "large", "enterprise"]
Tier = Literal["A", "B", "C", "D"]


class TeamMember(Strict):
    """One of our people on the account; an id alone is enough."""

    SHORTHAND: ClassVar[str | None] = "id"

    id: PersonId = needed("A person from the team.")
    role: Line | None = about("What they do for this account.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {cls.SHORTHAND: given} if isinstance(given, str) else given


class Contract(Section):
    """The contract in force."""

    start: Day | None = about("First day.", audience="customer", example="2024-04-01")
    end: Day | None = about("Last day.", audience="customer", example="2027-03-31")
    notice_by: Day | None = about(
        "Last day to give notice; of a contract that ends by itself, to agree on its renewal.",
        audience="customer",
        example="2026-12-31",
    )
    value: MoneyFact | None = about("What it is worth a year.", unit="money a year")
    currency: Currency | None = about("Of its value, if not the account's.", example="USD")
    auto_renews: Truth | None = about(
        "Whether it renews when nobody gives notice.", audience="customer"
    )
    payment_days: Days | None = about("Payment term.", unit="days", audience="customer")
    reference: Line | None = about("Its number or name.", audience="customer")


class NextMeeting(Strict):
    """The next meeting with the customer."""

    date: Day | None = about("When.", audience="customer")
    what: Line | None = about("What it is about.", audience="customer")
    with_: tuple[ContactId, ...] | None = about("Contacts who come.", key="with")
    prepared_by: PersonId | None = about("Who of us prepares it.")


class Link(Strict):
    """A document elsewhere."""

    title: Line = needed("What it is.")
    url: Web | None = about("Where to find it.")
    date: PastDay | None = about("Its date.")


class Note(Strict):
    """A dated note."""

    date: PastDay = needed("When it was written.")
    by: PersonId | None = about("Who wrote it.")
    text: Text | None = about("What was noted.")


class AccountFacts(Section):
    """Identity, owner and contract."""

    name: Line | None = needed("The customer's name.", audience="public")
    aliases: tuple[Line, ...] | None = about("Other names; search finds them.")
    status: Status | None = needed("prospect, customer or former.", audience="customer")
    industry: IndustryId | None = about("From the catalogue.")
    region: RegionId | None = about("From the catalogue.")
    size: Size | None = about("The customer's own size; the bands are in the catalogue.")
    uses: tuple[UseId, ...] | None = about("What they use us for; references are matched on it.")
    parent: AccountId | None = about("The playbook of the group it belongs to.")
    planned_tier: Tier | None = about("The tier the sales leader has in mind.")
    owner: PersonId | None = about(
        "The one who answers for the account, from the team.", audience="customer"
    )
    executive_sponsor: PersonId | None = about(
        "Our executive who stands behind it.", audience="customer"
    )
    team: tuple[TeamMember, ...] | None = about("Others of us who work on it.", audience="customer")
    contract: Contract | None = about("The contract in force.")
    next: NextMeeting | None = about("The next meeting.")
    website: Web | None = about("Their site.")
    crm: Annotated[dict[Slug, Line], NONE_LISTED] | None = about("Ids in other systems, by system.")
    tags: tuple[Slug, ...] | None = about("Your own labels.")
    documents: tuple[Link, ...] | None = about("Documents kept elsewhere.")
    notes: tuple[Note, ...] | None = about("Dated notes.", audience="account_team")
    reviewed: PastDay | None = about(
        "When the whole plan was last gone through.", example="2026-10-01"
    )


class Strategy(Strict):
    """What both sides want."""

    theirs: Text | None = about("What they want.")
    ours: Text | None = about("What we want.")
    how: Text | None = about("How, in a sentence.")


class Answer(Unknowable):
    """The answer to one of the ten questions."""

    answer: Text | None = about("The answer in words.")
    score: ZeroOneTwo | None = about("0 bad or not known, 1 in part, 2 proven.")
    grade: Grade | None = about("fact, estimate or opinion.")
    as_of: PastDay | None = about("When it was answered.")
    source: Line | None = about("Where the answer comes from.")

    @model_validator(mode="after")
    def _whole(self) -> Answer:
        self._check_unknown(answered=self.score is not None, what="a score")
        if not self.unknown and self.score is None:
            raise fault("answer", "an answer needs 'score' 0, 1 or 2, or 'unknown: true'")
        return self


class Qualification(Section):
    """Ten questions before we spend money on an account."""

    target: Answer | None = about("Who is most likely to buy, and are they it?")
    satisfaction: Answer | None = about("What would satisfy them wholly, and can we give it?")
    brand: Answer | None = about("Do they know and value our name?")
    need: Answer | None = about("What is their need or problem?")
    solution: Answer | None = about("Have we a solution that meets their objections?")
    money: Answer | None = about("Have they the money?")
    authority: Answer | None = about("Do we talk to someone who may decide?")
    competition: Answer | None = about("Who competes, and how able are we?")
    comparison: Answer | None = about("How do we compare, and what would it cost them?")
    trend: Answer | None = about("Where is their market going?")


QUESTIONS: tuple[str, ...] = tuple(
    name for name in Qualification.model_fields if name != "evidence"
)
