"""Stretches that no proposal may touch: names, numbers, masks, other people's words."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from knowledge_base import wording

_HAN = r"[\u4e00-\u9fff]"
_NUMERAL = r"[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟\d０-９]"
_MASKED = re.compile(rf"{_HAN}?[某×＊*]+(?:{_HAN}?[某×＊*]+)?|{_HAN}\d(?=[、，。；])")
_NUMBER = re.compile(rf"第?{_NUMERAL}{{2,}}|第{_NUMERAL}|{_NUMERAL}+(?=[年月日时分条款项元])")
_CASE_NUMBER = re.compile(
    rf"{_HAN}{{0,8}}[（(〔［\[【]\s*\d{{4}}\s*[）)〕］\]】][^，。；\n]{{0,24}}?号"
)
_PLACE = re.compile(rf"{_HAN}{{1,3}}(?=[省市县区镇乡村旗盟州])")
_PEOPLE = re.compile(rf"{_HAN}{{1,3}}(?=族)")
_QUOTED = re.compile(r"“[^”\n]*”|「[^」\n]*」")
_TITLED = re.compile(
    r"(?:审判长|审判员|陪审员|书记员|检察员|检察长|辩护人|公诉人|助理|被告人|被害人|证人|律师)"
    rf"[\s　]*({_HAN}[\s　]{{0,4}}{_HAN}(?:[\s　]{{0,4}}{_HAN})?)"
)


@cache
def _family_names() -> frozenset[str]:
    return frozenset(name[0] for name in wording.surnames())


def untouched(text: str, names: Collection[str] = ()) -> list[tuple[int, int]]:
    """(start, end) of every stretch that is left as it is; `names` are known to be names."""
    found = [
        match.span()
        for pattern in (_MASKED, _NUMBER, _CASE_NUMBER, _PLACE, _PEOPLE, _QUOTED)
        for match in pattern.finditer(text)
    ]
    found += [match.span(1) for match in _TITLED.finditer(text) if match[1][0] in _family_names()]
    for name in names:
        found += [match.span() for match in re.finditer(re.escape(name), text)]
    return found
