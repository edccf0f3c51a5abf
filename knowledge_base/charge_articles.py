"""The articles of the Special Part that a judgment cites for a charge on given facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from knowledge_base import charges
from knowledge_base.law_versions import CRIMINAL_LAW
from knowledge_base.loader import Row, rows


class CitedArticle(Row):
    """When `article` is cited for `charge`: expressions on the facts, none means always."""

    charge: str
    article: int
    only_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@cache
def _rules() -> dict[str, tuple[CitedArticle, ...]]:
    found: dict[str, list[CitedArticle]] = {}
    for row in rows("charge_cited_articles", CitedArticle):
        found.setdefault(row.charge, []).append(row)
    return {charge: tuple(group) for charge, group in found.items()}


def _holds(rule: CitedArticle, facts: str) -> bool:
    if any(re.search(p, facts) for p in rule.unless):
        return False
    return not rule.only_if or any(re.search(p, facts) for p in rule.only_if)


def cited(names: Iterable[str], facts: str) -> tuple[int, ...]:
    """Article numbers of the Criminal Law for these charges, ascending; unknown ones give none.

    >>> cited(["放火罪"], "点燃柴垛，未造成人员伤亡")
    (114,)
    """
    found: set[int] = set()
    for name in names:
        known = charges.match(name)
        if known is None:
            continue
        rules = _rules().get(known.name, ())
        own = {a.article for a in charges.articles(name) if a.law == CRIMINAL_LAW}
        found |= own - {r.article for r in rules}
        found |= {r.article for r in rules if _holds(r, facts)}
    return tuple(sorted(found))
