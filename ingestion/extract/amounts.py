"""Sums of money with the part each plays in the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingestion.extract.facts import count_at
from ingestion.extract.opinions import Opinion, repeated, speaker_at
from ingestion.extract.people import clusters, named
from ingestion.model import Amount, CaseDocument, Section, SectionKind
from ingestion.numerals import RENMINBI, MoneyMention, find_sums
from ingestion.totals.roles import Part, part

Role = Literal[
    "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
]

_READ: frozenset[SectionKind] = frozenset(
    {"accusation", "facts", "defence", "evidence", "reasoning", "operative"}
)
_MONEY_WORDS = r"(?:人民币|现金|款项?|赃款|共|约|合|折合|等|的|了|为|达|计|[：:“（(\s])*"
# In this order: the first that fits the words before a sum decides its role.
_BEFORE: list[tuple[Role, re.Pattern[str]]] = [
    ("fine", re.compile(rf"(?:罚金|罚款){_MONEY_WORDS}$")),
    ("other", re.compile(rf"(?:鉴定费|诉讼费){_MONEY_WORDS}$")),
    # Rates, and sums only promised or agreed on.
    (
        "other",
        re.compile(
            r"(?:每[吨克升次天日月人个包]|谎称|宣称|声称|约定以?|最高可)(?:(?!骗取|骗得|骗走|收取)[^，。；]){0,14}$"
        ),
    ),
    (
        "total",
        re.compile(r"共[“”]?(?:抽水|抽头)[“”]?$|综上[^。]{0,80}(?:数额|金额|价值)[^，。；]{0,6}$"),
    ),
    ("count", re.compile(r"贩卖[^。；]{0,40}得款[^，。；]{0,4}$")),
    (
        "other",
        re.compile(r"(?:责令|追缴|继续|没收|应当|要求|请求|扣押|冻结|查封|欠)[^，。；]{0,24}$"),
    ),
    ("person", re.compile(rf"(?:分得|各分|分给|分到|各得|均分)[^，。；]{{0,8}}{_MONEY_WORDS}$")),
    (
        "returned",
        re.compile(
            r"(?:退赃|退缴|退交|退还|退赔|退出|退回|退清|上缴|缴回|返还|发还"
            r"|(?<!未)(?<!未能)(?<!不)(?<!不能)(?<!无力)(?<!用于)(?<!用以)(?:归还|偿还|还款))[^，。；]{0,24}$"
        ),
    ),
    (
        "compensated",
        re.compile(
            r"(?<!要求)(?<!请求)(?:赔偿|补偿|(?<!少)赔付|一次性赔|抚慰|支付医疗费)[^。；]{0,30}$"
        ),
    ),
    # A bribe is the sum of the act, whatever it is called.
    (
        "count",
        re.compile(
            r"(?:送给|送予|送了|贿送|给予|收受|收取|索取|索要)[^，。；]{0,40}好处费[^，。；]{0,8}$"
        ),
    ),
    (
        "gain",
        re.compile(
            rf"(?:非法获利|从中获利|获利|牟利|违法所得|非法所得|获得报酬|好处费|所得赃款|销赃得款|得款|盈利|抽头|抽水|渔利)"
            rf"[^，。；]{{0,8}}{_MONEY_WORDS}$"
        ),
    ),
    (
        "total",
        re.compile(
            r"(?:共计|合计|总计|累计|总共|总价值|总价|总额|总金额|价值共|共价值|共值|共骗|共盗|共窃|共得|共获|共吸|总数|共收|数额共|金额共)"
            r"[^，。；]{0,22}$|(?:数额|金额)(?:共)?计[^，。；]{0,8}$|(?:^|[，,、；])共[^，。；元]{0,12}$"
        ),
    ),
    (
        "item",
        re.compile(
            rf"(?:价值|价格|单价|鉴定|估价|评估|认定价|估值|售价|市场价|车价|损失|原价)[^，。；]{{0,14}}{_MONEY_WORDS}$"
        ),
    ),
    (
        "count",
        re.compile(
            r"(?:骗取|诈骗|骗得|盗窃|盗取|窃取|窃得|盗走|盗得|偷走|装有|收取|抢得|抢走|劫得|劫取|收受|索取|送给|送予|贿送|挪用|侵占|贪污|敲诈|勒索|吸收|集资|非法经营|销售|贩卖"
            r"|出售|转账|汇款|打款|支付|交付|以)[^。；]{0,30}$"
        ),
    ),
]
_AFTER: list[tuple[Role, re.Pattern[str]]] = [
    ("fine", re.compile(r"^(?:的|作为)?罚金")),
    ("other", re.compile(r"^[/／每]")),
    ("count", re.compile(r"^[^，。；]{0,12}(?:挪作|挪用)")),
    ("person", re.compile(r"^(?:归|由)[^，。；]{1,8}(?:所得|分得|占有)")),
    ("returned", re.compile(r"^(?:已)?(?:全部)?(?:退缴|退还|退赃|退赔|归还|返还)")),
    ("compensated", re.compile(r"^(?:的)?(?:赔偿款|经济损失赔偿)")),
    ("count", re.compile(r"^(?:的)?(?:盗走|偷走|骗走|抢走|拿走|取走|窃走|据为己有)")),
    (
        "gain",
        re.compile(
            r"^(?:的)?(?:价格|价钱|低价)[^，。；]{0,10}(?:变卖|销赃)"
            r"|^(?:的)?(?:价格|价钱|低价)(?:转手)?(?:卖给|卖与|卖予|转卖|卖出|典当|抵押给)"
            r"|^(?:的)?价格将[^，。；]{0,12}(?:变卖|卖给|出售)"
        ),
    ),
]


# What a man's name and age in brackets stand between is one list: 甲（男）200元、乙400元.
_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_LISTED = re.compile(r"^(?:、|，|及|和)[\u4e00-\u9fff×*某]{1,4}[甲乙丙丁戊\d]?(?:人民币|现金)?$")
_TAKEN_APART = re.compile(
    r"^[。，；]其中[，：]?[\u4e00-\u9fff×*某]{1,4}[甲乙丙丁戊\d]?(?:人民币|现金)?$"
)
# 港币5262元（折合人民币4251元）: the same sum once more; apart from it, what it is worth.
_CONVERTED = re.compile(r"(?:折合|约合|折算|折价|兑换|换算)(?:为|成|后)?(?:共计)?$")
_IN_BRACKETS = re.compile(r"[（(，,](?:[^，。；（）()]{0,30}[，,])?[^，。；（）()]{0,12}$")
_OWNED: frozenset[Role] = frozenset(
    {"total", "count", "person", "gain", "returned", "compensated", "fine"}
)
_TOGETHER = re.compile(r"伙同|共同|一起|结伙|合伙|各")
_SENTENCE_END = re.compile(r"[。；\n]")
# How far the words around a sum are read; a sentence can be a page long.
_REACH = 300
_LOOT = re.compile("[盗窃赃抢骗]")
_IN_STORY: dict[Part, Role] = {"cash": "count", "goods": "item", "total": "total", "gain": "gain"}


def _role(text: str, mention: MoneyMention, kind: SectionKind) -> Role:
    low = max(text.rfind(mark, 0, mention.start) for mark in "。；\n") + 1
    told = _NOTE.sub("", text[max(low, mention.start - _REACH) : mention.start])
    before = told[-48:]
    after = text[mention.end : mention.end + 16]
    for role, pattern in _AFTER:
        if pattern.search(after):
            # Only loot is sold for a gain: timber felled without a licence is sold in the act.
            return "count" if role == "gain" and not _LOOT.search(text) else role
    for role, pattern in _BEFORE:
        if pattern.search(before):
            # A sentence part that orders is no account of what was done.
            if kind == "operative" and role not in ("fine",):
                return "other"
            return role
    if kind not in ("facts", "accusation"):
        return "other"
    words = text[mention.start : mention.end]
    rest = _SENTENCE_END.split(text[mention.end : mention.end + _REACH], maxsplit=1)[0]
    return _IN_STORY.get(part(told, mention, words, rest), "other")


def _persons(doc: CaseDocument, low: int, at: int) -> tuple[str, ...]:
    """The accused whose sum stands at `at`, by the words of its sentence before it."""
    if _TOGETHER.search(doc.text, low, at):
        return named(doc, low, at)
    groups = list(clusters(doc, low, at))
    return groups[-1] if groups else ()


def _next_role(
    text: str, mention: MoneyMention, kind: SectionKind, before: Amount | None, between: str
) -> Role:
    """The role of a sum in view of the one told before it; `between` stands between them."""
    if _CONVERTED.search(between):
        abroad = before is not None and before.currency != RENMINBI
        return before.role if before and abroad and _IN_BRACKETS.match(between) else "item"
    role = before.role if before else "other"
    if role == "total" and _TAKEN_APART.match(between):
        return "person"
    if role in ("count", "person") and _LISTED.match(between):
        return role
    return _role(text, mention, kind)


def _section(doc: CaseDocument, section: Section, said: Sequence[Opinion]) -> list[Amount]:
    start, text = section.span.start, section.span.quote
    found: list[Amount] = []
    told = 0
    for mention in find_sums(text):
        between = _NOTE.sub("", text[told : mention.start])
        role = _next_role(text, mention, section.kind, found[-1] if found else None, between)
        told = mention.end
        low, high = start + mention.start, start + mention.end
        sentence = max(
            section.span.start, low - _REACH, *(doc.text.rfind(m, 0, low) + 1 for m in "。；\n")
        )
        speaker = speaker_at(said, low, high, section.speaker)
        found.append(
            Amount(
                fen=mention.fen,
                role=role,
                fuzzy=mention.fuzzy,
                speaker=speaker,
                section=section.kind,
                span=doc.span(low, high),
                currency=mention.currency,
                persons=_persons(doc, sentence, low) if role in _OWNED else (),
                fact=count_at(doc.facts, low, speaker),
            )
        )
    return found


def read(doc: CaseDocument) -> list[Amount]:
    """Every sum told, argued or ordered in `doc`, in the order of the text."""
    return [
        amount
        for section in doc.sections
        if section.kind in _READ
        for amount in _section(doc, section, repeated(doc, section))
    ]
