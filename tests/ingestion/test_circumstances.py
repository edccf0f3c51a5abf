"""Circumstances: key, polarity and speaker, row by row."""

from __future__ import annotations

import re

import pytest
from case_texts import indictment, judgment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.model import CaseDocument
from knowledge_base.loader import raw
from knowledge_base.phrases import CircumstancePhrases, circumstance_phrases

TWO = "被告人卢承安，男，汉族。 被告人卢承平，男，汉族。"


def _of(doc: CaseDocument, section: str = "reasoning") -> list[tuple[str, str, str]]:
    return [(c.speaker, c.key, c.polarity) for c in doc.circumstances if c.section == section]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # 如实供述 in a sentence of surrender belongs to the surrender
        ("被告人卢承安主动投案，如实供述自己的罪行，系自首。", [("surrender", "affirmed")]),
        ("被告人卢承安经电话通知到案，并如实供述罪行。", [("surrender", "affirmed")]),
        ("被告人卢承安归案后如实供述自己的罪行。", [("confession", "affirmed")]),
        (
            "被告人卢承安虽主动到案，但未如实供述，不构成自首。",
            [("surrender", "denied"), ("confession", "denied")],
        ),
        (
            "被告人卢承安不具有自首情节，但具有坦白情节。",
            [("surrender", "denied"), ("confession", "affirmed")],
        ),
        ("不能认定被告人卢承安具有如实供述的情节。", [("confession", "denied")]),
        ("被告人卢承安起次要作用，系从犯。", [("accessory", "affirmed")]),
        ("二人作用相当，不宜区分主从犯。", [("accessory", "denied")]),
        # told at the trial only, no paragraph on confessions cited: a plea in court
        ("被告人卢承安在庭审中能如实供述自己的罪行。", [("court_plea", "affirmed")]),
        ("被告人卢承安归案后及庭审中均如实供述自己的罪行。", [("confession", "affirmed")]),
        # the words of article 356 without the name
        (
            "被告人卢承安曾因犯运输毒品罪被判过刑，此次又犯贩卖毒品罪，应当从重处罚。",
            [("drug_recidivist", "affirmed")],
        ),
        ("被告人卢承安与未成年人发生性关系，应从重处罚。", [("vulnerable", "affirmed")]),
        ("被告人卢承安偿还了全部贷款本金和利息。", [("restitution", "affirmed")]),
        ("被害人对矛盾激化负有责任。", [("victim_fault", "affirmed")]),
        (
            "被害人先行推搡，对引发本案负有一定过错，但不属于重大过错。",
            [("victim_fault", "affirmed")],
        ),
        (
            "被告人卢承安退赔并取得谅解。",
            [("restitution", "affirmed"), ("comp_forgive", "affirmed")],
        ),
        ("被告人卢承安案发前已退还侵占资金。", [("restitution", "affirmed")]),
        ("被告人卢承安配合侦查机关追缴赃物并发还失主。", [("restitution", "affirmed")]),
        ("被告人卢承安的亲属将所欠款项全部还清。", [("restitution", "affirmed")]),
        ("被告人卢承安与被害人达成调解协议，取得谅解。", [("comp_forgive", "affirmed")]),
        (
            "被告人卢承安有违法前科。",
            [("bad_record", "affirmed")],
        ),  # penalties without a conviction
        ("被告人卢承安当庭对指控的全部事实认罪。", [("court_plea", "affirmed")]),
        ("被告人卢承安在开庭审理过程中，虽认罪、悔罪，不予从轻。", [("court_plea", "affirmed")]),
        # 坦白 as a verb beside the surrender names nothing of its own
        (
            "被告人卢承安如实坦白已掌握的问题，主动交代未掌握的犯罪，构成自首。",
            [("surrender", "affirmed")],
        ),
        # nothing denied: 没有 belongs to 异议
        ("被告人卢承安没有异议且已签署认罪认罚具结书。", [("plea_leniency", "affirmed")]),
        ("被告人卢承安揭发他人贩毒，并协助公安机关将其抓获。", [("merit", "affirmed")]),
        ("被告人卢承安自愿认罪可从轻处罚。", [("court_plea", "affirmed")]),
        # compensation for a house taken, received and not paid
        ("被告人卢承安收到补偿款后拿走了全部现金。", []),
        # the earlier sentence that grounds the recidivism is not counted again
        (
            "被告人卢承安曾因犯盗窃罪被判处有期徒刑，刑罚执行完毕后五年内再犯，系累犯。",
            [("recidivist", "affirmed")],
        ),
        # an administrative penalty is a bad record, no previous conviction
        ("被告人卢承安曾因赌博被行政拘留五日。", [("bad_record", "affirmed")]),
        ("被告人卢承安有犯罪前科。", [("prior", "affirmed")]),
        ("被告人卢承安无前科。", [("prior", "denied")]),
        ("被告人卢承安赔偿被害人损失并取得谅解。", [("comp_forgive", "affirmed")]),
        (
            "被告人卢承安已赔偿被害人损失，但未取得谅解。",
            [("comp_only", "affirmed"), ("forgive_only", "denied")],
        ),
        ("被告人卢承安获得被害人谅解。", [("forgive_only", "affirmed")]),
        ("被告人卢承安主动退缴全部赃款。", [("restitution", "affirmed")]),
        # an order of the court is no circumstance
        ("被告人卢承安的违法所得应当责令退赔被害人。", []),
        ("因意志以外的原因未得逞，系犯罪未遂。", [("attempt", "affirmed")]),
        ("被告人卢承安犯罪时未满十八周岁。", [("minor_16_18", "affirmed")]),
        ("被害人案发时未满十八周岁。", []),  # the victim's age
        ("被告人卢承安当庭自愿认罪。", [("court_plea", "affirmed")]),
        ("被告人卢承安自愿认罪认罚。", [("plea_leniency", "affirmed")]),
        ("被告人卢承安系初犯、偶犯。", [("first_occasional", "affirmed")]),
        ("被害人对纠纷的发生存在过错。", [("victim_fault", "affirmed")]),
        ("该款应从犯罪数额中扣除。", []),  # 从犯 across a word's border
        ("根据《关于处理自首和立功具体应用法律若干问题的解释》的规定办理。", []),  # a title
        ("同案人杜某（系未成年人，另案处理）提议作案。", []),  # said of somebody else
        ("被告人卢承安检举他人犯罪未查证属实，不构成立功。", [("merit", "denied")]),
        ("被告人卢承安在庭审中认罪态度较好。", [("court_plea", "affirmed")]),
        ("卢承安并非主动放弃犯罪。", [("suspension_harm", "denied")]),
        # 以自首论 refused is surrender refused
        ("被告人卢承安的供述不能以自首论。", [("surrender", "denied")]),
        # what is conceded with 虽 does not outweigh the conclusion, even a sentence later
        (
            "被告人卢承安虽主动投案。其庭审中翻供，其行为不能认定为自首。",
            [("surrender", "denied")],
        ),
        (
            "被告人卢承安支付部分赔偿，被害人表示无法谅解。",
            [("comp_only", "affirmed"), ("forgive_only", "denied")],
        ),
        # repaying the victim and being forgiven
        (
            "被告人卢承安积极退赔，取得被害人谅解。",
            [("restitution", "affirmed"), ("comp_forgive", "affirmed")],
        ),
        # so is what another pays back for him
        (
            "其亲属代为偿还透支款息，银行表示谅解。",
            [("restitution", "affirmed"), ("comp_forgive", "affirmed")],
        ),
        # 非 of 非法 denies nothing
        ("被告人卢承安非法持有毒品犯罪后有坦白情节。", [("confession", "affirmed")]),
        # a debt settled with the creditor is no reconciliation of a criminal case
        ("被告人卢承安与申请执行人达成和解协议。", []),
        # a bare 认罪 of the court's own is no plea at the trial, an offered one is
        ("被告人卢承安认罪，可从轻处罚。", []),
        ("被告人卢承安主动认罪，可从轻处罚。", [("court_plea", "affirmed")]),
    ],
)
def test_what_the_court_says(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = {(k, p) for s, k, p in _of(judgment(reasoning=sentence)) if s == "court"}
    assert found == set(expected)


@pytest.mark.parametrize(
    ("reasoning", "expected"),
    [
        # refused: the point stays the defence's, the court denies it
        (
            "辩护人关于被告人卢承安系从犯的辩护意见，与事实不符，本院不予采纳。",
            {("defence", "accessory", "affirmed"), ("court", "accessory", "denied")},
        ),
        # accepted: the court says it too
        (
            "辩护人提出被告人卢承安系初犯的辩护意见，经查属实，予以采纳。",
            {
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "affirmed"),
            },
        ),
        # the answer stands sentences later
        (
            "关于被告人卢承安的辩护人还提出被告人卢承安具有立功表现的辩护意见。经查，其检举的线索早已为公安机关掌握。"
            "故该辩护意见本院不予采纳。",
            {("defence", "merit", "affirmed"), ("court", "merit", "denied")},
        ),
        # unanswered: the defence's alone
        (
            "辩护人认为被告人卢承安系从犯。",
            {("defence", "accessory", "affirmed")},
        ),
        # two points of one sentence share its answer
        (
            "辩护人所提被告人卢承安系从犯，被告人卢承安的辩护人所提系犯罪中止的辩护意见，本院均不予支持。",
            {
                ("defence", "accessory", "affirmed"),
                ("court", "accessory", "denied"),
                ("defence", "suspension_harm", "affirmed"),
                ("court", "suspension_harm", "denied"),
            },
        ),
        # the words 被害人谅解 within a point do not make the victim speak
        (
            "辩护人提出被告人卢承安系初犯，已取得被害人谅解的辩护意见符合查证的事实，予以采纳。",
            {
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "affirmed"),
                ("defence", "forgive_only", "affirmed"),
                ("court", "forgive_only", "affirmed"),
            },
        ),
        # the surrender that the defence claims takes nothing from the court's own confession
        (
            "被告人卢承安归案后如实供述罪行，可以从轻处罚，关于辩护人提出卢承安具有自首情节的意见，经查，不予采纳。",
            {
                ("court", "confession", "affirmed"),
                ("defence", "surrender", "affirmed"),
                ("court", "surrender", "denied"),
            },
        ),
        # nor does the court's agreement add a confession to the surrender
        (
            "对于辩护人提出卢承安具有自首情节的意见，经查，卢承安接电话后到案，如实供述自己的罪行。辩护人提出的该意见成立，予以采纳。",
            {("defence", "surrender", "affirmed"), ("court", "surrender", "affirmed")},
        ),
        # a point that nobody calls one ends where it is refused
        (
            "被告人卢承安辩解受他人胁迫作案无证据证实，本院不予采纳。",
            {("defence", "coerced", "affirmed"), ("court", "coerced", "denied")},
        ),
        # two lists of points in one sentence
        (
            "公诉机关关于卢承安系累犯以及控辩双方关于卢承安能如实供述的意见，予以采纳。",
            {("prosecution", "recidivist", "affirmed"), ("court", "recidivist", "affirmed")}
            | {(who, "confession", "affirmed") for who in ("prosecution", "defence", "court")},
        ),
        # a list with semicolons, taken up as a whole
        (
            "辩护人提出卢承安系从犯；卢承安系初犯。上述辩护意见与事实相符，予以采纳。",
            {
                (who, key, "affirmed")
                for who in ("defence", "court")
                for key in ("accessory", "first_occasional")
            },
        ),
        # a quoted point is one point, and 应…要求 none; no ground to mitigate is a refusal
        (
            "关于辩护人所提“被害人存在过错，恳请对被告人卢承安适用缓刑”的意见，"
            "经查，被害人应被告人要求到场，但这并非减轻其责任的理由。",
            {("defence", "victim_fault", "affirmed"), ("court", "victim_fault", "denied")},
        ),
        # the surrender adopted covers the confession that counsel names
        (
            "被告人卢承安主动投案，如实供述，系自首。辩护人关于卢承安如实供述、系初犯的意见，予以采纳。",
            {
                ("court", "surrender", "affirmed"),
                ("defence", "confession", "affirmed"),
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "affirmed"),
            },
        ),
        # the prosecution refused
        (
            "关于公诉机关对被告人卢承安系毒品再犯的指控，本院认为其前罪不是毒品犯罪，对该指控不予支持。",
            {
                ("prosecution", "drug_recidivist", "affirmed"),
                ("court", "drug_recidivist", "denied"),
            },
        ),
        # what both sides say is said by both
        (
            "控辩双方关于被告人卢承安系自首的意见，合法有据，予以采纳。",
            {
                ("defence", "surrender", "affirmed"),
                ("prosecution", "surrender", "affirmed"),
                ("court", "surrender", "affirmed"),
            },
        ),
        # a list answered point by point: the second refused, the others accepted
        (
            "辩护人提出如下辩护意见：1．被告人卢承安系初犯；2．卢承安参与程度较低，应认定为从犯；3．卢承安已取得被害人谅解。"
            "经查，卢承安积极参与全过程，不应认定为从犯。因此，对于辩护人提出的第2点辩护意见，不予采纳。"
            "辩护人提出的其他辩护意见，经查属实，予以采纳。",
            {
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "affirmed"),
                ("defence", "accessory", "affirmed"),
                ("court", "accessory", "denied"),
                ("defence", "forgive_only", "affirmed"),
                ("court", "forgive_only", "affirmed"),
            },
        ),
        # answers to points named in groups, by whoever's they are
        (
            "辩护人提出：1、卢承安系初犯；2、卢承安系从犯；3、卢承安取得被害人谅解。综上，建议从轻处罚。"
            "所提第一、三条辩护意见，与查明的事实相符，予以采纳；所提第二条辩护意见，无证据支持，不予采纳。",
            {
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "affirmed"),
                ("defence", "accessory", "affirmed"),
                ("court", "accessory", "denied"),
                ("defence", "forgive_only", "affirmed"),
                ("court", "forgive_only", "affirmed"),
            },
        ),
        # an opinion that names its author by its last words only
        (
            "关于卢承安系从犯，且系初犯的辩护意见，与事实不符，不予采纳。",
            {
                ("defence", "accessory", "affirmed"),
                ("court", "accessory", "denied"),
                ("defence", "first_occasional", "affirmed"),
                ("court", "first_occasional", "denied"),
            },
        ),
        # 未能就 opens no opinion: the court speaks itself
        (
            "被告人卢承安未能就其行为造成的损失做出赔偿，系累犯。",
            {("court", "comp_only", "denied"), ("court", "recidivist", "affirmed")},
        ),
        # the prosecution's point, followed by the court
        (
            "公诉机关关于被告人卢承安系累犯的意见，合法有据，本院予以支持。",
            {("prosecution", "recidivist", "affirmed"), ("court", "recidivist", "affirmed")},
        ),
    ],
)
def test_two_voices_in_the_reasoning(reasoning: str, expected: set[tuple[str, str, str]]) -> None:
    assert set(_of(judgment(reasoning=reasoning))) == expected


