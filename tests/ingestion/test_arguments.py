"""The defence's points, one question each."""

from __future__ import annotations

import pytest
from case_texts import judgment


@pytest.mark.parametrize(
    ("defence", "points"),
    [
        # agreement is no point
        ("被告人卢承安对指控的事实和罪名均无异议。", []),
        ("被告人卢承安对指控事实、罪名及量刑建议没有异议且签字具结。", []),
        ("被告人卢承安对指控的犯罪事实供认不讳，请求从轻处罚。", []),  # nor a mere plea
        # a dispute is
        (
            "被告人卢承安辩称手机是捡来的，并非盗窃所得。",
            [("defendant", "手机是捡来的，并非盗窃所得")],
        ),
        # numbered
        (
            "辩护人提出如下辩护意见：1、被告人卢承安系从犯；2、被盗手机的鉴定价格过高，不应作为定案依据。",
            [
                ("counsel", "被告人卢承安系从犯"),
                ("counsel", "被盗手机的鉴定价格过高，不应作为定案依据"),
            ],
        ),
        # circumstances in a row, the request dropped
        (
            "辩护人提出被告人卢承安系初犯，有坦白情节，已赔偿被害人损失并取得谅解，请求对其从轻处罚。",
            [
                ("counsel", "被告人卢承安系初犯"),
                ("counsel", "有坦白情节"),
                ("counsel", "已赔偿被害人损失并取得谅解"),
            ],
        ),
        # a ground and its conclusion are one question
        (
            "辩护人提出被告人卢承安经电话通知到案，如实供述罪行，是自首。",
            [("counsel", "被告人卢承安经电话通知到案，如实供述罪行，是自首")],
        ),
        # a request for probation must be answered
        (
            "辩护人提出被告人卢承安系初犯，建议适用缓刑。",
            [("counsel", "被告人卢承安系初犯"), ("counsel", "建议适用缓刑")],
        ),
        # the agreement before a 但 is left out
        (
            "被告人卢承安对指控的事实没有异议，但认为其行为不构成盗窃罪。",
            [("defendant", "其行为不构成盗窃罪")],
        ),
        # enumerated within one clause
        (
            "辩护人提出被告人卢承安有立功表现、系初犯。",
            [("counsel", "被告人卢承安有立功表现"), ("counsel", "系初犯")],
        ),
        # speakers change in the middle of a sentence
        (
            "被告人卢承安对指控的事实无异议，其辩护人辩称被告人卢承安系从犯。",
            [("counsel", "被告人卢承安系从犯")],
        ),
    ],
)
def test_points_of_the_defence_section(defence: str, points: list[tuple[str, str]]) -> None:
    assert [(a.by, a.text) for a in judgment(defence=defence).arguments] == points


def test_without_a_defence_section_the_reasoning_tells_them() -> None:
    doc = judgment(
        reasoning="被告人卢承安的行为已构成盗窃罪。辩护人关于被告人卢承安系从犯的辩护意见，与事实不符，不予采纳。"
    )
    assert [(a.by, a.text) for a in doc.arguments] == [("counsel", "被告人卢承安系从犯")]
