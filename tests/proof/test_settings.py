"""A setting binds: each number and word of site_config, changed, changes what comes out.

Numbers and choices are changed one by one and must move a figure, a finding or a mark on a page; a
limit that a page merely repeats does not count. Words are replaced all at once by marks, which must
all be found in the site, in each language.
"""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, cast

import pytest

from generator.audience.classes import AUDIENCES, HIGHEST, Audiences
from generator.audience.projection import projected
from generator.figures import Portfolio, enrich
from generator.figures.definitions import DEFINITIONS
from generator.form import leaf_patterns
from generator.language.language import Code
from generator.pages.engine import Engine
from generator.pages.fields import PAGE
from generator.pages.site import Site
from generator.read import Document, Workspace, read_text
from generator.rules.comply.lexicon import Lexicon, folded
from generator.rules.comply.patterns import labels
from generator.rules.gate import judge
from generator.rules.gate.contradictions import AGREEMENTS
from generator.rules.gate.holds import NAMED_CHECKS
from generator.rules.rulebook import Rule
from generator.rules.validate import validate
from generator.settings import Settings, language_of, settings_from
from generator.settings.load import FILES
from tests.everything import as_yaml, everything_playbook
from tests.figures.edits import PORT, WHOLE
from tests.figures.edits import changed as edited
from tests.figures.small import account, plan
from tests.figures.small import settings as small_settings
from tests.proof.conftest import Proof
from tests.rules.comply.plans import with_sentence
from tests.rules.comply.test_fields import FINDS, PASSES, SURE, courtesy, people
from tests.rules.gate.test_contradictions import FIRES as CONTRADICTIONS
from tests.rules.gate.test_contradictions import LOW, OBJECTIVE
from tests.rules.gate.test_rules import FIRES, QUIET, TIER_A
from tests.settings.binding import (
    DROP,
    REPOSITORY,
    RICH,
    TODAY,
    Leaf,
    as_shipped,
    assessed,
    changes,
    figured,
    figured_as_shipped,
    leaves,
    put,
    shipped,
    texts_shown,
    where_shown,
    with_document,
)

WORDS = {
    "labels": ("en", "zh"),
    "catalogue": ("en", "zh"),
    "team": ("name",),
    "site": ("name", "description"),
    "rules": ("title", "reason", "because", "message", "cure"),
}
"""By file the keys whose values are words for readers."""
NUMBERS = ("scoring", "thresholds", "tiers", "catalogue", "currencies", "team", "site")
"""Files whose other leaves move a figure, a finding or a mark on a page."""
GATE = "tests/rules/gate/test_rules.py"
ELSEWHERE = {
    "catalogue: sizes.*.employees_up_to": "the import of a CRM's employees: tests/change/crm/test_import.py",
    "compliance: personal_data.erased": "playbook person erase: tests/change/person/test_erase.py",
    "site: timezone": "the day where none is given: tests/cli/test_today.py",
    "site: language": "the command chooses: tests/outputs/export/test_export.py",
    "site: search": "another page of the site: tests/pages/test_search.py",
    "site: downloads": "files of the site: tests/outputs/test_site.py",
    "site: alarms.*": "calendars: tests/outputs/export/test_export.py",
    "site: contract_alarms.*": "calendars: tests/outputs/export/test_export.py",
    "site: api": "files of the site: tests/outputs/test_site.py",
    "site: markdown": "files beside the pages: tests/pages/test_account_markdown.py",
    "site: feed": "needs a git history: tests/outputs/test_feed.py",
    "rules: rules.*.always": "no baseline takes it in: tests/cli/test_baseline.py",
    "rules: rules.*.since": "workspaces of older versions: tests/rules/gate/test_eased.py",
    **{
        f"rules: rules.*.holds.{holds}.in": f"no other list has such fields: {GATE}"
        for holds in ("each", "some", "none", "covers", "all.*.some", "any.*.some")
    },
}
"""Leaves that are not changed here: why, and where they are tried."""
IDS = (
    "retrofit",
    "training",
    "emea",
    "china",
    "information",
    "feeling",
    "fr",
    "other words",
    "SEK",
    datetime.date(2100, 1, 1),
)
"""What a word may be instead that stands in no closed list."""
MARK = re.compile(r"q[a-z]{2}[0-9]+q")


class Walk(StrEnum):
    """How a leaf is shown to bind."""

    WORD = "by a mark in its place"
    NUMBER = "by figures, findings and pages"
    RULE = "by the findings of its rule"
    OPTIONAL = "by the page of fields"
    CLASS = "by what audiences see"
    GIVEAWAY = "by a sentence with it"
    LIMIT = "by what compliance finds"
    ELSEWHERE = "by another test"


