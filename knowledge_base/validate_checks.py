"""Whether the catalogue of checks and its word tables hold together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from knowledge_base import catalogue, charges, check_articles, check_rules, circumstances, laws
from knowledge_base.check_precision import measured
from knowledge_base.law_versions import CRIMINAL_LAW
from knowledge_base.loader import rows
from knowledge_base.numerals import NUMERAL, article_number, to_int
from knowledge_base.phrases import circumstance_phrases
from knowledge_base.validate_law import missing

_PARAGRAPH = re.compile(rf"条(?:之{NUMERAL})?第({NUMERAL})款")
_LABEL = re.compile(r"第[^条]+条")
# Halves of a circumstance, put together by the reader (see `phrases`).
_HALVES = ("compensation", "forgiveness")
_LAWS = ("中华人民共和国", "全国人民代表大会")


def entries() -> Iterator[str]:
    """Rows of the catalogue: known codes, templates that fill, provisions that exist."""
    for code, entry in catalogue.entries().items():
        where = f"检查规则 {code}"
        if code not in catalogue.planned():
            yield f"{where}：总目（check_codes）中没有这一项。"
        for text in (entry.message, entry.suggestion):
            try:
                list(Formatter().parse(text))
            except ValueError:
                yield f"{where}：提示或者建议的占位符不成立。"
        for basis in entry.legal_basis:
            number = article_number(basis.article)
            if number is None or not _LABEL.match(basis.article):
                yield f"{where}：看不懂条号“{basis.article}”。"
            elif laws.title(basis.law) is None:
                # Interpretations and rules of courts and procuratorates are outside it.
                if basis.law.startswith(_LAWS):
                    yield f"{where}：《{basis.law}》不在法律数据库中。"
            else:
                paragraph = _PARAGRAPH.search(basis.article)
                wanted = to_int(paragraph[1]) if paragraph else None
                yield from missing(where, basis.law, *number, (wanted,), entry.effective_from)
    for code in measured():
        if code not in catalogue.entries():
            yield f"检查准确率表 {code}：检查规则表中没有这一项。"


def word_tables() -> Iterator[str]:
    """Keys, articles and charges that the word tables name."""
    known = circumstances.all()
    for row in circumstance_phrases():
        if row.key not in known and row.key not in _HALVES:
            yield f"情节用语表：{row.key} 不是量刑情节表中的情节。"
    for mark in check_rules.article_marks():
        yield from missing("条文标志表", CRIMINAL_LAW, mark.article, mark.sub, (None,))
        for key in mark.keys:
            if key not in known:
                yield f"条文标志表 第{mark.article}条：{key} 不是量刑情节表中的情节。"
    for group in rows("check_articles", check_articles.ArticleGroup):
        for number, sub in sorted(group.numbers, key=str):
            yield from missing(f"检查条文组 {group.key}", CRIMINAL_LAW, number, sub, (None,))
        for name in group.charges:
            if charges.match(name) is None:
                yield f"检查条文组 {group.key}：{name} 不是罪名。"
