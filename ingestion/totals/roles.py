"""Whether a sum told in the facts is part of the sum of the crime."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.numerals import MoneyMention

# `cash` was taken and `goods` were valued; `gain` is what the loot brought; `loose` money is
# told without an act; `no` went another way.
Part = Literal["cash", "goods", "total", "gain", "loose", "no"]

_REACH = 80
_WORDS = r"(?:人民币|现金|款项?|赃款|共|约|合|折合|等|的|了|为|达|计|[：:“（(\s])*$"

# Verbs of the act itself, and weaker signs that money was taken.
_ACT = (
    r"盗得|盗取|盗走|盗窃|盗刷|窃得|窃取|窃走|扒窃|扒走|扒得|偷走|偷得|偷取|偷了|偷拿|拿走|拿了|取走|取出|取现"
    r"|支取|骗取|骗得|骗走|诈骗|骗了|抢得|抢走|抢劫|劫得|劫取|夺走|索要|索取|索得|勒索|敲诈|收取|收受|套现|套取|套走"
    r"|刷走|刷取|转走|侵占|贪污|挪用|调包|划走|透支|卷走|带走"
)
_TAKING = re.compile(
    rf"{_ACT}|取得|提取|提现|收到|刷卡|消费|转出|转账|转款|转至|转给|转到|转了|汇款|汇入|汇给|打款|打入|充值"
    r"|支付|交给|交付|付给|给付|给了|搜出|借走|借得|借款|携带|携款|据为己有|内有|装有|内含|包[内XＸ]|袋内|现金|赌资|购买"
    r"|以[^，。；]{2,30}为由"
)
_TAKEN = re.compile(
    r"^[^，。；]{0,14}(?:盗走|偷走|窃走|骗走|抢走|拿走|取走|扒走|扒窃|转走|刷走|窃取|盗取|盗窃|偷出|偷了"
    r"|据为己有|占为己有|夹出|夹了|调包|盗出|转入|转至|转到|转账)"
)
# Money that moves back or is held, is shared out, or is only talked about.
_BACK = (
    r"(?:退赔|退赃|退缴|退还|退出|退回|退清|退款|退了|返还|归还|发还|偿还|还款|还给|还了|缴纳|预缴|上缴|缴回|交回"
    r"|追回|追缴|起获|缴获|收缴|找回|赔偿|补偿|赔付|赔给|抚慰|支付医疗费|扣押|查获(?!时|归案|为止|后)|冻结|查扣)"
)
# 骗取补偿款 is no compensation.
_SWINDLED = re.compile(r"(?:骗取|骗得|骗领|套取|冒领|虚报|侵吞|截留)[^，。；]{0,12}$")
_MOVED_BACK = re.compile(rf"{_BACK}[^。；]{{0,70}}$")
_TALK = re.compile(
    r"(?:谎称|声称|骗称|佯称|答应|承诺|允诺|约定|商定|许诺|提出|单价|每[组台个部次月人天]|原价|购买价|购价|购进价"
    r"|月息|利息|工资|面值|面额|欠|预约)[^，。；]{0,24}$|(?:欲|并未|没有|尚未)[^，。；]{0,40}$"
)
_LIE_WORKED = re.compile(r"骗走|骗取|骗得|索要|收取|借走|借得|盗走|窃得|盗得|窃取|偷走|拿走")
_AT_ONCE = re.compile(
    rf"(?:罚金|罚款|保证金){_WORDS}|(?:没有|并未|未)将{_WORDS}"
    rf"|(?:分得|各分|分给|分到|分了|各得|均分|分赃|剩余|剩下|余下|余款|余额)[^，。；]{{0,14}}{_WORDS}"
    rf"|其余{_WORDS}|(?:该|这)(?:笔|些)?{_WORDS}|上述{_WORDS}|所[盗窃骗抢得](?:得|取)?的?(?:赃款中的?)?{_WORDS}"
    r"|[元款]中的?$|(?:收到|拿到|得到|取得)(?:上述|该|前述)[^，。；]{0,6}(?:款|钱|资金)[^。；]{0,40}$"
)
_AMONG = re.compile(r"其中(?![有装放内含]|现金|人民币)[，,]?[^。；]{0,40}$")
_GAIN = re.compile(
    r"(?:获利|牟利|渔利|获赃款|获款|得赃款|销赃款?|销赃得款|得款|卖得|卖了|变卖|非法所得|违法所得|好处费|报酬|提成|卖出)"
    rf"[^，。；]{{0,12}}{_WORDS}"
)
_SOLD = re.compile(
    r"^的?(?:价格|价钱|价款|低价|高价)?(?:将|卖|售|出售|变卖|销赃|转卖|出让|典当|抵押|予以收购|收购)"
    r"|^的?(?:价格|价钱|价款)[^，。；]{0,20}(?:卖|售|销|抵押|典当|收购|转让|出手)"
)
_SALE = re.compile(r"(?:以|按|仅以)(?:每[^，。；]{1,3})?(?:人民币)?(?:约|共)?$")
_AFTER = re.compile(
    r"^的?(?:罚金|罚款|赔偿款|经济损失|损失赔偿)|^(?:归|由)[^，。；]{1,8}(?:所得|分得|占有)"
    r"|^(?:已|均已|被)?(?:全部)?(?:退缴|退还|退赃|退赔|返还|归还|发还|追回|扣押|被?公安)"
    r"|^[（(](?:折合|约合|合人民币)|^[/／每]"
    r"|^[^，。；]{0,20}(?:砸烂|砸坏|砸碎|砸破|损坏|撬坏|毁坏)"
    r"|^[^，。；]{0,20}(?:为由|为名|为借口|的名义|的理由)"
)
_TOTAL = re.compile(
    r"(?:共计|合计|总计|累计|总共|一共|总价值|总价|总值|总额|总金额|价值共|共价值|共值|共鉴定|共骗|共盗|共窃|共得|共获|共偷"
    r"|总数|共收|共索|共取|共转|共支|共为|数额共|金额共|价共|取值|取整)[^，。；、（）()]{0,22}$"
    r"|(?:涉案|犯罪|盗窃|诈骗)(?:数额|金额|价值)[^，。；]{0,8}$|(?:^|[，,、；）)])共[^，。；元个只台部次]{0,12}$"
)
_VALUED = re.compile(r"价值|鉴定|估价|评估|认定")
_GOODS = re.compile(r"(?:价值|价格|鉴定|估价|评估|认定|估值|售价|市场价|价为|损失)[^，。；]{0,30}$")
_PLACE = re.compile(r"^[区县乡镇坝村路街]")
_NOTE = re.compile(r"[（(][^（）()]*[）)]")


def _moved_back(near: str) -> bool:
    """Whether money is said to go back, and no new act or valuation comes in a later clause."""
    found = _MOVED_BACK.search(near)
    if not found or _SWINDLED.search(near[: found.start()]):
        return False
    clauses = found[0].split("，")
    last = max(at for at, clause in enumerate(clauses) if re.search(_BACK, clause))
    if last == 0 and len(clauses) == 1:
        return not re.search(_ACT, found[0])
    later = clauses[last + 1 :]
    return not (
        any(re.search(_ACT, clause) for clause in later) or (later and _VALUED.search(later[-1]))
    )


def _talk(near: str) -> bool:
    found = _TALK.search(near)
    return found is not None and not _LIE_WORKED.search(found[0])


def part(before: str, mention: MoneyMention, words: str, after: str, first: bool = False) -> Part:
    """What the sum `words` is; `before` and `after` are the words of its sentence around it.

    `first` where no sum of the crime is told before it, which it could be among.
    """
    coins = "块" in words and not mention.fuzzy
    if coins and not re.match(r"钱|左右|现金|人民币", after):
        return "no"
    if _PLACE.match(after) and not re.search(r"\d", words):
        return "no"
    near = _NOTE.sub("", before)[-_REACH:]
    if _AFTER.match(after) or _AT_ONCE.search(near) or _moved_back(near) or _talk(near):
        return "no"
    if not first and _AMONG.search(near):
        return "no"
    if _GAIN.search(near) or _SALE.search(near) or _SOLD.match(after):
        return "gain"
    if _TOTAL.search(near):
        return "total"
    if _GOODS.search(near):
        return "goods"
    return "cash" if _TAKING.search(before) or _TAKEN.match(after) else "loose"
