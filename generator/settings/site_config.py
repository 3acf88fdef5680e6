"""The classes of the files of site_config: a field for each line, with what it means."""

from __future__ import annotations

import datetime
import itertools
import re
import zoneinfo
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from generator.form.account import Tier
from generator.form.economics import Horizon, Margin, Months
from generator.form.relationship import Rung
from generator.model.base import Strict, about, needed
from generator.model.scalars import (
    WHOLE,
    Count,
    Currency,
    Day,
    Days,
    Line,
    Money,
    MonthSpan,
    Number,
    Part,
    Severity,
    Share,
    Slug,
    Text,
    Truth,
    Version,
    Whole,
    ZeroToFive,
    fault,
)
from generator.model.shape import did_you_mean
from generator.read.source import is_device
from generator.read.text import shown

# Numbers of the method

DevelopWord = Literal["all_out", "selective", "fast", "drop"]
MaintainWord = Literal["all_out", "selective", "restructure"]
Lifetime = Annotated[int, Field(ge=1, le=36500), WHOLE]
Cell = Literal["high_short", "high_long", "low_short", "low_long"]


class Grades(Strict):
    """What each grade of evidence counts."""

    fact: Share = needed("A fact.")
    estimate: Share = needed("An estimate.")
    opinion: Share = needed("An opinion.")


class Spreads(Strict):
    """How far a fact may be off by its grade: a share of it, of a score a share of its scale."""

    fact: Share = needed("A fact.")
    estimate: Share = needed("An estimate.")
    opinion: Share = needed("An opinion.")


class ShelfLives(Strict):
    """For how many days evidence holds, by section."""

    economics: Days = needed("Money.")
    risk: Days = needed("Risks.")
    value: Days = needed("Values, costs, standard.")
    service: Days = needed("Service.")
    contacts: Days = needed("People and talks.")
    environment: Days = needed("Surroundings.")
    review: Days = needed("The whole plan.")


class EvidenceScoring(Strict):
    """How evidence becomes confidence."""

    grades: Grades = needed("By grade.")
    default_grade: Literal["fact", "estimate", "opinion"] = needed("Of a plain fact.")
    stale_factor: Share = needed("What is left of a grade past its shelf life.")
    spread: Spreads = needed("How far a fact may be off, by grade.")
    stale_spread: Number = needed("By how much a spread grows past its shelf life.")
    shelf_life_days: ShelfLives = needed("By section.")
    unknown_days: Days = needed("How far ahead an unknown may be put off.")
    waiver_days: Days = needed("How far ahead a waiver may run.")


class QualificationScoring(Strict):
    """The ten questions."""

    answer_days: Days = needed("An older answer counts one point less.")
    answer_days_customer: Days = needed("The same for customers.")
    pursue_from: Number = needed("Pursue from this score on.")
    find_out_from: Number = needed("Find out from this score on; park below.")
    mature_from: Number = needed("Selective development asks for this score.")
    knock_outs: tuple[Slug, ...] = needed("Questions whose 0 ends it.")


class ProofScoring(Strict):
    """When a reference customer is of the same kind."""

    industry: Share = needed("Weight of industry.")
    use: Share = needed("Weight of use.")
    size: Share = needed("Weight of size.")
    region: Share = needed("Weight of region.")
    near: Share = needed("What a near match counts.")
    same_kind_from: Share = needed("Of the same kind from here on.")
    usable_from: Rung = needed("The lowest rung whose customers may be shown.")


class ServiceScoring(Strict):
    """Tiers of service objects, and when the money goes to the wrong ones."""

    tier_a_from: Share = needed("Weight of tier A.")
    tier_b_from: Share = needed("Weight of tier B.")
    rank_above: Whole = needed("With more objects than this, tiers go by rank.")
    alignment_from: Share = needed("Below, money goes to the wrong objects.")
    commoditised_from: Share = needed("From here on, service decides.")


