"""The part a sum of money plays, by the words around it and the sums told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingestion.model import Amount, SectionKind
from ingestion.numerals import RENMINBI, MoneyMention
from ingestion.totals.roles import Part, part

Role = Literal[
    "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
]

_MONEY_WORDS = r"(?:人民币|现金|款项?|赃款|共|约|合|折合|等|的|了|为|达|计|[：:“（(\s])*"
_RATES = (
    r"每[吨克升次天日月人个包注局袋件条株斤张枚户]|每(?:公斤|立方米)|谎称|宣称|声称|约定以?|最高可"
)
_GAINS = (
    r"非法获利|从中获利|获利|牟利|违法所得|非法所得|获得报酬|好处费|所得赃款|销赃得款|得款|盈利|抽头|抽水"
    r"|头薪|头钱|水钱|渔利|领取工资|领取报酬|从中获得|从中得到"
)
_TOTALS = (
    r"共计|合计|总计|累计|总共|总价值|总价|总额|总金额|价值共|共价值|共值|共骗|共盗|共窃|共得|共获|共吸|总数|共收"
    r"|数额共|金额共"
)
_WORTHS = r"价值|价格|单价|鉴定|估价|评估|认定价|估值|售价|市场价|车价|损失(?!费)|原价"
_ACTS = (
    r"骗取|诈骗|骗得|盗窃|盗取|窃取|窃得|盗走|盗得|偷走|装有|收取|抢得|抢走|劫得|劫取|收受|索取|送给|送予|贿送|挪用|侵占"
    r"|贪污|敲诈|勒索|吸收|集资|非法经营|销售|贩卖|出售|转账|汇款|打款|支付|交付|以"
)
_GIVEN_BACK = r"补缴|退赃|退缴|退交|退还|退赔|退出|退回|退清|上缴|缴回|返还|发还"
_NO_REPAYMENT = r"(?<!未)(?<!未能)(?<!不)(?<!不能)(?<!无力)(?<!用于)(?<!用以)"
_FINE_BEFORE = re.compile(rf"(?:罚金|罚款){_MONEY_WORDS}$")
_FINE_AFTER = re.compile(r"(?:的|作为)?罚金")
# In this order: the first that fits the words before a sum decides its role.
_BEFORE: list[tuple[Role, str]] = [
    ("other", rf"(?:鉴定费|诉讼费){_MONEY_WORDS}$"),
    # Rates, and sums only promised or agreed on.
    ("other", rf"(?:{_RATES})(?:(?!骗取|骗得|骗走|收取)[^，。；]){{0,14}}$"),
    # Taken out of what was stolen already: 取出该包内的现金.
    ("other", r"(?:取出|拿出|倒出)(?:该|上述|前述|所[窃盗])[^。；]{0,60}$"),
    # The stake of a game is a rate; what was staked in all is the sum of the crime.
    ("other", r"赌注[^，。；]{0,10}$"),
    ("count", r"涉案赌资[^，。；]{0,6}$"),
    # What the accused want of the victim, who has not paid yet.
    ("other", r"(?:要求|让|要|逼迫?)[^，。；]{1,12}赔偿[^。；，]{0,40}$"),
    ("other", r"支付(?:了)?(?:餐费|房费|车费|路费)[^，。；]{0,4}$"),
    ("total", r"好处费(?:共计|合计|总计|累计)(?:人民币)?$"),
    ("item", r"总价款(?:共?计|为)?(?:人民币)?$"),
    ("total", r"共[“”]?(?:抽水|抽头)[“”]?$"),
    ("total", r"综上[^。]{0,80}(?:数额|金额|价值)[^，。；]{0,6}$"),
    # Where the sale is the crime, what it brought is its sum.
    ("total", r"(?:合计|共计|总计)[^，。；]{0,4}(?:销售|贩卖|出售)?得款[^，。；]{0,4}$"),
    ("count", r"(?:贩卖|销售)[^。；]{0,40}(?<!销赃)得款[^，。；]{0,4}$"),
    # What a card's holder drew and did not pay back is the sum of his crime.
    ("count", r"(?:尚?欠|未还|透支)[^，。；]{0,10}本金[^，。；]{0,8}$"),
    ("other", r"(?:责令|追缴|继续|没收|应当|要求|请求|扣押|冻结|查封|欠)[^，。；]{0,24}$"),
    # Sums asked for or promised, and payments on a debt before it was a case.
    (
        "other",
        r"(?:起诉|诉请|判令|承诺|答应|保证|同意)[^，。；]{0,20}(?:归还|偿还|返还|退还|赔偿)[^，。；]{0,14}$",
    ),
    ("other", r"(?:承诺|答应|同意|愿意)(?:先)?(?:支付|给付|付给)[^，。；]{0,10}$"),
    ("other", r"执行(?:程序|过程)[^。；]{0,40}(?:支付|付给)[^，。；]{0,16}$"),
    ("other", r"(?<!代为)(?<!代)还款[^，。；]{0,10}$|(?:余款|余额|尚余|剩余)[^，。；]{0,6}$"),
    # What the police find on a man need not be what he took.
    ("other", r"(?:民警|公安|抓获|查获|检查)[^。；]{0,40}(?:搜出|搜缴|查出|起获)[^，。；]{0,10}$"),
    ("person", rf"参与(?:{_ACTS})[^，。；]{{0,10}}(?:{_TOTALS})[^，。；]{{0,6}}$"),
    ("person", rf"(?:分得|各分|分给|分到|各得|均分|分赃)[^，。；]{{0,8}}{_MONEY_WORDS}$"),
    (
        "person",
        rf"参与(?:{_ACTS})[^，。；]{{0,8}}次，[^，。；]{{0,10}}(?:价值|金额|数额)[^，。；]{{0,6}}$",
    ),
    ("person", r"参与(?:贪污|受贿|盗窃|诈骗|抢劫|敲诈勒索|挪用|侵占)(?:数额|金额)?(?:人民币)?$"),
    # 侵吞补偿款 takes the money, it compensates nobody.
    (
        "count",
        r"(?:侵吞|骗取|骗领|套取|冒领|虚报|截留|私分|贪污)[^，。；]{0,16}(?:补偿|赔偿)[^，。；]{0,8}$",
    ),
    ("count", r"(?:收取|领取|收到)[^，。；]{0,30}补偿款[^，。；]{0,6}$"),
    (
        "returned",
        rf"(?:{_GIVEN_BACK}|{_NO_REPAYMENT}(?:归还|偿还|代还|代为还款))[^，。；]{{0,24}}$",
    ),
    (
        "compensated",
        r"(?<!要求)(?<!请求)(?:赔偿|补偿|(?<!少)赔付|一次性赔|抚慰|支付医疗费)[^。；]{0,30}$",
    ),
    # What the family pays for the accused goes to the victim.
    ("compensated", r"(?:亲属|家属|家人)[^，。；]{0,8}支付[^，。；]{0,16}$"),
    # A bribe is the sum of the act, whatever it is called.
    (
        "count",
        r"(?:送给|送予|送了|贿送|给予|收受|收取|索取|索要)[^，。；]{0,40}好处费[^，。；]{0,8}$",
    ),
    ("gain", rf"(?:{_GAINS})[^，。；]{{0,8}}{_MONEY_WORDS}$"),
    ("total", rf"(?:{_TOTALS})[^，。；]{{0,22}}$"),
    ("total", r"(?:数额|金额)(?:共)?计[^，。；]{0,8}$|(?:^|[，,、；])共[^，。；元]{0,12}$"),
    ("item", rf"(?:{_WORTHS})[^，。；]{{0,14}}{_MONEY_WORDS}$"),
    # A loan that was got by deceit.
    ("count", r"(?:手段|方式|方法)[^。；]{0,40}(?:贷款|借款|贷得|借得)[^，。；]{0,4}$"),
    ("count", rf"(?:{_ACTS})[^。；]{{0,30}}$"),
    ("count", r"卡内(?:分[^，。；]{1,4})?取(?:款|走|出)[^，。；]{0,6}$"),
    ("count", r"[，。、日]转(?:了)?(?:人民币)?$"),
]
_AFTER: list[tuple[Role, str]] = [
    ("other", r"^[/／每]|^以上(?:不满|不足)"),
    ("other", r"^(?:人民币)?(?:的)?(?:借条|欠条|借据|车费|路费)"),
    ("other", r"^(?:为)?一[局注场]"),
    # What was not got, and what a debtor pays while a civil judgment is enforced.
    ("other", r"^[^。；]{0,4}[，,](?:当场|即|后)?被(?:[^，。；]{0,8})?(?:识破|拒绝)"),
    ("other", r"^[^。；]{0,30}放弃对[^，。；]{1,10}的执行"),
    ("other", r"^(?:的)?(?:价格|价款)?向[^，。；]{1,12}(?:承包|承租|租赁|租用)"),
    # An order, here the first court's: 赔偿…元，限判决生效后十日内履行.
    ("other", r"^[^。；]{0,8}[，,（(]?(?:限|于)[^。；，]{0,10}(?:判决|裁定)书?(?:生效|发生)"),
    # The sum of counts that follow one by one.
    (
        "total",
        r"^[^。；]{0,16}[。，：:]\s{0,3}(?:具体|现)[^，。；]{0,8}(?:分述如下|如下|分别是)[：:。]",
    ),
    ("count", r"^[^，。；]{0,12}(?:挪作|挪用)"),
    ("person", r"^(?:归|由)[^，。；]{1,8}(?:所得|分得|占有)"),
    (
        "returned",
        r"^(?:均|现)?已?(?:全部)?(?:被(?!告)[^，。；]{0,10})?(?:追回|追缴|起获|缴获)?(?:并|后)?(?:全部)?已?"
        r"(?:退缴|退还|退赃|退赔|归还|返还|发还)",
    ),
    ("compensated", r"^(?:的)?(?:赔偿款|经济损失赔偿)"),
    ("count", r"^(?:的)?(?:盗走|偷走|骗走|抢走|拿走|取走|窃走|据为己有)"),
    ("gain", r"^(?:的)?(?:价格|价钱|低价)[^，。；]{0,10}(?:变卖|销赃)"),
    ("gain", r"^(?:的)?(?:价格|价钱|低价)(?:转手)?(?:卖给|卖与|卖予|转卖|卖出|典当|抵押给)"),
    ("gain", r"^(?:的)?价格将[^，。；]{0,12}(?:变卖|卖给|出售)"),
]
_LEADS = [(role, re.compile(pattern)) for role, pattern in _BEFORE]
_FOLLOWS = [(role, re.compile(pattern)) for role, pattern in _AFTER]

# What a man's name and age in brackets stand between is one list: 甲（男）200元、乙400元.
_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_SHARE = (
    r"(?!利息|其他|其余|滞纳|手续|费|[合共总累]计|价值|折合)"
    r"[\u4e00-\u9fff×*某]{1,4}[甲乙丙丁戊\d]?(?:工资|货款|欠款)?"
)
_LISTED = re.compile(rf"^(?:、|，|及|和){_SHARE}(?:人民币|现金)?$")
_TAKEN_APART = re.compile(
    rf"^[。，；（(]其中[，：]?(?:{_SHARE}[\d.]{{1,12}}[，、])?{_SHARE}(?:人民币|现金)?$"
)
# 港币5262元（折合人民币4251元）: the same cash once more, in yuan.
_CONVERTED = re.compile(r"(?:折合|约合|折算|折价|兑换|换算|(?<=元)合)(?:为|成|后)?(?:共计)?$")
# What another judgment ordered, told in the facts.
_ORDERED = re.compile(
    r"(?:民事|行政)(?:判决|裁定|调解)书?[，,：:]|调解书[，,：:]|仲裁裁决书?[，,：:]"
)
_THRESHOLD = re.compile(r"不满$")
# 数额较大，达人民币1840元: the worth told before, once more.
_ONCE_MORE = re.compile(r"数额(?:较大|巨大|特别巨大)[，,]?(?:共计)?达[^，。；\d]{0,8}$")
_SENTENCE_END = re.compile(r"[。；\n]")
# How far the words around a sum are read; a sentence can be a page long.
REACH = 300
_LOOT = re.compile("[盗窃赃抢骗]")
_IN_STORY: dict[Part, Role] = {"cash": "count", "goods": "item", "total": "total", "gain": "gain"}


def _alone(text: str, mention: MoneyMention, kind: SectionKind, first: bool) -> Role:
    """The role by the words around the sum; `first` where no sum of its sentence precedes."""
    low = max(text.rfind(mark, 0, mention.start) for mark in "。；\n") + 1
    told = _NOTE.sub("", text[max(low, mention.start - REACH) : mention.start])
    before = told[-48:]
    if _ORDERED.search(told) or _THRESHOLD.search(told):
        return "other"
    after = text[mention.end : mention.end + 40]
    if _FINE_BEFORE.search(before) or _FINE_AFTER.match(after):
        return "fine"
    if kind == "operative":
        return "other"  # what is ordered is no account of what was done
    for role, pattern in _FOLLOWS:
        if pattern.search(after):
            # Only loot is sold for a gain: timber felled without a licence is sold in the act.
            return "count" if role == "gain" and not _LOOT.search(text) else role
    for role, pattern in _LEADS:
        if pattern.search(before):
            return role
    if kind not in ("facts", "accusation"):
        return "other"
    words = text[mention.start : mention.end]
    rest = _SENTENCE_END.split(text[mention.end : mention.end + REACH], maxsplit=1)[0]
    return _IN_STORY.get(part(told, mention, words, rest, first), "other")


def role_of(
    text: str, mention: MoneyMention, kind: SectionKind, found: Sequence[Amount], told: int
) -> Role:
    """The role of a sum in a section's text, in view of those `found` in it before.

    `told` is where the last of them ends. The parts of a total that names whose they are
    belong to persons, and a list has one role.
    """
    stretch = text[told : mention.start]
    if found and _CONVERTED.search(text[max(told - 1, 0) : mention.start]):
        return next((a.role for a in found if a.currency != RENMINBI), "item")
    if _ONCE_MORE.search(text[max(mention.start - 24, 0) : mention.start]):
        same = next((a.role for a in found if a.fen == mention.fen), None)
        if same:
            return same
    between = _NOTE.sub("", stretch)
    before: Role = found[-1].role if found else "other"
    if before == "total" and _TAKEN_APART.match(between):
        return "person"
    if before in ("count", "person") and _LISTED.match(between):
        return before
    return _alone(text, mention, kind, not found or "。" in stretch)
