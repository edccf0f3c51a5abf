"""Sums of money with the part each plays in the story."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.model import Amount, CaseDocument, Section, SectionKind
from ingestion.numerals import MoneyMention, find_money

Role = Literal[
    "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
]

_READ: frozenset[SectionKind] = frozenset(
    {"accusation", "facts", "defence", "evidence", "reasoning", "operative"}
)
_PIECE = re.compile(r"块(?![钱整左上余多，。；、）)])[\u4e00-\u9fff]")  # 一块山地 is no money
_MONEY_WORDS = r"(?:人民币|现金|款项?|赃款|共|约|合|折合|等|的|了|为|达|计|[：:“（(\s])*"
# In this order: the first that fits the words before a sum decides its role.
_BEFORE: list[tuple[Role, re.Pattern[str]]] = [
    ("fine", re.compile(rf"(?:罚金|罚款){_MONEY_WORDS}$")),
    (
        "other",
        re.compile(r"(?:责令|追缴|继续|没收|应当|要求|请求|扣押|冻结|查封|欠)[^，。；]{0,24}$"),
    ),
    ("person", re.compile(rf"(?:分得|各分|分给|分到|各得|均分)[^，。；]{{0,8}}{_MONEY_WORDS}$")),
    (
        "returned",
        re.compile(r"(?:退赃|退缴|退还|退赔|退出|退回|退清|上缴|缴回|返还|归还)[^，。；]{0,24}$"),
    ),
    (
        "compensated",
        re.compile(r"(?<!要求)(?<!请求)(?:赔偿|补偿|赔付|抚慰|支付医疗费)[^。；]{0,30}$"),
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
            rf"(?:价值|价格|单价|鉴定|估价|评估|认定价|估值|售价|市场价|损失|原价)[^，。；]{{0,14}}{_MONEY_WORDS}$"
        ),
    ),
    (
        "count",
        re.compile(
            r"(?:骗取|诈骗|骗得|盗窃|窃取|窃得|盗走|盗得|偷走|抢得|抢走|劫得|劫取|收受|索取|挪用|侵占|贪污|敲诈|勒索|吸收|集资|非法经营|销售|贩卖"
            r"|出售|转账|汇款|打款|支付|交付|以)[^。；]{0,30}$"
        ),
    ),
]
_AFTER: list[tuple[Role, re.Pattern[str]]] = [
    ("fine", re.compile(r"^的?罚金")),
    ("person", re.compile(r"^(?:归|由)[^，。；]{1,8}(?:所得|分得|占有)")),
    ("returned", re.compile(r"^(?:已)?(?:全部)?(?:退缴|退还|退赃|退赔)")),
    ("compensated", re.compile(r"^(?:的)?(?:赔偿款|经济损失赔偿)")),
    ("count", re.compile(r"^(?:的)?(?:盗走|偷走|骗走|抢走|拿走|取走|窃走|据为己有)")),
    (
        "gain",
        re.compile(
            r"^(?:的)?价格[^，。；]{0,10}(?:变卖|销赃)"
            r"|^(?:的)?价格将[^，。；]{0,12}(?:变卖|卖给|出售)"
        ),
    ),
]


def _role(text: str, mention: MoneyMention, start: int, kind: SectionKind) -> Role:
    low = max(start, max(text.rfind(mark, start, mention.start) for mark in "。；\n") + 1)
    before = text[max(low, mention.start - 48) : mention.start]
    after = text[mention.end : mention.end + 16]
    for role, pattern in _AFTER:
        if pattern.search(after):
            return role
    for role, pattern in _BEFORE:
        if pattern.search(before):
            # A sentence part that orders is no account of what was done.
            if kind == "operative" and role not in ("fine",):
                return "other"
            return role
    return "other"


def _section(doc: CaseDocument, section: Section) -> list[Amount]:
    start = section.span.start
    return [
        Amount(
            fen=mention.fen,
            role=_role(section.span.quote, mention, 0, section.kind),
            fuzzy=mention.fuzzy,
            speaker=section.speaker,
            section=section.kind,
            span=doc.span(start + mention.start, start + mention.end),
        )
        for mention in find_money(section.span.quote)
        if not _PIECE.match(section.span.quote, mention.end - 1)
    ]


def read(doc: CaseDocument) -> list[Amount]:
    """Every sum told, argued or ordered in `doc`, in the order of the text."""
    return [a for s in doc.sections if s.kind in _READ for a in _section(doc, s)]