class RelationshipScoring(Strict):
    """What counts as a living relationship."""

    window_days: Days = needed("Exchanges of this many days count.")
    gate_months: MonthSpan = needed("A rung's evidence holds this long.")
    customer_months: MonthSpan = needed("Revenue or a renewal confirms a customer this long.")
    half_life_days: Lifetime = needed("An exchange counts half after so many days.")
    filled: Share = needed("What filled cells of the communication grid count.")
    balance: Share = needed("What balance of the two dimensions counts.")
    evenness: Share = needed("What evenness of the three elements counts.")
    initiative_from: Share = needed("Below, we begin too few talks.")
    initiative_to: Share = needed("Above, they begin too few.")
    thanks_days: Days = needed("An introduction is thanked for within so many days.")


class PartScoring(Strict):
    """The sixteen parts of the plan."""

    confidence_from: Share = needed("Mean confidence from which a part is evidenced.")
    fresh_days: Days = needed("A part without a newer date drops a step.")


class StabilityScoring(Strict):
    """Whether the cell stands if one input were otherwise."""

    change: Share = needed("How far each input is moved, up and down.")
    stable_from: Share = needed("Stable when the cell stands in this share of changes.")


class ValueScoring(Strict):
    """The standard, the negotiation, the product."""

    fulfilment_to: Number = needed("More than promised counts up to here.")
    price_share_to: Share = needed("Above, a negotiation is stuck in bidding.")
    level_from: ZeroToFive = needed("A level of the product is complete from here on.")
    win_factor_from: ZeroToFive = needed("Win factors below are worked on first.")


class LeverScoring(Strict):
    """What can be moved to mend a deal."""

    reach: Share = needed("How far at most, as a share of what it is today.")


class AnswerDays(Strict):
    """By whence a signal came."""

    customer: Days = needed("A customer's request.")
    competition: Days = needed("A rival's move.")
    change: Days = needed("A change around us.")


class EnvironmentScoring(Strict):
    """What is around."""

    watch_from: Number = needed("Size of impact times probability from which it is watched.")
    answer_days: AnswerDays = needed("Days within which we answer.")


class LifecycleScoring(Strict):
    """Where their market stands."""

    few_rivals: Number = needed("Introduction: fewer rivals.")
    slow_growth: Number = needed("Introduction: slower growth a year.")
    fast_growth: Number = needed("Growth: from this growth a year on.")
    mature_growth: Number = needed("Maturity: from this growth a year on; saturation below.")
    level_supply: Number = needed("Supply divided by demand at which they are level.")
    shake_out: Share = needed("A shake-out: rivals fall by this share a year.")


class CompetitionScoring(Strict):
    """Us against rivals."""

    ahead_from: Share = needed("Ahead from here on, behind from minus here on.")
    purpose_from: ZeroToFive = needed("Shared purpose below is a stop.")
    go_from: Number = needed("Go from here on.")


class PlanScoring(Strict):
    """Objectives, actions, the survey."""

    behind_by: Share = needed("An objective this far below its time is behind.")
    measured_days: Days = needed("An older actual value says where it stood, not where it stands.")
    moved_from: Whole = needed("Put off so often, an action is drifting.")
    survey_places: Whole = needed("Places of a ranking that count.")


class FitScoring(Strict):
    """How well the whole method suits an account."""

    complexity: Share = needed("Weight of complexity.")
    order_value: Share = needed("Weight of the order's size among all accounts.")
    importance: Share = needed("Weight of importance to them.")
    capital_share: Share = needed("Weight of capital goods.")
    full_from: Number = needed("All sixteen parts from here on.")
    short_from: Number = needed("A short plan from here on; standard handling below.")
    short_parts: tuple[Part, ...] = needed("The parts of a short plan.")


class ContradictionScoring(Strict):
    """When numbers contradict each other."""

    complete_from: Number = needed("A plan this complete should know more than one person.")
    silent_days: Days = needed("No contact for so many days.")
    renewal_days: Days = needed("Days before notice or renewal from which a plan is wanted.")
    retention_from: Share = needed("So high a retention is not believed where health is at risk.")
    margin_apart: Share = needed("How far the margin may be from 1 - production cost / price.")


class Point(Strict):
    """A point of a line that turns a number into what it counts."""

    at: Number = needed("The number.")
    counts: Share = needed("What it counts, 0 to 1.")


def _rising(points: tuple[Point, ...]) -> tuple[Point, ...]:
    if len(points) < 2:
        raise fault("points", "a line needs two points or more")
    if any(left.at >= right.at for left, right in itertools.pairwise(points)):
        raise fault("points", "each point must be at a larger number than the one before it")
    return points


