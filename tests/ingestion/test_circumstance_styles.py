"""Circumstances with their speakers in whole judgments, as courts of many places write them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from case_texts import judgment

_ONE = "被告人卢承安，男，1990年3月5日出生，汉族，务工，住临江市青岩区。"
_OTHER = " 被告人卢承平，男，1991年3月5日出生，汉族，务工，住临江市青岩区。"
_SIGNS = {"affirmed": "+", "denied": "-"}
_ROWS = yaml.safe_load((Path(__file__).parent / "circumstance_styles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["why"])
def test_circumstances(row: dict[str, str]) -> None:
    told = {part: row[part] for part in ("accusation", "defence", "reasoning")}
    parties = _ONE + (_OTHER if any("卢承平" in text for text in told.values()) else "")
    doc = judgment(parties=parties, found="上述指控属实。", **told)
    found = {c.key + _SIGNS[c.polarity] + c.speaker[0] for c in doc.circumstances}
    assert found == set(row["spoken"].split())
