"""NAME-008: which nicknames an indictment may do without."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, read

from assistant.casefile import CaseFile
from assistant.checks.nicknames import needless_nickname
from assistant.checks.registry import Hit

HEAD = "被告人林志远，男，1990年5月12日出生"
STORY = "被告人林志远在江城市云溪区望江路"


@pytest.mark.parametrize(
    ("nickname", "story", "expected", "why"),
    [
        ("", STORY, [], "none"),
        ("绰号“林疯子”，", STORY, ["林疯子"], "disparages, and nobody calls him so"),
        ("外号林瘸腿，", STORY, ["林瘸腿"], "a bodily defect, without quotation marks"),
        ("绰号“司令”，", STORY, ["司令"], "a public office"),
        ("绰号“阿远”，", STORY, [], "harmless"),
        ("曾用名林狗生，", STORY, [], "a former name is no nickname"),
        ("绰号“林疯子”，", f"被人称为林疯子的{STORY}", [], "the story knows him by it"),
    ],
)
def test_nicknames(nickname: str, story: str, expected: list[str], why: str) -> None:
    head, birth = HEAD.split("男，")
    text = INDICTMENT.replace(HEAD, f"{head}{nickname}男，{birth}").replace(STORY, story)
    case = CaseFile({"indictment": read("indictment", text)})
    hits = [h for h in needless_nickname(case) if isinstance(h, Hit)]
    assert [h.evidence[0].quote for h in hits] == expected, why
