"""The part a sum of money plays, by the words that govern it and the sums told before it.

A sum belongs to the last governing word of its clause (`sum_words`, `sum_clauses`), as an object
follows its verb; what is only said, wanted or ordered takes the verb's part from it (要求支付), a
word of total makes one of several, and a verb that has no sum yet lends its part to the next
clause (退还被害人，共计3万元). What stands behind a sum decides first (`sum_after`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.extract.sum_after import followed
from ingestion.extract.sum_clauses import COSTS, bare, governed, listed_verbs
from ingestion.extract.sum_places import REACH, Place, Role, place_of, plain
from ingestion.extract.sum_words import cues
from ingestion.model import Amount, SectionKind
from ingestion.numerals import RENMINBI, MoneyMention
from ingestion.totals.roles import Part, part

__all__ = ["REACH", "Role", "role_of"]

# The same sum told again: 该3000元, 骗得的3000元, 3000元中的一部分.
_SAME = re.compile(
    r"(?:[该这]|上述|前述)(?:笔|些)?(?:人民币|现金|赃款|款项?)?$|(?:[收骗窃盗取抢]|所[^，。；]{1,3})的$"
)
_PART_FOLLOWS = re.compile(r"中的|(?:现金)?一?部分")
_PART_OF = re.compile(r"[元款]中的?$|将其中的?(?:人民币)?$")
_OUT_OF_LOOT = re.compile(r"(?:取出|拿出|倒出)(?:该|上述|前述|所[窃盗])[^，。；]{0,60}$")
_ONE_OF = re.compile("其中|另|[^，。；]{0,4}[既即未]遂")
_SHARE = (
    r"(?!利息|其他|其余|滞纳|手续|费|[合共总累]计|价值|折合)"
    r"[\u4e00-\u9fff×*某]{1,4}[甲乙丙丁戊\d]?(?:工资|货款|欠款)?"
)
_TAKEN_APART = re.compile(
    rf"^[。，；（(]其中[，：]?(?:{_SHARE}[\d.]{{1,12}}[，、])?{_SHARE}(?:人民币|现金)?$"
)
# Nothing but the next name, or nothing at all, between two sums: one list, one role.
_LISTED = re.compile(
    r"^[）)]?(?:[、，,及和与]|以及){0,2}(?:(?!利息|其他|其余|滞纳|手续)"
    r"[^\W\d_仍现尚又另再后还有已未其向从给为由将被把]{1,5}[甲乙丙丁戊\d]?)?(?:人民币|现金|各)?$"
)
# 港币5262元（折合人民币4251元）: the same cash once more, in yuan.
_CONVERTED = re.compile(r"(?:折合|约合|折算|折价|兑换|换算|(?<=元)合)(?:为|成|后)?(?:共计)?$")
# What another judgment ordered, told in the facts; the costs it names keep their part.
_ORDERED = re.compile(
    r"(?:民事|行政)(?:判决|裁定|调解)书?[，,：:]|调解书[，,：:]|仲裁裁决书?[，,：:]|判决书?判决"
)
_THRESHOLD = re.compile(r"不满$")
# 数额较大，达人民币1840元: the worth told before, once more.
_ONCE_MORE = re.compile(r"数额(?:较大|巨大|特别巨大)[，,]?(?:共计)?达[^，。；\d]{0,8}$")
# What is only made up, until the victim believes it or money is taken.
_LIE = re.compile("(?:谎称|骗称|佯称|虚称)[^。；]*$")
_BELIEVED = re.compile("信以为真|被害人|遂|便|于是|[，,][^，,]{0,6}后|同意|答应|为[由名]")
_ONE_ACT = re.compile("[1一][起次]")
# 盗窃三起，涉案价值3450元.
_SEVERAL = re.compile(
    r"(?:[二两三四五六七八九十]|\d{1,2})[起笔]，(?:(?!元)[^。；]){0,24}(?:价值|金额|数额|赃款|[骗窃劫]得)(?:为|达)?(?:人民币)?$"
)
# 先后7次以1800元的价格…。具体分述如下：
_TIMES = re.compile(r"(?:[二两三四五六七八九十多]|\d+)[次起笔][^。；]*$")
_ONE_BY_ONE = re.compile(r"[^。]*。\s*(?:具体|现)[^，。；]{0,8}(?:分述)?如下")
_TOTALS = re.compile("合计|共计|总计|累计")
_SUMMED_UP = re.compile(r"\s*(?:综上|以上(?:共计|合计|总计))")
# 承诺还给他15000元，并支付好处费150元.
_PROMISED = re.compile(
    r"(?:承诺|允诺|答应|许诺)(?:[^，。；]*[，,]并(?:支付|给付?|付)|[^。；]*[，,][另再])[^，。；]*$"
    r"|约定[^。；]*[，,][再另并]?给[^，。；]*$"
)
# 协议约定…，到期日乙方归还本息300万元.
_DUE = re.compile(
    "约定[^。；]*[，,][^，。；]*(?:到期|期满|届满|届时)[^，。；]*(?:归还|偿还|支付|返还)[^，。；]*$"
)
# 租得轿车一辆，支付租金1.7万元.
_HIRED = re.compile(
    "租[得用赁来][^。；]*[，,]并?(?:支付|交纳|交付|预付)了?(?:租金|押金)[^，。；]*$"
)
# Before a sum that plays no part of its own in the crime.
_NO_PART = (_DUE, _HIRED, _THRESHOLD, _PART_OF, _OUT_OF_LOOT, _PROMISED)
_CRIMES = r"(?:贪污|受贿|盗窃|诈骗|骗取|抢劫|敲诈勒索|挪用|侵占|集资|吸收)"
_TOOK_PART = re.compile(
    rf"参与[^，。；]{{0,12}}{_CRIMES}[^，。；]{{0,20}}$"
    rf"|参与[^，。；]{{0,12}}{_CRIMES}[^，。；]{{0,8}}次，[^，。；]{{0,12}}(?:价值|金额|数额)[^，。；]{{0,8}}$"
)
# Of several named together it is what they took, of one his part.
_ALL_OF_THEM = re.compile("、[^，。；、]{1,12}参与[^，。；]*(?:合计|共计|总计|累计)")
_FINED_BEFORE = re.compile(r"(?:罚金|罚款)(?:人民币|[：:\s])*$")
_FINED_AFTER = re.compile("(?:的|作为)?罚金")
# What the accuser or the court makes of the facts names their sums again.
_VIEW = re.compile("认为[，,：:]?(?:被告|上诉)[^。]*$")
_LOSS = re.compile("损失")
_PARTS = re.compile("[既即未]遂|其中")
_SUMMING = re.compile(r"\s*(?:以上|综上)(?:所述)?[，,]?[^，。；]{0,20}?(?:累计|共计|合计|总计)")
# How far a list goes from one sum to the next, in characters.
_LIST = 40
_STOP = re.compile(r"[。\n]")
_IN_STORY: dict[Part, Role] = {"cash": "count", "goods": "item", "total": "total", "gain": "gain"}


def _by_clauses(place: Place) -> Role | None:
    """The role by the clause of the sum, then by clauses before it that have no sum yet."""
    own, fresh = place.own, place.fresh
    if len(fresh) < len(own):
        return _in_a_list(place)
    role = governed(own, place, place.previous if place.told else None, own=True)
    if role and bare(own) and _held_before(place):
        return "other"
    if role:
        return role
    several = any(cue.kind == "total" for cue in cues(own))
    left = len(fresh) - len(own) - 1
    for clause in reversed(place.clauses[:-1]):
        if left < len(clause):
            break
        left -= len(clause) + 1
        role = governed(clause, place, None)
        if role:
            lent = several and role in ("count", "item", "other", "person")
            return "total" if lent else role
    if place.told and _ONE_OF.match(own):
        return "count" if place.previous == "total" else place.previous
    if several:
        kept = place.told and place.previous in ("compensated", "returned", "gain")
        return place.previous if kept else "total"
    return place.previous if place.told and _LISTED.match(fresh) else None


def _sums_up(place: Place) -> bool:
    """Whether the sentence opens as a sum-up and the sum is no part of what it summed."""
    return bool(_SUMMING.match(place.before)) and not _PARTS.search(place.own)


def _held_before(place: Place) -> bool:
    """Whether the clause before, without a sum yet, tells of things seized."""
    earlier = place.clauses[-2] if len(place.clauses) > 1 else ""
    free = len(place.fresh) > len(place.own) + len(earlier)
    return free and "涉案" not in place.own and "held" in {cue.kind for cue in cues(earlier)}


def _in_a_list(place: Place) -> Role | None:
    """The role where another sum of the same clause stands before."""
    own, fresh = place.own, place.fresh
    money_after_goods = place.previous == "item" and re.search("人民币|现金", fresh)
    named = all(cue.word == "现金" for cue in cues(fresh))
    if _LISTED.match(fresh) and named and not money_after_goods:
        return place.previous
    role = governed(fresh, place, place.previous, own=True)
    return role or governed(listed_verbs(own[: len(own) - len(fresh)]), place, None)


def _in_story(place: Place, mention: MoneyMention, told: int) -> Role:
    """The role where no governing word tells it."""
    words = place.text[mention.start : mention.end]
    found = part(place.before, mention, words, place.rest, told <= place.low)
    return _IN_STORY.get(found, "other")


def _goes_on(stretch: str) -> bool:
    """Whether only nouns stand between two sums: 良种补贴4241元；困难补助11000元."""
    words = plain(stretch)
    return len(words) <= _LIST and not _STOP.search(words) and not cues(words)


def _made_up(place: Place) -> bool:
    """Whether the sum stands in a lie that nobody has acted on yet."""
    lie = _LIE.search(place.before)
    own = {cue.kind for cue in cues(place.own)}
    return (
        lie is not None
        and not _BELIEVED.search(lie[0])
        and not own & {"act", "move", "value"}
        and all(cue.kind != "act" for cue in cues(lie[0]))
    )


def _alone(place: Place, mention: MoneyMention, kind: SectionKind, told: int) -> Role:
    """The role by the words around the sum."""
    before = place.before
    if any(p.search(before) for p in _NO_PART):
        return "other"
    if _ORDERED.search(before) and not COSTS.search(place.sentence):
        return "other"
    if kind == "operative":
        # What is ordered is no account of what was done.
        fined = _FINED_BEFORE.search(before) or _FINED_AFTER.match(place.after)
        return "fine" if fined else "other"
    role = followed(place)
    if role:
        several = role == "count" and not place.told and _TIMES.search(before)
        return "total" if several and _ONE_BY_ONE.match(place.text, mention.end) else role
    if _made_up(place):
        return "other"
    if _TOOK_PART.search(before):
        return "total" if _ALL_OF_THEM.search(place.own) else "person"
    role = _by_clauses(place)
    if role == "count" and place.again in ("total", "compensated"):
        return place.again
    if (
        role in ("count", "item")
        and place.again == "total"
        and _VIEW.search(before)
        and not _LOSS.search(place.own)
    ):
        return "total"
    if role == "count" and place.told and place.again is None and _sums_up(place):
        return "total"
    if role is None and place.previous and _goes_on(place.text[told : mention.start]):
        return place.previous
    if role is None:
        if kind not in ("facts", "accusation"):
            return "other"
        role = _in_story(place, mention, told)
    summing = place.before.lstrip().startswith("以上")
    if role in ("count", "item") and _SEVERAL.search(before):
        return "total"
    once = place.again in ("count", "item")  # the only sum, summed up
    if role in ("count", "item") and not once and (summing or not _TOTALS.search(place.sentence)):
        start = place.text.rfind("。", 0, mention.start) + 1
        single = _ONE_ACT.search(before) or any(cue.kind == "face" for cue in cues(place.own))
        if _SUMMED_UP.match(place.text, start) and not single:
            return "total"
    return role


def role_of(
    text: str,
    mention: MoneyMention,
    kind: SectionKind,
    found: Sequence[Amount],
    told: int,
    earlier: Sequence[Amount] = (),
) -> Role:
    """The role of a sum in a section's text, in view of those `found` in it before.

    `told` is where the last of them ends, `earlier` the sums of earlier sections of the kind. The
    parts of a total that names whose they are belong to persons.
    """
    stretch = text[told : mention.start]
    if found and _CONVERTED.search(text[max(told - 1, 0) : mention.start]):
        return next((a.role for a in found if a.currency != RENMINBI), "item")
    again = next((a.role for a in (*earlier, *found) if a.fen == mention.fen), None)
    previous: Role | None = found[-1].role if found else None
    place = place_of(text, mention, told, previous, again)
    if again and (
        _ONCE_MORE.search(text[max(mention.start - 24, 0) : mention.start])
        or _SAME.search(text[max(mention.start - 8, 0) : mention.start])
        or _PART_FOLLOWS.match(text, mention.end)
    ):
        moved = followed(place)
        return moved if moved in ("returned", "compensated") else again
    if previous == "total" and _TAKEN_APART.match(plain(stretch)) and not cues(stretch):
        return "person"
    if previous == "person" and _LISTED.match(plain(stretch)):
        return "person"
    return _alone(place, mention, kind, told)
