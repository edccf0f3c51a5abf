"""Circumstances that the prosecution and the defence name in their own parts."""

from __future__ import annotations

import pytest
from case_texts import judgment


@pytest.mark.parametrize(
    ("accusation", "defence", "expected"),
    [
        # a role told in the accusation's plain words
        (
            "被告人卢承安在共同犯罪中起次要作用，是从犯。",
            "",
            {("accessory", "affirmed", "prosecution")},
        ),
        # 身上缴获 is no 上缴, a letter among the exhibits no forgiveness
        (
            "从被告人卢承安身上缴获人民币三百元。公诉机关移送了谅解书、收条等材料。",
            "",
            set(),
        ),
        # he tried to kill himself
        ("被告人卢承安作案后服药自杀未遂。", "", set()),
        # willing to pay is not paid; the victim's words are nobody's
        (
            "被告人卢承安打伤韩某。",
            "辩护人提出被告人卢承安愿意赔偿损失，没有任何前科。附带民事诉讼原告人韩某诉称，被告人没有赔偿。",
            {("prior", "denied", "defence")},
        ),
        # loot given back with forgiveness is compensation too
        (
            "被告人卢承安窃得现金。",
            "辩护人提出被告人卢承安已退赃并取得谅解，双方均有一定过错。",
            {
                ("restitution", "affirmed", "defence"),
                ("comp_forgive", "affirmed", "defence"),
                ("victim_fault", "affirmed", "defence"),
            },
        ),
        # a plea declared at the trial, and one that shows remorse only
        (
            "被告人卢承安窃得现金。",
            "被告人卢承安认罪，对事实无异议。",
            {("court_plea", "affirmed", "defence")},
        ),
        ("被告人卢承安窃得现金。", "辩护人提出被告人卢承安认罪悔罪，认罪态度好。", set()),
        # a list of the accuser's, and a paper among his exhibits
        (
            "公诉机关提供了无犯罪记录证明等材料，认为被告人卢承安具有如实供述；退赔；获得谅解的情节。",
            "",
            {
                ("confession", "affirmed", "prosecution"),
                ("restitution", "affirmed", "prosecution"),
                ("comp_forgive", "affirmed", "prosecution"),
            },
        ),
        # whose fault it was, told after a comma
        (
            "被告人卢承安窃得现金。",
            "辩护人提出被害人自行放任门户大开，对案件的发生具有一定过错。",
            {("victim_fault", "affirmed", "defence")},
        ),
        # what is denied ends where something is affirmed
        (
            "被告人卢承安窃得现金。",
            "辩护人提出被告人卢承安不构成自首和具有坦白情节。",
            {("surrender", "denied", "defence"), ("confession", "affirmed", "defence")},
        ),
    ],
)
def test_what_the_parties_say(
    accusation: str, defence: str, expected: set[tuple[str, str, str]]
) -> None:
    doc = judgment(accusation=accusation, defence=defence, found="上述事实属实。")
    assert {(c.key, c.polarity, c.speaker) for c in doc.circumstances} == expected
