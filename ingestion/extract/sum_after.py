"""The part a sum plays by what follows it: 以300元的价格卖给, 3000元已发还."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingestion.extract.sum_places import Place, Role
from ingestion.extract.sum_words import Cue, cues, summed

_SELL = (
    r"(?:先后|转手|私自|又|非法)?(?:贩卖|出售|销售|卖|销赃|变卖|转卖|典当|抵押|转押|质押|转让(?![款费金])|出手"
    r"|抵给|抵债)"
)
# In this order: the first that fits decides.
_AFTER: list[tuple[Role | Literal["sold"], str]] = [
    ("fine", r"(?:的|作为)?罚[金款]"),
    # Rates, debts on paper, counterfeit money.
    (
        "other",
        r"[/／每×＊*]|以上(?:不满|不足)|(?:为)?一小?[斤件条只台次局注场个吨克袋包株盒瓶份双颗粒片张支根把桶箱]",
    ),
    ("other", r"(?:人民币)?(?:的)?(?:借条|欠条|借据|欠款|债[务权]|车费|路费|通行费|话费)"),
    ("other", r"中标|的?(?:真|假)?(?:人民币)?的?假(?:人民)?币"),
    # What was not got, and what a debtor pays while a civil judgment is enforced.
    ("other", r"[^。；]{0,4}[，,](?:当场|即|后)?被(?:[^，。；]{0,8})?(?:识破|拒绝)"),
    ("other", r"[^。；]{0,30}放弃对[^，。；]{1,10}的执行"),
    (
        "other",
        r"的?(?:价格|价款)?(?:向[^，。；]{1,12}|(?<=价格)|(?<=价款))(?:承包|承租|租赁|租用|租下|拍得|竞得)",
    ),
    (
        "other",
        r"的?价格[^，。；]{0,12}转让给(?:被告人|上诉人)|的?价[格款](?:与[^，。；]{0,20}签订|赊)",
    ),
    # An order, here the first court's: 赔偿…元，限判决生效后十日内履行.
    ("other", r"[^。；]{0,8}[，,（(]?(?:限|于)[^。；，]{0,10}(?:判决|裁定)书?(?:生效|发生)"),
    ("other", r"[^，。；、]{0,16}(?:为由|为名|的名义|为借口)"),
    ("other", r"中的|(?:现金)?一?部分"),
    # A false suit: what was really lent, and what is sued for.
    ("other", r"的?前提下|的?(?:金额|标的|债权)?向[^，。；]{0,14}法院(?:提起|起诉)"),
    # The sum of counts that follow one by one.
    (
        "total",
        r"[^。；、]{0,12}[。，：:]\s{0,3}(?:具体|现)[^，。；]{0,8}(?:分述如下|如下|分别是|是|为)[：:。]",
    ),
    ("count", r"[^，。；]{0,12}(?:挪作|挪用)|(?:予以)?(?:私分|侵吞|截留)"),
    (
        "person",
        r"[^，。；]{0,12}(?:平分|均分|共分)|(?:归|由)(?!个人|其|自己)[^，。；]{1,8}(?:所得|分得|占有)",
    ),
    ("count", r"归(?:个人|其|自己)(?:所有|所得|占有)?"),
    (
        "returned",
        r"(?:现金|赃款)?(?:均|现)?已?(?:全部)?(?:被(?!告)[^，。；]{0,10})?"
        r"(?:追回|追缴|起获|缴获|扣押)?(?:并|后)?(?:全部|已)?"
        r"(?:退缴|退还|退赃|退赔|归还|返还|发还|发(?=被害人)|还清|还给|交还|退[给至到]|偿还(?=完毕|清|[，。；]))"
        r"|[^，。；]{0,24}(?:均?已|并)(?:全部)?(?:返还|退还|发还|归还)|(?:均|已)?被(?:[^，。；]{1,8})?追回",
    ),
    ("compensated", r"的?(?:经济损失)?(?:赔偿|补偿)"),
    ("item", r"的?(?:经济)?(?:损失|受损)"),
    (
        "count",
        r"[^，。；（）]{0,6}(?:盗走|偷走|骗走|抢走|拿走|取走|窃走|转走|取出|窃取|盗取|侵吞|私吞|据为己有|占为己有)"
        r"|被[^，。；]{0,12}非法占有",
    ),
    (
        "count",
        r"(?:现金|人民币|钱)?(?:交给|递给|转给|汇给|打给|送给|付给|支付给|转账给|交付|转入|汇入|存入|存进|打入)"
        r"(?![^，。；]{0,12}保管)",
    ),
    ("count", r"[^，。；]{0,6}(?:无法|不能)说明[^，。；]{0,4}来源"),
    ("gain", r"的?(?:报酬|提成)|[^，。；]{0,12}作为[^，。；]{0,10}(?:报酬|酬劳|好处费|辛苦费)"),
    ("sold", r"的?(?:转押|抵押|质押|典当|销赃)款"),
    ("other", r"的?(?:价格|价钱|单价)[^，。；]{0,30}[，,]以每"),
    ("count", r"的?(?:价格|价钱|低价)[^，。；卖售销押]{0,14}(?:收购|购买|购得|购入|买)"),
    (
        "sold",
        rf"[）)]?的?(?:价格|价钱|价款|低价)，?[^，。；]{{0,40}}?{_SELL}"
        rf"|[）)]?的?(?:(?:将|把)[^，。；]{{0,20}}?)?{_SELL}|的[^，。；]{{0,24}}(?:卖|售|销售)给",
    ),
    ("count", r"的?(?:价格|价钱|价款|对价)(?![为是])"),
]
_FOLLOWS = [(role, re.compile(pattern)) for role, pattern in _AFTER]
_SEIZED = re.compile(
    r"(?:均?已)?(?:予以|被[^，。；]{0,12})?(?:依法)?(?:缴获)?(?:冻结|查封|扣押|暂扣)(?!并|后)"
)
# 毒资500元及手机一部均被缴获.
_SEIZED_WITH = re.compile(
    r"[^，。；]{0,40}(?:均|亦|一并|也)?被[^，。；]{0,8}(?:缴获|查获|扣押|收缴|起获)(?!并|后)"
)
# 叫何某拿出100元，何某说没有钱.
_ASKED = re.compile("[叫要让令索]|勒索|敲诈")
# 将所骗的税款10万元全额缴纳.
_TAX_PAID = re.compile("将[^，。；]*税款$")
_PAID_UP = re.compile("[^，。；]{0,30}(?:缴纳|补缴|缴清)")
# 办理200万元贷款, 除交予某公司82万元外: what is not the swindler's.
_LOAN = re.compile("的?(?:银行)?贷款")
_APPLIED = re.compile("(?:办理|申请)[^，。；]{0,4}$")
_LENT = re.compile("(?:借给|出借给|转借)")
# 认定的金额中有3万元系垫付的费用，应予扣除.
_TAKEN_OFF = re.compile("[^。；]{0,80}(?:应予?当?扣除|应予核减|不应(?:计入|认定)|不予认定)")
# 以每吨240元的价格购买，又以170元的价格卖给.
_PER = re.compile("每(?:吨|斤|公斤|立方米?|袋|箱|件|只|头|亩|平方米)")
_EXCEPT = re.compile("除(?:了)?(?:交|支付|付给|汇|转)[^，。；赔还]*$")
_BESIDES = re.compile("[^，。；]{0,10}外[，,]")
_CAUSED = re.compile("(?:造成|致使|导致)(?:人民币)?$")
_DEMANDED = re.compile("索要|索赔|勒索|强要|逼要")
_NOT_GOT = re.compile(
    "[^，。；]{0,6}(?:未果|未得逞|被拒)|[^，。；]{0,6}[，,][^，。；]{0,10}(?:没有?钱|[未不]同意|拒绝|未果|未得逞|未能得逞|[未不]给)"
)
# What was not given back is no sum of its own, but where the act stands before it.
_UNPAID = re.compile(
    r"(?!后[再即就])[^，。；]{0,6}(?:未|没有|不能|无法)[^，。；]{0,4}(?:返还|归还|退还|退赃|退赔|退缴|偿还|支付|缴纳|还|付|退|追回|收回)"
)
# 未将20万元保证金归还.
_NOT_MOVED = re.compile("(?:未|没有|不)[^，。；]{0,3}[将把][^，。；]{0,4}$")
_GOES_BACK = re.compile("[^，。；]{0,12}(?:归还|退还|返还|偿还|还给|退给)")
# 伪造金额为13万元的银行电汇凭证.
_PAPER = re.compile("的[^，。；]{0,10}(?:凭证|回单|账单|存单)")
_FORGED = re.compile("伪造|变造|虚假")
# 分别获得100元、600元、100元好处费: the last of a list names what all are.
_REWARDS = re.compile(r"(?:[、和及][\d.]+[万余多]?元){0,6}的?(?:好处费|辛苦费|报酬|提成|工资)")
_GOT = re.compile("获得|得到|赚取|获取")
# 扣押现金694元，已返还.
_GIVEN_OUT = re.compile("(?:赃款|现金)?[，,](?:后|现|均|并)?已?(?:全部|依法)?(?:返还|发还|退还)")
# 将100元海洛因贩卖给.
_OBJECT = re.compile("[将把][^，。；]{0,4}$")
_SOLD_ON = re.compile("[^，。；]{0,30}(?:贩卖|出售|销售|卖)给")
# 擅自将5000万元公司贷款转入: what becomes of the money that 将 names.
_MOVED: list[tuple[Role, re.Pattern[str]]] = [
    ("returned", re.compile("[^，。；]{0,24}(?:予以|用以|以)归还")),
    ("returned", re.compile("(?:全部)?(?:[还退][到至给回]|上缴|上交|退缴)")),
    ("returned", re.compile("[，,](?:全部|已)?(?:退缴|退还|退赔|上缴|上交)")),
    (
        "count",
        re.compile("[^，。；]{1,16}(?:转入|转至|转给|汇入|打入|交付给?|交给|付给|汇给|打给)"),
    ),
]
_TAX = re.compile("的?(?:进项|增值税)?税[额款]")
_NOUNS = ("毒资", "赌资", "现金")
_SPENT = re.compile(
    "(?:首付款|货款|赃款|款)?(?:用于|用以|用来|偿还|归还|抵[做作充偿扣顶]|[为被给])"
)
_USED = re.compile("[^，。；]{0,4}(?:用于|用以|用来)(?:偿还|归还|还)")
# 1547万元用于购房，1800万元用于购车.
_USED_FOR = re.compile("用于|用以|用来")
# 金额达11万元的增值税发票，抵扣税额1万元.
_INVOICED = re.compile("的(?:增值税)?(?:专用|普通)?发票")
_TAX_TOLD = re.compile("税[额款][^，。；]{0,8}\\d")
# Money of an office is taken by the use it is put to.
OFFICE = re.compile("挪用|侵占|职务|截留|公款")
_LOOT = re.compile("[盗窃抢劫]|(?<!用于)骗(?!取国家税款|取出口)|赃物|销赃|租[赁用得来出]")
# Where the thing sold is the crime itself.
_TRADED = re.compile("拐[卖骗]|为妻|婴儿|毒[品资]|贩毒|白色晶体|冰毒|海洛因|K粉|麻古|大麻|甲基")


# What is no loot: one's own house or land.
_GROUND = re.compile(
    "[将把][^，。；]{0,40}(?:宅基地|房屋|楼房|房产|住房|门面|商铺)[^，。；]{0,12}$"
)

_GROUND_NAMED = re.compile("[将把][^，。；]{0,30}(?:宅基地|产权房|住房|房屋|房产|门面|商铺)")
# Cash drawn with a card is taken, no loot is sold.
_DRAWN = re.compile("取现|取款|支取|提现")
_SALE = re.compile("卖|售|销赃|典当")


def sold(found: Sequence[Cue], place: Place) -> Role:
    """What a sale brought: a gain from loot, the sum of the act where the sale is the crime."""
    own = (
        _TRADED.search(place.sentence) is not None
        or _GROUND.search(place.before) is not None
        or _GROUND_NAMED.search(place.after) is not None
    )
    own = own or (_DRAWN.search(place.before) is not None and not _SALE.search(place.before))
    if _LOOT.search(place.text) and not own:
        return "gain"
    return summed("count", found)


def _of_the_thing(role: Role | Literal["sold"], place: Place) -> bool:
    """Whether what follows a worth tells of the thing: it was taken, it went back."""
    if role == "total":
        return place.listed  # the last of several worths, before the counts
    return role == "returned" or (role == "count" and place.after.startswith("的"))


def followed(place: Place) -> Role | None:
    """The role by the words behind the sum; None where they tell none."""
    found = cues(place.own)
    kinds = [cue.kind for cue in found]
    valued = bool(kinds) and kinds[-1] == "value"
    earned = bool(kinds) and kinds[-1] in ("gain", "proceeds")
    if "held" in kinds and _GIVEN_OUT.match(place.after):
        return "returned"
    if "将" in place.own and _LENT.match(place.after) and OFFICE.search(place.text):
        return "count"
    if _OBJECT.search(place.own) and not valued:
        moved = next((r for r, pattern in _MOVED if pattern.match(place.after)), None)
        if moved:
            return moved
    if _SOLD_ON.match(place.after) and _OBJECT.search(place.own):
        return "other" if "talk" in kinds else sold(found, place)
    if _UNPAID.match(place.after) and not valued:
        if "act" in kinds or "total" in kinds:
            return summed("count", found)
        if _CAUSED.search(place.own):
            return "item"
        return place.once_more
    if _ASKED.search(place.own) and _NOT_GOT.match(place.rest):
        return "other"
    if _NOT_MOVED.search(place.own) and _GOES_BACK.match(place.after):
        return place.once_more
    if _REWARDS.match(place.after) and _GOT.search(place.own) and "贿" not in place.text:
        return "gain"
    if _PAPER.match(place.after) and _FORGED.search(place.before):
        return "other"
    if _SEIZED.match(place.after) and not earned:
        return "other"
    if found and found[-1].word in _NOUNS and _SEIZED_WITH.match(place.rest):
        return "other"
    if _TAX.match(place.after):
        return place.again or "count"
    if _TAX_PAID.search(place.own) and _PAID_UP.match(place.rest):
        return "returned"
    if _TAKEN_OFF.match(place.rest):
        return "other"
    if _LOAN.match(place.after) and _APPLIED.search(place.own):
        return "other"
    if _EXCEPT.search(place.own) and _BESIDES.match(place.rest):
        return "other"
    if place.own.startswith("其中") and _SPENT.match(place.after):
        return "other"
    if place.told and place.previous == "other" and not found and _USED_FOR.match(place.after):
        return "other"
    if _INVOICED.match(place.after) and _TAX_TOLD.search(place.rest) and "税" not in place.own:
        return "item"
    if "将" in place.own and _USED.match(place.after) and not OFFICE.search(place.text):
        return place.once_more
    for role, pattern in _FOLLOWS:
        if pattern.match(place.after):
            if (earned and role == "total") or ("total" in kinds and role == "person"):
                continue
            if valued and (role == "sold" or _of_the_thing(role, place)):
                continue
            if role == "item" and "cover" in kinds:
                return "compensated"
            if role == "compensated" and ("talk" in kinds or _DEMANDED.search(place.own)):
                return "other"
            if role == "gain" and ("talk" in kinds or "rate" in kinds):
                return "other"
            priced = place.after.startswith(("的价", "价")) and role in ("sold", "count")
            if priced and ("rate" in kinds or "talk" in kinds or _PER.search(place.before)):
                return "other"
            return sold(found, place) if role == "sold" else summed(role, found)
    return None
