"""A speaker's words cut into points: what the court could follow or refuse on its own.

Clauses are joined where they ask the court the same question (初犯 and 无前科), where one is the
ground of the other (经传唤到案，如实供述，系自首), and where a numbered dispute gives its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.extract.blocks import clauses
from ingestion.extract.idle import after_plea, is_idle
from knowledge_base.questions import asked_in, table

_WHEN = re.compile(
    r"[^，。；]{0,8}(?:案发|归案|到案|事发|事故发生|犯罪)[^，。；]{0,3}[后时]|(?:庭审|审理|二审)[^，。；]{0,4}[中间]"
)
_WHEN_NEXT = re.compile(r"(?:且|并且?)?在?(?:案发|归案|到案|事发|犯罪)(?:之)?后")
_THEREFORE = re.compile(r"(?:故|因此|因而|所以|说明|证明|从而|即|应(?!在)|依法应)")
_CONCLUDES = re.compile(
    r"(?:故|因此)?(?:在[^，。；]{2,8}中)?(?:依法|应当?)*(?:认定)?(?:被告人[^，。；]{0,4}|其)?(?:系|属于?|是|构成|为|视为|有|具有)(?:犯罪|投案)?"
    r"(?P<what>自首|坦白|立功|从犯|未遂|中止|(?:正当)?防卫|准自首)"
)
_ADDS = re.compile(r"(?:并且?|且|还|亦)?愿意?[^，。；]{0,24}(?:赔偿|退赔|缴纳|接受处罚|支付)")
# A clause that states something for itself.
_CLAIMS = re.compile(
    r"(?:且|但|并)?(?:被告人[^，。；]{0,6}|所[^，。；]{1,8}(?=[是系均])|上诉人[^，。；]{0,6}|被害人|对[^，。；]{2,24}?(?=不[应能])|[^，。；]{2,8}的(?=[是系均])|[^，。；]{2,6}在本案中|其[^，。；]{0,6}|本案|此次[^，。；]{0,4}"
    r"|本次|(?:原审|原判|一审)[^，。；不未]{0,8}?|指控[^，。；]{0,24}|公诉机关|犯罪)?(?:并|也|亦)?"
    r"(?:不(?:构成|应|是|属|存在|具有)|应(?!当?(?:从|减))|没有|未|无(?!业)|主观|系|属于?|是|具有|存在|有部分|情节|社会危害|数额|证据"
    r"|事实不|量刑|积极|主动|自愿|尽快|愿意)"
    r"|[^，。；]{2,16}(?:不是|不构成|并未|并不|没有)"
)
_SAYS_AGAIN = re.compile(r"(?:并|又|还)?(?:认为|提出|辩称)")
_ACQUITS = re.compile(r"不构成[^，。；]{0,16}犯?罪|无罪|不认为是犯罪")
# What is argued for the case that the point before fails.
_ALTERNATIVE = re.compile(r"退一步|(?:即[便使]|如果?|若)(?:法庭|法院|认定|构成|其构成)")
# A purpose or a cause belongs to what it is told for.
_PURPOSE = re.compile(r"使[其被]|以便|以利|便于|让其|因为")
# What he offers is another point, and what others do is none.
_ELSEWHERE = re.compile(
    r"(?:其|我|自己)?[也还现]?(?:愿意|会|要求|希望|请求)|公诉|检察|法庭|审判|经当庭|对此"
)
_FURTHER = re.compile(r"且|并且|并(?=提出|认为)|同时|另外?|此外")
_ANOTHER = re.compile(r"有部分|另有|还有|(?:指控的)?第[一二三四五六七八九十\d]+[次起笔宗]")
# 被告人构成盗窃罪，但…: the charge conceded before the point.
_CONCEDES = re.compile(
    r"(?:(?!不|应|仅|只|非)[^，。；])*构成(?:(?!不|应)[^，。；]){2,16}罪(?=[，,]但)"
    r"|[^，。；]{0,12}虽然?[^，。；]*[，,]但[^，。；]{0,30}(?:从轻|从宽|减轻|考虑(?:以上|上述))"
)
# 虽…，但…; 即便构成犯罪，…: granted for what follows, it asks nothing.
_GRANTS = re.compile(
    r"虽|即[便使]|纵然|^(?:且|并)?(?:除|退一步)|(?:如|若|倘)[^，。；]{0,16}(?:构成|成立|认定|有罪)"
)
# Told before its particulars, it is their heading.
_HEADING = re.compile(
    r"(?:(?:原审|原判|一审|起诉书|公诉机关)?(?:判决|法院)?(?:认定|指控)?(?:的部分)?|本案|(?:被告人[^，。；]{0,8}?)?(?:构成|犯)[^，。；]{2,16}罪)"
    r"(?:的)?事实(?:认定)?(?:错误|不清|有误)(?:、证据不足)?|(?:原判)?(?:证据不足|适用法律(?:错误|不当))"
)
# 对指控的罪名有异议，其只是…: the denial in general, and the words in particular after it.
_DENIAL = re.compile(
    r"(?![^，。；]*第[一二三四五六七八九十\d]+[次起笔宗])(?:但|且|而)?(?:(?:被告人|上诉人)[^，。；]{0,8}?)?(?:当庭)?"
    r"(?:对[^，。；]{0,50}?(?:不予?(?:认可|承认|供认)|(?:提出|有|持有?)(?:部分)?异议)"
    r"|(?:(?<!不)否认|不承认|不认可)[^，。；]{0,30}(?:指控|事实|罪名|犯罪)[^，。；]{0,6})"
)
_IN_PARTICULAR = re.compile(
    r"[，,。；;：:](?:但|并|且|而)?(?:(?:被告人|上诉人)[^，。；]{0,8}?|其)?(?:当庭)?(?:提出|辩称|辩解|称|认为)"
    r"|[，,：:](?:其|自己|我|只|仅|没有|并[未没不非]|不(?:承认|认可|是|存在)|未(?!提))"
)
_PARTICULARS = re.compile(
    r"(?:[，,]证据不足)?[，,：:；;。](?=\S)(?!(?:且|并)?(?:原审|原判|一审)?(?:判决)?(?:对其)?(?:量刑|证据|适用))"
)
# 并向本院提交判决书一份，证明…: what it is to show stands in the points.
_SUBMITS = re.compile(
    r"(?:并|另|其|[^，。；]{0,8}辩护人)?(?:当庭|庭后)?(?:向[^，。；]{1,6})?(?:提交|提供|出示)了?"
    r"[^，。；]{2,120}(?:[一二三四五六七八九十两\d]+[份张页组本]|(?:等|的)证据(?:材料)?)$"
)
_REASONS = re.compile(r"(?:其)?(?:主要)?理由(?:为|是|如下)?")
_SUBJECT = re.compile(
    r"(?:且|并且?)?(?:被告(?:人|单位)|上诉人|被害[人方]|本案|其(?!中)|(?:近?亲|家)属|家人)"
)
# What makes a dispute of a clause that names a count: 第二起不是其所为.
_DISPUTES = re.compile(r"[不没未无非只仅系是]|错误|有误|异议")
_SUMS_UP = re.compile(r"故|因此|综上|综合|所以|据此")
_DENIES = re.compile(r"其(?:并)?(?:没有|未|不是|不)")
_JOINT = re.compile(r"、|以及|及|且|并且?|和|(?<=[初偶]犯)(?=有)")
# 主观恶性、人身危险性不大: what is said of the last is said of both.
_SHARED = re.compile(r"(?:恶性|危害性|危险性)$")
_STATES = re.compile(
    r"其?(?:系|是|属|不构成|不属|具有|应当?(?:适用|认定)|有(?:自首|坦白|立功|悔罪))"
)
_CHARGES = re.compile(
    r"(?:其)?(?:的)?(?:行为)?(?:均|都)?不构成(?:[\u4e00-\u9fff]{2,14}罪[、和及])+[\u4e00-\u9fff]{2,14}罪"
)


def _circumstances(asks: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in asks if not table()[key].dispute)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they have a question in common, two that join counting as one."""
    return any(a == b or table()[a].joins == b or table()[b].joins == a for a in one for b in other)


