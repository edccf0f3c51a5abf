"""A second planter, written without the first: one defect of one kind in a pair at a time.

A pair is enriched first (number of identity, schooling, a recommendation, real names for masked
victims) so that every kind has something to spoil; both documents say the same. Each mutator
takes the two texts and gives the changed text, the words to point at and what they were.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

Document = Literal["indictment", "judgment"]
GIVEN = ("建平", "秀兰", "文涛", "晓燕", "国强", "丽华", "志刚", "月华", "海波", "春梅")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BIRTH = re.compile(r"(男|女)，(\d{4})年(\d{1,2})月(\d{1,2})日(?:出)?生，")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Texts:
    """The two documents of one case."""

    id: str
    indictment: str
    judgment: str

    def put(self, document: Document, text: str) -> Texts:
        return (
            replace(self, indictment=text)
            if document == "indictment"
            else replace(self, judgment=text)
        )


@dataclass(frozen=True)
class Spoiled:
    """A pair with one defect; `quote` stands in `document`."""

    texts: Texts
    kind: str
    category: str
    document: Document
    quote: str
    was: str

    def row(self) -> dict[str, object]:
        """The pair in the JSON form of the suite `planted`."""
        planted = {
            "category": self.category,
            "document": self.document,
            "quote": self.quote,
            "was": self.was,
            "kind": self.kind,
        }
        return {
            "id": self.texts.id,
            "indictment": self.texts.indictment,
            "judgment": self.texts.judgment,
            "planted": [planted],
        }


Edit = tuple[str, str, str]
"""The changed text, the words to point at, what they were."""
Mutator = Callable[[str, Texts, random.Random], Edit | None]
Kinds = dict[str, tuple[str, Document, Mutator]]
"""Category, document and mutator of each kind."""
KINDS: Kinds = {}


def kind(
    name: str, category: str, document: Document, kinds: Kinds = KINDS
) -> Callable[[Mutator], Mutator]:
    def register(function: Mutator) -> Mutator:
        kinds[name] = (category, document, function)
        return function

    return register


def sub(
    text: str, pattern: str, now: Callable[[re.Match[str]], str], start: int = 0, group: int = 0
) -> Edit | None:
    """Replaces a group of the first match from `start` on; quotes the whole match."""
    found = re.compile(pattern).search(text, start)
    if found is None:
        return None
    put = now(found)
    if put == found[group]:
        return None
    quote = found[0][: found.start(group) - found.start()] + put
    quote += found[0][found.end(group) - found.start() :]
    return text[: found.start(group)] + put + text[found.end(group) :], quote, found[0]


def reasoning(text: str) -> int:
    return max(text.rfind("本院认为，被告"), text.rfind("本院认为"), 0)


def facts(text: str) -> int:
    return max(text.find("经依法审查查明"), text.find("经审查查明"), text.find("查明"), 0)


def _id_number(year: str, month: str, day: str, sex: str, seed: int) -> str:
    body = f"310115{year}{int(month):02}{int(day):02}{seed % 90 + 10}{1 if sex == '男' else 2}"
    total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _term(text: str) -> str:
    """The first imprisonment of the operative part, as written."""
    found = re.search(
        r"犯[^。；]{2,30}罪，判处(有期徒刑|拘役)([一二三四五六七八九十年零个月]+)", text
    )
    return found[1] + found[2] if found else ""


def enriched(texts: Texts, chance: random.Random) -> Texts:
    """The pair with all that the kinds need, told alike in both documents."""
    one, other = texts.indictment, texts.judgment
    for mask in sorted(set(re.findall(r"被害人([\u4e00-\u9fff]某{1,2})", one)), key=len)[::-1]:
        name = mask[0] + chance.choice(GIVEN)
        one = re.sub(mask + "(?!某)", name, one)
        other = re.sub(mask + "(?!某)", name, other)
    birth = _BIRTH.search(one)
    if birth and birth[0] in other and "公民身份号码" not in one + other:
        number = _id_number(birth[2], birth[3], birth[4], birth[1], chance.randint(0, 89))
        told = f"{birth[0]}公民身份号码{number}，"
        if not re.search("文化", one[birth.end() : birth.end() + 30]):
            told += "初中文化，"
        one, other = one.replace(birth[0], told, 1), other.replace(birth[0], told, 1)
    single = len(re.findall(r"\n被告人[\u4e00-\u9fff\d]{2,5}(?:（[^）]*）)?，(?:男|女)", one)) == 1
    term = _term(other)
    charges = set(re.findall(r"犯([\u4e00-\u9fff、]{2,12}罪)，判处", other))
    request = re.search(r"根据《中华人民共和国刑事诉讼法》第[^条]+条[^，]{0,6}规定，提起公诉", one)
    if single and term and len(charges) == 1 and request and "建议判处" not in one:
        fine = re.search(
            r"处?罚金(?:人民币)?([一二三四五六七八九十千万百\d]+元)", other[operative(other) :]
        )
        words = f"建议判处{term}" + (f"，并处罚金人民币{fine[1]}" if fine else "") + "。"
        probation = re.search(term + r"，(?:宣告)?缓刑[一二三四五六七八九十年零个月]+", other)
        if probation:
            words = words.replace(term, probation[0], 1)
        one = one[: request.start()] + words + one[request.start() :]
    return Texts(texts.id, one, other)


def operative(text: str) -> int:
    return max(text.find("判决如下"), 0)
