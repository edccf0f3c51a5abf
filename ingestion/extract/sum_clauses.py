"""The part a sum plays by the governing words of one clause before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingestion.extract.sum_after import OFFICE, sold
from ingestion.extract.sum_places import Place, Role
from ingestion.extract.sum_words import Cue, Kind, cues, summed

# 骗得的现金: an act told of the money by the way, beside the verb that governs it.
_ATTRIBUTE = re.compile(r"^(?:的|[^，]{0,8}的(?:人民币|现金|赃款|钱款|款项?|上述|该|等)*$)")
_PRETEXT = re.compile(r"^[^，]{0,20}?(?:为由|为名|名义|为借口|理由|幌子|方式|手段|方法)")
_ON_TERMS = re.compile(r"(?:按照?|根据|依照?|应)[^，]{0,8}$")
_THEN = re.compile("[^，]{0,6}后")
# 收到用于投资的现金3万元: what the money was meant for.
_FOR_USE = re.compile("[^，]{0,8}的|抵扣")
_NOT = re.compile(r"(?:未|没有?|拒不|无力|不能|无法|不|尚有)[^，]{0,4}$")
_BRIBE = re.compile("收受|送给|送予|送了|给予|贿|索取|索要")
COSTS = re.compile("(?:误工|护理|医疗|医药|精神|丧葬|交通|抚养|生活|人工|车|餐)[^，。；]{0,4}费")
# 判决甲赔偿乙误工费2万元: the costs are named, nothing is paid.
_JUDGED = re.compile("判[决令处](?!书)[^。；]{0,30}?(?:赔偿|补偿|支付|给付)")
_OFFICIAL = re.compile("[受行索]贿|职务(?:上的|之)便")
_RECEIVED = re.compile("收取|领取|收到|领到")
_EARNED = re.compile("收取|获取|取得|赚取")
_INSURED = re.compile("保险[^，。；]{0,30}赔付|赔付[^，。；]{0,10}保险")
# A card's principal; wages that are not paid.
_CRIMES_DEBT = re.compile("劳动报酬|工资")
_WAGE_CASE = re.compile("拒不支付|劳动(?:保障|监察)|人力资源|逃匿|农民工|工人")
_SWINDLE = re.compile("诈骗|骗取|伪造")
_CARD = re.compile("透支|信用卡|贷记卡")
_DEBTS = re.compile("债|高利贷|所[欠贷借]|[之此]前")
_FAMILY = re.compile(r"(?:亲属|家属|家人)(?:[^，。；]{0,4}(?:代|向|给|为|自愿)|已?支付|给付)")
_FOR_HIM = re.compile(r"(?:为|替|给|代)[^，。；]{1,12}(?:支付|垫付|交|付)|代为")
_OWN_COST = re.compile(
    "(?:货|粮|料|油|煤|材|米|猪|牛|羊|车|布)款|定金|首付|佣金|租金|押金|保证金|运费|工资"
)
_OTHERS_PAY = re.compile("[让使骗将把]|(?<!为)由|要求|公司|单位")
_MADE_TO_PAY = re.compile("[让使骗]|(?<!为)由|要求|公司|单位")
_SALE = re.compile("卖(?!合同)|售(?!合同)|销赃|抵押|质押|典当")
# 将租来的轿车抵押，向他人借款: the loot is pawned.
_PAWNED = re.compile("[将把用][^。；]{0,60}车[^。；]{0,24}(?:抵押|质押)[^。；]{0,20}借[款得到]?$")
_PAWN = re.compile("(?:抵押|质押|典当)[^，。；]{0,12}套现")
_TAX_PAID = re.compile("(?<![应未])(?:缴纳|补交|缴清)[^，。；]{0,8}税")
_YIELD = re.compile("利息|利润|分红|返利|红利|收益")
# 向透支的信用卡存入1500元.
_AS_YIELD = re.compile(
    "以(?:支付|给付)[^，。；]{0,6}(?:利息|利润|分红|返利)(?:为名|的?(?:方式|形式|名义))"
)
_LENT = re.compile("[借贷]款")
_RESTORED = re.compile("(?:缴纳|交纳|支付)[^，。；]{0,8}修复(?:保证金|费|资金|金)")
_REPAID = re.compile("(?:信用卡|贷记卡|该卡)[^，。；]{0,8}存入")
_INVESTORS = re.compile("集资|吸收[^，。；]{0,8}存款|投资款")
_SOMEBODY = r"[\u4e00-\u9fff](?:[某×]{1,2}[甲乙丙丁\d]?|\d某)"
_NAMED = re.compile(
    r"被告人([\u4e00-\u9fff]{1,2}[某×XＸ]{1,2}[甲乙丙丁\d]?|[\u4e00-\u9fff]\d某"
    r"|[\u4e00-\u9fff]{2,3}(?=[，、在于以因]))"
)
_OF_A_THING = re.compile("的(?!价)")
# 金额10万元，税额1.3万元: what an invoice is about, without the tax.
_NET = re.compile("(?:金额|价款)(?:总计|共计|合计|计)?为?$")
_TAX_NEXT = re.compile("(?:人民币)?[，、和及]?(?:合计|共计)?(?:增值税)?(?:税[额款]|价税)")
_TAXED = re.compile(r"(?:税额|税款)(?!发票)[^，。；的]{0,8}\d")
# 盗窃数额, 抽头金额, 违法所得现金: what they are a sum of tells the role.
_SUM_OF = ("数额", "金额", "现金", "毒资", "赌资")
_WORTH = ("价值", "鉴定", "估价", "评估", "认定", "认证", "市场价")
_MEANT = ("欲", "企图", "意图", "准备", "打算")
# What the employer was paid for the works, where the wages are the crime.
_WORKS = re.compile("(?:领取|收到|取得|获得)[^，。；]{0,24}(?:工程|进度)[^，。；]{0,4}款")
_WAGES_OWED = re.compile("(?:拖欠|拒不支付|未支付)[^，。；]{0,24}(?:工资|劳动报酬)")
# 向公安机关缴纳了暂扣款: handed over of one's own will.
_HANDED_IN = re.compile(
    r"向(?:公安|侦查|办案|检察|司法|本院|法院|[^，。；]{0,8}法院)[^，。；]{0,8}(?:缴纳|交纳|缴存)(?![^，。；]*保证金)"
)
_GIVEN_AWAY = ("给", "花", "购买")
_PAID = ("付了", "交了", "支付", "给付", "付给", "付", "缴纳", "交纳", "分红")


def _plain(words: str) -> list[Cue]:
    """The governing words of a clause, pretexts and attributes left out."""
    found = [
        cue
        for cue in cues(words)
        if not _PRETEXT.match(words[cue.end :])
        and not (cue.kind == "talk" and _done(cue, words))
        and not (cue.kind == "spend" and _FOR_USE.match(words[cue.end :]))
    ]
    if any(c.kind != "total" and c.word not in _SUM_OF for c in found):
        found = [c for c in found if c.word not in _SUM_OF]
    owed = {c.end for c in found if c.kind == "debt"}
    found = [c for c in found if not (c.word in ("贷款", "借款") and c.start in owed)]
    acts = {c.end for c in found if c.kind == "act"}
    found = [c for c in found if not (c.kind == "proceeds" and c.start in acts)]
    kept = [c for c in found if c.kind != "act" or not _ATTRIBUTE.match(words[c.end :])]
    return kept if any(c.kind != "total" for c in kept) else found


def _done(cue: Cue, words: str) -> bool:
    """Whether what was said was then done: 按约定支付, 同意后支付."""
    before, after = words[: cue.start], words[cue.end :]
    return _ON_TERMS.search(before) is not None or _THEN.match(after) is not None


class _Clause:
    """The governing words of one clause, and what can be asked of them."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.found = _plain(words)
        self.verbs = [cue for cue in self.found if cue.kind != "total"]
        self.kinds = [cue.kind for cue in self.verbs]

    @property
    def acted(self) -> bool:
        return "act" in self.kinds

    def last_of(self, kind: Kind) -> int:
        return max((i for i, k in enumerate(self.kinds) if k == kind), default=-1)

    def holds(self, kind: Kind) -> bool:
        """Whether a word of that kind governs, with no act after it."""
        return kind in self.kinds and self.last_of(kind) > self.last_of("act")

    def denied(self, kind: Kind) -> bool:
        first = self.verbs[self.kinds.index(kind)]
        return _NOT.search(self.words[: first.start]) is not None

    @property
    def intended(self) -> bool:
        """Whether a payment is only meant to be; an attempt to swindle is the crime itself."""
        before = self.verbs[-2] if len(self.verbs) > 1 else None
        return before is not None and before.word in _MEANT and self.kinds[-1] != "act"

    def summed(self, role: Role) -> Role:
        return summed(role, self.found)


