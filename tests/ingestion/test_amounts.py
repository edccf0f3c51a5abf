"""The part each sum plays in the story."""

from __future__ import annotations

import pytest
from case_texts import judgment


@pytest.mark.parametrize(
    ("sentence", "fen", "role", "fuzzy"),
    [
        ("被告人卢承安窃得现金3，200元。", 320000, "count", False),
        ("被告人卢承安将抽屉内的现金2700元盗走。", 270000, "count", False),  # the verb follows
        ("被盗手机经鉴定价值人民币3720元。", 372000, "item", False),
        ("以上财物共计价值人民币1.2万余元。", 1200000, "total", True),
        ("被告人卢承安从中非法获利约5000元。", 500000, "gain", True),
        ("被告人卢承安分得赃款2000元。", 200000, "person", False),
        ("被告人卢承安的家属代为退缴违法所得人民币8000元。", 800000, "returned", False),
        ("被告人卢承安赔偿被害人经济损失人民币三万元。", 3000000, "compensated", False),
        ("被告人卢承安将装有4000元现金的公文包盗走。", 400000, "count", False),  # told after 装有
        ("被告人卢承安谎称最高可获利500万元。", 500000000, "other", False),  # a promise is no gain
        ("双方约定以每吨7500元成交。", 750000, "other", False),  # a rate
        ("综上，被告人卢承安盗窃四次，数额达34606元。", 3460600, "total", False),
        ("被告人卢承安一次性赔被害人损失3万元。", 3000000, "compensated", False),
        ("案发后，被告人卢承安的亲属代为支付被害人医疗费3万元。", 3000000, "compensated", False),
        ("被告单位已补缴全部税款人民币34万元。", 34000000, "returned", False),
        ("被告人卢承安参与骗取钱款共计人民币16.4万元。", 16400000, "person", False),
        ("被告人卢承安将冰毒一包贩卖给何某，得款500元。", 50000, "count", False),  # the act itself
        ("被告人卢承安将公司20万元挪作自用。", 20000000, "count", False),
        ("被告人卢承安取出该拎包内的现金900元后将包丢弃。", 90000, "other", False),  # of the loot
        ("民警从被告人卢承安处扣押人民币600元。", 60000, "other", False),
    ],
)
def test_roles_in_the_accusation(sentence: str, fen: int, role: str, fuzzy: bool) -> None:
    doc = judgment(accusation=f"2023年2月1日，在青岩区。{sentence}")
    told = [a for a in doc.amounts if a.section == "accusation"]
    assert [(a.fen, a.role, a.fuzzy, a.speaker) for a in told] == [
        (fen, role, fuzzy, "prosecution")
    ]


def test_a_list_of_victims_has_one_role() -> None:
    # the verb stands before the first name only, and brackets stand between
    doc = judgment(
        accusation="被告人卢承安骗取何某（男，52岁）2201元、郑某（男，53岁）1140元、吴某400元。"
    )
    assert [a.role for a in doc.amounts if a.section == "accusation"] == ["count"] * 3


def test_what_a_total_is_made_of_belongs_to_persons() -> None:
    doc = judgment(
        accusation="会员损失共计人民币（币种，下同）3000元。其中，何某1800元、郑某1200元。"
    )
    told = [a.role for a in doc.amounts if a.section == "accusation"]
    assert told == ["total", "person", "person"]


def test_a_fine_is_a_fine_and_an_order_is_no_payment() -> None:
    doc = judgment(
        operative="一、被告人卢承安犯盗窃罪，判处拘役三个月，并处罚金人民币一千元。 二、责令被告人卢承安退赔被害人人民币3200元。"
    )
    ordered = [(a.fen, a.role) for a in doc.amounts if a.section == "operative"]
    assert ordered == [(100000, "fine"), (320000, "other")]


