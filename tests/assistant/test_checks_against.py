"""A judgment or an indictment that speaks against itself; each rule with its opposite."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, hits

REASON = "系自首，依法可以从轻处罚。"
TERM = "判处有期徒刑九个月，并处罚金"
SUSPENDED = (TERM, "判处有期徒刑九个月，缓刑一年，并处罚金")
GOT = "窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元"
MADE_OUT = "公诉机关指控的罪名成立"
IN_COURT: list[tuple[str, list[Change], str | None, str]] = [
    ("REAS-010", [(MADE_OUT, "公诉机关指控的罪名不成立")], "罪名不成立", "and he is convicted"),
    ("REAS-010", [(MADE_OUT, "辩护人提出指控罪名不成立的意见不予采纳")], None, "counsel's words"),
    ("REAS-010", [("其行为已构成盗窃罪", "其行为不构成盗窃罪")], "行为不构成盗窃罪", "no crime, yet"),
    ("REAS-010", [("其行为已构成盗窃罪", "其行为不构成抢夺罪，已构成盗窃罪")], None,
     "another crime is none"),
    ("REAS-010", [SUSPENDED, (REASON, REASON + "对被告人林志远不宜适用缓刑。")], "不宜适用缓刑",
     "suspended all the same"),
    ("REAS-010", [(REASON, REASON + "对被告人林志远不宜适用缓刑。")], None, "and none is granted"),
    ("REAS-010", [(REASON, REASON + "对被告人林志远可以适用缓刑。")], "可以适用缓刑",
     "and none is granted"),
    ("REAS-010", [SUSPENDED, (REASON, REASON + "对被告人林志远可以适用缓刑。")], None, "granted"),
    ("REAS-010", [("系自首，依法可以从轻", "系自首，依法可以从重")], "从重处罚", "heavier for surrender"),
    ("REAS-010", [(REASON, "系累犯，依法从轻处罚。")], "系累犯，依法从轻处罚", "lighter for a recidivist"),
    ("REAS-010", [(REASON, "系累犯，依法从重处罚。")], None, "heavier for a recidivist"),
    ("REAS-010", [(REASON, REASON + "被告人林志远未赔偿被害人损失，可酌情从轻处罚。")],
     "未赔偿被害人损失，可酌情从轻处罚", "nothing was paid"),
    ("REAS-010", [(REASON, REASON + "被告人林志远未赔偿被害人损失，但系初犯，可酌情从轻处罚。")],
     None, "another ground"),
    ("PROC-011", [("如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向江城市中级人民法院提出上诉。",
                   "本判决为终审判决。")], "本判决为终审判决", "of a first judgment"),
    ("PROC-011", [("接到判决书的第二日起十日内", "判决宣告之日起十日内")], "判决宣告之日起", "from receipt"),
    ("PROC-011", [("接到判决书的第二日起十日内", "收到判决书的次日起十日内")], None, "the next day"),
    ("PROC-011", [("向本院提起公诉", "向江城市东山区人民法院提起公诉")], "江城市东山区人民法院",
     "another court"),
    ("PROC-011", [("向本院提起公诉", "向江城市云溪区人民法院提起公诉")], None, "this court"),
    ("PROC-011", [("公开开庭审理", "因涉及个人隐私，公开开庭审理")], "公开开庭审理", "privacy, in public"),
    ("PROC-011", [("没有异议且签字具结", "予以否认")], "否认", "denied, in the summary procedure"),
    ("DATE-017", [("刑期从判决执行之日", "刑期从判决宣告之日")], "从判决宣告之日起", "from execution"),
    ("SENT-013", [SUSPENDED, ("（刑期从判决执行之日起计算。", "（缓刑考验期限，从判决宣告之日起计算。")],
     "从判决宣告之日起", "from the final judgment"),
    ("SENT-013", [SUSPENDED, ("（刑期从判决执行之日起计算。", "（缓刑考验期限，从判决确定之日起计算。")],
     None, "as the law has it"),
    ("SENT-006", [("九个月，并处罚金", "九个月，单处罚金")], "单处罚金", "beside a term"),
    ("NAME-002", [("本院认为，被告人林志远", "本院认为，上诉人林志远")], "上诉人", "nobody appealed yet"),
    ("NAME-002", [("被害人陈述、鉴定意见等", "证人林志远的证言、鉴定意见等")], "证人林志远", "the accused"),
    ("NAME-002", [("被害人陈述、鉴定意见等", "证人林志的证言、鉴定意见等")], None, "another person"),
    ("NAME-005", [(REASON, REASON + "被告人林志远犯罪时已满七十五周岁，可以从轻处罚。")],
     "七十五周岁", "born in 1990"),
    ("LANG-001", [("第五十二条、第五十三条", "第五十二条、第五十二条")], "第五十二条、第五十二条", "twice"),
    ("LANG-001", [("第六十七条第一款、第五十二条", "第六十七条第一款、第六十七条第三款、第五十二条")],
     None, "two paragraphs of one article"),
    ("LANG-008", [("鉴定意见等证据", "鉴定意见、尸体检验报告等证据")], "尸体检验报告", "nobody died"),
    ("LANG-008", [("鉴定意见等证据", "鉴定意见、人体损伤程度鉴定书等证据"),
                  ("趁被害人周敏不备", "将被害人周敏打伤后")], None, "somebody was hurt"),
    ("FMT-006", [("书记员 罗平", "")], "审判员", "no clerk has signed"),
    ("FMT-006", [("依法适用简易程序，实行独任审判，", "")], None, "no part is missing"),
    ("REAS-010", [("系自首，依法", "起次要作用，系主犯，依法")], "次要作用，系主犯", "an accessory's part"),
    ("REAS-010", [("如实供述自己的罪行，系自首", "未如实供述自己的罪行，系自首")],
     "未如实供述自己的罪行，系自首", "no surrender without confession"),
    ("REAS-010", [("如实供述自己的罪行，系自首", "拒不认罪，有悔罪表现")], "拒不认罪", "and repents"),
    ("REAS-010", [("系自首，依法可以从轻", "当庭自愿认罪，依法可以从重")], "从重处罚", "for a good will"),
    ("REAS-010", [("系自首，依法可以从轻", "自愿认罪，但多次盗窃，依法可以从重")], None, "for something else"),
    ("LANG-008", [("辩护人何清，江城市明达律师事务所律师。\n", ""), ("及其辩护人何清到庭", "到庭"),
                  (REASON, REASON + "辩护人提出从轻处罚的意见，予以采纳。")], "辩护人提出从轻处罚的意见",
     "there is no counsel"),
    ("LANG-008", [(REASON, REASON + "辩护人提出从轻处罚的意见，予以采纳。")], None, "there is one"),
    ("LANG-008", [("三千元。\n", "三千元；责令退赔被害人邬长兴人民币5600元。\n")], "邬长兴",
     "nobody of that name"),
    ("LANG-008", [("三千元。\n", "三千元；责令退赔被害人周敏人民币5600元。\n")], None, "the victim"),
    ("PROC-011", [("审判员 宋和", "审判长 宋和\n人民陪审员 刘文")], "独任", "a panel signs"),
    ("PROC-011", [("本院依法适用简易程序", "本院依法适用速裁程序"), ("没有异议且签字具结", "不持意见"),
                  ("亦无异议", "亦作了陈述")],
     "速裁程序", "nobody pleads"),
    ("SENT-004", [(TERM, "判处有期徒刑九个月，剥夺政治权利八年，并处罚金")], "剥夺政治权利八年", "over five"),
    ("SENT-004", [(TERM, "判处有期徒刑九个月，剥夺政治权利二年，并处罚金")], None, "as the law has it"),
    ("SENT-014", [("判处有期徒刑九个月，并处罚金人民币三千元。",
                   "判处有期徒刑九个月，并处罚金人民币三千元；犯诈骗罪，判处有期徒刑一年，并处罚金人民币三千元。")],
     "有期徒刑", "nothing is decided for both"),
    ("SENT-014", [("判处有期徒刑九个月，并处罚金人民币三千元。",
                   "判处有期徒刑九个月，并处罚金人民币三千元；犯诈骗罪，判处有期徒刑一年，并处罚金人民币三千元。"
                   "数罪并罚，决定执行有期徒刑一年六个月，并处罚金人民币六千元。")], None, "combined"),
    ("DATE-017", [("自2023年3月6日起", "自2023年4月5日起")], "2023年4月5日起", "held since 6 March"),
    ("CHG-003", [("其行为已构成盗窃罪", "其行为已构成盗窃罪、故意毁坏财物罪")], "故意毁坏财物罪",
     "no verdict on it"),
    ("CHG-003", [("盗窃罪", "贩卖毒品罪"), ("其行为已构成贩卖毒品罪", "其行为已构成运输毒品罪")],
     "贩卖毒品罪", "another part of the charge"),
    ("LANG-001", [("共计价值人民币5600元", "共计价值人民币5600")], "人民币5600", "of what"),
    ("SENT-018", [("数额较大，其行为", "数额特别巨大，其行为")], "数额特别巨大", "ten years at the least"),
    ("SENT-018", [("数额较大，其行为", "数额特别巨大，其行为"), ("九个月", "三年六个月")], None,
     "mitigated by one tier"),
    ("REAS-011", [(REASON, REASON + "被告人林志远取得被害人谅解，可酌情从轻处罚。")], "取得被害人谅解",
     "nothing tells of it"),
    ("REAS-011", [(REASON, REASON + "被告人林志远取得被害人谅解，可酌情从轻处罚。"),
                  ("如实供述了上述事实。", "如实供述了上述事实，其家属赔偿后取得周敏谅解。")], None, "told above"),
    ("SENT-015", [("判处有期徒刑九个月，并处罚金人民币三千元。",
                   "判处有期徒刑九个月，并处罚金人民币三千元；犯故意伤害罪，判处有期徒刑一年。数罪并罚，决定执行有期徒刑一年六个月，并处罚金人民币八千元。")],
     "八千元", "the only fine is three thousand"),
    ("SENT-015", [("判处有期徒刑九个月，并处罚金人民币三千元。",
                   "判处有期徒刑九个月，并处罚金人民币三千元；犯故意伤害罪，判处有期徒刑一年。数罪并罚，决定执行有期徒刑一年六个月，并处罚金人民币三千元。")],
     None, "the only fine"),
    ("LANG-006", [("号起诉书指控", "号起诉意见书指控")], "起诉意见书", "the police's paper"),
    ("LANG-006", [("如不服本判决", "如不服本裁定")], "不服本裁定", "it is a judgment"),
    ("LANG-006", [("现已审理终结", "现已侦查终结")], "侦查终结", "the court tries"),
    ("LANG-006", [("犯盗窃罪，判处", "犯盗窃罪，建议判处")], "建议判处", "the court decides"),
    ("LANG-006", [(MADE_OUT, "侦查机关指控的罪名成立")], "侦查机关指控", "the procuratorate accuses"),
    ("LANG-001", [("二〇二三年七月", "二〇三年七月")], "二〇三年", "a digit of the year is missing"),
    ("LAW-009", [("第六十七条第一款", "第六十七条第一款、第十七条之一")], "第十七条之一", "born in 1990"),
    ("LAW-009", [("第六十七条第一款", "第六十七条第一款、第二十五条第一款")], "第二十五条第一款", "he acted alone"),
    ("LAW-009", [("第六十七条第一款", "第六十七条第一款、第二十五条第一款"), ("趁被害人", "伙同他人趁被害人")],
     None, "with another"),
    ("CIRC-013", [("如实供述自己的罪行，系自首，依法可以从轻", "到案后如实供述自己的罪行，系坦白，依法可以减轻"),
                  ("犯罪以后自动投案，", "")], "减轻", "a confession alone"),
    ("REAS-011", [("数额较大，其行为", "所得5650元，数额较大，其行为"), ("5600", "6550")], "5650",
     "two digits changed over"),
    ("REAS-011", [(GOT, "贩卖甲基苯丙胺0.3克、0.5克"), ("数额较大，其行为", "贩卖毒品1.8克，其行为")], "1.8克",
     "neither told nor the sum"),
    ("REAS-011", [(GOT, "贩卖甲基苯丙胺0.3克、0.5克"), ("数额较大，其行为", "贩卖毒品0.8克，其行为")], None,
     "the sum of both"),
    ("REAS-011", [(GOT, "将被害人周敏打成轻伤二级"), ("数额较大，其行为", "致三人轻伤，其行为")], "三人轻伤",
     "one was hurt"),
    ("LANG-008", [("三千元。\n", "三千元；没收作案工具油锯一台。\n")], "油锯", "told nowhere before"),
    ("LANG-008", [("三千元。\n", "三千元；没收作案工具手机一部。\n")], None, "told before"),
    ("CHG-003", [(REASON, REASON + "被告人林志远犯数罪，应当数罪并罚。")], "犯数罪", "one crime"),
    ("CHG-003", [(REASON, REASON + "被告人林志远在缓刑考验期限内犯新罪，应当撤销缓刑，数罪并罚。")],
     None, "with the former sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "points_at", "why"), IN_COURT)
def test_in_a_judgment(code: str, changes: list[Change], points_at: str | None, why: str) -> None:
    found = [span.quote for one in hits(code, case(judgment=changed(JUDGMENT, changes)))
             for span in one.evidence[:1]]  # fmt: skip
    if points_at is None:
        assert found == [], why
    else:
        assert any(points_at in quote for quote in found), (why, found)


IN_AN_INDICTMENT: list[tuple[str, list[Change], str | None, str]] = [
    ("PROOF-007", [("证据确实、充分，应当以", "证据尚不充分，应当以")], "证据尚不充分", "prosecuted"),
    ("PROOF-007", [("足以认定指控事实", "不足以认定指控事实")], "不足以认定", "prosecuted"),
    ("PROOF-007", [("足以认定指控事实", "足以认定指控事实。另一起盗窃证据不足，不予认定")], None,
     "of what is not prosecuted"),
    ("EVID-001", [("3.被告人林志远的供述和辩解", "3.证人证词")], "证人证词", "it is 证人证言"),
    ("LANG-006", [("的规定，提起公诉", "的规定，决定不起诉")], "决定不起诉", "it prosecutes"),
    ("FMT-011", [(INDICTMENT[INDICTMENT.index("附：") :], "")], "2023年6月12日", "nothing is enclosed"),
    ("FMT-011", [(INDICTMENT[INDICTMENT.index("附：") :], ""), ("检察官：沈岩", "检察官：沈某")], None,
     "a version for the public"),
    ("SENT-008", [("2023年", "2018年"), ("八个月至十个月", "六个月至三年")], "六个月至三年", "before 2021 too"),
    ("SENT-008", [("2023年", "2018年"), ("八个月至十个月", "六个月至一年")], None, "narrow enough then"),
    ("SENT-004", [("十个月，并处罚金", "十个月，剥夺政治权利八年，并处罚金")], "剥夺政治权利八年", "over five"),
    ("SENT-013", [("有期徒刑八个月至十个月，", "有期徒刑八个月，缓刑，")], "缓刑", "of what length"),
    ("SENT-013", [("有期徒刑八个月至十个月，", "有期徒刑八个月，缓刑一年，")], None, "of one year"),
    ("LANG-002", [("如实供述了上述事实。\n认定", "如实供述了上述事实\n认定")], "上述事实", "no full stop"),
    ("CHG-003", [("可以从宽处理。", "可以从宽处理。被告人林志远一人犯数罪，应当数罪并罚。")], "犯数罪",
     "one crime"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "points_at", "why"), IN_AN_INDICTMENT)
def test_in_an_indictment(
    code: str, changes: list[Change], points_at: str | None, why: str
) -> None:
    found = [span.quote for one in hits(code, case(changed(INDICTMENT, changes)))
             for span in one.evidence[:1]]  # fmt: skip
    if points_at is None:
        assert found == [], why
    else:
        assert any(points_at in quote for quote in found), (why, found)


BETWEEN: list[tuple[str, Change, str | None, str]] = [
    ("CMP-002", ("现羁押于江城市看守所", "现羁押于石门县看守所"), "江城市看守所", "another place"),
    ("CMP-002", ("因涉嫌盗窃罪，", "因涉嫌抢夺罪，"), "盗窃罪", "held for something else"),
    ("CMP-002", ("因涉嫌盗窃罪，", "因犯抢夺罪于2015年3月2日被江城市云溪区人民法院判处拘役三个月。因涉嫌盗窃罪，"),
     "2015年3月2日", "the indictment knows no conviction"),
    ("CMP-008", ("经审理查明：2023年3月5日14时许", "经审理查明：2023年3月5日14时许"), None, "told alike"),
    ("CMP-002", ("于2023年3月6日被刑事拘留", "于2023年3月6日被石门县公安局刑事拘留"), "江城市公安局",
     "another office"),
    ("CMP-001", ("江城市云溪区人民检察院指派", "石门县人民检察院指派"), "江城市云溪区人民检察院",
     "who comes to the hearing"),
    ("CMP-001", ("江城市云溪区人民检察院指控：", "石门县人民检察院指控："), "江城市云溪区人民检察院",
     "who tells the accusation"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "points_at", "why"), BETWEEN)
def test_between_the_two(code: str, change: Change, points_at: str | None, why: str) -> None:
    one = INDICTMENT.replace(
        "盗窃罪，于2023年3月6日", "盗窃罪，现羁押于江城市看守所，于2023年3月6日"
    )
    found = [span.quote for one in hits(code, case(one, judgment=changed(JUDGMENT, [change])))
             for span in one.evidence]  # fmt: skip
    if points_at is None:
        assert found == [], why
    else:
        assert any(points_at in quote for quote in found), (why, found)


DRUGS = (("盗窃罪", "贩卖毒品罪"), ("趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元",
         "以300元的价格将甲基苯丙胺0.3克卖给周敏"))  # fmt: skip


@pytest.mark.parametrize(
    ("code", "found", "speaks", "why"),
    [
        ("CMP-010", "以300元的价格将海洛因0.3克卖给周敏", True, "another drug"),
        ("CMP-010", "以300元的价格将冰毒0.3克卖给周敏", False, "the same by its street name"),
    ],
)
def test_what_the_court_found(code: str, found: str, speaks: bool, why: str) -> None:
    one, other = changed(INDICTMENT, DRUGS), changed(JUDGMENT, DRUGS)
    head, told = other.split("经审理查明")
    other = head + "经审理查明" + told.replace(DRUGS[1][1], found)
    assert bool(hits(code, case(one, judgment=other))) is speaks, why


def test_a_masked_victim_of_another_surname() -> None:
    def told(name: str) -> list[str]:
        one, other = (
            INDICTMENT.replace("被害人周敏", f"被害人{name}"),
            JUDGMENT.replace("周敏", "周某"),
        )
        return [
            span.quote for h in hits("CMP-011", case(one, judgment=other)) for span in h.evidence
        ]

    assert "邬某" in told("邬某")
    assert told("周某某") == []