OTHER_WALKS = {
    ("rules", "rules"): Walk.RULE,
    ("rules", "optional"): Walk.OPTIONAL,
    ("audiences", "fields"): Walk.CLASS,
    ("audiences", "only"): Walk.CLASS,
    ("audiences", "figures"): Walk.CLASS,
    ("compliance", "words"): Walk.GIVEAWAY,
    ("compliance", "courtesies"): Walk.LIMIT,
    ("compliance", "personal_data"): Walk.LIMIT,
}
"""By file and its first key, where it is not the file that decides."""


def walk_of(leaf: Leaf) -> Walk | None:
    """How a leaf is shown to bind; None: nobody has said."""
    if pattern_of(leaf) in ELSEWHERE:
        return Walk.ELSEWHERE
    if leaf.path[-1] in WORDS.get(leaf.file, ()):
        return Walk.WORD
    return Walk.NUMBER if leaf.file in NUMBERS else OTHER_WALKS.get((leaf.file, str(leaf.path[0])))


def pattern_of(leaf: Leaf) -> str:
    steps = ("*" if isinstance(step, int) else step for step in leaf.path)
    return f"{leaf.file}: {'.'.join(steps)}"


def leaves_by(walk: Walk) -> list[Leaf]:
    """All leaves of site_config that are shown to bind in one way."""
    return [leaf for file in FILES for leaf in leaves(file) if walk_of(leaf) is walk]


def silent(proof: Proof, walk: Walk, few: int, binds: Callable[[Leaf], object]) -> list[str]:
    """Those of a walk's leaves, or of a few of them, that change nothing."""
    known = leaves_by(walk)
    tried = proof.dice().sample(known, proof.count(few, len(known)))
    proof.tell(leaves=len(known), tried=len(tried))
    return [f"{leaf} ({leaf.value})" for leaf in tried if not binds(leaf)]


def test_no_leaf_is_left_out() -> None:
    everything = [leaf for file in FILES for leaf in leaves(file)]
    assert [str(leaf) for leaf in everything if walk_of(leaf) is None] == []
    assert set(ELSEWHERE) - set(map(pattern_of, everything)) == set()
    places = [reason.rpartition(": ")[2] for reason in ELSEWHERE.values()]
    assert [place for place in places if not (REPOSITORY / place).is_file()] == []


def binds_in(leaf: Leaf) -> str:
    """Where some other value of a leaf shows: in figures, findings, on pages; '' for nowhere."""
    if leaf.path[-1] == "group":
        return "figures" if group_binds(leaf) else ""
    if leaf.file == "catalogue" and leaf.path[0] == "sizes":
        return where_shown(exchanged_sizes(leaf))
    return where_shown(changes(leaf, IDS), day_of(leaf), pages_first=leaf.file in ("team", "site"))


def exchanged_sizes(leaf: Leaf) -> Iterator[Settings]:
    """The id of a size changes places with another: no id may stand twice."""
    document = shipped().documents["catalogue"]
    for other_leaf in leaves("catalogue"):
        if other_leaf.path[0] == "sizes" and other_leaf.path[-1] == "id" and other_leaf != leaf:
            moved = put(put(document, leaf.path, other_leaf.value), other_leaf.path, leaf.value)
            if (changed := with_document(shipped(), "catalogue", moved)) is not None:
                yield changed


def day_of(leaf: Leaf) -> datetime.date:
    """The day on which a rate of exchange begins, if it is one that others followed."""
    if leaf.file != "currencies" or leaf.path[0] != "rates":
        return TODAY
    _, currency, index, _ = leaf.path
    rates = shipped().currencies.rates[str(currency)]
    newest = max(rate.from_ for rate in rates if rate.from_ <= TODAY)
    begins = rates[int(index)].from_
    return TODAY if begins == newest else begins


NEAR: dict[str, tuple[str, dict[str, str]]] = {
    "industries": ("industry", {}),
    "uses": ("uses", {"region": "americas"}),
    "regions": ("region", {"uses": "[control-systems]", "size": "enterprise"}),
}
"""By list of the catalogue the field of an account, and how far a reference else differs: so far
that it is of the same kind when the two entries are near, and not when they are not."""


def group_binds(leaf: Leaf) -> bool:
    """Whether a reference customer is of the same kind by the group of an entry alone."""
    kind, id = str(leaf.path[0]), str(leaf.path[1])
    entries = getattr(shipped().catalogue, kind)
    of_group = [another for another, entry in entries.items() if entry.group == entries[id].group]
    strangers = [
        another for another, entry in entries.items() if entry.group and another not in of_group
    ]
    friend = next((another for another in of_group if another != id), None)
    another = friend or strangers[0]
    tried = changes(leaf, ("x-group" if friend else entries[another].group,))
    before = coverage(kind, id, another, shipped())
    return any(coverage(kind, id, another, changed) != before for changed in tried)


