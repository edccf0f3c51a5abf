"""Worked examples: each range computed by hand, the arithmetic beside it.

Notation: [a, b] months; L1 layer 1 (times), L2 layer 2 (plus); D the judge's 20 % (a x 0.8,
b x 1.2); then the statute's floor and ceiling; then whole months outward.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sentencing_cases import case, gold_cases

from assistant.sentencing import opine
from knowledge_base import circumstances, crimes

ROB, HURT, RAPE = "抢劫罪", "故意伤害罪", "强奸罪"
HARBOUR, DRUGS, FRAUD, THEFT = "容留他人吸毒罪", "贩卖毒品罪", "诈骗罪", "盗窃罪"
SERIOUS = "经鉴定，被害人的损伤程度为重伤二级。"
LIGHT = "经鉴定，被害人的损伤程度为轻伤二级。"
DEAD = "被害人经抢救无效死亡。"


@dataclass(frozen=True)
class Example:
    charge: str
    low: int
    high: int
    tiers: tuple[int, ...]
    why: str
    given: dict[str, Any] = field(default_factory=dict)


EXAMPLES = [
    # start [36, 72]; D [28.8, 86.4]; floor 36
    Example(ROB, 36, 87, (1,), "basic robbery, nothing else"),
    # L2 -20…0: [28.8, 72] -> only 从轻: [36, 72]; D [28.8, 86.4] -> 36
    Example(ROB, 36, 87, (1,), "confession stops at the minimum", {"keys": ["confession"]}),
    # L2 -40…0: [21.6, 72]; 自首 may mitigate, no lower tier: floor 6; D [17.28, 86.4]
    Example(ROB, 17, 87, (1,), "surrender goes below", {"keys": ["surrender"]}),
    # L1 x0.5…0.8: [18, 57.6]; D [14.4, 69.12]
    Example(ROB, 14, 70, (1,), "accessory", {"keys": ["accessory"]}),
    # L1 [18, 57.6]; 累犯 +max(1.8, 3)=3 … +23.04: [21, 80.64]; D [16.8, 96.768]
    Example(ROB, 16, 97, (1,), "accessory and recidivist", {"keys": ["accessory", "recidivist"]}),
    # L1 x0.5…0.9: [18, 64.8]; D [14.4, 77.76]
    Example(ROB, 14, 78, (1,), "aged 16 or 17", {"keys": ["minor_16_18"]}),
    # L1 0.5x0.5…0.9x0.8 = 0.25…0.72: [9, 51.84]; D [7.2, 62.208]
    Example(ROB, 7, 63, (1,), "two of layer 1 multiply", {"keys": ["minor_16_18", "accessory"]}),
    # born 2005-06-01, act 2022-03-01: 16 years old, so as the example two above
    Example(ROB, 14, 78, (1,), "age read from the birth date", {"birth": date(2005, 6, 1)}),
    # start [120, 156]; L1 x0.5…1: [60, 156]; one tier down: floor 36; D [48, 187.2] -> 180
    Example(
        ROB,
        48,
        180,
        (2,),
        "attempted robbery in a dwelling",
        {"keys": ["attempt"], "reasoning": "本院认为，被告人沈良才入户抢劫，其行为已构成抢劫罪。"},
    ),
    # start [36, 60]; L2 -40…0: [21.6, 60] -> 从轻 only: [36, 60]; D [28.8, 72] -> 36
    Example(
        HURT,
        36,
        72,
        (2,),
        "forgiveness does not mitigate",
        {"facts": SERIOUS, "keys": ["comp_forgive"]},
    ),
    # L2 -40-40…0: 36x0.2=7.2 … 60; floor of tier 1: 1; D [5.76, 72]
    Example(
        HURT,
        5,
        72,
        (2,),
        "surrender and forgiveness add up",
        {"facts": SERIOUS, "keys": ["surrender", "comp_forgive"]},
    ),
    # package -60…0 in place of -80: 36x0.4=14.4 … 60; D [11.52, 72]; 自首 still mitigates
    Example(
        HURT,
        11,
        72,
        (2,),
        "plea package replaces the single ratios",
        {"facts": SERIOUS, "keys": ["surrender", "comp_forgive", "plea_leniency"]},
    ),
    # 坦白 does not raise the ceiling: -30…0: [25.2, 60] -> [36, 60]; D -> [36, 72]
    Example(
        HURT,
        36,
        72,
        (2,),
        "plea with mere confession: 30 %",
        {"facts": SERIOUS, "keys": ["confession", "plea_leniency"]},
    ),
    # start [120, 156]; -40…0: [72, 156]; one tier down: floor 36; D [57.6, 187.2] -> 180
    Example(HURT, 57, 180, (3,), "death and surrender", {"facts": DEAD, "keys": ["surrender"]}),
    # -20…0: [96, 156] -> [120, 156]; D [96, 187.2] -> [120, 180]
    Example(HURT, 120, 180, (3,), "death and confession", {"facts": DEAD, "keys": ["confession"]}),
    # no national ratio, must mitigate: [0, 60], floor 1, ceiling = own minimum 36
    Example(HURT, 1, 36, (2,), "excessive defence", {"facts": SERIOUS, "keys": ["excess_defense"]}),
    # 轻伤二级: [1, 16]; L2 0…+10+20: [1, 20.8]; D [0.8, 24.96] -> 1
    Example(
        HURT,
        1,
        25,
        (1,),
        "prior and vulnerable victim",
        {"facts": LIGHT, "keys": ["prior", "vulnerable"]},
    ),
    # one woman [36, 72]; L1 x0.4…0.7: [14.4, 50.4]; D [11.52, 60.48]; floor 6
    Example(RAPE, 11, 61, (1,), "aged 14 or 15", {"keys": ["minor_12_16"]}),
    # one woman [36, 72] +0…20 %: [36, 86.4]; D [28.8, 103.68] -> 36
    Example(RAPE, 36, 104, (1,), "vulnerable victim", {"keys": ["vulnerable"]}),
    # one girl [48, 84] +0…20 %: [48, 100.8]; D [38.4, 120.96] -> 120
    Example(
        RAPE,
        38,
        120,
        (1,),
        "a girl under fourteen; ceiling of the tier",
        {"keys": ["disaster"], "facts": "被害人系不满十四周岁的幼女。"},
    ),
    # start [1, 12]; 1+3=4 … 12+4.8=16.8; D [3.2, 20.16]
    Example(HARBOUR, 3, 21, (1,), "recidivist: at least three months", {"keys": ["recidivist"]}),
    # 前科 is displaced by 累犯: as above
    Example(
        HARBOUR,
        3,
        21,
        (1,),
        "prior not counted beside recidivism",
        {"keys": ["recidivist", "prior"]},
    ),
    # 1x0.8+3=3.8 … 12+4.8=16.8; D [3.04, 20.16]
    Example(
        HARBOUR, 3, 21, (1,), "recidivist who confesses", {"keys": ["recidivist", "confession"]}
    ),
    # 自首 displaces 坦白 and 当庭认罪: 12 months top; D [.., 14.4]
    Example(
        HARBOUR,
        1,
        15,
        (1,),
        "surrender over confession over plea in court",
        {"keys": ["surrender", "confession", "court_plea"]},
    ),
    # 5 of 10 g: half way; start [1, 36] takes in the tier: a third, 35/3 = 11.67, moves over
    # 36-1-11.67 = 23.33: [1+11.67, 12.67+11.67] = [12.67, 24.33]; D [10.13, 29.2]
    Example(DRUGS, 10, 30, (1,), "small quantity", {"facts": "从其身上查获净重5克的甲基苯丙胺。"}),
    # share 0.4: (0.4-0.2)/0.8 = 0.25; room 180-96=84 -> +21: [105, 117]; D [84, 140.4]
    Example(
        DRUGS,
        84,
        141,
        (3,),
        "twenty grams lie a quarter into the tier",
        {"facts": "从其住处查获甲基苯丙胺20克。"},
    ),
    # 数量大: fixed 180
    Example(
        DRUGS,
        180,
        180,
        (4,),
        "large quantity: fifteen years",
        {"facts": "从其住处查获海洛因60克。"},
    ),
    # large quantity and accessory: 180x0.5…0.8 = [90, 144]; one tier down: 84; D [72, 172.8] -> 84
    Example(
        DRUGS,
        84,
        173,
        (4,),
        "accessory: one tier down, no further",
        {"facts": "从其住处查获海洛因60克。", "keys": ["accessory"]},
    ),
    # 情节严重 said: tier 2, start [36, 48]; D [28.8, 57.6] -> 36
    Example(
        DRUGS,
        36,
        58,
        (2,),
        "small quantity, grave circumstances",
        {
            "facts": "先后贩卖净重3克的甲基苯丙胺。",
            "reasoning": "本院认为，被告人沈良才贩卖毒品，情节严重。",
        },
    ),
    # tier 3 begins at 500000, no upper figure: start [120, 144]; D [96, 172.8] -> 120
    Example(FRAUD, 120, 173, (3,), "fraud of 600000", {"yuan": 600_000}),
    # (265000-100000)/400000=0.4125 … (265000-30000)/470000=0.5; room 72: [65.7, 84]; D [52.56, 100.8]
    Example(FRAUD, 52, 101, (2,), "fraud of 265000, proportional", {"yuan": 265_000}),
    # the lower end, 30000, decides: tier 2; place 0 (from 100000) … 20000/470000 = 0.0426;
    # room 120-36-12 = 72: [36, 48+3.06]; D [28.8, 61.28] -> 36
    Example(FRAUD, 36, 62, (2,), "fraud of 50000: the national lower end", {"yuan": 50_000}),
    # the court's own 数额巨大 decides; start [36, 48]; D [28.8, 57.6] -> 36
    Example(
        FRAUD,
        36,
        58,
        (2,),
        "the court's words decide",
        {"yuan": 50_000, "reasoning": "本院认为，被告人沈良才骗取他人财物，数额巨大。"},
    ),
    # (5000-3000)/97000=0.0206 … (5000-1000)/29000=0.1379; room 24: [1.49, 15.31]; D [1.2, 18.37]
    Example(THEFT, 1, 19, (1,), "theft of 5000", {"yuan": 5_000}),
    # below every threshold, but a burglary: tier 1, start [1, 12]; D [0.8, 14.4] -> 1
    Example(
        THEFT,
        1,
        15,
        (1,),
        "burglary of 300",
        {"yuan": 300, "facts": "被告人沈良才撬门入户盗窃现金。"},
    ),
    # nothing known: all three tiers, each open to its top
    Example(THEFT, 1, 180, (1, 2, 3), "theft without an amount", {}),
    # a tier that only begins at 100000: below it the first, without a threshold of its own
    Example("掩饰、隐瞒犯罪所得罪", 1, 15, (1,), "below the only threshold", {"yuan": 20_000}),
    # no start: statute alone
    Example("危险驾驶罪", 1, 6, (1,), "detention only", {"keys": ["confession"]}),
    # escape after a death: start [36, 60]; -40…0: [21.6, 60]; D [17.28, 72]
    Example(
        "交通肇事罪",
        17,
        72,
        (2,),
        "hit and run, surrender",
        {"facts": "被告人沈良才肇事后逃逸，被害人死亡。", "keys": ["surrender"]},
    ),
    # escape may be what makes it a crime: both tiers; [1, 24] and [36, 60]; D -> 72
    Example(
        "交通肇事罪",
        1,
        72,
        (1, 2),
        "hit and run without a death",
        {"facts": "被告人沈良才肇事后逃逸，致一人重伤。"},
    ),
    # act before Amendment XI: the old, milder tiers (36), no national start
    Example("开设赌场罪", 1, 36, (1,), "milder old law", {"offence": date(2020, 5, 1)}),
    # act of 2019, new law milder: 36; (100000-60000)/940000=0.0426; room 24: [2.02, 13.02]; D [1.6, 15.6]
    Example(
        "职务侵占罪", 1, 16, (1,), "milder new law", {"offence": date(2019, 5, 1), "yuan": 100_000}
    ),
    # --- circumstances, on basic robbery [36, 72], floor 36 (6 with 减轻), D x0.8 … x1.2 -> 86.4
    # -40…0, may mitigate: [21.6, 72]; D [17.28, 86.4]
    Example(ROB, 17, 87, (1,), "seventy-five, with intent", {"keys": ["elderly_intent"]}),
    # no ratio, may mitigate: [0, 72] -> [6, 72]
    Example(ROB, 6, 87, (1,), "limited capacity: no national ratio", {"keys": ["mental_limited"]}),
    # -50…0: [18, 72]; D [14.4, 86.4]
    Example(ROB, 14, 87, (1,), "deaf and mute", {"keys": ["deaf_mute_blind"]}),
    # no ratio, may mitigate
    Example(ROB, 6, 87, (1,), "preparation", {"keys": ["preparation"]}),
    # -50…0: [18, 72]; D [14.4, 86.4]
    Example(ROB, 14, 87, (1,), "attempt", {"keys": ["attempt"]}),
    # 应当免除: nothing left
    Example(ROB, 0, 0, (1,), "given up without harm", {"keys": ["suspension_no_harm"]}),
    # 应当减轻, no ratio: [6, 36], the tier's own minimum is the ceiling
    Example(ROB, 6, 36, (1,), "given up after harm", {"keys": ["suspension_harm"]}),
    Example(ROB, 6, 36, (1,), "coerced", {"keys": ["coerced"]}),
    Example(ROB, 36, 87, (1,), "a principal is punished as such", {"keys": ["principal"]}),
    Example(ROB, 36, 87, (1,), "a ringleader too", {"keys": ["ring_leader"]}),
    # no ratio, may mitigate
    Example(ROB, 6, 87, (1,), "instigator", {"keys": ["instigator"]}),
    Example(ROB, 17, 87, (1,), "special surrender like surrender", {"keys": ["surrender_special"]}),
    # -30…-10, 从轻 only: [25.2, 64.8] -> [36, 64.8]; D [28.8, 77.76] -> 36
    Example(ROB, 36, 78, (1,), "graver crime confessed", {"keys": ["confession_heavier"]}),
    # -50…-30, may mitigate: [18, 50.4]; D [14.4, 60.48]
    Example(ROB, 14, 61, (1,), "grave harm averted", {"keys": ["confession_avoid"]}),
    # -20…0, may mitigate: [28.8, 72]; D [23.04, 86.4]
    Example(ROB, 23, 87, (1,), "merit", {"keys": ["merit"]}),
    # -50…-20: [18, 57.6]; D [14.4, 69.12]
    Example(ROB, 14, 70, (1,), "great merit", {"keys": ["major_merit"]}),
    # +max(10 %, 3) … +40 %: [39.6, 100.8]; D [31.68, 120.96] -> [36, 120]
    Example(ROB, 36, 120, (1,), "special recidivist", {"keys": ["recidivist_special"]}),
    # 0…+20 %: [36, 86.4]; D [28.8, 103.68] -> 36
    Example(ROB, 36, 104, (1,), "in a disaster", {"keys": ["disaster"]}),
    # no national ratios: named, not counted
    Example(
        ROB,
        36,
        87,
        (1,),
        "discretionary ones without a ratio",
        {"keys": ["victim_fault", "civil_dispute", "first_occasional", "fine_paid", "use_minor"]},
    ),
    Example(ROB, 36, 87, (1,), "an administrative record", {"keys": ["bad_record"]}),
    # --- on 重伤 [36, 60], floor 1 with surrender (-40…0)
    # -40-30: [10.8, 60]; D [8.64, 72]
    Example(
        HURT,
        8,
        72,
        (2,),
        "surrender and compensation without forgiveness",
        {"facts": SERIOUS, "keys": ["surrender", "comp_only"]},
    ),
    # -40-20: [14.4, 60]; D [11.52, 72]
    Example(
        HURT,
        11,
        72,
        (2,),
        "surrender and forgiveness alone",
        {"facts": SERIOUS, "keys": ["surrender", "forgive_only"]},
    ),
    # -40-10: [18, 60]; D [14.4, 72]
    Example(
        HURT,
        14,
        72,
        (2,),
        "surrender and conduct in custody",
        {"facts": SERIOUS, "keys": ["surrender", "detention_good"]},
    ),
    # -50…0, may mitigate: [18, 60]; D [14.4, 72]
    Example(HURT, 14, 72, (2,), "reconciled", {"facts": SERIOUS, "keys": ["reconciliation"]}),
    # 应当减轻: as excessive defence
    Example(HURT, 1, 36, (2,), "necessity", {"facts": SERIOUS, "keys": ["excess_necessity"]}),
    # -30…0, 从轻 only: [25.2, 60] -> [36, 60]; D [28.8, 72] -> 36
    Example(HURT, 36, 72, (2,), "plea alone", {"facts": SERIOUS, "keys": ["plea_leniency"]}),
    # found 罪行较轻: surrender reaches -100…0: [0, 60] -> [1, 60]; D [0.8, 72] -> 1
    Example(
        HURT,
        1,
        72,
        (2,),
        "surrender in a light case",
        {
            "facts": SERIOUS,
            "keys": ["surrender"],
            "reasoning": "本院认为，被告人沈良才系自首，罪行较轻，可以减轻处罚。",
        },
    ),
    # the defence alone calls it light: -40…0 as ever: [21.6, 60]; D [17.28, 72]
    Example(
        HURT,
        17,
        72,
        (2,),
        "only counsel calls it light",
        {
            "facts": SERIOUS,
            "keys": ["surrender"],
            "reasoning": "本院认为，被告人沈良才系自首。辩护人提出其罪行较轻的意见，不予采纳。",
        },
    ),
    # --- on 轻伤二级 [1, 16]
    # -100…-60: [0, 6.4] -> [1, 6.4]; D [0.8, 7.68]
    Example(
        HURT, 1, 8, (1,), "plea in a light case", {"facts": LIGHT, "keys": ["plea_leniency_minor"]}
    ),
    # -30…0: [0.7, 16] -> 1; D [0.8, 19.2]
    Example(HURT, 1, 20, (1,), "plea at trial", {"facts": LIGHT, "keys": ["plea_trial"]}),
    Example(
        HURT, 1, 20, (1,), "plea on appeal: no ratio", {"facts": LIGHT, "keys": ["plea_appeal"]}
    ),
    # 轻伤一级 [9, 24]; D [7.2, 28.8]
    Example(HURT, 7, 29, (1,), "light injury, first grade", {"facts": "损伤程度为轻伤一级。"}),
    # several: [12, 36]; D [9.6, 43.2] -> 36
    Example(HURT, 9, 36, (1,), "two lightly injured", {"facts": "共造成二人轻伤二级。"}),
    # 毒品再犯: no ratio, stays beside; as five grams above
    Example(
        DRUGS,
        10,
        30,
        (1,),
        "drug recidivist: no national ratio",
        {"facts": "从其身上查获净重5克的甲基苯丙胺。", "keys": ["drug_recidivist"]},
    ),
    # --- crimes
    # two dead, all the blame: tier 2, [36, 60]; D [28.8, 72] -> 36
    Example(
        "交通肇事罪",
        36,
        72,
        (2,),
        "two dead and all the blame",
        {"facts": "事故致二人死亡，被告人沈良才负事故全部责任。"},
    ),
    # the same, seventy-five: x0.5…0.8: [18, 48]; floor 1; D [14.4, 57.6]
    Example(
        "交通肇事罪",
        14,
        58,
        (2,),
        "negligent at seventy-five",
        {
            "facts": "事故致二人死亡，被告人沈良才负事故全部责任。",
            "keys": ["elderly_negligent"],
        },
    ),
    # one dead: [8, 24]; D [6.4, 28.8]
    Example("交通肇事罪", 6, 29, (1,), "one dead", {"facts": "被害人死亡，被告人负主要责任。"}),
    # 100…500: place 0.5; room 36-1-11 = 24: [13, 24]; D [10.4, 28.8]
    Example("非法吸收公众存款罪", 10, 29, (1,), "three million", {"yuan": 3_000_000}),
    # 500…5000: place 1/45, room 72: [37.6, 49.6]; -30…0: [26.32, 49.6]; 176③ mitigates: floor 1;
    # D [21.06, 59.52]
    Example(
        "非法吸收公众存款罪",
        21,
        60,
        (2,),
        "restitution mitigates here",
        {"yuan": 6_000_000, "keys": ["restitution"]},
    ),
    # 10…100: place 4/9, room 84-36-12 = 36: [52, 64]; D [41.6, 76.8]
    Example("集资诈骗罪", 41, 77, (1,), "half a million", {"yuan": 500_000}),
    # 0.5…5: place 5/9, room 60-1-23 = 36: [21, 44]; D [16.8, 52.8]
    Example("信用卡诈骗罪", 16, 53, (1,), "another's card", {"yuan": 30_000}),
    # overdrawn: from 50000 only; start [1, 24]; D [0.8, 28.8]
    Example(
        "信用卡诈骗罪",
        1,
        29,
        (1,),
        "overdrawn below the threshold",
        {"yuan": 30_000, "facts": "被告人沈良才恶意透支信用卡本金。"},
    ),
    # said: [36, 48]; D [28.8, 57.6] -> 36
    Example(
        "合同诈骗罪",
        36,
        58,
        (2,),
        "no national amount: the court's words",
        {"reasoning": "本院认为，被告人沈良才骗取他人财物，数额巨大。"},
    ),
    # [1, 12]; D [0.8, 14.4]
    Example("非法拘禁罪", 1, 15, (1,), "unlawful detention", {}),
    # place 7000/77000 = 0.0909 … 9000/29000 = 0.3103; room 24: [3.18, 19.45]; D [2.55, 23.34]
    Example("抢夺罪", 2, 24, (1,), "ten thousand snatched", {"yuan": 10_000}),
    # place 0 … 70000/270000 = 0.2593; room 120-36-24 = 60: [36, 75.56]; D [28.8, 90.67] -> 36
    Example("敲诈勒索罪", 36, 91, (2,), "a hundred thousand extorted", {"yuan": 100_000}),
    # not injured [1, 15]; D [0.8, 18]
    Example("妨害公务罪", 1, 18, (1,), "nobody injured", {}),
    # slightly injured [6, 24]; D [4.8, 28.8]
    Example("妨害公务罪", 4, 29, (1,), "slightly injured", {"facts": "致民警轻微伤。"}),
    # said: [36, 60]; D [28.8, 72] -> 36
    Example(
        "聚众斗殴罪",
        36,
        72,
        (2,),
        "armed affray",
        {"reasoning": "本院认为，被告人沈良才持械聚众斗殴。"},
    ),
    # once [1, 18]; D [0.8, 21.6]
    Example("寻衅滋事罪", 1, 22, (1,), "once, nobody injured", {}),
    # 30 of 10…50 g: place 0.5; room 24: [13, 24]; D [10.4, 28.8]
    Example("非法持有毒品罪", 10, 29, (1,), "thirty grams held", {"facts": "查获甲基苯丙胺30克。"}),
    # [1, 24]; D [0.8, 28.8]
    Example("介绍卖淫罪", 1, 29, (1,), "procuring", {}),
    # tobacco, 5…25: place 0.5; room 60-1-23 = 36: [19, 42]; D [15.2, 50.4]
    Example(
        "非法经营罪",
        15,
        51,
        (1,),
        "tobacco without a licence",
        {"yuan": 150_000, "facts": "被告人沈良才无证经营卷烟。"},
    ),
    # said, but no amount: from the start [60, 72] up to the top of the tier
    Example(
        "非法经营罪",
        60,
        180,
        (2,),
        "the court's 情节特别严重",
        {"reasoning": "本院认为，被告人沈良才非法经营，情节特别严重。"},
    ),
    # [12, 36], no detention: floor 6; D [9.6, 43.2]
    Example("猥亵儿童罪", 9, 44, (1,), "indecency with a child", {}),
    # a province's start [1, 12]; D [0.8, 14.4]
    Example("帮助信息网络犯罪活动罪", 1, 15, (1,), "aid to network crime", {}),
    Example("拒不执行判决、裁定罪", 1, 15, (1,), "a judgment not obeyed", {}),
    Example(
        "侵犯公民个人信息罪",
        1,
        15,
        (1,),
        "personal data",
        {"reasoning": "本院认为，被告人沈良才出售公民个人信息，情节严重。"},
    ),
    # a province's start [6, 24]; D [4.8, 28.8]; detention from 1
    Example("开设赌场罪", 4, 29, (1,), "gambling house since 2021", {}),
    # a province's start [60, 84]; D [48, 100.8] -> 60
    Example("组织卖淫罪", 60, 101, (1,), "organised prostitution", {}),
    # no starting point: the statute alone
    Example("绑架罪", 120, 180, (2,), "kidnapping", {}),
    # only life or death: beyond months
    Example(
        "绑架罪",
        180,
        180,
        (3,),
        "the victim killed",
        {"reasoning": "本院认为，被告人沈良才杀害被绑架人。"},
    ),
    Example(
        "重大责任事故罪",
        36,
        84,
        (2,),
        "three dead and the main blame",
        {"facts": "事故造成3人死亡，被告人沈良才负主要责任。"},
    ),
    # three dead: tier 2; no national start
    Example("玩忽职守罪", 36, 84, (2,), "three dead", {"facts": "事故致三人死亡。"}),
    # 扶贫款: 100000 already enough for tier 2; which of the two is not said
    Example(
        "贪污罪",
        1,
        120,
        (1, 2),
        "relief money",
        {"yuan": 150_000, "facts": "被告人沈良才侵吞扶贫款。"},
    ),
    # half of 1000 is enough against a disabled person: [1, 12]; D [0.8, 14.4]
    Example(THEFT, 1, 15, (1,), "half the amount", {"yuan": 600, "facts": "窃取残疾人的现金。"}),
    # no national figure for tier 3: both, until the document says which
    Example("职务侵占罪", 36, 159, (2, 3), "no amount for the top tier", {"yuan": 2_000_000}),
    # act of 2023, tried 2024: Amendment XII is the milder law: 36
    Example(
        "行贿罪",
        1,
        36,
        (1,),
        "bribery under the milder new law",
        {"yuan": 50_000, "offence": date(2023, 5, 1), "issued": date(2024, 6, 1)},
    ),
    # 1.5 million, 2023: old 60…120, new 36…120: the floor is lower, the new law
    Example(
        "行贿罪",
        36,
        120,
        (2,),
        "the lighter floor decides",
        {"yuan": 1_500_000, "offence": date(2023, 5, 1), "issued": date(2024, 6, 1)},
    ),
    # 单位受贿 特别严重, act of 2023: old at most 60, new 36…120: the old law
    Example(
        "单位受贿罪",
        1,
        60,
        (1,),
        "a later law with a heavier tier",
        {
            "offence": date(2023, 5, 1),
            "issued": date(2024, 6, 1),
            "reasoning": "本院认为，被告人沈良才的行为情节特别严重。",
        },
    ),
    # 6000 x 10000, act of 2020: old law has two tiers only: 36…120, no national start then
    Example(
        "非法吸收公众存款罪",
        36,
        120,
        (2,),
        "an amount above the old law's last tier",
        {"yuan": 60_000_000, "offence": date(2020, 5, 1)},
    ),
    # tried before it: 60
    Example(
        "行贿罪",
        1,
        60,
        (1,),
        "bribery under the old law",
        {"yuan": 50_000, "offence": date(2022, 5, 1), "issued": date(2023, 6, 1)},
    ),
]


def test_every_circumstance_is_in_an_example() -> None:
    shown = {key for example in EXAMPLES for key in example.given.get("keys", ())}
    # Reached through plea_leniency and another circumstance, never named by a document.
    assert set(circumstances.all()) - shown == {"plea_leniency_plus"}


def test_every_crime_is_in_a_worked_example() -> None:
    """By the tables' own title: an example of one part of a selective title is not enough."""
    shown = {e.charge for e in EXAMPLES} | {row["charge"] for row in gold_cases()}
    assert {rule.charge for rule in crimes.all()} - shown == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.charge} {e.why}")
def test_example(example: Example) -> None:
    opinion = opine(case(example.charge, **example.given))[0]
    assert opinion.tiers == example.tiers
    assert (opinion.low, opinion.high) == (example.low, example.high)
    assert opinion.decided is (len(example.tiers) == 1)
