"""Whether a sentence says only what its sources say: numbers, names, charges, articles, quotes.

Applied to every word the model writes. What fails is not shown; the reason is counted. Known
kinds of tokens are compared one by one, so that the reason can be named; what is left must be
words of the sources or words that carry no fact (drafting_words.yaml), so that a name in no
known place, a foreign word or a claim of its own does not get through either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.casefile import ROLE_NAMES
from knowledge_base import charges, laws
from knowledge_base.drafting import free_words, grammar
from knowledge_base.numerals import article_number

_NUMERAL = "零〇一二三四五六七八九十百千万亿两"
_HARD = re.compile(
    rf"《[^》]+》|〔[^〕]*〕[^，。；]{{0,4}}号|第[{_NUMERAL}\d]+条(?:之[{_NUMERAL}]+)?(?:第[{_NUMERAL}\d]+[款项])*"
    rf"|\d[\d,.]*(?:年|个月|月|日|元|万元|%|毫克|克|次|起|人)?"
    rf"|[{_NUMERAL}]+(?:年|个月|月|日|天|元|万元|次|起|人|名|份|项)"
)
_ARTICLE = re.compile(rf"(?:《([^》]+)》)?第[{_NUMERAL}\d]+条(?:之[{_NUMERAL}]+)?")
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_PERSON = re.compile(
    r"(?:被告人|犯罪嫌疑人|被害人|上诉人|辩护人|证人|检察官|审判员)([\u4e00-\u9fff]{2,3}?)(?=的|在|与|和|因|系|被|于|犯|有|未|应|为|[，。、；：]|$)"
)
_NEGATION = re.compile(r"[不未无非没]")
_MODAL = re.compile(r"应|须|必|可")
_ROLES = sorted(ROLE_NAMES.values(), key=len, reverse=True)
_ROLE_OR_HARD = re.compile("|".join(_ROLES) + "|" + _HARD.pattern)
_LEAST_KEPT = 0.5  # of a message's own words; a wording with fewer tells another thing
_PUNCTUATION = re.compile(r"[，。；：、！？,.;:!?“”‘’\"'（）()《》〈〉\[\]【】〔〕—…·\s]+")


def hard_tokens(text: str) -> list[str]:
    """Numbers with their units, document numbers, law titles and articles, in order."""
    return [match[0].rstrip(".,") for match in _HARD.finditer(text)]


def unsupported(sentence: str, sources: Sequence[str]) -> str | None:
    """Why the sentence is not grounded in the sources (Chinese), None where it is."""
    source = "\n".join(sources)
    for reason, found in (
        ("数字、日期或条文不在来源中", set(hard_tokens(sentence)) - set(hard_tokens(source))),
        ("引文不在来源中", {q for q in _QUOTED.findall(sentence) if q not in source}),
        ("姓名不在来源中", {n for n in _PERSON.findall(sentence) if n not in source}),
        ("罪名不在来源中", set(_charges(sentence)) - set(_charges(source))),
    ):
        if found:
            return f"{reason}：{'、'.join(sorted(found))}"
    missing = [a for a in _ARTICLE.finditer(sentence) if not _exists(a, source)]
    if missing:
        return f"条文不存在：{missing[0][0]}"
    strange = _strange(sentence, source)
    if strange:
        return f"内容超出来源：{'、'.join(strange)}"
    return None


def _strange(sentence: str, source: str) -> list[str]:
    """Pieces of the sentence that are no words of the source and carry more than grammar.

    A word of the source is two characters that stand together there; a number, a date or an
    article that the source has is known as a whole.
    """
    known = _PUNCTUATION.sub("", source)
    tokens = set(hard_tokens(source))
    found: list[str] = []
    for clause in _PUNCTUATION.split(sentence):
        free = [False] * len(clause)
        for match in _HARD.finditer(clause):
            if match[0].rstrip(".,") in tokens:
                free[match.start() : match.end()] = [True] * len(match[0])
        for at in range(len(clause) - 1):
            if clause[at : at + 2] in known:
                free[at] = free[at + 1] = True
        for match in free_words().finditer(clause):
            end = match.start() + len(match[1])
            free[match.start() : end] = [True] * len(match[1])
        pieces = "".join(" " if ok else c for c, ok in zip(clause, free, strict=True)).split()
        found += [p for p in pieces if not grammar().fullmatch(p)]
    return found


def changed(title: str, message: str, sentence: str) -> str | None:
    """Why the sentence does not say what the message says, though its words are the same."""
    lost = set(hard_tokens(message)) - set(hard_tokens(sentence))
    if lost:
        return f"遗漏：{'、'.join(sorted(lost))}"
    dropped = [quote for quote in _QUOTED.findall(message) if quote not in sentence]
    if dropped:
        return f"遗漏：{'、'.join(dropped)}"
    if _kept(message, sentence) < _LEAST_KEPT:
        return "遗漏要点"
    denies = bool(_NEGATION.search(sentence))
    if denies != bool(_NEGATION.search(message)) and not (denies and _NEGATION.search(title)):
        return "否定词有增减"
    if len(_MODAL.findall(sentence)) > len(_MODAL.findall(message)):
        return "增加了应当、可以之类的词"
    before, after = _owners(message), _owners(sentence)
    swapped = [token for token, role in before.items() if after.get(token, role) != role]
    if swapped:
        return f"所属文书有变：{swapped[0]}"
    return None


def _kept(message: str, sentence: str) -> float:
    """The share of the message's pairs of neighbouring characters that the sentence has too."""
    before, after = _PUNCTUATION.sub("", message), _PUNCTUATION.sub("", sentence)
    pairs = [before[at : at + 2] for at in range(len(before) - 1)]
    return sum(pair in after for pair in pairs) / len(pairs) if pairs else 1.0


def _owners(text: str) -> dict[str, str]:
    """Each number or date with the document named last before it."""
    owners: dict[str, str] = {}
    role = ""
    for match in _ROLE_OR_HARD.finditer(text):
        if match[0] in _ROLES:
            role = match[0]
        else:
            owners.setdefault(match[0].rstrip(".,"), role)
    return owners


@cache
def _charge_names() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, charges.names()), key=len, reverse=True)))


def _charges(text: str) -> list[str]:
    """Charges named in full; the longest name counts (合同诈骗罪 is not 诈骗罪)."""
    return _charge_names().findall(text)


def _exists(mention: re.Match[str], source: str) -> bool:
    """An article of a law we hold must exist; any other must stand in the source."""
    law = mention[1]
    number = article_number(mention[0].rsplit("》", 1)[-1])
    if law is None or number is None or laws.title(law) is None:
        return mention[0] in source
    return laws.status(law, number[0], number[1]) != "no_such_article"
