"""The defence's points, one question each."""

from __future__ import annotations

import pytest
from case_texts import judgment


@pytest.mark.parametrize(
    ("defence", "points"),
    [
        # agreement is no point
        ("被告人卢承安对指控的事实和罪名均无异议。", []),
        ("被告人卢承安对指控事实、罪名及量刑建议没有异议且签字具结。", []),
        ("被告人卢承安对指控的犯罪事实供认不讳，请求从轻处罚。", []),  # nor a mere plea
        # a dispute is
        (
            "被告人卢承安辩称手机是捡来的，并非盗窃所得。",
            [("defendant", "手机是捡来的，并非盗窃所得")],
        ),
        # numbered
        (
            "辩护人提出如下辩护意见：1、被告人卢承安系从犯；2、被盗手机的鉴定价格过高，不应作为定案依据。",
            [
                ("counsel", "被告人卢承安系从犯"),
                ("counsel", "被盗手机的鉴定价格过高，不应作为定案依据"),
            ],
        ),
        # circumstances in a row, the request dropped
        (
            "辩护人提出被告人卢承安系初犯，有坦白情节，已赔偿被害人损失并取得谅解，请求对其从轻处罚。",
            [
                ("counsel", "被告人卢承安系初犯"),
                ("counsel", "有坦白情节"),
                ("counsel", "已赔偿被害人损失并取得谅解"),
            ],
        ),
        # a ground and its conclusion are one question
        (
            "辩护人提出被告人卢承安经电话通知到案，如实供述罪行，是自首。",
            [("counsel", "被告人卢承安经电话通知到案，如实供述罪行，是自首")],
        ),
        # a request for probation must be answered
        (
            "辩护人提出被告人卢承安系初犯，建议适用缓刑。",
            [("counsel", "被告人卢承安系初犯"), ("counsel", "适用缓刑")],
        ),
        # the agreement before a 但 is left out
        (
            "被告人卢承安对指控的事实没有异议，但认为其行为不构成盗窃罪。",
            [("defendant", "其行为不构成盗窃罪")],
        ),
        # 及, 且 and 并 join two points only where another statement begins
        # his age is a question of its own
        (
            "辩护人提出被告人卢承安犯罪时不满十八周岁，系从犯。",
            [("counsel", "被告人卢承安犯罪时不满十八周岁"), ("counsel", "系从犯")],
        ),
        (
            "辩护人提出被告人卢承安在案发后退赃、认罪且系从犯，建议从轻处罚并适用缓刑。",
            [
                ("counsel", "被告人卢承安在案发后退赃"),
                ("counsel", "认罪"),
                ("counsel", "系从犯"),
                ("counsel", "适用缓刑"),
            ],
        ),
        # grounds first, the circumstance after them
        (
            "辩护人提出被告人卢承安案发后立即报警，在现场等候民警，有自首情节。",
            [("counsel", "被告人卢承安案发后立即报警，在现场等候民警，有自首情节")],
        ),
        # good conduct, harm and need are questions of their own; 态度 belongs to the plea
        (
            "辩护人提出被告人卢承安当庭认罪，态度较好，未造成危害后果，平时一贯表现良好，家庭困难，需要其照顾。",
            [
                ("counsel", "被告人卢承安当庭认罪，态度较好"),
                ("counsel", "未造成危害后果"),
                ("counsel", "平时一贯表现良好"),
                ("counsel", "家庭困难，需要其照顾"),
            ],
        ),
        # the plea offered as a ground
        (
            "被告人卢承安对指控的事实无异议。但提出其自愿认罪，请求从轻处罚。",
            [("defendant", "其自愿认罪")],
        ),
        # a promise adds to the payment told before
        (
            "辩护人提出被告人卢承安已赔偿被害人3000元，愿意再支付5000元。",
            [("counsel", "被告人卢承安已赔偿被害人3000元，愿意再支付5000元")],
        ),
        # what the law gives for a ground is no point, nor is where the trial stood
        (
            "被告人卢承安在开庭审理过程中，对指控的事实无异议。辩护人提出被告人卢承安起次要作用，是从犯，依法应当从轻、减轻或者免除处罚。",
            [("counsel", "被告人卢承安起次要作用，是从犯")],
        ),
        # a concession is part of the point it introduces
        (
            "辩护人提出被告人卢承安有精神疾病史，作案时虽具有完全刑事责任能力，但精神状态异常。",
            [("counsel", "被告人卢承安有精神疾病史，作案时虽具有完全刑事责任能力，但精神状态异常")],
        ),
        # a conclusion closes the point that its ground began
        (
            "辩护人提出被告人卢承安归案后如实供述，当庭自愿认罪，系坦白。",
            [("counsel", "被告人卢承安归案后如实供述，当庭自愿认罪，系坦白")],
        ),
        # what is known of his past, and how grave the act is, are one question each
        (
            "辩护人提出被告人卢承安无前科，系初犯，平时表现良好，主观恶性小，未造成严重后果。",
            [
                ("counsel", "被告人卢承安无前科，系初犯，平时表现良好"),
                ("counsel", "主观恶性小，未造成严重后果"),
            ],
        ),
        # every charge denied is a question
        (
            "被告人卢承安辩称其不构成盗窃罪、诈骗罪。",
            [("defendant", "其不构成盗窃罪"), ("defendant", "诈骗罪")],
        ),
        # a list within a numbered point gives its reasons
        (
            "辩护人提出：一、被告人卢承安没有参与盗窃。1、监控录像中没有卢承安；2、证人不能指认卢承安。二、卢承安系初犯。",
            [
                (
                    "counsel",
                    "被告人卢承安没有参与盗窃。1、监控录像中没有卢承安；2、证人不能指认卢承安",
                ),
                ("counsel", "卢承安系初犯"),
            ],
        ),
        # two denials told side by side
        (
            "被告人卢承安辩称，其没有撬锁，其没有拿走手机。",
            [("defendant", "其没有撬锁"), ("defendant", "其没有拿走手机")],
        ),
        # the role is the conclusion of what goes before
        (
            "辩护人认为，被告人卢承安未直接参与盗窃，未参与分赃，在本案中属于从犯，也是受骗者之一。",
            [
                ("counsel", "被告人卢承安未直接参与盗窃，未参与分赃，在本案中属于从犯"),
                ("counsel", "也是受骗者之一"),
            ],
        ),
        # that the sentence is too heavy stands beside the grounds
        (
            "上诉人卢承安上诉称，一审量刑过重，其主动要求店主报警，到案后如实供述，系自首。",
            [
                ("defendant", "一审量刑过重"),
                ("defendant", "其主动要求店主报警，到案后如实供述，系自首"),
            ],
        ),
        # the sentence asked for is one request
        (
            "辩护人建议对被告人卢承安判处一年以下有期徒刑并适用缓刑。",
            [("counsel", "对被告人卢承安判处一年以下有期徒刑并适用缓刑")],
        ),
        # the charge conceded before the point; the plea that ends it
        (
            "其辩护人的辩护意见是，被告人卢承安构成盗窃罪，但未造成严重后果，认罪态度好，请求法院从轻处罚的意见。",
            [("counsel", "未造成严重后果"), ("counsel", "认罪态度好")],
        ),
        # a heading before its particulars
        (
            "上诉人卢承安上诉称：原审认定事实错误，其没有参与盗窃。",
            [("defendant", "其没有参与盗窃")],
        ),
        # evidence handed in is no point
        (
            "被告人卢承安的辩护人当庭提供收条一张，证实被害人已收到赔款。",
            [],
        ),
        # what the defendant declares while his counsel speaks
        (
            "被告人卢承安及其辩护人对指控均无异议，本院告知后，被告人卢承安表示自愿认罪。",
            [],
        ),
        # evidence that follows in the same breath is nobody's point
        (
            "被告人卢承安对指控事实没有异议，并有其供述，证人韩某的陈述，查获经过等证据证实。",
            [],
        ),
        # counsel of a client named without his title
        (
            "被告人卢承安表示认罪。 卢承安的辩护人的辩护意见是：卢承安系初犯。",
            [("counsel", "卢承安系初犯")],
        ),
        # 上诉 of 上诉人 is no leading word
        (
            "上诉人卢承安及其辩护人的上诉理由和辩护意见为：上诉人卢承安系初犯。",
            [("counsel", "上诉人卢承安系初犯")],
        ),
        # enumerated within one clause
        (
            "辩护人提出被告人卢承安有立功表现、系初犯。",
            [("counsel", "被告人卢承安有立功表现"), ("counsel", "系初犯")],
        ),
        # the charge that sums up closes all reasons of its sentence, the heading before them dropped
        (
            "辩护人认为，定性方面，被告人卢承安与店主并无积怨；其只想吓唬对方，未追赶店主；木棍系随手捡来，"
            "故应认定为寻衅滋事罪。量刑方面，被告人卢承安如实供述。",
            [
                (
                    "counsel",
                    "被告人卢承安与店主并无积怨；其只想吓唬对方，未追赶店主；木棍系随手捡来，故应认定为寻衅滋事罪",
                ),
                ("counsel", "被告人卢承安如实供述"),
            ],
        ),
        # a denial in general is the heading of the one in particular, also in the next sentence
        (
            "被告人卢承安对指控的盗窃事实及罪名不予认可，其认为手机是工友送的。辩护人认为指控被告人卢承安犯盗窃罪的证据不足。",
            [
                ("defendant", "手机是工友送的"),
                ("counsel", "指控被告人卢承安犯盗窃罪的证据不足"),
            ],
        ),
        # one that names a count is a point beside the next one
        (
            "被告人卢承安对指控的第三起事实有异议，并提出其有立功表现。",
            [("defendant", "对指控的第三起事实有异议"), ("defendant", "其有立功表现")],
        ),
        # counts answered one by one
        (
            "被告人卢承安辩称，第一起没有拿过现金，第二起只拿了一部手机。",
            [("defendant", "第一起没有拿过现金"), ("defendant", "第二起只拿了一部手机")],
        ),
        # a list within a list, its heading and the plea over all of it dropped
        (
            "辩护人提出，一、对指控的罪名没有异议；二、量刑情节：1、卢承安系自首；2、卢承安未分得赃款。"
            "综上，卢承安虽在缓刑考验期内犯罪，但请法庭综合考虑上述情节从轻处罚。",
            [("counsel", "卢承安系自首"), ("counsel", "卢承安未分得赃款")],
        ),
        # what counsel thinks within an item belongs to the item
        (
            "辩护人的意见是：1、被告人卢承安没有盗窃的故意。辩护人认为其供述前后不一，不能采信。2、卢承安系初犯。",
            [
                (
                    "counsel",
                    "被告人卢承安没有盗窃的故意。辩护人认为其供述前后不一，不能采信",
                ),
                ("counsel", "卢承安系初犯"),
            ],
        ),
        # the defect of the evidence, its names before it
        (
            "被告人卢承安辩称证人韩某的证言，店主的陈述都不属实。",
            [("defendant", "证人韩某的证言，店主的陈述都不属实")],
        ),
        # what is handed in, and what it is to show
        (
            "辩护人认为店主存在过错。并向法庭提交了调解记录一份，证明店主先动手打人。",
            [("counsel", "店主存在过错")],
        ),
        # 主观恶性、人身危险性较小 is said of both
        (
            "辩护人提出被告人卢承安认罪态度好，主观恶性、社会危害性较小，且家境贫寒。",
            [
                ("counsel", "被告人卢承安认罪态度好"),
                ("counsel", "主观恶性、社会危害性较小"),
                ("counsel", "家境贫寒"),
            ],
        ),
        # agreement with the other's objection makes no point
        (
            "被告人卢承安辩称手机不是其所拿。辩护人同意卢承安对事实提出的异议，并提出卢承安系初犯。",
            [("defendant", "手机不是其所拿"), ("counsel", "卢承安系初犯")],
        ),
        # the victim's side speaks between them, and what is answered to it
        (
            "被告人卢承安辩称其没有打人。附带民事诉讼原告人韩某诉称，要求赔偿医疗费五千元。"
            "被害人韩某的诉讼代理人认为被告人应从重处罚，且没有认罪悔罪。"
            "辩护人提出被告人卢承安系从犯。对附带民事诉讼原告人的请求，被告人卢承安表示没有能力赔偿。",
            [("defendant", "其没有打人"), ("counsel", "被告人卢承安系从犯")],
        ),
        # grounds told before a role are its own, not the end of the point before them
        (
            "辩护人提出被告人卢承安主观恶性小，仅负责开车，起次要作用，并且如实供述了毒品来源。",
            [
                ("counsel", "被告人卢承安主观恶性小"),
                ("counsel", "仅负责开车，起次要作用"),
                ("counsel", "如实供述了毒品来源"),
            ],
        ),
        # the source of the drugs is one more than the confession
        (
            "辩护人提出被告人卢承安如实供述犯罪事实，并且如实供述了毒品来源，提供了上家的线索。",
            [
                ("counsel", "被告人卢承安如实供述犯罪事实"),
                ("counsel", "如实供述了毒品来源，提供了上家的线索"),
            ],
        ),
        # a cause belongs to what it is told for
        (
            "被告人卢承安辩称自己不是偷，因为退还了店主的现金。",
            [("defendant", "自己不是偷，因为退还了店主的现金")],
        ),
        # answered where it is told
        (
            "辩护人所提被告人卢承安不构成盗窃罪和具有坦白情节等辩护意见于法有据，应予采纳。",
            [("counsel", "被告人卢承安不构成盗窃罪"), ("counsel", "具有坦白情节")],
        ),
        # speakers change in the middle of a sentence
        (
            "被告人卢承安对指控的事实无异议，其辩护人辩称被告人卢承安系从犯。",
            [("counsel", "被告人卢承安系从犯")],
        ),
    ],
)
def test_points_of_the_defence_section(defence: str, points: list[tuple[str, str]]) -> None:
    assert [(a.by, a.text) for a in judgment(defence=defence).arguments] == points