def governed(words: str, place: Place, previous: Role | None, own: bool = False) -> Role | None:
    """The role by the governing words of a clause; None where it has none.

    `previous` is the role of a sum told before in the sentence, `own` whether the clause is the
    sum's.
    """
    clause = _Clause(words)
    if not clause.verbs:
        return None
    after = place.after if own else ""
    last = clause.verbs[-1]
    if _NET.search(words) and _TAX_NEXT.match(after):
        return "item"
    if previous == "item" and words.startswith("其中") and not clause.acted and "税" not in words:
        return "item"
    if last.kind == "fine" or (last.kind == "fee" and "fine" in clause.kinds):
        return "fine"
    if last.kind != "share" and clause.holds("rate"):
        return "other"
    if last.kind == "spend" or (previous == "other" and _spent_on(clause, place)):
        return "other"
    if last.kind == "move" and clause.holds("spend") and not OFFICE.search(place.text):
        return place.once_more
    if last.kind == "value" and "损失" not in last.word and _OF_A_THING.match(after):
        return clause.summed("item")
    if clause.holds("talk") or clause.intended:
        return "other"
    if last.kind == "debt" and not (
        last.word.startswith(("剩", "余", "下余", "本金", "本息", "欠")) and "back" in clause.kinds
    ):
        return _owed(clause, place)
    if last.word == "利息" and previous == "returned" and place.told:
        return "returned"
    if _WORKS.search(words) and _WAGES_OWED.search(place.text) and not clause.acted:
        return "other"
    if _HANDED_IN.search(words) and not clause.acted and "fine" not in clause.kinds:
        return "returned"
    if "held" in clause.kinds and last.kind in ("held", "move", "gain"):
        return "other"
    return _moved(clause, last, place, previous) or _told(clause, last, place, previous)