def test_persons_are_told_apart() -> None:
    doc = judgment(
        parties=TWO,
        accused="指控被告人卢承安、卢承平犯盗窃罪",
        reasoning="被告人卢承安主动投案并如实供述，系自首；被告人卢承平归案后如实供述罪行；二被告人均赔偿损失并取得谅解。",
    )
    found = {(c.key, c.persons) for c in doc.circumstances if c.section == "reasoning"}
    assert found == {
        ("surrender", ("卢承安",)),
        ("confession", ("卢承平",)),
        ("comp_forgive", ("卢承安", "卢承平")),
    }


@pytest.mark.parametrize(
    ("who", "persons"),
    [
        ("二人", ("卢承安", "卢承平")),
        ("三人", ("卢承平",)),  # who is the third?
    ],
)
def test_as_many_as_are_accused_are_all_of_them(who: str, persons: tuple[str, ...]) -> None:
    doc = judgment(
        parties=TWO,
        accused="指控被告人卢承安、卢承平犯盗窃罪",
        reasoning=f"被告人卢承安系主犯；被告人卢承平系从犯；{who}均自愿认罪认罚。",
    )
    pleas = [c.persons for c in doc.circumstances if c.key == "plea_leniency"]
    assert pleas == [persons]


def test_the_one_who_was_caught_did_nothing() -> None:
    doc = judgment(
        parties=TWO,
        accused="指控被告人卢承安、卢承平犯盗窃罪",
        reasoning="被告人卢承安协助公安机关抓获同案被告人卢承平，系立功。",
    )
    assert {c.persons for c in doc.circumstances if c.key == "merit"} == {("卢承安",)}


