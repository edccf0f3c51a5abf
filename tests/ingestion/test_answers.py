"""Which of the court's sentences answer a point of the defence."""

from __future__ import annotations

import pytest
from case_texts import judgment

from ingestion.model import CaseDocument


def _answers(doc: CaseDocument) -> dict[str, list[str]]:
    """The court's sentences by point, each cut to its first clause."""
    return {
        point.text: [a.span.quote.split("，")[0] for a in doc.answers if a.argument == index]
        for index, point in enumerate(doc.arguments)
    }


@pytest.mark.parametrize(
    ("defence", "reasoning", "answers"),
    [
        # taken up and refused with reasons, over several sentences
        (
            "辩护人提出被告人卢承安系从犯。",
            "被告人卢承安的行为已构成盗窃罪。关于辩护人提出被告人卢承安系从犯的意见，经查，其提议并实施撬锁。"
            "卢承安与同案人作用相当。故该意见不予采纳。",
            {
                "被告人卢承安系从犯": [
                    "关于辩护人提出被告人卢承安系从犯的意见",
                    "卢承安与同案人作用相当。",
                    "故该意见不予采纳。",
                ]
            },
        ),
        # found by the court itself, and followed with all the rest
        (
            "辩护人提出被告人卢承安有坦白情节，平时表现良好。",
            "被告人卢承安的行为已构成盗窃罪。被告人卢承安归案后如实供述，可以从轻处罚。辩护人的辩护意见，予以采纳。",
            {
                "被告人卢承安有坦白情节": ["被告人卢承安归案后如实供述"],
                "平时表现良好": ["辩护人的辩护意见"],
            },
        ),
        # answered by number, the others together
        (
            "辩护人提出：1、被告人卢承安系自首；2、手机的鉴定价格过高；3、卢承安家庭困难，需要其照顾。",
            "被告人卢承安的行为已构成盗窃罪。经查，鉴定机构具有资质，程序合法，辩护人的第2点辩护意见不予采纳，其他辩护意见予以采纳。",
            {
                "被告人卢承安系自首": ["其他辩护意见予以采纳。"],
                "手机的鉴定价格过高": ["经查"],
                "卢承安家庭困难，需要其照顾": ["其他辩护意见予以采纳。"],
            },
        ),
        # each charge denied has its own answer
        (
            "被告人卢承安辩称其不构成盗窃罪、诈骗罪。",
            "被告人卢承安的行为已构成盗窃罪。关于被告人卢承安提出其不构成盗窃罪的意见，经查，其秘密窃取现金，不予采纳。"
            "关于被告人卢承安提出其不构成诈骗罪的意见，经查，其未虚构事实，予以采纳。",
            {
                "其不构成盗窃罪": ["关于被告人卢承安提出其不构成盗窃罪的意见"],
                "诈骗罪": ["关于被告人卢承安提出其不构成诈骗罪的意见"],
            },
        ),
        # passed over
        (
            "被告人卢承安辩称其没有撬锁。",
            "被告人卢承安的行为已构成盗窃罪。被告人卢承安认罪态度较好，酌情从轻处罚。",
            {"其没有撬锁": []},
        ),
        # what is said of a plea for leniency does not answer a dispute of fact
        (
            "辩护人提出被告人卢承安没有撬锁，请求从轻处罚。",
            "被告人卢承安的行为已构成盗窃罪。辩护人请求从轻处罚的意见，予以采纳。",
            {"被告人卢承安没有撬锁": []},
        ),
        # the prosecution's request is followed, not the defence's
        (
            "辩护人提出被告人卢承安系初犯。",
            "被告人卢承安的行为已构成盗窃罪。公诉机关的量刑建议适当，予以采纳。",
            {"被告人卢承安系初犯": []},
        ),
        # that a sentence was too heavy is answered by what is said of it
        (
            "被告人卢承安辩称原判量刑过重。",
            "被告人卢承安的行为已构成盗窃罪。原判定罪准确，量刑适当。",
            {"原判量刑过重": ["原判定罪准确"]},
        ),
    ],
)
def test_sentences_that_answer(defence: str, reasoning: str, answers: dict[str, list[str]]) -> None:
    assert _answers(judgment(defence=defence, reasoning=reasoning)) == answers


def test_every_answer_is_a_sentence_of_the_text() -> None:
    doc = judgment(
        defence="辩护人提出被告人卢承安系初犯，已赔偿被害人损失。",
        reasoning="被告人卢承安的行为已构成盗窃罪。被告人卢承安系初犯，已赔偿损失，可以从轻处罚。",
    )
    assert doc.answers
    for answer in doc.answers:
        span = answer.span
        assert doc.text[span.start : span.end] == span.quote
        assert 0 <= answer.argument < len(doc.arguments)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("words", ["认罪、", "且", "被告人", "系初犯。", "1、认罪；", "从轻、减轻"])
def test_no_repetition_takes_forever(words: str) -> None:
    doc = judgment(defence=f"辩护人提出{words * 150}。", reasoning=f"{words * 150}，不予采纳。")
    answered = [a.argument for a in doc.answers]
    assert all(answered.count(index) <= 12 for index in set(answered))
