"""Provisions against what the document says: charge, circumstances, date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.circumstances import retold
from assistant.checks.place import issued, part, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.checks.statutes import CRIMINAL_LAW, PROCEDURE_LAW, label, own_statutes
from ingestion.model import CaseDocument, Circumstance, Statute
from knowledge_base import charges, laws, procedure
from knowledge_base import circumstances as rules
from knowledge_base.check_articles import group
from knowledge_base.check_rules import article_marks, limit
from knowledge_base.numerals import article_label, to_chinese

_PROSECUTES = re.compile(r"提起公诉|请依法(?:判处|惩处)")
_TAKEN_DOWN = re.compile(
    r"(?:被告人|犯罪嫌疑人|同案(?:人|犯)?)[^，。；、如]{0,14}?的?(?:多次|有罪)?供述"
    r"(?!自己|了|其|上述|犯罪|主要|罪行|事实|全部)(?:[与和及]辩解)?|供述[与和及]辩解|供述笔录"
    r"|投案(?:情况|经过)(?:说明)?"
)
"""A confession or surrender as a piece of evidence, which says nothing of how it came about."""
_UNIT_CRIME = re.compile(r"单位犯")
_IN_CHARGE = re.compile(r"直接负责的主管|直接责任人员|单位犯罪|被告单位")
_DISPOSES = re.compile(
    r"没收|追缴|退赔|返还|发还|退还|归还|上缴|销毁|收缴|退缴|退出|处理|处置|交由|存档"
)
_TAKES = re.compile(
    r"(?:予以|依法|应予|均)?没收(?!个人|其个人|全部个人|财产|部分|人民币[^。；]{0,12}财产)|(?:继续|依法|予以)?追缴|责令[^。；，]{0,24}?退赔"
)
_SURRENDER = ("surrender", "surrender_special")
_CONFESSION = ("confession", "confession_heavier", "confession_avoid")


def own_charges(doc: CaseDocument) -> list[str]:
    """The document's own charges: prosecuted in an indictment, convicted of in a judgment."""
    named = [c.value for d in doc.defendants for c in d.charges]
    named += [name for d in doc.defendants for name in d.verdicts]
    return list(dict.fromkeys(named))


def applied(doc: CaseDocument) -> list[Statute]:
    """The provisions that the document itself applies, not those it quotes of others."""
    kinds = ("statutes", "operative") if doc.role == "judgment" else ("reasoning",)
    found = [s for s in own_statutes(doc) if s.section in kinds]
    if doc.role == "judgment" and not found:
        found = [s for s in own_statutes(doc) if s.section == "reasoning" and s.speaker == "court"]
    return found


def charge_articles(doc: CaseDocument) -> list[Statute]:
    """Provisions of the special part that the document applies."""
    general = limit("last_general_article")
    return [s for s in applied(doc) if s.law == CRIMINAL_LAW and s.article > general]