def coverage(kind: str, ours: str, theirs: str, settings: Settings) -> Any:
    """What a reference customer with another entry of the catalogue backs of our doubts."""
    field, apart = NEAR[kind]
    doubtful = with_entries(WHOLE, {"uses": "[retrofit]"}, field, ours)
    reference = with_entries(PORT, {"uses": "[retrofit]", **apart}, field, theirs)
    backed = account(doubtful, others={"port": reference}, with_=settings)
    return backed.figures["risk.proof_coverage"].value


def with_entries(text: str, values: Mapping[str, str], field: str, entry: str) -> str:
    """A playbook with values in its account, and one entry of the catalogue in a field."""
    for name, value in {**values, field: f"[{entry}]" if field == "uses" else entry}.items():
        text = edited(text, f"account.{name}", value)
    return text


def test_each_number_and_choice_binds(proof: Proof) -> None:
    assert silent(proof, Walk.NUMBER, 6, binds_in) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_each_word_is_shown(proof: Proof, code: Code) -> None:
    marks: dict[str, str] = {}
    marked = settings_from(
        {file: with_marks(file, document, marks) for file, document in shipped().documents.items()}
    )
    of_other = "q" + ("zh" if code == "en" else "en")
    known = [mark for mark in marks if not mark.startswith(of_other)]
    if not proof.is_full:  # these are on two pages and in findings
        known = [mark for mark in known if marks[mark].startswith(("rules:", "team:"))]
    unseen = set(known)
    proof.tell(words=len(known))
    for text in texts_shown(assessed(marked), language_of(Workspace.at(REPOSITORY), code)):
        unseen.difference_update(MARK.findall(text.lower()))
        if not unseen:
            break
    assert [place for mark, place in marks.items() if mark in unseen] == []


def with_marks(file: str, document: Document, marks: dict[str, str]) -> Document:
    """The document with a mark in the place of each word for readers."""
    if file not in WORDS:
        return document
    data: Any = copy.deepcopy(document.data)
    for leaf in leaves(file):
        if walk_of(leaf) is Walk.WORD:
            kind = leaf.path[-1] if leaf.path[-1] in ("en", "zh") else "xx"
            mark = f"q{kind}{len(marks)}q"
            marks[mark] = f"{leaf} ({leaf.value})"
            node = data
            for step in leaf.path[:-1]:
                node = node[step]
            node[leaf.path[-1]] = mark
    return replace(document, data=data)


PLACES = ("account.name", "relationship.contacts", "outcomes", "actions", "tier", "x-changed")
CHOICES = (
    *("true", "false", "today-36500", "today+36500", "customer", "prospect", "former", "user"),
    *("id", "summary", "error", "warning", "D", "other words", "keep"),
)
"""What a word of a rule may be instead; those that the form does not allow are passed over."""


def test_each_part_of_a_rule_binds(proof: Proof) -> None:
    assert silent(proof, Walk.RULE, 6, rule_binds) == []


def rule_binds(leaf: Leaf) -> bool:
    """Whether some other value of a part of a rule changes what is found in plans made for it."""
    rule = shipped().rules.rules[int(leaf.path[1])]
    known = LOW if rule.holds.agree else small_settings()
    names = (*AGREEMENTS, *NAMED_CHECKS)
    words = (*PLACES, *CHOICES, *names, f"{leaf.value}-changed", f"{leaf.value} changed")
    tried = list(changes(leaf, words, known))
    if not tried and "where" in leaf.path:  # a field with one word: its whole condition is dropped
        document = known.documents["rules"]
        condition = leaf.path[: leaf.path.index("where") + 2]
        tried.extend(filter(None, [with_document(known, "rules", put(document, condition, DROP))]))
    return any(
        found_in(plans, changed) != before
        for plans in plans_for(rule, leaf, known)
        for before in (found_in(plans, known),)
        for changed in tried
    )


def found_in(plans: Portfolio, known: Settings) -> list[str]:
    """The findings in plans whose figures are computed."""
    return list(map(str, judge(replace(plans, settings=known)).findings))


def plans_for(rule: Rule, leaf: Leaf, known: Settings) -> Iterator[Portfolio]:
    """Where a rule finds something and where not; then full plans without the field it asks for."""
    yield enriched(cases_of(rule), known)
    if rule.holds.agree is None:
        yield enriched(map(as_yaml, lacking(leaf)), known)