Points = Annotated[tuple[Point, ...], AfterValidator(_rising)]


class HealthPoints(Strict):
    """Lines that turn numbers into measures, straight between their points."""

    threads: Points = needed("Contacts who talk with us.")
    rhythm: Points = needed("Days past a contact's rhythm.")
    revenue: Points = needed("Change of revenue.")
    usage: Points = needed("Change of usage.")
    value_for_cost: Points = needed("Value for cost.")
    their_risk: Points = needed("What is left of their doubts / price.")
    our_loss: Points = needed("Our expected loss / price after production.")
    days_late: Points = needed("Days that they pay late.")


class LetterWeights(Strict):
    """What each of the four letters weighs."""

    relationship: Share = needed("Relationship.")
    service: Share = needed("Service.")
    value: Share = needed("Value.")
    risk: Share = needed("Risk.")


class SeverityPoints(Strict):
    """Points by how bad a case is."""

    severity_1: Number = needed("The worst.")
    severity_2: Number = needed("Bad.")
    severity_3: Number = needed("Less so.")
    severity_4: Number = needed("The least.")

    def of(self, severity: int) -> float:
        """The points of a severity, 1 to 4."""
        points: float = getattr(self, f"severity_{severity}")
        return points


class HealthEvents(Strict):
    """Points of a hundred that events take off."""

    key_person_left: Number = needed("A decider, sponsor or champion left, without successor.")
    stage_lost: Number = needed("A stage of the relationship was lost.")
    outcome: Number = needed("Something was lost, or shrank.")
    cases: SeverityPoints = needed("A case past its day, by its severity.")
    cases_most: Number = needed("Cases together take off at most so many.")


class HealthAlarms(Strict):
    """From where on a fall alone keeps an account from being healthy."""

    fell_by: Share = needed("Revenue or usage fell by this share.")
    answers_fell_by: Share = needed("Trust or satisfaction fell by this part of its scale.")


class HealthWords(Strict):
    """Where a word begins."""

    healthy: Number = needed("Healthy from here on.")
    watch: Number = needed("Watch from here on.")
    at_risk: Number = needed("At risk from here on, critical below.")


class Retentions(Strict):
    """The chance to keep a customer for a year, by the word of their health."""

    healthy: Share = needed("Healthy.")
    watch: Share = needed("Watch.")
    at_risk: Share = needed("At risk.")
    critical: Share = needed("Critical.")


class HealthScoring(Strict):
    """How an account is doing."""

    letters: LetterWeights = needed("What each letter weighs.")
    points: HealthPoints = needed("What each number counts.")
    events: HealthEvents = needed("What events take off.")
    alarms: HealthAlarms = needed("What alone keeps an account from being healthy.")
    words: HealthWords = needed("Where each word begins.")
    known_least: Share = needed("Known less than this, nothing is said.")
    known_healthy: Share = needed("Known less than this, nobody is healthy.")
    retention: Retentions = needed("The chance to keep them, by word.")
    fall_months: MonthSpan = needed("A fall is from the highest of so many months before.")
    case_days: Days = needed("A case without a day is due after so many days.")
    case_severity: Severity = needed("The severity of a case that has none.")
    decision_days: Days = needed("A decision before notice holds so many days.")
    change_days: Days = needed("The change is against so many days ago.")
    usage_days: Days = needed("Usage is added up over so many days.")
    usage_old_days: Days = needed("An older newest point: the feed has stopped.")
    part_year_days: Days = needed("A shorter part of a year is not compared.")


class AttentionScoring(Strict):
    """What needs a person, and in which order."""

    measure: Share = needed("A measure of health this low is told.")
    letter: Number = needed("A letter of health below this is told.")
    unknown_health: Number = needed("What an account counts whose health is not known.")
    drop_days: Days = needed("The longest that a decision to drop an account is in force.")


class WhiteSpaceScoring(Strict):
    """The chance to sell what an account does not buy from us, where no plan says it."""

    open: Share = needed("Where nobody sells it today.")
    competitor: Share = needed("Where a competitor sells it today.")


