"""Every tier's main and accessory penalties stand in the article, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.sentencing.steps import tier_text
from knowledge_base import crimes, laws
from knowledge_base.crimes import CrimeRule, FineMode, Tier

# What follows the main penalty in the law's text, by mode.
_FOLLOWS: dict[FineMode, str] = {
    "none": "",
    "must": "，并处",
    "or_alone": "，并处或者单处",
    "may": "，可以并处",
    "must_or_confiscation": "，并处",
    "may_or_confiscation": "，可以并处罚金或者没收财产",
    "confiscation": "，并处没收财产",
    "may_confiscation": "，可以并处没收财产",
}
_ELSEWHERE = {
    ("职务侵占罪", 1): "wording before Amendment XI not held",
    ("职务侵占罪", 2): "wording before Amendment XI not held",
    ("挪用资金罪", 2): "wording before Amendment XI not held",
    ("受贿罪", None): "punished by the article on embezzlement",
    ("贪污罪", 3): "death penalty in a clause of its own",
    ("故意杀人罪", 2): "listed from death downward",
    ("生产、销售有毒、有害食品罪", 3): "punished by the article on fake medicines",
    ("放火罪", 2): "the graver tier stands in the next article",
    ("爆炸罪", 2): "the graver tier stands in the next article",
    ("投放危险物质罪", 2): "the graver tier stands in the next article",
    ("以危险方法危害公共安全罪", 2): "the graver tier stands in the next article",
}
_OLD_WORDING_NOT_HELD = ("单位受贿罪", "集资诈骗罪")

_IN_FORCE = {
    "贪污罪",
    "故意杀人罪",
    "生产、销售有毒、有害食品罪",
    "放火罪",
    "爆炸罪",
    "投放危险物质罪",
    "以危险方法危害公共安全罪",
}


def _rows() -> list[tuple[CrimeRule, int, Tier]]:
    return [
        (crime, number, tier)
        for crime in crimes.all()
        for number, tier in enumerate(crime.tiers, 1)
        if (crime.charge, None) not in _ELSEWHERE
        and not (
            (crime.charge, number) in _ELSEWHERE
            and (crime.effective_to is not None or crime.charge in _IN_FORCE)
        )
        and not (crime.charge in _OLD_WORDING_NOT_HELD and crime.effective_to is not None)
    ]


@pytest.mark.parametrize(
    ("crime", "number", "tier"),
    _rows(),
    ids=[f"{c.charge}-{n}-{c.effective_to or ''}" for c, n, _ in _rows()],
)
def test_tier_stands_in_the_law(crime: CrimeRule, number: int, tier: Tier) -> None:
    ref = crime.article
    on = crime.effective_to or date(2026, 1, 1)
    article = laws.article(ref.law, ref.article, ref.sub, on)
    assert article is not None
    words = tier_text(tier).replace("单独剥夺政治权利", "剥夺政治权利")
    if tier.fine == "alone":
        # 单处: the fine is the last of the alternatives
        assert words.replace("或者", "、") + "或者罚金" in article.text
        return
    places = [i for i in range(len(article.text)) if article.text.startswith(words, i)]
    tails = [article.text[i + len(words) :][:40] for i in places]
    assert tails, f"{words} 不在条文中"
    assert any(t.startswith(_FOLLOWS[tier.fine]) for t in tails)
    if tier.fine == "must":
        assert any("单处" not in t.split("；")[0] for t in tails)
    if tier.fine == "none":
        assert any(not t.startswith(("，并处", "，可以并处")) for t in tails)
    if tier.fine == "must_or_confiscation":
        assert any("没收财产" in t for t in tails)