def _spent_on(clause: _Clause, place: Place) -> bool:
    """Whether the loot goes on being spent: 用于还债2万元，给高某3万元，花费8500元."""
    spent = any(cue.kind == "spend" for cue in cues(place.before))
    return spent and not clause.acted and clause.verbs[-1].word.startswith(_GIVEN_AWAY)


def _moved(clause: _Clause, last: Cue, place: Place, previous: Role | None) -> Role | None:
    """The role of money that goes back, makes good, or is paid for a cost of one's own."""
    covers = clause.last_of("cover") > clause.last_of("back")
    if _TAX_PAID.search(clause.words) and not clause.acted:
        return "returned"
    if clause.holds("back") and not covers and last.word not in _WORTH:
        return _given_back(clause, place)
    paid = not clause.acted and any(cue.word in _PAID for cue in clause.verbs)
    if "损失" in last.word and paid:
        return "compensated"
    if clause.holds("cover"):
        insured = _INSURED.search(clause.words) and "骗" in place.text
        if _JUDGED.search(place.before):
            return clause.summed("item") if COSTS.search(place.sentence) else "other"
        if clause.acted or insured or _RECEIVED.search(clause.words):
            return clause.summed("count")
        return "other" if clause.denied("cover") else "compensated"
    if paid and last.word in _PAID:
        if previous in ("compensated", "returned"):
            return previous
        if _FAMILY.search(clause.words):
            return "compensated"
    if _AS_YIELD.search(clause.words):
        return "returned"
    if _RESTORED.search(clause.words):
        return "compensated"
    if _REPAID.search(clause.words) and re.search("透支|欠", place.text):
        return "returned"
    if paid and _YIELD.search(clause.words) and _INVESTORS.search(place.text):
        return "returned"
    if paid and _by_the_accused(clause.words, place):
        if _YIELD.search(clause.words + place.after[:4]):
            return "returned"
        if _OWN_COST.search(clause.words + place.after[:4]):
            return "other"
    return None


@lru_cache(maxsize=8)
def _opener(text: str) -> re.Pattern[str]:
    """Who opens a clause: the accused, by the names that the text gives them, or the victim."""
    names = sorted(set(_NAMED.findall(text)), key=len, reverse=True)
    who = "|".join(["被告人", "上诉人", *map(re.escape, names)])
    return re.compile(
        f"[^，,让使害给向求]{{0,8}}?(?P<accused>{who})|[^，,在向与从同对由被将给和经取骗]{{0,6}}?(?:被害人|自诉人|原告人|{_SOMEBODY})"
    )