@check("LAW-004")
def charge_and_article(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    named = [name for name in own_charges(doc) if charges.match(name)]
    cited = [
        s
        for s in charge_articles(doc)
        if laws.status(s.law, s.article, s.sub) not in ("no_such_article", "unknown_law")
    ]
    if not named or not cited:
        yield Undecided("无法判断：未能读出罪名或者分则条文")
        return
    for statute in cited:
        if not any(charges.fits(name, statute.article, statute.sub) for name in named):
            yield hit(
                statute.span,
                values={doc.role or "": label(statute)},
                article=label(statute),
                charges="、".join(named),
                problem="不是该罪名的条文",
            )
    yield from _of_another_charge(doc, named, cited)
    for name in named:
        if not any(charges.fits(name, s.article, s.sub) for s in cited):
            own = "、".join(article_label(r.article, r.sub) for r in charges.articles(name))
            yield hit(
                cited[0].span,
                values={doc.role or "": name},
                article=label(cited[0]),
                charges=name,
                problem=f"没有引用{name}的条文（{own}）",
            )


def _of_another_charge(doc: CaseDocument, named: list[str], cited: list[Statute]) -> Iterator[Hit]:
    """The right article, and of its paragraphs only that of another charge (280条第二款)."""
    for name in named:
        for article, sub in {
            (s.article, s.sub) for s in cited if charges.fits(name, s.article, s.sub)
        }:
            own = set(charges.bound_to_paragraph(name, article, sub))
            places = [s for s in cited if (s.article, s.sub) == (article, sub)]
            # 第一、三款 are two of one place: all of them, not the first of each place.
            spots = {s.span for s in places}
            paragraphs = {s.paragraph for s in doc.statutes if s.span in spots}
            if not own or None in paragraphs or paragraphs & own:
                continue
            others = [charges.owners_of_paragraph(article, sub, p) for p in paragraphs if p]
            if not all(others) or any(n in named for owners in others for n in owners):
                continue
            yield hit(
                places[0].span,
                values={doc.role or "": label(places[0])},
                article=label(places[0]),
                charges=name,
                problem=f"所引的款是{others[0][0]}的规定，{name}为"
                + "、".join(f"第{to_chinese(p)}款" for p in sorted(own)),
            )


@check("LAW-005")
def procedure_article(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    on = issued(doc)
    if on is None:
        yield Undecided("无法判断：没有落款日期，不能确定应适用的条文版本")
        return
    expected = procedure.expected_article("prosecute", on)
    if expected is None:
        return
    cited = [s for s in own_statutes(doc) if s.law == PROCEDURE_LAW]
    for statute in cited:
        after = doc.text[statute.span.end : statute.span.end + 24]
        if not _PROSECUTES.search(after) or statute.article == expected.article:
            continue
        today = procedure.expected_article("prosecute")
        # A number that did not exist yet cannot have been written on that day: the text or
        # its date was touched later, which is no error of law.
        later = today is not None and statute.article == today.article
        yield hit(
            statute.span,
            severity="minor" if later else None,
            confidence=0.4 if later else None,
            values={doc.role or "": label(statute)},
            article=label(statute),
            expected=article_label(expected.article),
            day=on.isoformat(),
        )


def _affirmed(doc: CaseDocument) -> list[Circumstance]:
    speaker = "court" if doc.role == "judgment" else "prosecution"
    return [
        c
        for c in doc.circumstances
        if c.polarity == "affirmed" and c.speaker == speaker and not retold(doc, c)
    ]


def _cites(statutes: list[Statute], article: int) -> bool:
    return any(s.law == CRIMINAL_LAW and s.article == article for s in statutes)


@check("LAW-008")
def circumstance_without_article(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    statutes = applied(doc) if doc.role == "judgment" else list(own_statutes(doc))
    if not statutes:
        yield Undecided("无法判断：未能读出所引法条")
        return
    # What the court answers to counsel (…如实供述的意见) it may refuse further on.
    denied = {c.key for c in doc.circumstances if c.polarity == "denied" and c.speaker == "court"}
    affirmed = [c for c in _affirmed(doc) if c.key not in denied]
    # Cited in the reasoning itself, it is not missing, though the list leaves it out.
    said = [s for s in doc.statutes if s.speaker == "court"]
    missing: set[int] = set()
    for mark in article_marks():
        found = [c for c in affirmed if c.key in mark.keys and c.section == "reasoning"]
        if found and not _cites([*statutes, *said], mark.article):
            missing.add(mark.article)
            yield hit(
                found[0].span,
                severity="minor" if all(c.key in _CONFESSION for c in found) else None,
                values={doc.role or "": None},
                what=found[0].span.quote[:30],
                article=mark.article,
            )
    probation = [d for d in doc.defendants if d.sentence and d.sentence.probation]
    article = limit("probation_article")
    if doc.role == "judgment" and probation and not _cites(statutes, article):
        sentence = probation[0].sentence
        if sentence is not None:
            yield hit(sentence.span, values={"judgment": None}, what="宣告缓刑", article=article)
    yield from _unlawful_gains(doc, [*statutes, *said])


def _unlawful_gains(doc: CaseDocument, cited: list[Statute]) -> Iterator[Hit]:
    """Gains, tools or contraband disposed of by a judgment that does not cite the article on it."""
    operative = part(doc, "operative")
    article = limit("property_article")
    if doc.role != "judgment" or operative is None or doc.instance != "first":
        return
    found = _TAKES.search(doc.text, operative.start, operative.end)
    if found is not None and not _cites(cited, article):
        yield hit(
            doc.span(found.start(), found.end()),
            severity="minor",
            values={"judgment": None},
            what=found[0],
            article=article,
        )


@check("LAW-009")
def article_without_circumstance(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    joint, several = group("joint_crime"), len(doc.defendants) > 1
    marks = {(mark.article, mark.sub): mark for mark in article_marks()}
    appendix = part(doc, "appendix")
    text = _TAKEN_DOWN.sub("", doc.text[: appendix.start if appendix else len(doc.text)])
    yield from _of_units(doc, text)
    yield from _property(doc)
    for statute in applied(doc):
        mark = marks.get((statute.article, statute.sub))
        if statute.law != CRIMINAL_LAW or mark is None:
            continue
        if joint is not None and joint.cites(statute.article, statute.sub) and several:
            continue
        if not any(word in text for word in mark.words):
            yield hit(
                statute.span,
                # A fast-track judgment may leave the reasons to the accusation it adopts; a plea in
                # court is often put under the confession.
                severity="minor" if doc.procedure == "fast_track" or "认罪" in text else None,
                values={doc.role or "": label(statute)},
                article=label(statute),
                words="、".join(mark.words[:3]),
            )


def _of_units(doc: CaseDocument, text: str) -> Iterator[Hit]:
    """A paragraph on crimes of units where no unit and nobody in charge of one is accused."""
    if any(person.unit for person in doc.defendants) or _IN_CHARGE.search(text):
        return
    section = "statutes" if doc.role == "judgment" else "reasoning"
    for statute in doc.statutes:  # 第一、四、五款 are three of one place
        if statute.law != CRIMINAL_LAW or not statute.paragraph or statute.section != section:
            continue
        words = laws.quote(
            statute.law, statute.article, statute.sub, statute.paragraph, issued(doc)
        )
        if words is not None and _UNIT_CRIME.match(words.strip()):
            yield hit(
                statute.span,
                values={doc.role or "": label(statute)},
                article=label(statute),
                words="单位犯罪",
            )


def _property(doc: CaseDocument) -> Iterator[Hit]:
    """The article on unlawful gains applied by a judgment that disposes of nothing."""
    operative = part(doc, "operative")
    if doc.role != "judgment" or operative is None:
        return
    article = limit("property_article")
    cited = [s for s in applied(doc) if s.law == CRIMINAL_LAW and s.article == article]
    if cited and not _DISPOSES.search(operative.quote):
        yield hit(
            cited[0].span,
            severity="minor",
            values={"judgment": label(cited[0])},
            article=label(cited[0]),
            words="判决主文中的追缴、退赔、没收、返还",
        )


def _paragraphs_of(keys: tuple[str, ...]) -> set[int | None]:
    """The paragraphs in which the law speaks of these circumstances."""
    found = (rules.rule(key) for key in keys)
    return {ref.paragraph for rule in found if rule for ref in rule.statute}


def _labels(paragraphs: set[int | None]) -> str:
    return "或者".join(f"第{to_chinese(p)}款" for p in sorted(p for p in paragraphs if p))


@check("LAW-010")
def surrender_or_confession(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc = sole(case)
    article = limit("surrender_article")
    cited = [s for s in applied(doc) if s.law == CRIMINAL_LAW and s.article == article]
    paragraphs = {s.paragraph for s in cited}
    affirmed = _affirmed(doc)
    surrender = [c for c in affirmed if c.key in _SURRENDER]
    confession = [c for c in affirmed if c.key in _CONFESSION]
    named = any("自首" in c.span.quote for c in surrender)
    if named and not any("坦白" in c.span.quote for c in confession):
        confession = []  # 如实供述 is a part of the surrender that is named
    if not cited or None in paragraphs:
        return
    of_surrender, of_confession = (_paragraphs_of(keys) for keys in (_SURRENDER, _CONFESSION))
    if surrender and not confession and not paragraphs & of_surrender:
        yield hit(
            cited[0].span, surrender[0].span, values={doc.role or "": label(cited[0])},
            article=label(cited[0]), what="自首", right=_labels(of_surrender),
        )  # fmt: skip
    if confession and not surrender and not paragraphs & of_confession:
        yield hit(
            cited[0].span, confession[0].span, values={doc.role or "": label(cited[0])},
            article=label(cited[0]), what="坦白", right=_labels(of_confession),
        )  # fmt: skip