def enriched(texts: Iterable[str], known: Settings) -> Portfolio:
    """Playbooks with their figures."""
    documents = [
        read_text(text.encode(), f"playbooks/plan-{place}.yaml") for place, text in enumerate(texts)
    ]
    return enrich(validate(documents, known, TODAY), known, TODAY)


_LATE = "actions: [{id: call, objective: aim, due: 2026-11-22}]\n"
_UNPREPARED = "actions: [{id: talk, objective: aim, due: 2026-12-01}]\n"
_RISK = "{id: x, probability: 1, loss: 5001, liability_clause: b}"
_BARE = "schema: 1\naccount: {name: A, status: customer}\nsummary: S.\n"
MORE_CASES = {
    "contradiction-overdue": (plan(OBJECTIVE.replace("ACTUAL", "6") + _LATE),),
    "clauses": (plan(f"economics: {{currency: EUR}}\nrisk: {{own: [{_RISK}]}}\n", more=TIER_A),),
    "renewal-plan": (
        plan("", status="customer", more=", contract: {end: 2028-01-01}"),
        plan(
            OBJECTIVE.replace("ACTUAL", "6") + _UNPREPARED,
            status="customer",
            more=", contract: {end: 2027-01-01}",
        ),
    ),
    "offering-sized": tuple(
        plan(f"offerings: {{drives: {offering}}}\n", status="prospect", more=TIER_A)
        for offering in (
            "{status: open, revenue: 0}",
            "{status: competitor, revenue: 0}",
            "{status: ours, potential: 9}",
        )
    ),
    "tier-unknown": (_BARE,),
    "reviewed": (_BARE,),
}
"""By rule the playbooks that the gate's own tests lack for a part of it."""


def cases_of(rule: Rule) -> Iterator[str]:
    """The playbooks on which the gate's own tests try a rule."""
    for id, sections, status, more in (*(case[:4] for case in FIRES), *QUIET):
        if id == rule.id:
            yield plan(sections, status=status, more=more)
            if "planned_tier" in more:
                for tier in "ABCD":
                    more_of_tier = re.sub("tier: .", f"tier: {tier}", more)
                    yield plan(sections, status=status, more=more_of_tier)
            else:
                yield plan(sections, status=status, more=f"{more}{TIER_A}")
    for sections, more, line in CONTRADICTIONS:
        if line.endswith(f"[{rule.id}]"):
            yield plan(sections, more=more)
    yield from MORE_CASES.get(rule.id, ())


def lacking(leaf: Leaf) -> Iterator[Any]:
    """A playbook with every field, less the one that a part of a rule names."""
    above = [str(step) for step in leaf.path]
    fields = [""]
    if "filled" in above:
        fields = [f"{above[above.index('filled') + 1]}.{leaf.value}"]
    elif above[-1] == "present":
        fields = [str(leaf.value)]
    elif above[-2] == "has":
        holds: Any = shipped().documents["rules"].data
        for step in leaf.path[:-2]:
            holds = holds[step]
        fields = [f"{holds['in']}.*.{leaf.value}"]
    elif "has" in above or "where" in above:
        fields = []
    for field in fields:
        for variant in (0, 1):
            data: Any = everything_playbook(variant=variant)
            data["account"].update(planned_tier="A", status="customer")
            if field:
                take_out(data, field.split("."))
            yield data


def take_out(node: Any, path: list[str]) -> None:
    """Take a field out of every entry that a path stands for."""
    first, *rest = path
    if isinstance(node, list | dict) and first == "*":
        for entry in node.values() if isinstance(node, dict) else node:
            take_out(entry, rest)
    elif isinstance(node, dict) and first in node:
        if rest:
            take_out(node[first], rest)
        else:
            del node[first]


def test_each_optional_field_is_listed(proof: Proof) -> None:
    before = fields_page(shipped())
    assert (
        silent(
            proof,
            Walk.OPTIONAL,
            2,
            lambda leaf: any(fields_page(changed) != before for changed in changes(leaf)),
        )
        == []
    )


def fields_page(settings: Settings) -> str:
    """The page that explains each field, of no account."""
    portfolio = Portfolio(accounts=(), settings=settings, today=TODAY)
    return "".join(PAGE.made(Site(portfolio=portfolio, engine=Engine())).fragments.values())


def test_each_class_of_an_audience_binds(proof: Proof) -> None:
    assert silent(proof, Walk.CLASS, 10, class_binds) == []