def test_without_a_defence_section_the_reasoning_tells_them() -> None:
    doc = judgment(
        reasoning="被告人卢承安的行为已构成盗窃罪。辩护人关于被告人卢承安系从犯的辩护意见，与事实不符，不予采纳。"
    )
    assert [(a.by, a.text) for a in doc.arguments] == [("counsel", "被告人卢承安系从犯")]


@pytest.mark.parametrize(
    ("reasoning", "points"),
    [
        # counsel named by the client alone
        (
            "对卢承安辩护人提出的被告人卢承安不属于情节严重及应适用缓刑的辩护意见，本院不予采纳。",
            ["被告人卢承安不属于情节严重", "应适用缓刑"],
        ),
        ("控辩双方关于被告人卢承安系自首的意见，合法有据，予以采纳。", ["被告人卢承安系自首"]),
        # told, then taken up again in the answer
        (
            "辩护人提出“被告人卢承安系正当防卫”的辩护意见，经查，双方互殴，故辩护人所提正当防卫的意见，不予采纳。",
            ["被告人卢承安系正当防卫"],
        ),
        ("被告人卢承安辩解受他人胁迫作案无证据证实，本院不予采纳。", ["受他人胁迫作案"]),
        # conceded by the way, answered in the same sentence
        (
            "被告人卢承安虽辩称不知是赃物，但其以明显低于市场的价格收购，足以推定其明知。",
            ["不知是赃物"],
        ),
        # a quotation runs to its end, whatever stops stand in it
        (
            "辩护人提出“被告人卢承安系初犯；归案后如实供述，有悔罪表现”的辩护意见，符合事实，予以采纳。",
            ["被告人卢承安系初犯", "归案后如实供述", "有悔罪表现"],
        ),
        # two who speak in one sentence; one is named by his name alone
        (
            "故卢承安关于其未参与分赃，不知道是赃物的上诉理由及辩护人何文远关于原判量刑过重的辩护意见，均不能成立。",
            ["其未参与分赃，不知道是赃物", "原判量刑过重"],
        ),
        # one opinion to its last words, though they name him again
        (
            "针对辩护人的关于呼救的证据不足，被告人卢承安系如实供述，故被告人卢承安系自首的辩护意见，经查，不能成立。",
            ["呼救的证据不足，被告人卢承安系如实供述，故被告人卢承安系自首"],
        ),
        # told again at the end in nearly the same words, and once without any
        (
            "对于被告人卢承安及其辩护人所提本案证据不足以证实卢承安盗窃手机的意见，经查，有监控录像证实，不能成立。"
            "综上，卢承安及其辩护人所提本案证据不足以证实卢承安犯盗窃罪的意见与查明的事实不符。"
            "其辩护人所提辩解、辩护意见据理不足。",
            ["本案证据不足以证实卢承安盗窃手机"],
        ),
        # what the accused testified to is evidence
        ("被告人卢承安关于时间、地点、分赃的供述与证人证言相符，予以采信。", []),
        # grounds of leniency without a name
        (
            "对于辩护人提出的定性不当，被告人具有从轻、减轻量刑情节的辩护意见，经查，定性准确，不予采纳。",
            ["定性不当"],
        ),
        # 该意见 is the court's word; the point ended before
        (
            "关于卢承安提出手机系店主所送的上诉意见，因店主否认，故该上诉意见不能成立。",
            ["手机系店主所送"],
        ),
        # the request alone, for reasons told before
        ("辩护人以上述为由要求对被告人从轻处罚并适用缓刑的辩护意见成立，予以采纳。", ["适用缓刑"]),
        # nothing said but that it is the same
        (
            "对辩护人提出的与此相同的辩护意见，予以采纳。被告人卢承安的指定辩护人提出的辩护意见属实。",
            [],
        ),
        # 其 is the accuser
        ("公诉机关指控的罪名成立，予以支持，其提出的量刑建议适当，予以采纳。", []),
        # the name alone, with the answer
        ("被告人卢承安的辩解，与查明的事实不符，不予采纳。", []),
        # each with its own reason
        (
            "关于辩护人所提数额应扣除押金的意见，符合规定，予以采纳；关于辩护人所提适用缓刑的意见，因本案数额巨大，不予采纳。",
            ["数额应扣除押金", "适用缓刑"],
        ),
    ],
)
def test_points_that_the_court_repeats(reasoning: str, points: list[str]) -> None:
    assert [a.text for a in judgment(reasoning=reasoning).arguments] == points


