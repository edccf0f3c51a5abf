"""What a stretch of an operative part imposes: main penalty, probation, money, rights.

Works on text whose bracketed remarks were blanked out (`without_remarks`), so that what is
said there (已缴纳, 折抵, 考验期限 …) is not taken for a penalty. Offsets stay the same.
"""

from __future__ import annotations

import re

from ingestion.model import CaseDocument, MainPenalty, Sentence, Term
from ingestion.numerals import CN, D, find_money, read_term

# 六个 for 六个月 and 六个月月 occur in real judgments.
_LENGTH = rf"(?:[零又]?\s*[{D}{CN}]{{1,4}}\s*(?:年|个月|月|个|日|天)半?){{1,3}}"
_MAIN = re.compile(
    rf"有期徒刑\s*[：:]?\s*(?:为|各)?(?P<term>{_LENGTH})|(?:判处|处以?|执行)刑罚(?P<bare>{_LENGTH})"
    rf"|拘役\s*(?:为|各)?(?P<detention>{_LENGTH})|管制\s*(?:为|各)?(?P<control>{_LENGTH})"
    r"|(?P<life>无期徒刑)|(?P<death>死刑)"
)
_REPRIEVE = re.compile(r"死刑\s*[，,]?\s*(?:宣告)?缓期(?:[二两2]年)?执行")
_PROBATION = re.compile(rf"(?<!撤销)缓\s*[刑期]\s*(?:考验期限?)?\s*[：:为]?\s*(?P<term>{_LENGTH})")
_MONEY = rf"(?:各|分别)?(?:人民币|￥|¥)?\s*(?P<sum>[{D}{CN}.．，,]+(?:万|千|百)?\s*元?)"
_FINE = re.compile(rf"罚金\s*(?:为|共计|合计)?{_MONEY}")
_CONFISCATION = re.compile(rf"没收\s*(?:其)?(?:个人)?(?:部分)?(?:个人)?财产\s*(?:计|中的)?{_MONEY}")
_CONFISCATE_ALL = re.compile(r"没收\s*(?:其)?(?:个人)?(?:的)?(?:全部|所有)(?:个人)?财产")
_DEPRIVATION = re.compile(rf"剥夺政治权利\s*(?:(?P<life>终身)|(?P<term>{_LENGTH}))")
_DEPORTATION = re.compile(r"驱逐出境")
_EXEMPT = re.compile(r"免[予于除](?:追究)?(?:刑事)?(?:处罚|处分|责任)")
_ACQUITTED = re.compile(r"(?:宣告)?无罪|不负刑事责任")
# What 分别 may list, and how one item of the list looks.
_LISTS = (
    ("有期徒刑|拘役|管制", _LENGTH),
    ("缓刑", _LENGTH),
    ("罚金", rf"[{D}{CN}.．]+元"),
)
_REMARK = re.compile(r"[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]")
_UNCLOSED = re.compile(r"[（(][^（()）。；;\n]*")


def without_remarks(text: str, start: int, end: int) -> str:
    """`text` with every bracketed remark in `start:end` blanked out, offsets unchanged.

    A bracket that is never closed is blanked to the end of its sentence.
    """
    part = _REMARK.sub(lambda m: " " * len(m[0]), text[start:end])
    part = _UNCLOSED.sub(lambda m: " " * len(m[0]), part)
    return text[:start] + part + text[end:]


def distributed(text: str, start: int, end: int, count: int) -> list[str]:
    """`text` once for each of `count` people where penalties are listed (分别判处一年、八个月).

    In each copy a list of that length keeps only the person's own item, at the list's end, so
    that offsets stay the same; a list of another length says the same of everybody.
    """
    copies = [text] * count
    if count < 2 or "分别" not in text[start:end]:
        return copies
    for words, item in _LISTS:
        one = rf"(?:{words})?(?:人民币)?{item}"
        for run in re.compile(rf"(?:{words}){one}(?:[、和]{one})+").finditer(text, start, end):
            parts = re.split("[、和]", run[0])
            if len(parts) != count:
                continue
            word = ""
            for number, part in enumerate(parts):
                named = re.match(words, part)
                word = named[0] if named else word
                own = part if named else word + part
                copy = copies[number]
                padded = own[-len(run[0]) :].rjust(len(run[0]))
                copies[number] = copy[: run.start()] + padded + copy[run.end() :]
    return copies


def _term(text: str) -> Term:
    return read_term(re.sub(r"个(?!月)", "个月", re.sub(r"\s", "", text)))


def _fen(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    written = match["sum"].strip("，,.．")
    sums = find_money(written if written.endswith("元") else written + "元")
    return sums[-1].fen if sums else None


def _main(text: str, start: int, end: int) -> tuple[MainPenalty | None, Term, int]:
    match = _MAIN.search(text, start, end)
    if match is None:
        return None, Term(), start
    if match["life"]:
        return "life", Term(), match.end()
    if match["death"]:
        return "death", Term(), match.end()
    kinds: list[tuple[str, MainPenalty]] = [
        ("term", "imprisonment"),
        ("bare", "imprisonment"),
        ("detention", "detention"),
        ("control", "control"),
    ]
    for group, kind in kinds:
        if match[group]:
            return kind, _term(match[group]), match.end()
    raise AssertionError("unreachable: one alternative always matches")


def find_sentence(doc: CaseDocument, text: str, lead: int, start: int, end: int) -> Sentence | None:
    """The sentence that `text[start:end]` imposes, or None where it imposes nothing.

    `text` is the document's, gone through `without_remarks`; the span begins at `lead`.
    """
    main, term, last = _main(text, start, end)
    found: list[int] = [last] if main else []

    def seen(pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(text, start, end)
        if match:
            found.append(match.end())
        return match

    reprieve = seen(_REPRIEVE)
    probation = None if reprieve else seen(_PROBATION)
    fine_fen = _fen(seen(_FINE))
    confiscation_fen = _fen(seen(_CONFISCATION))
    confiscate_all = seen(_CONFISCATE_ALL)
    deprivation = seen(_DEPRIVATION)
    deportation = seen(_DEPORTATION)
    exempt = None if main else seen(_EXEMPT)
    acquitted = None if main or exempt else seen(_ACQUITTED)
    if not found:
        return None
    return Sentence(
        span=doc.span(lead, max(found)),
        main=main,
        term=term,
        death_reprieve=reprieve is not None,
        probation=_term(probation["term"]) if probation else None,
        fine_fen=fine_fen,
        fine_only=main is None and fine_fen is not None and not exempt,
        confiscation_fen=None if confiscate_all else confiscation_fen,
        confiscate_all=confiscate_all is not None,
        deprivation=_term(deprivation["term"]) if deprivation and deprivation["term"] else None,
        deprivation_life=bool(deprivation and deprivation["life"]),
        deportation=deportation is not None,
        exempt=exempt is not None,
        acquitted=acquitted is not None,
    )