def class_binds(leaf: Leaf) -> bool:
    """Whether a field, a figure or an entry is seen by others once a line is gone or changed."""
    document = shipped().documents["audiences"]
    if leaf.path[-1] == "in":  # no other list has such entries: the condition is taken away
        changed = with_document(shipped(), "audiences", put(document, leaf.path[:2], DROP))
        data = with_open_promise()
        return changed is not None and seen_entries(changed.audiences, data) != seen_entries(
            shipped().audiences, data
        )
    if leaf.path[0] == "only":
        data = with_open_promise()
        return any(
            seen_entries(changed.audiences, data) != seen_entries(shipped().audiences, data)
            for changed in changes(
                leaf, ("internal", "public", "summary", "objectives", "ours", "joint", "nobody")
            )
        )
    moved = put(document, leaf.path, DROP)
    if leaf.path[1] == HIGHEST:  # named so that no wider line takes it in: moved, not taken away
        moved = replace(moved, data=copy.deepcopy(moved.data))
        cast("Any", moved.data)["fields"]["internal"].append(leaf.value)
    changed = with_document(shipped(), "audiences", moved)
    return changed is not None and seen(changed.audiences) != seen(shipped().audiences)


def with_open_promise() -> Any:
    """A playbook with every field, and an item of the standard that nobody agreed to."""
    data: Any = everything_playbook()
    data["value"]["standard"].append({"item": "Not agreed", "metric": "days"})
    return data


def seen(audiences: Audiences) -> list[tuple[str, ...]]:
    """By field its class, by figure the audiences that it is shown to."""
    fields = [(pattern, audiences.class_of(pattern)) for pattern in leaf_patterns()]
    figures = [
        (key, *(audience for audience in AUDIENCES if audiences.shows_figure(audience, key)))
        for key in DEFINITIONS
    ]
    return [*fields, *figures]


def seen_entries(audiences: Audiences, data: Any) -> list[Any]:
    """What each audience sees of a playbook with every field."""
    document = read_text(as_yaml(data).encode(), "playbooks/everything.yaml")
    return [projected(document, audience, audiences).text for audience in AUDIENCES]


def test_each_word_that_gives_something_away_binds(proof: Proof) -> None:
    assert silent(proof, Walk.GIVEAWAY, 60, word_binds) == []


def word_binds(leaf: Leaf) -> bool:
    """Whether a sentence with a word is found by it alone, and without it by nothing."""
    _, kind, language, _ = leaf.path
    first = re.sub(r" ?\( ?([^)|]*)[^)]*\)", r" \1", str(leaf.value)).strip()
    text = re.sub(r"\s*…\s*", " one ", first).replace("*", "").replace("#", "12")
    if kind in ("number_of", "secret"):
        label = labels({str(leaf.value)})
        return bool(label.search(folded(text)) or label.search(f"{text}: 12345678"))
    alone = Lexicon({str(language): (str(leaf.value),)})
    return alone.find(folded(text)) is not None and Lexicon({}).find(folded(text)) is None


def test_each_limit_of_compliance_binds(proof: Proof) -> None:
    assert silent(proof, Walk.LIMIT, 3, limit_binds) == []


def limit_binds(leaf: Leaf) -> bool:
    """Whether a limit or a word about persons changes what compliance finds."""
    texts = [plan(sections) for _, sections, *_ in (*FINDS, *PASSES)]
    many = (courtesy(SURE.replace("amount: 20", f"amount: {amount}")) for amount in (49, 149, 300))
    texts += [plan(people(official) + gift) for gift in many for official in ("none", "unknown")]
    texts += [
        with_sentence("decision", f"Write to {leaf.value}@example.com"),
        with_sentence("decision", f"{leaf.value} depression"),
        with_sentence("decision", f"Today {leaf.value} has depression"),
        with_sentence("decision", f"Talk with {leaf.value} on surgery"),
        with_sentence("decision", f"和张{leaf.value}谈住院"),
    ]
    known = small_settings()
    plans = enriched(texts, known)
    before = found_in(plans, known)
    return any(found_in(plans, changed) != before for changed in changes(leaf, (), known))


def test_what_is_only_copied_counts_for_nothing(proof: Proof) -> None:
    """The control: how many accounts the home page lists moves no figure, and search nothing."""
    fewer = next(changes(Leaf(file="site", path=("attention",), value="8")))
    assert not figured_as_shipped().differs(figured(fewer, only=RICH), RICH)
    assert as_shipped().looks_different(assessed(fewer))
    search = next(changes(Leaf(file="site", path=("search",), value="header")))
    assert not figured_as_shipped().differs(figured(search, only=RICH), RICH)
    if proof.is_full:
        assert where_shown([search]) == ""
