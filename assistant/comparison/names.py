"""Names of victims and witnesses as the words around them show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.identity import like_name
from assistant.checks.place import is_masked

_TITLE = (
    "被害人|证人|被害单位负责人|负责人|同案人|同案犯|同伙|失主|受害人|店主|民警|经理|受害单位员工"
)
_AFTER = (
    r"(?=[、，。；（]|的|在|放|停|报|被|将|与|和|及|因|不|处|身|家|手|头|面|发生|陈述|证言|等|驾驶|打|经"
    r"|一|现金|损失|死亡|轻|重|左|右|随|以|对|向|人民币|受伤|当场|所有|共|交|转|微信|支付宝|通过|送|系|购买|名下)"
)
_ONE = re.compile(rf"(?:{_TITLE})((?:[\u4e00-\u9fff]{{2,4}}?、)*[\u4e00-\u9fff]{{2,4}}?){_AFTER}")


class Name(NamedTuple):
    """An unmasked name and where it stands."""

    text: str
    start: int
    end: int


def names(story: str) -> Iterator[Name]:
    """Names introduced by what the person is (被害人…、证人…), also in a list."""
    for found in _ONE.finditer(story):
        start = found.start(1)
        for word in found[1].split("、"):
            if like_name(word) and not is_masked(word):
                yield Name(word, start, start + len(word))
            start += len(word) + 1


def names_at(story: str, start: int, end: int) -> bool:
    """Whether the stretch lies in a name."""
    return any(n.start < max(end, start + 1) and start < n.end for n in names(story))


def slips(name: str, text: str) -> Iterator[Name]:
    """Places of `text` where the name stands with one character wrong."""
    if len(name) < 3:
        return
    for at in range(len(name)):
        pattern = re.escape(name[:at]) + r"([\u4e00-\u9fff])" + re.escape(name[at + 1 :])
        for found in re.finditer(pattern, text):
            if found[1] != name[at] and like_name(found[0]) and not is_masked(found[0]):
                yield Name(found[0], found.start(), found.end())
