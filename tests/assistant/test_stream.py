"""What rules found is shown before the model answers; what the model adds comes one by one."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from answering import answering
from case_texts import judgment
from rich.console import Console

from assistant.analysis import analyse, analyse_file
from assistant.console import Stream, progress_bar
from assistant.demo import FILES
from assistant.model import WeightsMissing
from assistant.settings import Settings

# Two points that rules leave open: the court may mean them, in other words.
DEFENCE = "辩护人提出如下辩护意见：1、被告人卢承安参加工作不久、工资微薄；2、被告人卢承安上有老人需要照料。"
REASONING = "被告人卢承安的行为已构成盗窃罪。考虑其刚入社会、收入不多，又是独子，对母亲负有扶养之责，酌情从轻处罚。"


def test_rule_findings_are_shown_before_the_model_is_started(tmp_path: Path) -> None:
    shown: list[dict[str, Any]] = []
    settings = Settings(home=tmp_path, cache=tmp_path)
    with pytest.raises(WeightsMissing):  # nothing is installed there
        analyse(FILES, settings=settings, show=shown.append)
    alone = analyse(FILES, model=False, settings=settings)
    (first,) = shown
    assert {**first, "timing": {}} == {**alone, "timing": {}}
    assert first["findings"]


@pytest.mark.timeout(60)
def test_findings_of_the_model_are_added_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "判决书.txt"
    file.write_text(judgment(defence=DEFENCE, reasoning=REASONING).text, encoding="utf-8")
    leave, shown, printed = threading.Event(), [], io.StringIO()
    with answering(leave) as url, progress_bar(at_once=False) as bar:
        stream = Stream(bar, Console(file=printed, width=200))

        def show(result: dict[str, Any]) -> None:
            shown.append(result)
            stream(result)
            leave.set()  # not before the first call: the model had said nothing till then

        settings = Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="m")
        result = analyse_file(file, settings=settings, show=show)
        stream.end(result)
    by_model = [[f for f in r["findings"] if f["source"] == "model"] for r in shown]
    assert by_model[0] == []
    assert [len(found) for found in by_model] == list(range(len(by_model)))
    assert len(by_model) > 1
    assert [f["code"] for f in by_model[-1]] == [
        f["code"] for f in result["findings"] if f["source"] == "model"
    ]
    told = printed.getvalue()
    assert told.count("· 模型 ·") == len(by_model) - 1, "each is printed once"
    assert told.count("未查清单") + told.count("参考等次") >= 1
