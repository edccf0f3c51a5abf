"""A sentence held against the opinion: is it lawful, does it lie in the guideline's range."""

from __future__ import annotations

from datetime import date

from assistant.sentencing import arithmetic, limits
from assistant.sentencing.dates import term_text
from assistant.sentencing.facts import Facts
from assistant.sentencing.model import SentencingOpinion, VerdictCheck
from ingestion.model import MainPenalty, Sentence
from knowledge_base import circumstances, penalties
from knowledge_base.crimes import CrimeRule, Tier

NAMES: dict[MainPenalty, str] = {
    "imprisonment": "有期徒刑",
    "detention": "拘役",
    "control": "管制",
    "life": "无期徒刑",
    "death": "死刑",
}
_ALONE = ("or_alone", "alone")


def sentence_text(sentence: Sentence) -> str:
    """The main penalty in words: 有期徒刑一年六个月，缓刑二年."""
    if sentence.acquitted:
        return "无罪"
    if sentence.exempt:
        return "免予刑事处罚"
    if sentence.main is None:
        return "单处罚金" if sentence.fine_only else "无主刑"
    if sentence.death_reprieve:
        return "死刑缓期二年执行"
    fixed = sentence.main in ("imprisonment", "detention", "control")
    text = NAMES[sentence.main] + (term_text(sentence.term) if fixed else "")
    return text + (f"，缓刑{term_text(sentence.probation)}" if sentence.probation else "")


def fixed_months(sentence: Sentence) -> float | None:
    """Months of imprisonment or detention; None for every other sentence."""
    if sentence.main not in ("imprisonment", "detention"):
        return None
    return sentence.term.months + sentence.term.days / 30


def check(
    opinion: SentencingOpinion, rule: CrimeRule | None, facts: Facts, sentence: Sentence
) -> VerdictCheck:
    """Three-valued on both questions; `reason` in Chinese."""
    text = sentence_text(sentence)
    if rule is None:
        return VerdictCheck(text, None, None, "该罪名的法定刑档未收入规则表")
    if sentence.acquitted:
        return VerdictCheck(text, None, None, "判决无罪，不涉及量刑")
    on = facts.decided or facts.offence
    tiers = (*opinion.tiers, *opinion.alternatives)
    # A unit is punished by a fine alone.
    if facts.unit and sentence.fine_only:
        return VerdictCheck(text, True, None, "单位犯罪对单位判处罚金")
    fits = [_in_tier(rule, n, facts, sentence, on) for n in tiers]
    lawful = None if not fits else any(fits)
    if not lawful:
        inside = None if opinion.guided_low is None else False
        return VerdictCheck(text, lawful, inside, _why_not(rule, opinion), inside)
    if sentence.main not in ("imprisonment", "detention"):
        return VerdictCheck(text, True, None, "在法定刑幅度内；该刑种不按月数公式衡量")
    if opinion.guided_low is None:
        return VerdictCheck(text, True, None, "在法定刑幅度内；该罪没有全国量刑起点")
    months = sentence.term.months + sentence.term.days / 30
    low, high = opinion.guided_low or 0, opinion.guided_high or 0
    near = (opinion.low or 0) <= months <= (opinion.high or 0)
    if low <= months <= high:
        return VerdictCheck(text, True, True, "在法定刑幅度和量刑指导意见的范围内", True)
    side = "低" if months < low else "高"
    share = penalties.limit("discretion", on)
    reach = f"，未超出{share}%的调整幅度" if near else f"，且超出{share}%的调整幅度"
    reason = f"在法定刑幅度内，但{side}于量刑指导意见推算的范围（{low}至{high}个月）{reach}"
    return VerdictCheck(text, True, False, reason, near)


def _why_not(rule: CrimeRule, opinion: SentencingOpinion) -> str:
    tiers = "、".join(rule.tiers[n - 1].when for n in opinion.tiers)
    return f"不在所选幅度（{tiers}）内，且没有读到可以减轻处罚到该刑罚的情节"


def _in_tier(
    rule: CrimeRule, number: int, facts: Facts, sentence: Sentence, on: date | None
) -> bool:
    tier = rule.tiers[number - 1]
    rules = circumstances.all()
    # Every circumstance found keeps its own power to mitigate, also inside a plea package.
    present = [rules[k] for k in facts.circumstances if k in rules]
    kept = [r for r in present if r.key not in _displaced(facts)]
    if sentence.exempt:
        own = limits.own_mitigation(rule, number, kept)
        directions = {d for r in kept for d in r.directions} | {
            d for m in own for d in m.directions
        }
        return "exempt" in directions or number == 1
    options = [tier]
    if number > 1 and limits.may_mitigate(rule, number, kept):
        options.append(rule.tiers[number - 2])
    if any(_kind_fits(o, sentence) and _term_fits(o, sentence, on) for o in options):
        return True
    if sentence.main not in ("imprisonment", "detention"):
        return False
    bound = limits.bounds(rule, number, kept, on)
    months = sentence.term.months + sentence.term.days / 30
    return sentence.main == "imprisonment" and bound.floor <= months <= bound.ceiling


def _displaced(facts: Facts) -> set[str]:
    selection = arithmetic.select(set(facts.circumstances))
    return {k for k, by in selection.dropped.items() if not by.startswith("plea_")}


def _kind_fits(tier: Tier, sentence: Sentence) -> bool:
    if sentence.main is None:
        return sentence.fine_only and tier.fine in _ALONE
    if sentence.main == "imprisonment":
        return tier.months is not None
    return sentence.main in tier.also


def _term_fits(tier: Tier, sentence: Sentence, on: date | None) -> bool:
    months = sentence.term.months + sentence.term.days / 30
    if sentence.main == "imprisonment" and tier.months is not None:
        return tier.months[0] <= months <= tier.months[1]
    if sentence.main == "detention":
        return (
            penalties.limit("detention_min", on) <= months <= penalties.limit("detention_max", on)
        )
    if sentence.main == "control":
        return penalties.limit("control_min", on) <= months <= penalties.limit("control_max", on)
    return True
