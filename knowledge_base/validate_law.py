"""Whether the tables of wordings agree with each other and with the law database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from knowledge_base import laws, loader
from knowledge_base.law_text import paragraphs, shape
from knowledge_base.law_versions import (
    CRIMINAL_LAW,
    CRIMINAL_PROCEDURE_LAW,
    Wording,
    criminal_law,
    law_dates,
    old_procedure,
)
from knowledge_base.law_versions import aliases as law_aliases
from knowledge_base.numerals import article_label

_MISSING = ("no_such_article", "no_such_paragraph", "no_such_item", "unknown_law")


def missing(
    where: str,
    law: str,
    article: int,
    sub: int | None,
    paragraphs: Iterable[int | None],
    on: date | None = None,
) -> Iterator[str]:
    """Provisions that the law database does not have."""
    for paragraph in paragraphs:
        status = laws.status(law, article, sub, paragraph, None, on)
        if status in _MISSING:
            label = article_label(article, sub, paragraph)
            yield f"{where}：《{law}》{label}在法律数据库中不存在。"


def names() -> Iterator[str]:
    for alias, title in law_aliases().items():
        if laws.title(title) != title:
            yield f"法律名称表 {alias}：{title} 不在法律数据库中。"
    for title in law_dates():
        if laws.title(title) != title:
            yield f"法律施行日期表：{title} 不在法律数据库中。"


def wordings() -> Iterator[str]:
    """Every version of an article has its words, cut as the table of versions says."""
    for (number, sub), versions in criminal_law().items():
        label = article_label(number, sub)
        yield from missing(
            "刑法版本表", CRIMINAL_LAW, number, sub, (None,), versions[0].effective_from
        )
        for version in (v for v in versions if v.change != "deleted"):
            found = laws.article(CRIMINAL_LAW, number, sub, version.effective_from)
            where = f"刑法版本表 {label}（{version.effective_from}起）"
            if found is None or not found.held:
                yield f"{where}：没有该期间的文本。"
            elif shape(found.paragraphs) != version.shape:
                yield f"{where}：款项数与文本不符。"
    known = {
        (key, v.effective_from, v.effective_to)
        for key, versions in criminal_law().items()
        for v in versions
    }
    for row in loader.rows("criminal_law_texts", Wording):
        if ((row.article, row.sub), row.effective_from, row.effective_to) not in known:
            label = article_label(row.article, row.sub)
            yield f"刑法旧文本表 {label}（{row.effective_from}起）：版本表中没有这一期间。"


def old_numbers() -> Iterator[str]:
    """The 2012 procedure: each article has words of its shape and a successor."""
    successors: dict[int, int] = {}
    for number, row in old_procedure().items():
        where = f"刑事诉讼法条号对照表 {article_label(number)}"
        yield from missing(where, CRIMINAL_PROCEDURE_LAW, row.successor, None, (None,))
        if row.successor in successors:
            yield f"{where}：与{article_label(successors[row.successor])}对应同一条。"
        successors[row.successor] = number
        found = laws.article(CRIMINAL_PROCEDURE_LAW, number, None, row.effective_from)
        if found is not None and shape(paragraphs(found.text)) != row.shape:
            yield f"{where}：款项数与文本不符。"
    for text in loader.rows("criminal_procedure_2012_texts", Wording):
        if text.article not in old_procedure():
            yield f"刑事诉讼法旧文本表 {article_label(text.article)}：对照表中没有这一条。"