def test_a_piece_of_land_is_no_money() -> None:
    doc = judgment(accusation="2023年2月1日，被告人卢承安承包一块山地。")
    assert [a for a in doc.amounts if a.section == "accusation"] == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        # the loot is sold, whoever buys it
        ("后被告人卢承安将窃得的电动车以300元的价格卖给何某。", [(300, "gain")]),
        # a bribe by any name is the sum of the act
        ("被告人卢承安送给何某“好处费”现金10万元。", [(100000, "count")]),
        # the money of a compensation is taken, not paid
        ("被告人卢承安侵吞房屋征收补偿款43166元。", [(43166, "count")]),
        # what a card's holder owes
        (
            "被告人卢承安于2022年3月26日向信用卡还款1万元后，尚欠本金3万元。",
            [(10000, "other"), (30000, "count")],
        ),
        # given back in another's name, and what was found again
        ("被告人卢承安的家属代为偿还透支款息21万元。", [(210000, "returned")]),
        ("案发后，赃款50元已追回并发还被害人。", [(50, "returned")]),
        # a suit for money is no payment
        ("被告人卢承安起诉何某归还借款506万元。", [(5060000, "other")]),
        # asked for and not got
        ("被告人卢承安以抵押的形式向何某借款6万元，被何某识破。", [(60000, "other")]),
        # the worth of the loot once more
        ("被盗手机价值1840元，数额较大，达人民币1840元。", [(1840, "item"), (1840, "item")]),
        # the sum of counts that follow
        ("被告人卢承安窃得财物2800元。具体事实分述如下：", [(2800, "total")]),
        # one man's share of several acts, by the worth of the loot
        ("卢承安参与盗窃五次，盗窃物品价值79153元。", [(79153, "person")]),
        # what the victim is made to promise is not paid
        (
            "逼迫何某写下3万元人民币欠条，又要求何某赔偿损失5万元。",
            [(30000, "other"), (50000, "other")],
        ),
        ("何某同意支付17万元，后转5万元给卢承安。", [(170000, "other"), (50000, "count")]),
        # stakes by the game are rates
        (
            "参赌人员以500元为一局，每注下注3元，涉案赌资39999元。",
            [(500, "other"), (3, "other"), (39999, "count")],
        ),
        # drawn from the victim's card, and shared
        ("卢承安从何某卡内取款2400元，向郑某分赃700元。", [(2400, "count"), (700, "person")]),
        # nouns of money without the unit
        (
            "工资共计9000元（其中何某工资4000，郑某工资5000元）。",
            [(9000, "total"), (4000, "person"), (5000, "person")],
        ),
    ],
)
def test_roles_that_need_more_than_one_word(sentence: str, told: list[tuple[int, str]]) -> None:
    doc = judgment(accusation=f"2023年2月1日，被告人卢承安盗窃。{sentence}")
    assert [(a.fen // 100, a.role) for a in doc.amounts if a.section == "accusation"] == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        # the tax is the sum of the crime, the face value what the invoices are worth
        (
            "卢承安虚开发票8份，价税合计人民币46.8万元，税额共计人民币6.8万元。",
            [(468000, "item"), (68000, "total")],
        ),
        # without a tax the face value is all there is
        ("卢承安虚开普通发票3份，票面金额累计为90万元。", [(900000, "total")]),
        # a list shares what follows it, and goes on over semicolons
        (
            "卢承安将赃物分别以300元、500元的价格卖给他人。",
            [(300, "gain"), (500, "gain")],
        ),
        (
            "卢承安套取良种补贴4200元；困难补助1100元，共计5300元。",
            [(4200, "count"), (1100, "count"), (5300, "total")],
        ),
        # a verb without a sum lends its part to the next clause
        ("案发后，被告人卢承安分三次退还被害人，共计3万元。", [(30000, "returned")]),
        # what is said, promised or lied about has not happened
        ("被告人卢承安谎称办理入职需要费用7万元。", [(70000, "other")]),
        (
            "卢承安承诺刷卡还给何某5000元，并支付好处费50元。",
            [(5000, "other"), (50, "other")],
        ),
        # what was agreed on and then done is done
        ("何某同意后向卢承安支付5万元。", [(50000, "count")]),
        # an attempt to swindle is the sum of the crime
        ("卢承安又欲骗取何某2万元。", [(20000, "count")]),
        # the accused pays a cost of his own, the victim pays the accused
        ("被告人卢承安在租车行交纳租金4000元，将轿车租走。", [(4000, "other")]),
        ("卢承安虚构招工，骗得何某信任，被害人何某支付保证金4000元。", [(4000, "count")]),
        # a cost of the injury is a damage, who pays it for the victim compensates
        ("被害人何某支付医疗费2759元。", [(2759, "item")]),
        ("被告人卢承安为何某支付医疗费2759元。", [(2759, "compensated")]),
        # cash held by the police, and what is given out again
        ("民警从卢承安身上缴获刀一把，现金500元。", [(500, "other")]),
        ("民警从卢承安处追缴现金694元，已返还被害人。", [(694, "returned")]),
        # a thing that went back is worth what it was
        ("被盗手机价值2600元，已发还被害人。", [(2600, "item")]),
        # one's own house is no loot
        ("卢承安将自有房屋以9.8万元的价格卖给何某。", [(98000, "count")]),
        # a pawned car is, and the same money told again is the same sum
        ("卢承安将骗租的轿车抵押给何某，向其借款3万元。", [(30000, "gain")]),
        (
            "卢承安骗取何某6万元，将其中的2万元用于还债。",
            [(60000, "count"), (20000, "other")],
        ),
        ("卢承安骗取何某6万元，后将骗得的6万元用于还债。", [(60000, "count"), (60000, "count")]),
        # a card's principal is the crime's, its interest is not
        (
            "卢承安的信用卡尚欠本金2.7万元，利息2900元。",
            [(27000, "count"), (2900, "other")],
        ),
        # a debt of one's own is not given back to a victim
        ("卢承安将赃款用于偿还个人债务3万元。", [(30000, "other")]),
        # the piece has its price, the crime its sum
        ("卢承安以每盒10元的价格购进，销售金额共计6598元。", [(10, "other"), (6598, "total")]),
        # the sum-up of a single act names it once more
        ("卢承安窃得现金600元。综上，盗窃数额为600元。", [(600, "count"), (600, "count")]),
        ("卢承安明知无偿还能力，持有2亿元的存单骗取何某信任。", [(200000000, "other")]),
        ("卢承安骗取何某3个月租金3000元。", [(3000, "count")]),  # no rate
        ("卢承安至今未将2000元保证金归还何某。", [(2000, "other")]),
        ("卢承安持刀威胁并让何某交出现金4200元。", [(4200, "count")]),
        ("卢承安伪造金额为13万元的银行电汇凭证给何某看。", [(130000, "other")]),
        ("卢承安偿还本金5万元、利息600元。", [(50000, "returned"), (600, "returned")]),
        (
            "卢承安领取工程款9万元，拖欠工人工资3万元。",
            [(90000, "other"), (30000, "count")],
        ),
        (
            "卢承安将所盗电线以2400元和2300元卖给何某。",
            [(2400, "gain"), (2300, "gain")],
        ),
        ("郑某、何某分别获得100元、600元好处费。", [(100, "gain"), (600, "gain")]),
        ("卢承安的亲属向公安机关缴纳了用于偿还何某的暂扣款3000元。", [(3000, "returned")]),
        (
            "卢承安窃得现金9万元，用于还债2万元，给何某3万元，花费8500元购买家电。",
            [(90000, "count"), (20000, "other"), (30000, "other"), (8500, "other")],
        ),
        (
            "卢承安将盗伐的林木卖往外地，共获得赃款3万元，卢承安获得赃款1万元，何某分得2000元赃款。",
            [(30000, "gain"), (10000, "person"), (2000, "person")],
        ),
        # What is added up is the weight.
        ("卢承安将两小袋共重约2克的冰毒以1200元的价格卖给何某。", [(1200, "count")]),
        (
            "人民法院作出民事判决书，判决卢承安赔偿何某护理费6000元，精神损失费2万元，共计2.6万元。",
            [(6000, "item"), (20000, "item"), (26000, "total")],
        ),
        # Of his own will, and done.
        ("卢承安的亲属自愿赔偿何某5000元。", [(5000, "compensated")]),
        ("协议约定由何某先行交付货物，到期日卢承安一次性偿还本息共计30万元。", [(300000, "other")]),
        ("卢承安于同年5月归还6万元后再未还款。", [(60000, "returned")]),
        ("卢承安骗取何某7万元，其中5万元抵做欠款。", [(70000, "count"), (50000, "other")]),
        (
            "卢承安以资金未到位为由贷款29万元，归还之前所贷的30万元。",
            [(290000, "count"), (300000, "other")],
        ),
        (
            "被告人卢承安将赃款用于还账，经何某催促，以支付利润为名支付何某6万元。",
            [(60000, "returned")],
        ),
        ("被告人卢承安向集资参与人支付利息共计40万元。", [(400000, "returned")]),
        ("民警抓获卢承安，毒资500元及手机一部亦被当场缴获。", [(500, "other")]),
        (
            "卢承安先后7次以1800元的价格向何某贩卖冰毒。具体分述如下：1.2月1日，以400元的价格向何某贩卖冰毒。",
            [(1800, "total"), (400, "count")],
        ),
        ("卢承安窃得地板砖共48箱144块，价值2000元。", [(2000, "item")]),
        (
            "卢承安非法收取何某等人投资款本金合计434万元，剩余本金374万元，期间累计支付利息78万元。",
            [(4340000, "total"), (3740000, "other"), (780000, "returned")],
        ),
        ("卢承安累计透支信用卡本金及利息共计33万元。", [(330000, "total")]),
        ("卢承安强行叫何某拿出100元给他，何某讲没有钱。", [(100, "other")]),
        ("经鉴定，被损坏的轿车恢复原状所需费用为1600元。", [(1600, "item")]),
        (
            "卢承安以公司名义将20万元还到粮库账户，致使价值1200余万某的粮食未归还。",
            [(200000, "returned"), (12000000, "item")],
        ),
        ("卢承安将透支的全部本息4万元偿还完毕。", [(40000, "returned")]),
        (
            "卢承安在向何某实际借款71万元的前提下，指使何某以111万元的金额向人民法院起诉。",
            [(710000, "other"), (1110000, "other")],
        ),
        ("卢承安以8元的价格购进保健品，以每盒20元的价格出售。", [(8, "other"), (20, "other")]),
        ("卢承安约定到时给何某一包香烟，给简某20元。", [(20, "other")]),
        ("何某将20万元的工程保证金交付给被告人卢承安。", [(200000, "count")]),
        ("骗取何某将一部价值919元的手机交给其保管。", [(919, "item")]),
        ("何某付给卢承安430元，其中130元作为购买毒品的好处费。", [(430, "count"), (130, "gain")]),
        (
            "卢承安将摩托车卖掉，得款700元，剩余的500元与简某平分。",
            [(700, "gain"), (500, "person")],
        ),
        ("卢承安向何某强行索要10万元赔偿，何某答应筹钱。", [(100000, "other")]),
        ("何某要求卢承安事后支付15000元报酬。", [(15000, "other")]),
        ("卢承安工作失职，造成230万元无法追回。", [(2300000, "item")]),
        ("当日，被告人卢承安付了2万元租金。", [(20000, "other")]),
        ("卢承安两次取款每笔5000元，共计1万元。", [(5000, "count"), (10000, "total")]),
        (
            "被告人卢承安与何某达成赔偿协议，赔偿何某22万元。协议签订后，被告人卢承安支付了22万元。",
            [(220000, "compensated"), (220000, "compensated")],
        ),
        (
            "卢承安盗窃三次，价值共计4896元。检察院认为，被告人卢承安盗窃财物，价值4896元。",
            [(4896, "total"), (4896, "total")],
        ),
        ("卢承安利用职务之便收取何某好处费100万元。", [(1000000, "count")]),
        ("月息1角，卢承安借得3万元。", [(30000, "count")]),
        ("卢承安伙同简某将国家扶贫资金6万元予以私分。", [(60000, "count")]),
        ("卢承安让其儿子将2万元上缴到廉政账户。", [(20000, "returned")]),
        ("卢承安将所骗税款4万元及罚金5000元全额缴纳。", [(40000, "returned"), (5000, "fine")]),
        (
            "卢承安以帮助何某办理200万元贷款为由骗取何某6万元。",
            [(2000000, "other"), (60000, "count")],
        ),
        (
            "卢承安共骗取何某204万元，除交予某公司82万元外，其余挥霍。",
            [(2040000, "total"), (820000, "other")],
        ),
        (
            "卢承安骗取何某30万元。同年4月，卢承安还款2万元。",
            [(300000, "count"), (20000, "returned")],
        ),
        ("金额42万元人民币，税额7万元人民币。", [(420000, "item"), (70000, "count")]),
        ("简某以每月1200元作为收取保护费的报酬。", [(1200, "other")]),
        ("卢承安将候车亭玻璃损毁，共计32块。经鉴定价值1万元。", [(10000, "item")]),
        (
            "卢承安赔偿了易某经济损失3000元、何某医药费和车辆维修费4000元。",
            [(3000, "compensated"), (4000, "compensated")],
        ),
        (
            "卢承安透支后，向上述信用卡存入1500元，共向银行偿还欠款3000元。",
            [(1500, "returned"), (3000, "returned")],
        ),
        ("护理费4071元（90.47元×45天）。", [(4071, "item"), (90, "other")]),
        ("卢承安向何某索要拖欠的工资180元，双方发生争吵。", [(180, "other")]),
        ("卢承安以支付利息的方式陆续给了何某8万元。", [(80000, "returned")]),
        ("卢承安分得“抽水”钱3000元。", [(3000, "person")]),
        ("其亲属主动退还了余下的9700元。", [(9700, "returned")]),
        ("卢承安骗取借款100，000.00元。", [(100000, "count")]),
        (
            "卢承安向何某借款40万元，扣除利息2万元，实得38万元。",
            [(400000, "count"), (20000, "other"), (380000, "count")],
        ),
        (
            "卢承安诈骗作案3起，诈骗价值9万元，其中未遂一起，价值5万元。",
            [(90000, "total"), (50000, "item")],
        ),
        ("简某租得轿车一辆，支付租金1.7万元。", [(17000, "other")]),
        ("卢承安骗取租赁公司的轿车，之后用该车作抵押，向何某借款2万元。", [(20000, "gain")]),
        (
            "综上，卢承安诈骗六起，价值共计22万元，既遂18万元，未遂4万元。",
            [(220000, "total"), (180000, "count"), (40000, "count")],
        ),
        (
            "卢承安以每吨265元的价格购买面煤，后以175元的价格卖给洗煤厂。",
            [(265, "other"), (175, "other")],
        ),
        ("综上，卢承安、简某参与骗取钱款共计28万元。", [(280000, "total")]),
        ("事故发生后，被告人卢承安支付丧葬费2万元。", [(20000, "compensated")]),
        ("被告人卢承安的亲属已支付3万元。", [(30000, "compensated")]),
        ("卢承安利用职务便利，将单位基金300万元借给何某进行营利活动。", [(3000000, "count")]),
        ("卢承安因索要赌债4.5万元未果，殴打何某。", [(45000, "other")]),
        ("侦查机关认定的金额中有3万元系为公司垫付的招待费，应予扣除。", [(30000, "other")]),
        ("卢承安运输污泥，从中收取运费6万元。", [(60000, "gain")]),
        ("卢承安先以小额返利21元、48元取得何某信任。", [(21, "returned"), (48, "returned")]),
        ("卢承安与何某签订协议，先行缴纳修复保证金100万元。", [(1000000, "compensated")]),
        (
            "何某拿了800元钱递给简某，简某说最少要拿1500元，何某又借了700元钱递给简某。",
            [(800, "count"), (1500, "other"), (700, "count")],
        ),
        ("卢承安将相机（经认定价值1860元）出售得赃款1100元。", [(1860, "item"), (1100, "gain")]),
        ("双方商定将该房屋以22万元的价格卖给何某。", [(220000, "other")]),
        ("公安机关扣押了5万元赃款，并返还给了被害人。", [(50000, "returned")]),
        ("卢承安租赁轿车一辆，后将该车抵押给何某套现得款2万元。", [(20000, "gain")]),
        ("期间，被告人卢承安付给何某29万元玉米款。", [(290000, "other")]),
        (
            "卢承安虚开发票金额80万元，税款12万元。以上，卢承安共计虚开发票3份，价税合计90万元，虚开税款20万元。",
            [(800000, "item"), (120000, "count"), (900000, "item"), (200000, "total")],
        ),
        ("何某将商铺以年租金18000元租给简某。", [(18000, "other")]),
    ],
)
def test_the_governing_word_gives_the_role(sentence: str, told: list[tuple[int, str]]) -> None:
    doc = judgment(accusation=f"2023年2月1日，被告人卢承安盗窃。{sentence}")
    assert [(a.fen // 100, a.role) for a in doc.amounts if a.section == "accusation"] == told


def test_what_a_victim_sues_for_is_no_part_of_the_story() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安打伤何某。附带民事诉讼原告人何某请求判令卢承安赔偿"
        "医疗费15000元、误工费3000元，共计18000元。以上共计18000元，减去已支付的2000元，还应支付16000元。"
        "其中包括交通费500元。扣除已支付的2000元，应赔偿16000元。"
    )
    assert [a for a in doc.amounts if a.section == "accusation"] == []


def test_a_watch_is_counted_by_the_piece_and_a_masked_yuan_is_money() -> None:
    doc = judgment(accusation="2023年2月1日，被告人卢承安盗走手表10块，骗取何某4万某。")
    told = [(a.fen // 100, a.role) for a in doc.amounts if a.section == "accusation"]
    assert told == [(40000, "count")]


def test_foreign_money_keeps_its_currency_and_lends_its_role_to_its_worth_in_yuan() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得人民币3605元、港币5262元，经折算，被盗港币折合人民币4251元。"
    )
    told = [(a.fen // 100, a.currency, a.role) for a in doc.amounts if a.section == "accusation"]
    assert told == [(3605, "CNY", "count"), (5262, "HKD", "count"), (4251, "CNY", "count")]


def test_whose_sum_it_is_and_in_which_count() -> None:
    doc = judgment(
        parties="被告人卢承安，男，汉族。被告人何志远，男，汉族。",
        accusation="1、2023年2月1日，被告人卢承安窃得现金200元。2、同月8日，被告人卢承安、何志远窃得现金900元，"
        "被告人卢承安分得500元、何志远分得400元。",
    )
    told = [(a.fen // 100, a.persons, a.fact) for a in doc.amounts if a.section == "accusation"]
    assert told == [
        (200, ("卢承安",), 1),
        (900, ("卢承安", "何志远"), 2),
        (500, ("卢承安",), 2),
        (400, ("何志远",), 2),
    ]


def test_a_sum_that_the_court_only_repeats_is_not_its_own() -> None:
    doc = judgment(
        reasoning="被告人卢承安的行为已构成盗窃罪。辩护人提出犯罪数额应为800元的意见，与事实不符，不予采纳。"
    )
    assert [a.speaker for a in doc.amounts if a.section == "reasoning"] == ["defence"]