def test_the_unit_without_its_name() -> None:
    doc = judgment(
        parties="被告单位临江市衡裕贸易有限公司，住所地临江市青岩区。 被告人卢承安，男，汉族。",
        accused="指控被告单位临江市衡裕贸易有限公司、被告人卢承安犯非法占用农用地罪",
        reasoning="被告人卢承安主动投案，如实供述，构成自首；被告单位亦因此构成自首。",
        operative="一、被告单位临江市衡裕贸易有限公司犯非法占用农用地罪，判处罚金人民币十万元。 二、被告人卢承安犯非法占用农用地罪，判处拘役三个月。",
    )
    found = {c.persons for c in doc.circumstances if c.section == "reasoning"}
    assert found == {("卢承安",), ("临江市衡裕贸易有限公司",)}


@pytest.mark.parametrize(
    ("cited", "key"),
    [("第六十七条第二款", "surrender_special"), ("第六十七条第一款", "surrender")],
)
def test_the_cited_paragraph_tells_which_surrender(cited: str, key: str) -> None:
    doc = judgment(
        reasoning="被告人卢承安如实供述司法机关尚未掌握的罪行，是自首。"
        f"根据《中华人民共和国刑法》{cited}的规定，可以从轻处罚。"
    )
    assert ("court", key, "affirmed") in _of(doc)


