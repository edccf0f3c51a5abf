"""The words that govern a sum of money, each with the kind of thing it says of the sum.

The kinds: `act` takes in the way of a crime, `move` lets money change hands, `value` is the worth
of a thing or of a damage, `face` what an invoice names beside its tax, `harm` a cost of an injury,
`gain` what was earned, `proceeds` what a sale brought, `share` one man's part, `back` what goes
back, `cover` what makes good, `held` what an organ took hold of, `debt` what is owed or left,
`talk` what is only said, wanted or owed by an order, `rate` a price of one piece or a limit,
`fee` a cost of something else, `fine`, `spend` the way of money told before, `total`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingestion.extract.sum_places import Role

Kind = Literal[
    "act",
    "move",
    "value",
    "face",
    "harm",
    "gain",
    "proceeds",
    "share",
    "back",
    "cover",
    "held",
    "debt",
    "talk",
    "rate",
    "fee",
    "fine",
    "spend",
    "total",
]

# 共计约2克: what is added up is no money.
_PIECES = r"[净毛]?重|约?[\d.]+余?(?:[克吨斤公箱瓶包袋]|千克|立方|平方)"
# Of two that begin at one place the first in this order holds.
_WORDS: dict[Kind, str] = {
    "rate": (
        r"每(?!笔(?:人民币|\d|$)|次(?:骗|盗|收|得|付|给|卖|以))(?:公斤|立方米|小时|[\u4e00-\u9fff])|单价|均价|保额|(?<!个)[日月]租金|(?<![一两二三半])年租金|月息|月薪|月工资|日工资|年薪"
        r"|基本工资|面值|面额|额度|限额|注册资本|底分|底金|赌注(?!金额|总|共|合计)|(?<!商)标的(?!物)|造价"
    ),
    "fine": r"罚款|罚金",
    "fee": (
        r"(?:合作医疗|医保|保险)[^，。；]{0,4}(?:补偿|报销)|扣除|鉴定费|诉讼费|公证费|受理费|餐费|房租|水电费|伙食费|邮费|快递费|工本费|房费|车费|路费|油费|过路费|话费|利息|滞纳金|垫付|出资|罚息|其他费用"
    ),
    "harm": (
        r"(?:处置|修复|清理)费用?|医疗费|医药费|住院费|误工费|护理费|营养费|伙食补助费|交通费|丧葬费|火化费|停尸费|施救费|拖车费|陪护费|康复费|死亡赔偿金|残疾赔偿金|精神损害抚慰金|精神损失费|护送费|救护车费|急救费"
        r"|抚养费|生活费|治疗费|住宿费|自付"
    ),
    "face": (
        r"价税[合共总]计|税额?价[格款]?[合共总]计|不含税[价金]额?|票面(?:累计|合计|总)?金?额|开票金额|虚开金额|涉税金额|涉案价款"
        r"|发票(?:总|合计)?金额|价税(?:总)?金额"
    ),
    "total": (
        rf"(?:共计|合计|总计|累计|总共)(?!{_PIECES})|一共|总额|总金额|总价值|总数|总值|总损失|总(?=透支|诈骗|盗窃|虚开|涉案|销售|犯罪)|综上"
        r"|(?<![总一合公])共(?![同谋犯享和产青商处计]|[净毛]?重|用(?!去)|有?\d+(?:\.\d+)?[^\d元万千百.，,]|有?[一二两三四五六七八九十]+[^\d元万千百])"
        r"|计(?=人民币|\d|$)"
    ),
    "talk": (
        r"谎称|(?<![俗简名统通又声宣骗佯自虚职人据])称(?![重量为作号的])|声称|骗称|佯称|宣称|自称|虚称|(?<!按)承诺|答应|允诺|许诺|约定|商定|谈妥|谈好|商量好|提出|请求|判令|诉请|责令"
        r"|要求|应当|还?应(?=赔|补|付|还|支|退|缴|得|收)|尚?需(?!要?求)|须|(?<![需重主])要(?=先|交|付|支|给|拿(?:\d|$)|赔|购买|\d|$|[^，。；]{1,10}赔)|(?:让|叫)(?=[^，。；]{1,10}赔)|逼(?!要)迫?|欲|企图|意图|准备(?!好)|打算"
        r"|同意|愿意|(?<!自)愿(?=提存|赔|缴|支)|保证(?!金)|起诉|可(?=获|得|以|达)|最高|最低|必须|规定(?!的)|宣传|[借欠收][条据]|报价|出价|要价|扬言|拟|计划|开价|标价(?!值)|合同(?:总)?(?:价|金额)|追偿|少(?=给|付)"
    ),
    "share": r"各?分得|(?:实际)?实得|所分|分给|分走|分取|分发给|分到|分赃|各分|均分|各得|平分|分了",
    "spend": r"自己留下|自留|用于|用以|用来|(?<!挪)作为|挥霍",
    "back": (
        r"支付本息|还本付息|抵顶|抵偿|折抵|退赃|退赔|退缴|退交|退还|退出|退回|退清|退款|退了|返还|(?:归还|偿还)(?!能力)|发还|还给|还了|还清|代还|还款(?!能力)|补缴|补交"
        r"|上缴(?!获)|缴回|上交|交出|缴交|挽回|清偿(?!能力)|偿付|结清|交回|追回|找回|要回|讨回|返利(?![为款金])|返现|[还退](?=人民币|\d|$|给|至|到)"
    ),
    "cover": (
        r"赔偿|(?<!少)赔付|赔给|赔了|一次性赔|补偿(?!款损失|款被|费|标准|方案)|抚慰|慰问"
        r"|谅解[款金]|和解[款金]|救助金"
    ),
    "held": (
        r"扣押|扣获|冻结|查封|查扣|划扣|扣划|截获|查获(?!时|归案|为止|后|的)|缴获|搜出|搜缴|搜获|查缴|提取到"
        r"|搜查|收缴|起获|起出|扣缴|暂扣|没收|查出|追缴"
    ),
    "gain": (
        r"非法获利|获利|收取(?:高额)?利息|牟利(?!为目的|，)|渔利|谋利|违法所得|非法所得|获得报酬|(?<!劳动)(?<!劳动者)报酬|酬劳|酬金|劳务费|抽成|返点|净赚|赚(?=$|\d|人民币)|挣得|挣了|好处费|辛苦费|所得赃款|抽头|抽水|头薪|头钱|水钱"
        r"|盈利|提成|赚取|赚得|赚了|实际所得|从中获得|从中收取|从中得到|领取工资|非法利益(?!，)|利润|差价"
    ),
    "proceeds": (
        r"销赃|变卖|得赃款|获赃款|得到赃款|获得赃款|卖给|卖到|卖掉|卖出|得款|获款|卖得|卖了|典当得|售得|销得"
    ),
    "debt": r"拖欠|尚欠|下欠|尚差|未付|未结|未归还|未偿还|差额|欠|还?剩(?=$|\d|人民币)|余款|余额"
    r"|剩余|尚余|剩下|余下|下余|未还|债务|(?:本金|本息)(?:[、及和与]?(?:利息|滞纳金|手续费|罚息|费用))*",
    "act": (
        r"(?:让|叫|迫使|胁迫|令)[^，。；]{1,10}交出|盗窃|盗取|盗得|盗走|盗刷|盗出|盗卖|窃取|窃得|窃走|窃出|偷取|偷得|偷走|偷拿|偷盗|偷了|偷出|扒窃|扒走|扒得|拎走"
        r"|诈骗|诈得|骗取|骗得|骗走|骗到|骗了|骗领|被骗|套取|套出|多报|报账|列支|虚列|虚增|多领|骗出|套走|套得|套现|冒领|虚报|截留|抢劫|抢得|抢走|抢取|抢夺|抢到"
        r"|劫得|劫取|劫走|夺走|夺得|勒索|敲诈|索得|侵占|侵吞|私吞|贪污|挪用|私分|收受|受贿|行贿|贿送|取走|拿走|拿了|卷走"
        r"|(?<![还给付偿向与对由找将把][\u4e00-\u9fff])×{2}(?=的|他人|人民币|$|[^，。；]{0,10}(?:资金|财物|款))|带走|划走|转走|刷走|调包|据为己有|占为己有|骗购|骗贷|骗去|诱骗|盗划|盗转|盗领|盗伐|掏走|翻走|搜走|抢去|劫去|夺取|强收|讹诈|讹取|讹得|坐支|抽逃|偷逃|逃避缴纳|逃税|偷税|少缴|骗税|走私|瓜分|独吞|夹走|摸走|集资(?!参与|人|户|群众|房)|吸收|透支(?![款额本])"
    ),
    "move": (
        r"作价|收取|收到|收款|领取|领到|索取|索要|取得|获取|获得|得到|拿到|支付|付给|给付|交付|交给|交纳|缴纳|付款|转账|转帐"
        r"|转款|转给|转入|转至|转到|转了|转存|汇款|汇给|汇到|汇入|汇至|用去|用掉|付(?=定金|订金|首付)|打款|打给|打入|打到|存入|存进|充值|刷卡|消费|取现|取款"
        r"|报销|取了|转出|划拨|划转|拨付|领走|兑换|汇出|付清|付了|交了|缴了|发放|借出|预支|预付|赊购|收下|收了|要走|募集|筹集|揽储|结算|入账|营业额|销售额|交易额|押注|支取|提取|提现|取出|借款|借得|借走|借到|借给|贷款|贷得|贷出|购买|购得|购入|收购|出售|销售|贩卖|出卖|送给"
        r"|送予|送了|给予|投资|投入|虚开|抵扣|开具|非法经营|接收|码单|输|赢|下注|投注|赌资|毒资|装有|内有|放有|内含|携带"
        r"|税额|税款|给(?=[\u4e00-\u9fff某]{0,6}(?:人民币)?(?:\d|$))|(?:转|付|以)(?=人民币|\d|$)|数额|金额|逼要|强要|拿出|换取|花(?=$|\d|人民币|费|了|去)|现金"
    ),
    "value": (
        r"(?:恢复原状|修复|修理|重置)所需(?:的)?费用?|价值|货值|价格|价款|估价|估值|评估|鉴定|认定|认证|车价|车损|折价|房价|售价|市场价|原价|购买价|购价|损失(?!费)|(?<=税款)流失|维修费|修理费|修车费"
        r"|物损|财损|价(?=人民币|\d|约|$)"
    ),
}
_CUES = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()))


@dataclass(frozen=True)
class Cue:
    """A governing word at `start:end` of the words it was looked for in."""

    kind: Kind
    start: int
    end: int
    word: str


@lru_cache(maxsize=256)
def cues(words: str) -> Sequence[Cue]:
    """The governing words in order, none overlapping."""
    return [
        Cue(match.lastgroup, match.start(), match.end(), match[0])  # type: ignore[arg-type]
        for match in _CUES.finditer(words)
    ]


def summed(role: Role, found: Sequence[Cue]) -> Role:
    """The role of money taken or of a worth, a total where a word of total stands with it."""
    several = any(cue.kind == "total" for cue in found)
    return "total" if several and role in ("count", "item") else role