class Scoring(Strict):
    """scoring.yaml."""

    evidence: EvidenceScoring = needed("Evidence.")
    qualification: QualificationScoring = needed("Qualification.")
    proof: ProofScoring = needed("References.")
    service: ServiceScoring = needed("Service.")
    relationship: RelationshipScoring = needed("Relationship.")
    parts: PartScoring = needed("Parts of the plan.")
    stability: StabilityScoring = needed("Stability of the cell.")
    value: ValueScoring = needed("Value.")
    levers: LeverScoring = needed("What can be moved to mend a deal.")
    environment: EnvironmentScoring = needed("Environment.")
    lifecycle: LifecycleScoring = needed("Market life cycle.")
    competition: CompetitionScoring = needed("Competition.")
    plan: PlanScoring = needed("Plan.")
    fit: FitScoring = needed("Fit of the method.")
    contradictions: ContradictionScoring = needed("Contradictions.")
    health: HealthScoring = needed("Health.")
    attention: AttentionScoring = needed("Attention.")
    whitespace: WhiteSpaceScoring = needed("White space.")


class RetainedProfitCut(Strict):
    """Where high begins."""

    mode: Literal["absolute", "median"] = needed("A fixed amount, or the portfolio's median.")
    cut_off: Money = needed("The fixed amount, in the reporting currency.")


class DevelopmentCut(Strict):
    """Where long begins."""

    payback_months: Months = needed("The longest payback that is short.")
    cost_limit: Money = needed("The highest cost that is short, in the reporting currency.")
    never_after_months: Months = needed("A longer payback is never.")


class Thresholds(Strict):
    """thresholds.yaml."""

    retained_profit: RetainedProfitCut = needed("Row of the matrix.")
    development: DevelopmentCut = needed("Column of the matrix.")
    horizon_years: Horizon = needed("Years that are counted.")
    discount_rate: Share = needed("What money costs a year.")
    minimum_margin: Margin = needed("Below, a price is no business.")
    clause_threshold: Money = needed(
        "Own risks above need both clauses, in the reporting currency."
    )


class CellRule(Strict):
    """What one cell of the matrix says."""

    tier: Tier = needed("Its tier.")
    develop: DevelopWord = needed("To prospects and white space.")
    maintain: MaintainWord = needed("To those we keep.")
    maintain_customers: MaintainWord | None = about("To customers, where that is another word.")


class MaintainRule(Strict):
    """What a maintain word means."""

    budget_share: Share = needed("Service budget as a share of contribution.")
    target_rungs: tuple[Rung, ...] = needed("Lowest and highest rung to aim for; none: hold.")


class Cells(Strict):
    """The four cells, in the order of the tiers."""

    high_short: CellRule = needed("High profit, short payback.")
    high_long: CellRule = needed("High profit, long payback.")
    low_short: CellRule = needed("Low profit, short payback.")
    low_long: CellRule = needed("Low profit, long payback.")


class Maintain(Strict):
    """By maintain word."""

    all_out: MaintainRule = needed("All out.")
    selective: MaintainRule = needed("Selectively.")
    restructure: MaintainRule = needed("Restructure.")


class Tiers(Strict):
    """tiers.yaml."""

    cells: Cells = needed("The matrix.")
    maintain: Maintain = needed("Effort by maintain word.")


# Words for readers, our catalogue and team, currencies, the site


def _source_url(given: Any) -> Any:
    """A web address with a place for the path; braces have no place in any other."""
    if isinstance(given, str) and _SOURCE_URL.fullmatch(given) and "{path}" in given:
        return given
    raise fault(
        "address",
        "an address with {path} and {line} is wanted, such as"
        " https://git.example.com/sales/blob/main/{path}#L{line}",
    )


_SOURCE_URL = re.compile(r"https?://[^\s<>\"'\\^`|]+")
SourceUrl = Annotated[str, BeforeValidator(_source_url)]


def _site_url(given: Any) -> Any:
    """The address of a folder on the web, without its last slash."""
    if isinstance(given, str) and _SITE_URL.fullmatch(given):
        return given.rstrip("/")
    raise fault("address", "an address is wanted, such as https://plans.example.com")


_SITE_URL = re.compile(r"https?://[A-Za-z0-9._~:/%@-]+")
SiteUrl = Annotated[str, BeforeValidator(_site_url)]