def test_a_partys_surrender_is_the_one_that_the_court_finds() -> None:
    doc = judgment(
        defence="辩护人提出被告人卢承安主动供述其他罪行，系自首。",
        reasoning="被告人卢承安如实供述司法机关尚未掌握的罪行，是自首。"
        "根据《中华人民共和国刑法》第六十七条第二款的规定，可以从轻处罚。",
    )
    assert ("defence", "surrender_special", "affirmed") in _of(doc, "defence")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # the accused agrees where the court finds: the plea is his
        (
            "事实与指控相同，被告人卢承安对事实及量刑建议均不持异议，且签字具结。",
            {("defence", "plea_leniency", "affirmed")},
        ),
        ("被告人卢承安自愿认罪认罚。", {("court", "plea_leniency", "affirmed")}),
    ],
)
def test_a_plea_told_among_the_findings(found: str, expected: set[tuple[str, str, str]]) -> None:
    assert set(_of(judgment(accusation="", found=found), "facts")) == expected


def test_the_head_of_a_crowd_is_no_ring_leader() -> None:
    doc = judgment(
        accused="指控被告人卢承安犯聚众斗殴罪",
        reasoning="被告人卢承安系首要分子，其行为已构成聚众斗殴罪。",
        operative="被告人卢承安犯聚众斗殴罪，判处有期徒刑三年。",
    )
    assert "ring_leader" not in {c.key for c in doc.circumstances}


