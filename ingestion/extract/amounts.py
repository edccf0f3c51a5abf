"""Sums of money with the part each plays in the story."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.model import Amount, CaseDocument, Section, SectionKind
from ingestion.numerals import MoneyMention, find_money
from ingestion.totals.roles import Part, part

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
            r"(?:退赃|退缴|退交|退还|退赔|退出|退回|退清|上缴|缴回|返还|归还)[^，。；]{0,24}$"
        ),
    ),
    (
        "compensated",
        re.compile(
            r"(?<!要求)(?<!请求)(?:赔偿|补偿|(?<!少)赔付|一次性赔|抚慰|支付医疗费)[^。；]{0,30}$"
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
            r"(?:骗取|诈骗|骗得|盗窃|盗取|窃取|窃得|盗走|盗得|偷走|装有|收取|抢得|抢走|劫得|劫取|收受|索取|挪用|侵占|贪污|敲诈|勒索|吸收|集资|非法经营|销售|贩卖"
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
            r"^(?:的)?价格[^，。；]{0,10}(?:变卖|销赃)"
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


def _section(doc: CaseDocument, section: Section) -> list[Amount]:
    start, text = section.span.start, section.span.quote
    found: list[Amount] = []
    role: Role = "other"
    told = 0
    for mention in find_money(text):
        if _PIECE.match(text, mention.end - 1):
            continue
        between = _NOTE.sub("", text[told : mention.start])
        if role == "total" and _TAKEN_APART.match(between):
            role = "person"
        elif not (role in ("count", "person") and _LISTED.match(between)):
            role = _role(text, mention, section.kind)
        told = mention.end
        found.append(
            Amount(
                fen=mention.fen,
                role=role,
                fuzzy=mention.fuzzy,
                speaker=section.speaker,
                section=section.kind,
                span=doc.span(start + mention.start, start + mention.end),
            )
        )
    return found


def read(doc: CaseDocument) -> list[Amount]:
    """Every sum told, argued or ordered in `doc`, in the order of the text."""
    return [a for s in doc.sections if s.kind in _READ for a in _section(doc, s)]