def _picture(given: str) -> str:
    path = PurePosixPath(given)
    if path.is_absolute() or ".." in path.parts or any(sign in given for sign in "\\:?#"):
        raise fault("picture", "a path from the workspace's root is wanted, such as brand/logo.svg")
    if path.suffix.lower() not in PICTURES:
        raise fault("picture", f"a picture is wanted: {', '.join(PICTURES)}")
    return given


PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico")
Picture = Annotated[Line, AfterValidator(_picture)]


def _colour(given: Any) -> Any:
    if isinstance(given, str) and _COLOUR.fullmatch(given):
        return given
    raise fault("colour", "a colour is wanted, in quotes, such as '#0b5394'")


_COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")
Colour = Annotated[str, BeforeValidator(_colour)]


def _edit_url(given: Any) -> Any:
    if isinstance(given, str) and _SOURCE_URL.fullmatch(given) and "{path}" in given:
        return given
    raise fault(
        "address",
        "an address with {path} is wanted, and {line} where the host takes one, such as"
        " https://git.example.com/sales/edit/main/{path}",
    )


EditUrl = Annotated[str, BeforeValidator(_edit_url)]


def zone_of(name: str) -> datetime.tzinfo | None:
    """The time zone of a name; None where there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of the database, a path out of it, no file
        return None


def _time_zone(given: str) -> str:
    if zone_of(given) is None:
        cure = did_you_mean(given, sorted(zoneinfo.available_timezones()))
        message = (
            f"there is no time zone {shown(given)}{cure or '; write one such as Europe/Vienna'}"
        )
        raise fault("time-zone", message)
    return given


TimeZone = Annotated[Line, AfterValidator(_time_zone)]
Month = Annotated[int, Field(ge=1, le=12), WHOLE]


class Label(Strict):
    """A word as readers see it."""

    en: Line = needed("English.")
    zh: Line | None = about("Simplified Chinese; English where it lacks.")

    def in_language(self, language: str) -> str:
        """The word in a language, English where it lacks."""
        return (self.zh if language == "zh" else None) or self.en


class Named(Strict):
    """A catalogue entry that has only a label."""

    label: Label = needed("What readers see.")


class Grouped(Named):
    """A catalogue entry that is near to the others of its group."""

    group: Slug | None = about("Entries of one group are near to each other.")


class SizeBand(Named):
    """A size of customer; the bands stand in ascending order."""

    id: Literal["small", "medium", "large", "enterprise"] = needed("The band.")
    employees_up_to: Whole | None = about("Up to how many employees.")


class ActivityEntry(Named):
    """Something we do for a customer without a bill."""

    hours: Count = needed("Hours each time.", example=6)
    rate: Money = needed("Cost of an hour, in the reporting currency.", example=90)
    expense: Money = needed("Expense each time, in the reporting currency.", example=0)
    by: Literal["sales", "service", "engineering", "finance"] = needed("Who owns it.")


class ChannelEntry(Named):
    """A way of talking."""

    element: Slug = needed(
        "The element of communication it serves unless an entry says otherwise.", example="ideas"
    )


class Catalogue(Strict):
    """Ids that playbooks may use."""

    industries: dict[Slug, Grouped] = needed("Industries.")
    regions: dict[Slug, Grouped] = needed("Regions.")
    sizes: tuple[SizeBand, ...] = needed("Sizes, ascending.")
    uses: dict[Slug, Grouped] = needed("What customers use us for.")
    offerings: dict[Slug, Named] = needed("What we sell.")
    activities: dict[Slug, ActivityEntry] = needed("Service activities.")
    channels: dict[Slug, ChannelEntry] = needed("Ways of talking.")
    recognition: dict[Slug, Named] = needed("Closed list of recognition; never money.")
    reference_uses: dict[Slug, Named] = needed("What a reference may be used for.")


class TeamPerson(Strict):
    """One of us."""

    name: Line = needed("Name.")
    role: Literal[
        "sales_manager", "account_manager", "service", "engineering", "finance", "executive"
    ] = needed("Role.")
    region: Slug | None = about("Region.")
    language: Line | None = about("Language.")
    handle: Line | None = about("Their name on the git host, for CODEOWNERS.")


def _own_file(given: str) -> str:
    if is_device(given):
        message = f"'{given}' names a file of the site, and Windows keeps that name for a device"
        raise fault("slug", f"{message}; write {given}-2")
    return given


PersonKey = Annotated[Slug, AfterValidator(_own_file)]
"""Each of our people has a calendar of their own in the site."""


class Team(Strict):
    """Our people."""

    people: dict[PersonKey, TeamPerson] = needed("By id.")


class Rate(Strict):
    """A currency's worth from a day on."""

    from_: Day = needed("From this day on.", key="from")
    rate: Number = needed("One unit of the currency in the reporting currency.")
    source: Line | None = about("Where the rate comes from.")