def test_the_courts_findings_before_its_reasoning_are_not_the_defences() -> None:
    doc = judgment(
        defence="辩护人提出被告人卢承安系从犯。 二审另查明，被告人卢承安已赔偿被害人并取得谅解。 "
        "关于辩护人提出被告人卢承安系从犯的意见，经查，卢承安直接实施盗窃，该意见不予采纳。"
    )
    assert _of(doc, "defence") == [("defence", "accessory", "affirmed")]
    assert ("court", "comp_forgive", "affirmed") in _of(doc, "facts")
    assert ("court", "accessory", "denied") in _of(doc)


def test_the_statutes_of_the_appendix_are_nobodys_words() -> None:
    doc = judgment(
        operative="被告人卢承安犯盗窃罪，判处拘役三个月。（缓刑考验期限，从判决确定之日起计算）"
    )
    assert _of(doc, "operative") == []
    assert not any(c.section == "appendix" for c in doc.circumstances)


def test_the_defences_and_the_prosecutions_sections() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金。公诉机关认为被告人卢承安系累犯。",
        defence="辩护人提出被告人卢承安系从犯。",
    )
    assert _of(doc, "accusation") == [("prosecution", "recidivist", "affirmed")]
    assert _of(doc, "defence") == [("defence", "accessory", "affirmed")]


@pytest.mark.parametrize(
    ("pleaded", "expected"),
    [
        ("被告人卢承安自愿认罪认罚。", True),
        ("被告人卢承安对指控没有异议且签字具结。", True),
        ("被告人卢承安拒绝签署认罪认罚具结书。", False),
        ("已告知认罪认罚可能导致的法律后果。", None),  # being told of it is no plea
        ("", None),
    ],
)
def test_the_plea_of_leniency(pleaded: str, expected: bool | None) -> None:
    plea = indictment(pleaded=pleaded).plea_leniency
    assert (plea.value if plea else None) is expected


def test_every_phrase_belongs_to_a_known_circumstance() -> None:
    known = {row["key"] for row in raw("circumstances")["rows"]}
    assert {p.key for p in circumstance_phrases()} - known == {"compensation", "forgiveness"}


def test_a_dispute_within_a_list_of_circumstances() -> None:
    doc = judgment(reasoning="被告人卢承安具有坦白、本案系邻里房屋装修的噪音纠纷引发等情节。")
    assert ("court", "civil_dispute", "affirmed") in _of(doc)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit", ["自首", "赔偿谅解", "辩护人提出系自首的意见，不予采纳，", "自首；"]
)
def test_endless_repetitions_are_read_in_time(unit: str) -> None:
    # each hit once looked for its clause's ends through the whole text
    words = unit * (15_000 // len(unit))
    judgment(found=words, reasoning=words)


@pytest.mark.parametrize("row", circumstance_phrases(), ids=lambda row: row.key)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_cue_stands_in_every_match(row: CircumstancePhrases, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(row.nouns + row.affirmed + row.denied + row.basis))
    match = re.search(pattern, data.draw(st.from_regex(pattern)))
    assert match
    assert any(cue in match[0] for cue in row.cues)