@dataclass
class _Group:
    """Clauses of one point: `claims` where its first clause states something for itself.

    `told` is the end of its last clause with a question, `rest` where one without begins after it.
    """

    low: int
    high: int
    asks: frozenset[str]
    claims: bool
    sentence: int
    period: int
    told: int
    rest: int | None = None


class _Cutter:
    """Takes clauses one by one and keeps the points found so far."""

    def __init__(self, text: str, *, numbered: bool, own: bool) -> None:
        self.groups: list[_Group] = []
        self._text = text
        self._numbered = numbered
        self._own = own
        self._dispute = False  # a numbered item that opens with no circumstance
        self._sentence = 0
        self._period = 0
        self._idled = False

    def has_begun(self) -> bool:
        """Whether a point has begun in this sentence."""
        return bool(self.groups) and self.groups[-1].period == self._period

    def idle(self) -> None:
        """A clause that makes no point stands here."""
        self._idled = True

    def end_sentence(self, *, period: bool) -> None:
        """A sentence ends here, or with `period` a whole one and not only a part of it."""
        self._sentence += 1
        self._period += period

    def take(self, low: int, high: int, *, apart: bool) -> None:
        """The next clause; `apart`: it cannot go on with the one before."""
        piece = self._text[low:high]
        asks = asked_in(piece) if not _GRANTS.search(piece) else frozenset[str]()
        self._resume(asks)
        if not self.groups:
            self._dispute = self._numbered and not _circumstances(asks)
        if self.groups and not apart and (self._closes(piece, asks) or self._goes_on(piece, asks)):
            last = self.groups[-1]
            if asks:
                last.told, last.rest = high, None
            elif last.asks and last.rest is None:
                last.rest = low
            last.high, last.asks = high, last.asks | asks
            last.sentence, last.period = self._sentence, self._period
        else:
            claims = bool(_CLAIMS.match(piece))
            low = self._grounds(asks, low)
            self.groups.append(_Group(low, high, asks, claims, self._sentence, self._period, high))
        self._idled = False

    def _grounds(self, asks: frozenset[str], low: int) -> int:
        """Where a point begins whose grounds were taken for the end of the one before.

        主观恶性小，仅负责水电，作用较小: the second clause is the ground of the third.
        """
        last = self.groups[-1] if self.groups else None
        if not last or last.rest is None or last.sentence != self._sentence or self._dispute:
            return low
        if _SUBJECT.match(self._text, low) or not any(table()[key].grounded for key in asks):
            return low
        low, last.high, last.rest = last.rest, last.told, None
        return low

    def _resume(self, asks: frozenset[str]) -> None:
        """Join what stands between two clauses with one question: 受邀参与，未持械，作用较小.

        Told without a question of its own, it is a ground of what both conclude.
        """
        if len(self.groups) < 2:
            return
        first, between = self.groups[-2:]
        grounds = any(table()[key].grounded for key in asks & first.asks)
        if grounds and not between.asks and first.sentence == self._sentence:
            first.high, first.rest = between.high, None
            self.groups.pop()

    def _goes_on(self, piece: str, asks: frozenset[str]) -> bool:
        """Whether the clause belongs to the last point."""
        last = self.groups[-1]
        if last.period != self._period and asks == {"sentence"}:
            return False  # after the last item of a list: what it all leads to
        if last.sentence != self._sentence and not self._dispute:
            return self._tells_on(piece, asks, last)
        if _same(asks, last.asks):
            another = _FURTHER.match(piece) and {"confession", "merit"} <= asks | last.asks
            return not another or "merit" in last.asks
        objects = self._text.endswith(("异议", "意见"), last.low, last.high)
        if _PURPOSE.match(piece):
            return True
        if _ALTERNATIVE.match(piece) and not self._numbered:
            return False
        grounded = any(table()[key].grounded for key in last.asks)
        if self._numbered and grounded and not asks and not _FURTHER.match(piece):
            return True
        if self._idled or (_SAYS_AGAIN.match(piece) and not objects and not self._dispute):
            return False
        if _WHEN.fullmatch(self._text, last.low, last.high):
            return True
        if _ANOTHER.match(piece):
            return not _DISPUTES.search(self._text, last.low, last.high)
        if not self._dispute and _WHEN_NEXT.fullmatch(piece):
            return False
        if asks and last.asks:
            if _THEREFORE.match(piece) and not any(table()[key].alone for key in asks):
                return True
            return self._dispute and not _circumstances(asks | last.asks)
        if asks:
            return self._follows(piece, asks, last)
        if _circumstances(last.asks) and not self._dispute:
            if _FURTHER.match(piece) and "need" not in last.asks:
                return False
            return not _CLAIMS.match(piece) or "need" in last.asks or bool(_ADDS.match(piece))
        return not (_DENIES.match(piece) and _DENIES.match(self._text, last.low))

    def _tells_on(self, piece: str, asks: frozenset[str], last: _Group) -> bool:
        """Whether the accused goes on in the next sentence with the story of one denial."""
        story = self._own and not (asks or last.asks or self._idled or _ELSEWHERE.match(piece))
        return story and last.period == self._period - 1

    def _follows(self, piece: str, asks: frozenset[str], last: _Group) -> bool:
        """Whether a clause with a question is the conclusion of a point that had none yet."""
        rows = [table()[key] for key in asks]
        if self._dispute and _FURTHER.match(piece) and _circumstances(asks):
            return any(row.grounded for row in rows)
        if self._dispute or _THEREFORE.match(piece) or any(row.grounded for row in rows):
            return True
        if _SUBJECT.match(piece) and "confession" not in asks:
            return False
        return not (last.claims or _FURTHER.match(piece) or any(row.alone for row in rows))

    def _closes(self, piece: str, asks: frozenset[str]) -> bool:
        """系坦白 after 如实供述，当庭认罪: one point, the groups since its first ground joined.

        The charge may be closed by the next sentence: 应定故意伤害罪。…不符合寻衅滋事的要件.
        """
        found = _CONCLUDES.match(piece)
        closed = asked_in(found["what"]) if found else asks & {"charge"} if len(asks) == 1 else None
        if not closed:
            return False
        if "charge" in closed and _SUMS_UP.match(piece) and self._sums_up(asks):
            return True
        reach = 1 if "charge" in closed else 0
        for index in reversed(range(len(self.groups))):
            group = self.groups[index]
            if self._sentence - group.sentence > reach and not self._dispute:
                return False
            if _same(group.asks, closed):
                while index and self._begins(self.groups[index - 1], closed, reach):
                    index -= 1
                joined = self.groups[index:]
                group = joined[0]
                group.high = joined[-1].high
                group.asks = frozenset[str]().union(*(one.asks for one in joined))
                del self.groups[index + 1 :]
                return True
            if "charge" in closed and group.asks:
                return bool(_ACQUITS.search(piece)) and self._acquits(asks)
        return False

    def _acquits(self, asks: frozenset[str]) -> bool:
        """不构成犯罪 closes the reasons before it in its part of the sentence, no circumstance."""
        first = len(self.groups)
        while first:
            group = self.groups[first - 1]
            asked = _circumstances(group.asks) or "charge" in group.asks
            if group.sentence != self._sentence or asked:
                break
            first -= 1
            if _SAYS_AGAIN.match(self._text, group.low):
                break
        return self._join(first, asks)

    def _begins(self, group: _Group, closed: frozenset[str], reach: int) -> bool:
        """Whether the group before is the first ground of the same conclusion."""
        return self._sentence - group.sentence <= reach and _same(group.asks, closed)

    def _sums_up(self, asks: frozenset[str]) -> bool:
        """故应认定为故意伤害罪 closes all reasons of its sentence that ask nothing else."""
        first = len(self.groups)
        while first and self.groups[first - 1].period == self._period:
            if self.groups[first - 1].asks - asks:
                break
            first -= 1
        return self._join(first, asks)

    def _join(self, first: int, asks: frozenset[str]) -> bool:
        """Make one point of the groups from `first` on; whether there are any."""
        joined = self.groups[first:]
        if not joined:
            return False
        joined[0].high, joined[0].asks = joined[-1].high, asks
        del self.groups[first + 1 :]
        return True


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause cut where another question begins: 在案发后退赃、认罪且系从犯 asks three."""
    low, held = start, frozenset[str]()
    cuts = [*_JOINT.finditer(text, start, end)]
    stops = [*(cut.start() for cut in cuts[1:]), end]
    left = asked_in(text[start : cuts[0].start()]) if cuts else frozenset[str]()
    for joint, stop in zip(cuts, stops, strict=False):
        held |= left
        right = asked_in(text[joint.end() : stop])
        states = joint[0] != "、" and bool(_STATES.match(text, joint.end(), stop))
        pleads = joint[0] == "、" and is_idle(text[joint.end() : stop], pleads=False)
        states = states or (joint[0] == "、" and bool(_SUBJECT.match(text, joint.end(), stop)))
        other = right and not _same(held, right) and (held or states)
        if (
            joint.start() - low > 1
            and (other or pleads)
            and not _SHARED.search(text, low, joint.start())
        ):
            yield low, joint.start()
            low, held = joint.end(), frozenset()
        left = right
    yield low, end


def _rest(text: str, start: int, end: int) -> str:
    """What follows to the end of the sentence."""
    return text[
        start : min((at for m in "。；" if (at := text.find(m, start, end)) >= 0), default=end)
    ]


def _groups(
    text: str, start: int, end: int, *, numbered: bool, pleads: bool, own: bool
) -> Iterator[tuple[int, int]]:
    cutter = _Cutter(text, numbered=numbered, own=own)
    before, submits = start, False
    for clause in clauses(text, start, end, "，,；;。\n"):
        marks = set(text[before : clause[0]])
        if marks & set("。；;\n"):
            cutter.end_sentence(period=bool(marks & set("。\n")))
        before = clause[1]
        submits = (submits and not marks & set("。；;\n")) or bool(_SUBMITS.match(text, *clause))
        if submits or _REASONS.fullmatch(text, *clause):
            continue
        heads = (
            not cutter.has_begun()
            and (_HEADING.fullmatch(text, *clause) and _PARTICULARS.match(text, clause[1], end))
        ) or (_DENIAL.fullmatch(text, *clause) and _IN_PARTICULAR.match(text, clause[1]))
        if (
            heads
            or _CONCEDES.match(text, clause[0])
            or is_idle(text[slice(*clause)], pleads=pleads, sentence=_rest(text, clause[1], end))
        ):
            cutter.idle()
            continue
        for low, high in _parts(text, *clause):
            if not is_idle(text[low:high], pleads=pleads, sentence=_rest(text, high, end)):
                cutter.take(low, high, apart=low > clause[0])
    for group in cutter.groups:
        yield group.low, group.high


def points(
    text: str, start: int, end: int, *, numbered: bool, pleads: bool, own: bool
) -> Iterator[tuple[int, int]]:
    """The points told in `start:end`, an item of a numbered list or the words of one speaker.

    `numbered`: a dispute under its own number keeps its reasons. `pleads`: see `is_idle`.
    `own`: an accused's own words, in which a story goes on over several sentences.
    """
    for low, high in _groups(text, start, end, numbered=numbered, pleads=pleads, own=own):
        charges = _CHARGES.match(text, low, high)
        if charges:
            *first, last = clauses(text, low, charges.end(), "、")
            yield from first
            yield last[0], high
            continue
        yield after_plea(text, low, high), high