def _by_the_accused(words: str, place: Place) -> bool:
    """Whether the last person to open a clause before the verb is the accused, who pays himself."""
    paying = next(cue.start for cue in cues(words) if cue.word in _PAID)
    told = place.sentence[: max(place.sentence.find(words), 0) + paying]
    for clause in reversed(re.split("[，,：:]", told)):
        found = _opener(place.text).match(clause)
        if found:
            others = _OTHERS_PAY if clause in words else _MADE_TO_PAY
            return found["accused"] is not None and not others.search(clause, found.end())
    return False


def _told(clause: _Clause, last: Cue, place: Place, previous: Role | None) -> Role:
    """The role of money taken, earned, shared, or named as a worth or a cost."""
    if last.kind == "share":
        borrowed = last.word == "实得" and _LENT.search(place.before)
        return "count" if borrowed else "person"
    if "开票费" in clause.words and _EARNED.search(clause.words):
        return "gain"
    if "share" in clause.kinds and last.word.startswith(("抽", "头", "水")):
        return "person"
    if last.kind == "gain":
        drawn = "抽" in last.word and any(cue.kind == "total" for cue in clause.found)
        swindled = clause.acted and last.word in ("好处费", "辛苦费", "报酬", "提成")
        bribed = last.word in ("好处费", "辛苦费") and _OFFICIAL.search(place.text)
        taken = drawn or swindled or bribed or _BRIBE.search(clause.words)
        return clause.summed("count") if taken else "gain"
    if "赃款" in last.word and _shared_out(place, previous):
        return "person"
    if "赃款" in last.word and previous in ("count", "total") and not _SALE.search(place.before):
        return "person"
    pawned = last.word == "套现" and _PAWN.search(clause.words)
    if (
        last.kind == "proceeds"
        or pawned
        or (last.word.startswith("借") and _PAWNED.search(place.before))
    ):
        return sold(clause.found, place)
    if last.kind == "harm":
        paid = any(c.word in _PAID for c in clause.verbs) and _by_the_accused(clause.words, place)
        for_him = paid or _FOR_HIM.search(clause.words) or previous == "compensated"
        return clause.summed("compensated" if for_him else "item")
    if last.kind == "fee" and previous == "compensated":
        return previous
    if last.kind == "fee":
        return clause.summed("count") if clause.acted or "收" in clause.words else "other"
    if last.kind == "face":
        return "item" if _TAXED.search(place.text) else clause.summed("count")
    if previous == "compensated" and last.kind == "value" and "费" in last.word:
        return previous
    return clause.summed("item" if last.kind == "value" else "count")


def _shared_out(place: Place, previous: Role | None) -> bool:
    """Whether the money of a sale is shared: 共获得赃款3万元，何某获得赃款1万元."""
    if not place.told or previous not in ("gain", "person"):
        return False
    told = place.before[: len(place.before) - len(place.fresh)]
    return any(cue.kind == "total" for cue in cues(told))


def _owed(clause: _Clause, place: Place) -> Role:
    """What is owed is none of the crime's, but where the debt is the crime, and a debt in all."""
    if any(cue.kind == "total" for cue in clause.found):
        return "total"
    words = clause.words
    card = "本金" in words and _CARD.search(place.text)
    wages = _CRIMES_DEBT.search(words) and _WAGE_CASE.search(place.text)
    crimes = clause.acted or card or wages or _RECEIVED.search(words)
    return "count" if crimes else "other"


def _given_back(clause: _Clause, place: Place) -> Role:
    back = next(cue for cue in clause.verbs if cue.kind == "back")
    if clause.denied("back") or "spend" in clause.kinds:
        return place.once_more
    own_debt = _DEBTS.search(clause.words[back.end :])
    if own_debt or (back.word == "还款" and not _swindled(place)):
        return "other"
    return "returned"


def _swindled(place: Place) -> bool:
    """Whether what is repaid was swindled: a card's holder pays a debt of his own."""
    return bool(_SWINDLE.search(place.text)) and not _CARD.search(place.text)


def bare(words: str) -> bool:
    """Whether nothing but a noun of money governs: 毒资, 现金."""
    found = _plain(words)
    return bool(found) and all(cue.word in _SUM_OF for cue in found)


def listed_verbs(words: str) -> str:
    """The words up to the last verb: a list goes on behind the worth of one of its things."""
    verbs: Sequence[Kind] = ("act", "move", "back", "cover", "gain")
    ends = [cue.end for cue in cues(words) if cue.kind in verbs]
    return words[: ends[-1]] if ends else ""
