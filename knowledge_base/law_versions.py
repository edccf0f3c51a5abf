"""When which wording of an article was in force: the tables behind `laws`."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge_base.loader import Row, rows
from knowledge_base.statute_db import Key

CRIMINAL_LAW = "中华人民共和国刑法"
CRIMINAL_PROCEDURE_LAW = "中华人民共和国刑事诉讼法"


class ArticleVersion(Row):
    """One wording of an article of the Criminal Law between two days.

    `by` and `entry` name the amendment that made it; `paragraph` the only 款 it replaced;
    `shape` how many 项 each 款 has.
    """

    article: int
    sub: int | None = None
    change: Literal["original", "inserted", "replaced", "part", "deleted"]
    by: str | None = None
    entry: int | None = None
    paragraph: int | None = None
    shape: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the amendment gives the article's full wording."""
        return self.change in ("inserted", "replaced")


class OldProcedureArticle(Row):
    """An article of the 2012 Criminal Procedure Law and its number in the 2018 text."""

    article: int
    successor: int
    shape: tuple[int, ...]


class Wording(Row):
    """The full text of an article in that time, one line a 款 or 项."""

    article: int
    sub: int | None = None
    text: str


class EarlierText(BaseModel):
    """A wording that is not held: only how far its article numbers went."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    effective_from: date
    effective_to: date
    last_article: int


class LawDates(Row):
    """Dates of a law where the database's are wrong or mean something else."""

    title: str
    in_force_from: date
    held_from: date
    earlier: tuple[EarlierText, ...] = ()


class LawName(Row):
    alias: str
    title: str


@cache
def criminal_law() -> dict[Key, tuple[ArticleVersion, ...]]:
    """Versions of the changed articles, oldest first; articles never changed are absent."""
    grouped: dict[Key, list[ArticleVersion]] = {}
    for row in rows("criminal_law_versions", ArticleVersion):
        grouped.setdefault((row.article, row.sub), []).append(row)
    return {key: tuple(versions) for key, versions in grouped.items()}


@cache
def old_procedure() -> dict[int, OldProcedureArticle]:
    return {r.article: r for r in rows("criminal_procedure_2012", OldProcedureArticle)}


@cache
def _wordings() -> dict[Key, tuple[Wording, ...]]:
    grouped: dict[Key, list[Wording]] = {}
    for row in rows("criminal_law_texts", Wording):
        grouped.setdefault((row.article, row.sub), []).append(row)
    return {key: tuple(found) for key, found in grouped.items()}


def wording(key: Key, on: date | None) -> Wording | None:
    """An earlier text of an article of the Criminal Law that no amendment gives in full."""
    return next((row for row in _wordings().get(key, ()) if row.in_force(on)), None)


@cache
def old_procedure_texts() -> dict[int, Wording]:
    """Articles of the 2012 Criminal Procedure Law whose words the 2018 text changed."""
    return {row.article: row for row in rows("criminal_procedure_2012_texts", Wording)}


@cache
def law_dates() -> dict[str, LawDates]:
    return {r.title: r for r in rows("law_versions", LawDates)}


@cache
def aliases() -> dict[str, str]:
    return {r.alias: r.title for r in rows("law_names", LawName)}