class Currencies(Strict):
    """The reporting currency and dated rates to it."""

    reporting_currency: Currency = needed("Sums, thresholds, catalogue rates are in it.")
    rates: dict[Currency, tuple[Rate, ...]] = needed("Dated rates by currency.")


class Colors(Strict):
    """The firm's colours."""

    primary: Colour | None = about("The bar at the top, and links.")
    accent: Colour | None = about("What is pointed at.")


class SiteSettings(Strict):
    """The published site."""

    name: Line = needed("Its name.")
    description: Text = needed("A sentence under the name.")
    year_starts: Month | None = about("The month, 1 to 12, with which a year begins. 1.")
    timezone: TimeZone | None = about("Whose day it is where no other is given. UTC.")
    language: Literal["en", "zh"] = needed("Language of the pages.")
    second_language: Literal["en", "zh"] | None = about("Another that readers can switch to.")
    source_url: SourceUrl | None = about("A playbook's line on your git host: {path}, {line}.")
    upgraded_from: Version | None = about(
        "The version that the workspace was made with: what is new since warns for one release."
    )
    baseline: Line | None = about("The file of known gaps, from the workspace's root.")
    search: Literal["header", "material", "pagefind"] | None = about(
        "header (once material): the search at the top of each page; pagefind: also a page that"
        " searches every word, for large portfolios. header."
    )
    synonyms: dict[Line, tuple[Line, ...]] | None = about(
        "Of a word, other words for the same: the search finds what has any of them."
    )
    attention: Whole = needed("How many accounts the home page lists as needing attention.")
    downloads: Truth | None = about("Whether the site carries tables and calendars as files.")
    alarms: tuple[Days, ...] | None = about("So many days before a day calendars ring.")
    contract_alarms: tuple[Days, ...] | None = about(
        "So many days before a contract's notice day and its end calendars ring."
    )
    api: Truth | None = about("Whether the site carries the plans as JSON, with a schema.")
    markdown: Truth | None = about(
        "Whether it carries each account as Markdown, with llms.txt, for machines that read. true."
    )
    feed: Whole | None = about("How many changes feed.xml tells of; none without.")
    site_url: SiteUrl | None = about("Where the site is published; a path below a host is fine.")
    edit_url: EditUrl | None = about("Where a playbook is edited on your git host: {path}, {line}.")
    logo: Picture | None = about("The picture at the top of each page, from the workspace's root.")
    favicon: Picture | None = about("The picture in the browser's tab, from the workspace's root.")
    colors: Colors | None = about("The firm's colours; ours where they lack.")
    guide: Truth | None = about("Whether the site has the guide. true.")
    about_method: Truth | None = about("Whether it has the page About the method. true.")

    @property
    def words_alike(self) -> tuple[tuple[str, ...], ...]:
        """Groups of words that mean the same."""
        return tuple((word, *others) for word, others in (self.synonyms or {}).items() if others)

    @property
    def has_markdown(self) -> bool:
        """Whether the site carries accounts as Markdown: where nothing is said it does."""
        return self.markdown is not False

    @property
    def has_guide(self) -> bool:
        """Whether the site has the guide: where nothing is said it has."""
        return self.guide is not False

    @property
    def tells_of_method(self) -> bool:
        """Whether the site says where the method comes from: where nothing is said it does."""
        return self.about_method is not False

    def published(self, path: str) -> str | None:
        """The whole address of a page of the site; None where nobody says where that is."""
        return f"{self.site_url.rstrip('/')}/{path}" if self.site_url else None


