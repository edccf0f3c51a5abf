"""Terms, money, dates and sentences as a Chinese lawyer writes them."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from assistant.casefile import ROLE_NAMES
from ingestion.model import MainPenalty, Recommendation, Role, Sentence, Term
from knowledge_base.numerals import to_chinese

PENALTY_NAMES: dict[MainPenalty, str] = {
    "imprisonment": "有期徒刑",
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
}


def term(value: Term) -> str:
    """
    >>> term(Term(months=18)), term(Term(months=4, days=15))
    ('一年六个月', '四个月十五日')
    """
    years, months = divmod(value.months, 12)
    parts = [
        f"{to_chinese(years)}年" if years else "",
        f"{to_chinese(months)}个月" if months else "",
        f"{to_chinese(value.days)}日" if value.days else "",
    ]
    return "".join(parts) or "零"


def yuan(fen: int) -> str:
    """
    >>> yuan(1386000), yuan(150)
    ('13860元', '1.5元')
    """
    whole, rest = divmod(fen, 100)
    return f"{whole}元" if not rest else f"{fen / 100:.2f}".rstrip("0") + "元"


def day(value: date) -> str:
    """
    >>> day(date(2024, 7, 5))
    '2024年7月5日'
    """
    return f"{value.year}年{value.month}月{value.day}日"


def sentence(value: Sentence) -> str:
    """One line for what was pronounced, main penalty first."""
    if value.acquitted:
        return "无罪"
    if value.exempt:
        return "免予刑事处罚"
    parts: list[str] = []
    if value.main in ("life", "death"):
        parts.append(PENALTY_NAMES[value.main] + ("，缓期二年执行" if value.death_reprieve else ""))
    elif value.main:
        parts.append(PENALTY_NAMES[value.main] + term(value.term))
    if value.probation is not None:
        parts.append("缓刑" + term(value.probation))
    if value.deprivation_life:
        parts.append("剥夺政治权利终身")
    elif value.deprivation:
        parts.append("剥夺政治权利" + term(value.deprivation))
    if value.fine_fen is not None:
        parts.append(("单处" if value.fine_only else "并处") + "罚金" + yuan(value.fine_fen))
    if value.confiscate_all:
        parts.append("没收个人全部财产")
    elif value.confiscation_fen is not None:
        parts.append("没收财产" + yuan(value.confiscation_fen))
    if value.deportation:
        parts.append("驱逐出境")
    return "，".join(parts) or "未写明刑罚"


def recommendation(value: Recommendation) -> str:
    """One line for what was recommended; open bounds are said in words."""
    parts = [_main(value), _probation(value), _fine(value)]
    return "，".join(part for part in parts if part) or "未写明"


def _main(value: Recommendation) -> str:
    if value.main is None:
        return ""
    name = PENALTY_NAMES[value.main]
    if value.low and value.high and value.low != value.high:
        higher = PENALTY_NAMES[value.high_main] if value.high_main else ""
        return f"{name}{term(value.low)}至{higher}{term(value.high)}"
    if value.low and value.high:
        return name + term(value.low)
    if value.high:
        return f"{name}{term(value.high)}以下"
    return f"{name}{term(value.low)}以上" if value.low else name


def _probation(value: Recommendation) -> str:
    if value.probation is None:
        return ""
    if not value.probation:
        return "不适用缓刑"
    bounds = dict.fromkeys(term(t) for t in (value.probation_low, value.probation_high) if t)
    return "缓刑" + "至".join(bounds)


def _fine(value: Recommendation) -> str:
    if not value.fine:
        return ""
    bounds = (value.fine_low_fen, value.fine_high_fen)
    return "并处罚金" + "至".join(dict.fromkeys(yuan(b) for b in bounds if b is not None))


def role_name(role: str) -> str:
    return ROLE_NAMES.get(cast(Role, role), role)


def place(evidence: dict[str, Any]) -> str:
    """Document and page; documents without pages are given by the count of characters."""
    if evidence["role"] == "card":
        return role_name("card")
    page = evidence.get("page")
    where = f"第{page}页" if page else f"（无页码，第{evidence['start'] + 1}字起）"
    return role_name(evidence["role"]) + where