@pytest.mark.parametrize(
    ("accusation", "points"),
    [
        # after the demand what the accused says answers it, whatever the verb
        (
            "被告人卢承安窃得现金。公诉机关认为应当以盗窃罪追究其刑事责任，提请依法判处。"
            "被告人卢承安提出钱是店主借给他的。",
            [("defendant", "钱是店主借给他的")],
        ),
        (
            "被告人卢承安窃得现金，其行为已触犯刑法，构成盗窃罪。对指控的第二起，被告人卢承安庭审中称不记得了。"
            "其辩护人意见：卢承安系初犯。",
            [("counsel", "卢承安系初犯")],
        ),
        # the accuser goes on
        (
            "被告人卢承安窃得现金，应当追究其刑事责任。被告人卢承安自愿认罪认罚，可以从宽处理。",
            [],
        ),
        # in the story nobody answers
        ("2023年2月1日，被告人卢承安提出到店里借钱，趁机拿走现金。", []),
    ],
)
def test_the_accused_answers_where_the_accusation_ends(
    accusation: str, points: list[tuple[str, str]]
) -> None:
    doc = judgment(accusation=accusation, found="上述指控属实。")
    assert [(a.by, a.text) for a in doc.arguments] == points


@pytest.mark.parametrize(
    ("found", "points"),
    [
        # without a part of the defence: what the court answers among its findings
        (
            "卢承安窃得现金。故对被告人卢承安庭审中提出其只拿了二百元的辩解，不予采信。",
            [("defendant", "其只拿了二百元")],
        ),
        # a statement among the evidence is evidence
        ("卢承安窃得现金，有被告人卢承安的供述和辩解证实。", []),
        # a bare name, and a victim spoken of in his point
        (
            "卢承安窃得现金。二、卢承安提出对被害人的赔偿是由其付清的上诉意见，经查，赔偿由其父支付，不予采纳。",
            [("defendant", "对被害人的赔偿是由其付清")],
        ),
        # both sides say it
        (
            "卢承安窃得现金。庭审中，公诉人、辩护人提出被告人卢承安已退赔店主损失。以上情节经查属实，予以确认。",
            [("counsel", "被告人卢承安已退赔店主损失")],
        ),
    ],
)
def test_points_among_the_courts_findings(found: str, points: list[tuple[str, str]]) -> None:
    doc = judgment(found=found)
    assert [(a.by, a.text) for a in doc.arguments] == points


def test_an_appellant_of_the_victims_side_makes_no_point_of_the_defence() -> None:
    doc = judgment(
        reasoning="关于上诉人韩某上诉称赔偿数额过低的上诉理由，经查，不能成立。"
        "关于上诉人卢承安上诉称量刑过重的上诉理由，经查，不能成立。"
    )
    assert [a.text for a in doc.arguments] == ["量刑过重"]