Labels = dict[Line, dict[Line, Label]]


# Limits of courtesies and personal data, and the words that give away more


def _term(given: str) -> str:
    if not _TERM.fullmatch(given):
        raise fault(
            "term",
            f"words are wanted, such as 'free (trip|holiday*)'; {shown(given)} has a bracket that"
            " does not close, one in another or in a word, or '*' before the end of a word",
        )
    return given


_NO_LETTER = r"(?![a-zA-Z0-9\u00df-\u024f])"
_WORDS = rf"(?:[^()*]|\*{_NO_LETTER})*"
_TERM = re.compile(rf"(?:{_WORDS}\({_WORDS}\)\*?{_NO_LETTER})*{_WORDS}")
Term = Annotated[Line, AfterValidator(_term)]
Terms = dict[Slug, tuple[Term, ...]]
"""Words and phrases by language; (a|b) is one of some, '*' any ending."""


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
    titles: Terms = needed("Who else is one person.")
    erased: Line = needed("What stands in the place of the name of a person who was erased.")


class ComplianceWords(Strict):
    """The lists of words, each by language."""

    harmless: Terms = needed("What is read over: it speaks of a thing, and of nobody.")
    bribery: Terms = needed("Bribery by any of its names.")
    personal_value: Terms = needed("What no courtesy may be.")
    luxury: Terms = needed("What does somebody good in private.")
    advantage: Terms = needed("What a firm gives few outside: work, fees, donations, favours.")
    courtesy: Terms = needed("Journeys, meals and things, which business has every day.")
    money: Terms = needed("Money and shares of it.")
    favour: Terms = needed("Of it what nobody does for a family without a reason.")
    giving: Terms = needed("That somebody gets it.")
    receivers: Terms = needed("Those who decide, or prepare decisions, at the customer.")
    officials: Terms = needed("Who decides for the public, or judges bids, goods and patients.")
    kin: Terms = needed("Somebody's family and friends.")
    occasion: Terms = needed("When, and what for.")
    influence: Terms = needed("What it is to bring us.")
    secrecy: Terms = needed("That nobody is to see it, or it is for the person alone.")
    detour: Terms = needed("That somebody else pays.")
    business: Terms = needed("What people give each other at work all day.")
    refusal: Terms = needed("That nothing was given, or each pays for himself.")
    benefit: Terms = needed("A benefit to a person.")
    condition: Terms = needed("What makes it depend on something.")
    when: Terms = needed("When …")
    event: Terms = needed("… and on what it depends.")
    private_life: Terms = needed("Someone's day of birth or home.")
    number_of: Terms = needed("A number behind it is somebody's own.")
    special: Terms = needed("What is nobody's business.")
    of_things: Terms = needed("Of these what things have as well.")
    rival: Terms = needed("Who competes with us.")
    former_job: Terms = needed("That somebody was with a rival before.")
    papers: Terms = needed("What a rival keeps to itself: offers, prices, drawings.")
    closed_papers: Terms = needed("Of it what nobody outside sees before the award.")
    leak: Terms = needed("How it came to us.")
    passing: Terms = needed("The same in words of every day.")
    hidden: Terms = needed("That it was not to come to us.")
    undercut: Terms = needed("What we make of it.")
    agreeing: Terms = needed("That something is settled.")
    speaking: Terms = needed("That we meet somebody.")
    mutual: Terms = needed("That each of two does it for the other's sake.")
    together: Terms = needed("That both sides do it.")
    abstaining: Terms = needed("What somebody leaves to a rival: a tender, a region, a customer.")
    restraint: Terms = needed("What rivals leave, or raise, for each other's sake.")
    carving_up: Terms = needed("Of it what only those do who share a market.")
    collusion: Terms = needed("What it is called.")
    above_board: Terms = needed("What anybody may know, and what is settled with the customer.")
    secret: Terms = needed("A secret stands behind it.")
    confidential: Terms = needed("What has no place before the customer.")


class ComplianceSettings(Strict):
    """compliance.yaml."""

    courtesies: CourtesyLimits = needed("Courtesies to persons.")
    personal_data: PersonalDataLimits = needed("Personal data.")
    words: ComplianceWords = needed("The words.")
