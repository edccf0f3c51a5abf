"""The case card by itself: entries left out, entries that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.cards.model import CaseCard, Entries, Entry, card_of
from assistant.casefile import CaseFile
from assistant.checks.registry import Hit, Undecided, check, hit
from knowledge_base import card_fields
from knowledge_base.card_fields import CardField
from knowledge_base.charges import same_charge

_ORDER = (
    "transferred", "accepted", "return_1", "resubmit_1", "return_2", "resubmit_2", "decided",
    "indicted", "judged", "judgment_received", "judgment_reviewed",
)  # fmt: skip
NO_PROSECUTION = "不起诉"
_PROSECUTION = ("提起公诉", "起诉")


def card(case: CaseFile) -> CaseCard:
    """The card of a view that has one."""
    assert case.card is not None
    return card_of(case.card)


def who(person: Entries) -> str:
    return person["name"].text if "name" in person else ""


@check("CARD-001")
def own_charges(case: CaseFile) -> Iterator[Hit | Undecided]:
    held = card(case)
    whole = held.case.get("charges")
    if whole is None or not held.people:
        yield Undecided("无法判断：案卡缺案由或者人员信息")
        return
    for person in held.people:
        own = person.get("own_charges")
        if own is None:
            spot = person["name"].span if "name" in person else held.head
            yield hit(
                spot,
                cause=f"card-charge:{who(person)}",
                problem=f"{who(person)}的人卡罪名未填，案卡案由为“{whole.text}”",
            )
    named = [item for p in held.people if "own_charges" in p for item in p["own_charges"].items]
    spots = [p["own_charges"].span for p in held.people if "own_charges" in p]
    if len(spots) < len(held.people):
        return
    lost = [c for c in whole.items if not any(same_charge(c, n) for n in named)]
    added = [n for n in named if not any(same_charge(n, c) for c in whole.items)]
    if lost or added:
        parts = [f"案由“{'、'.join(lost)}”不在任何人卡罪名中"] if lost else []
        parts += [f"人卡罪名“{'、'.join(dict.fromkeys(added))}”不在案由中"] if added else []
        yield hit(whole.span, *spots, problem="；".join(parts))


def _clash(first: Entry, second: Entry, problem: str) -> Hit:
    return hit(first.span, second.span, problem=problem)


def _both(part: Entries, one: str, other: str) -> tuple[Entry, Entry] | None:
    first, second = part.get(one), part.get(other)
    return (first, second) if first is not None and second is not None else None


@check("CARD-011")
def contradictions(case: CaseFile) -> Iterator[Hit | Undecided]:
    held = card(case)
    yield from _outcome(held.case)
    yield from _order(held.case)
    for person in held.people:
        yield from _person(person)


def _outcome(part: Entries) -> Iterator[Hit]:
    outcome = part.get("outcome")
    not_prosecuted, indicted = part.get("not_prosecuted"), part.get("indicted")
    if outcome is not None:
        none = NO_PROSECUTION in outcome.text
        if none and indicted is not None:
            yield _clash(outcome, indicted, f"处理结果为“{outcome.text}”，又填有提起公诉日期")
        if not none and outcome.text in _PROSECUTION and not_prosecuted is not None:
            yield _clash(outcome, not_prosecuted, f"处理结果为“{outcome.text}”，又填有不起诉日期")
    elif both := _both(part, "indicted", "not_prosecuted"):
        yield _clash(*both, "提起公诉日期和不起诉日期同时填写")
    for returned, again in (("return_1", "resubmit_1"), ("return_2", "resubmit_2")):
        if returned not in part and again in part:
            yield hit(part[again].span, problem=f"填有{part[again].field.name}而没有对应的退补日期")
    if "return_2" in part and "return_1" not in part:
        yield hit(part["return_2"].span, problem="填有第二次退补日期而没有第一次退补日期")


def _order(part: Entries) -> Iterator[Hit]:
    known = [(day, part[key]) for key in _ORDER if key in part and (day := part[key].day)]
    for (before, one), (after, other) in pairwise(known):
        if after < before:
            yield _clash(
                one,
                other,
                f"{other.field.name}{after.isoformat()}早于{one.field.name}{before.isoformat()}",
            )


def _person(part: Entries) -> Iterator[Hit]:
    leniency, name = part.get("leniency"), who(part)
    if leniency is not None and leniency.flag is False:
        for key, word in (("signed", "签署具结书"), ("retracted", "反悔")):
            other = part.get(key)
            if other is not None and other.flag is True:
                yield _clash(leniency, other, f"{name}未适用认罪认罚，“{word}”却填“是”")
    both = _both(part, "detained", "arrested")
    if both and both[0].day and both[1].day and both[1].day < both[0].day:
        yield _clash(*both, f"{name}的逮捕日期早于拘留日期")
    adoption = part.get("adoption")
    if adoption is not None and "recommendation" not in part:
        yield hit(adoption.span, problem=f"{name}填有采纳情况而没有量刑建议")
    kind, advice = part.get("recommendation_kind"), part.get("recommendation")
    if kind is not None and advice is not None:
        ranged = any(mark in advice.text for mark in ("至", "以上", "以下", "—", "-"))
        if "确定" in kind.text and ranged:
            yield _clash(kind, advice, f"{name}量刑建议类型为“{kind.text}”，内容却是幅度")
        if "幅度" in kind.text and not ranged:
            yield _clash(kind, advice, f"{name}量刑建议类型为“{kind.text}”，内容却是确定刑")
    verdict, guilty = part.get("verdict"), part.get("verdict_charges")
    if verdict is not None and guilty is not None and verdict.text.startswith("无罪"):
        yield _clash(verdict, guilty, f"{name}判决结果为无罪，又填有判决罪名“{guilty.text}”")


def _lacking(fields: list[CardField], case: Entries, own: Entries) -> list[str]:
    filled = case.keys() | own.keys()
    return [
        f.name for f in fields if f.key not in own and (f.needed == "always" or f.needed in filled)
    ]


@check("CARD-012")
def left_out(case: CaseFile) -> Iterator[Hit | Undecided]:
    held = card(case)
    wanted = [f for f in card_fields.fields().values() if f.needed is not None]
    lost = _lacking([f for f in wanted if f.level == "case"], held.case, held.case)
    if lost:
        yield hit(held.head, problem=f"案卡漏填：{'、'.join(lost)}")
    if not held.people:
        yield hit(held.head, problem="案卡没有人员信息")
    for person in held.people:
        # What has a check of its own is not said twice.
        own = [f for f in wanted if f.level == "person" and f.key != "own_charges"]
        if lost := _lacking(own, held.case, person):
            spot = person["name"].span if "name" in person else held.head
            yield hit(spot, problem=f"{who(person)}的人卡漏填：{'、'.join(lost)}")


@check("CARD-013")
def documents_of_steps(case: CaseFile) -> Iterator[Hit | Undecided]:
    held = card(case)
    listed = held.case.get("documents")
    if listed is None:
        yield Undecided("无法判断：案卡未列“已生成文书”，不能核对各节点文书")
        return
    for row in card_fields.documents():
        step = held.case.get(row.key)
        named = [item for item in listed.items if any(word in item for word in row.words)]
        if step is not None and not named:
            wanted = "、".join(f"“{word}”" for word in row.words[:2])
            yield hit(step.span, listed.span, field=step.field.name, wanted=wanted)


@check("CARD-014")
def decider(case: CaseFile) -> Iterator[Hit | Undecided]:
    part = card(case).case
    outcome, decided_by = part.get("outcome"), part.get("decider")
    if outcome is None:
        return
    row = next((r for r in card_fields.deciders() if r.outcome in outcome.text), None)
    if row is None:
        return
    if decided_by is None:
        yield Undecided(f"无法判断：处理结果为“{outcome.text}”，案卡缺决定主体")
    elif not any(word in decided_by.text for word in row.deciders):
        yield hit(
            decided_by.span,
            outcome.span,
            outcome=outcome.text,
            decider=decided_by.text,
            wanted="或者".join(row.deciders[:2]),
        )
