"""Everything the knowledge base can say of one article on one day, in one answer.

Does it exist, was it in force, what did it say, which paragraph holds which range of
punishment, for which charges, and which other wordings it has had.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from knowledge_base import charge_tables, law_tiers, law_versions, laws, penalties
from knowledge_base.law_tiers import LawTier
from knowledge_base.law_versions import CRIMINAL_LAW
from knowledge_base.numerals import article_label, to_chinese

_YEAR = 12
_STATUS: dict[laws.Status, str] = {
    "in_force": "施行中",
    "not_yet": "当日尚未施行",
    "repealed": "当日已废止",
    "no_such_article": "没有这一条",
    "no_such_paragraph": "没有这一款",
    "no_such_item": "没有这一项",
    "unknown_law": "法律数据库中没有这部法律，或者没有该日的文本",
}


@dataclass(frozen=True)
class Range:
    """One range of punishment and the paragraph (from 1) that holds it."""

    paragraph: int
    tier: LawTier

    @property
    def words(self) -> str:
        """三年以下有期徒刑、拘役、管制: the main penalties, without the fine."""
        return tier_words(self.tier)


@dataclass(frozen=True)
class Wording:
    """One version of the article: its days, and who made it (None: the original text)."""

    effective_from: date | None
    effective_to: date | None
    by: str | None
    deleted: bool


@dataclass(frozen=True)
class Answer:
    """`law`: full title, None where unknown. `on` None: today. `article` None: not in force."""

    law: str | None
    label: str
    on: date | None
    status: laws.Status
    article: laws.LawArticle | None
    ranges: tuple[Range, ...]
    charges: tuple[str, ...]
    versions: tuple[Wording, ...]

    def to_text(self) -> str:
        """The answer as lines for a terminal (Chinese)."""
        day = self.on.isoformat() if self.on else "今日"
        lines = [f"《{self.law or '未知法律'}》{self.label}（{day}）：{_STATUS[self.status]}"]
        if self.article is not None:
            lines.append(
                f"施行期间：{_days(self.article.effective_from, self.article.effective_to)}"
            )
            if self.article.note:
                lines.append(f"注意：{self.article.note}")
            for number, part in enumerate(self.article.paragraphs, 1):
                lines.append(f"  第{to_chinese(number)}款　{part.whole}")
        if self.charges:
            lines.append(f"罪名（现行名称）：{'；'.join(self.charges)}")
        if self.ranges:
            lines.append("法定刑幅度：")
            lines += [
                f"  第{to_chinese(r.paragraph)}款　{r.tier.condition or '（无条件）'}：{r.words}"
                for r in self.ranges
            ]
        if len(self.versions) > 1:
            lines.append("历次文本：")
            lines += [
                f"  {_days(v.effective_from, v.effective_to)}　{v.by or '原文本'}"
                + ("（删去本条）" if v.deleted else "")
                for v in self.versions
            ]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        found = self.article
        return {
            "law": self.law,
            "article": self.label,
            "on": self.on.isoformat() if self.on else None,
            "status": self.status,
            "text": found.text if found and found.held else None,
            "effective_from": found.effective_from.isoformat() if found else None,
            "effective_to": _iso(found.effective_to) if found else None,
            "note": found.note if found else "",
            "charges": list(self.charges),
            "ranges": [
                {
                    "paragraph": r.paragraph,
                    "condition": r.tier.condition,
                    "months": [r.tier.low, r.tier.high],
                    "penalties": r.words,
                }
                for r in self.ranges
            ],
            "versions": [
                {
                    "from": _iso(v.effective_from),
                    "to": _iso(v.effective_to),
                    "by": v.by,
                    "deleted": v.deleted,
                }
                for v in self.versions
            ],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _days(start: date | None, end: date | None) -> str:
    return f"{start.isoformat() if start else '最初'}至{end.isoformat() if end else '今'}"


def tier_words(tier: LawTier) -> str:
    """A range in the words and the order of the law, without the fine."""
    parts: list[str] = []
    shortest, longest = penalties.limit("imprisonment_min"), penalties.limit("imprisonment_max")
    detention_only = tier.detention and tier.high <= shortest
    if tier.low < longest and not detention_only:
        low, high = f"{_years(tier.low)}以上", f"{_years(tier.high)}以下"
        open_below, open_above = tier.low <= shortest, tier.high >= longest
        parts.append(f"{'' if open_below else low}{'' if open_above else high}有期徒刑")
    names = (("detention", "拘役"), ("control", "管制"), ("life", "无期徒刑"), ("death", "死刑"))
    parts += [name for key, name in names if getattr(tier, key)]
    return "、".join(parts)


def _years(months: int) -> str:
    years, rest = divmod(months, _YEAR)
    return f"{to_chinese(years)}年" if not rest else f"{months}个月"


@cache
def _charges_of(number: int, sub: int | None, paragraph: int | None) -> tuple[str, ...]:
    def fits(ref: charge_tables.ArticleRef) -> bool:
        here = (ref.law, ref.article, ref.sub) == (CRIMINAL_LAW, number, sub)
        return here and (not ref.paragraphs or paragraph is None or paragraph in ref.paragraphs)

    return tuple(
        c.name for c in charge_tables.charges().values() if any(fits(ref) for ref in c.articles)
    )


def ask(
    law: str,
    number: int,
    sub: int | None = None,
    paragraph: int | None = None,
    on: date | None = None,
) -> Answer:
    """What is known of an article, or of one 款, as of `on` (None: today).

    >>> ask("刑法", 264, on=date(2014, 5, 1)).ranges[0].words
    '三年以下有期徒刑、拘役、管制'
    """
    title = laws.title(law)
    status = laws.status(law, number, sub, paragraph, None, on)
    found = laws.article(law, number, sub, on)
    criminal = title == CRIMINAL_LAW
    ranges: tuple[Range, ...] = ()
    if criminal and found is not None and found.held:
        wanted = [paragraph] if paragraph else range(1, len(found.paragraphs) + 1)
        ranges = tuple(Range(n, t) for n in wanted for t in _ranges(number, sub, n, on))
    return Answer(
        law=title,
        label=article_label(number, sub, paragraph),
        on=on,
        status=status,
        article=found,
        ranges=ranges,
        charges=_charges_of(number, sub, paragraph) if criminal and found else (),
        versions=_versions(title, number, sub),
    )


def _ranges(number: int, sub: int | None, paragraph: int, on: date | None) -> tuple[LawTier, ...]:
    return law_tiers.of_article(number, sub, (paragraph,), on)


def _versions(title: str | None, number: int, sub: int | None) -> tuple[Wording, ...]:
    if title != CRIMINAL_LAW:
        return ()
    found = law_versions.criminal_law().get((number, sub), ())
    return tuple(
        Wording(v.effective_from, v.effective_to, v.by, v.change == "deleted") for v in found
    )
