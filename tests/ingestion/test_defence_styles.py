"""Parts of the defence as courts of many places write them, each read to its last point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.extract import parse
from ingestion.readers import source_from_text

_FIRST = (
    "江城市云溪区人民法院\n刑事判决书\n（2020）江0108刑初206号\n公诉机关江城市云溪区人民检察院。\n"
    "{parties}江城市云溪区人民检察院以江云检刑诉〔2020〕118号起诉书指控被告人{name}犯罪，向本院提起公诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
)
_ACCUSED = (
    "公诉机关指控，2020年1月5日，被告人{name}实施了犯罪，应当追究其刑事责任，提请依法判处。\n"
)
_SECOND = (
    "江城市中级人民法院\n刑事判决书\n（2020）江01刑终206号\n原公诉机关江城市云溪区人民检察院。\n"
    "{parties}江城市云溪区人民法院审理江城市云溪区人民检察院指控原审被告人{name}犯罪一案，"
    "于2020年3月6日作出（2020）江0108刑初206号刑事判决。宣判后，原审被告人{name}不服，提出上诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
)
_FOUND = "\n经审理查明，公诉机关指控的事实属实，有经庭审质证的证据证实，足以认定。"
_END = (
    "\n本院认为，{reasoning}依照《中华人民共和国刑法》第六十一条之规定，判决如下：\n"
    "被告人{name}犯盗窃罪，判处有期徒刑一年。\n审判长周立\n二〇二〇年八月三日\n书记员李清\n"
)
_PARTY = "{role}{name}，男，1990年5月12日出生，汉族，初中文化，农民。现羁押于江城市看守所。\n"


def _points(where: str, names: str, text: str) -> list[str]:
    """The points of a judgment with this part: d for the defendant's own, c for counsel's."""
    people = names.split()
    role = "上诉人（原审被告人）" if where == "second" else "被告人"
    parties = "".join(_PARTY.format(role=role, name=name) for name in people)
    before = (_SECOND if where == "second" else _FIRST).format(parties=parties, name=people[0])
    if where in ("defence", "reasoning", "middle"):
        before += _ACCUSED.format(name=people[0])
    own = text if where == "reasoning" else "被告人的行为已构成犯罪，应依法惩处。"
    told = "" if where == "reasoning" else text
    found = "" if where == "middle" else _FOUND
    document = before + told + found + _END.format(reasoning=own, name=people[0])
    return [
        argument.by[0] + argument.text for argument in parse(source_from_text(document)).arguments
    ]


_ROWS = yaml.safe_load((Path(__file__).parent / "defence_styles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["why"])
def test_points(row: dict[str, Any]) -> None:
    assert _points(row["where"], row["names"], row["text"]) == row["points"]
