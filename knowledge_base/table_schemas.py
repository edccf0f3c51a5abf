"""Which schema every table has. A table that is not named here is refused by `validate`."""

from __future__ import annotations

from knowledge_base import (
    catalogue,
    charge_articles,
    charge_inference,
    charge_tables,
    check_articles,
    check_precision,
    check_rules,
    circumstances,
    crimes,
    custody_credit,
    deadlines,
    diff_words,
    drunk_driving,
    grading,
    law_versions,
    non_prosecution,
    penalties,
    phrases,
    procedure,
    questions,
    recommendation_widths,
    starting_places,
    term_tables,
    topics,
    wording,
)
from knowledge_base.loader import Row, table_names

_NAMED: dict[str, type[Row]] = {
    "article_marks": check_rules.ArticleMark,
    "charges": charge_tables.ChargeRow,
    "charge_aliases": charge_tables.AliasRow,
    "charge_cited_articles": charge_articles.CitedArticle,
    "charge_cues": charge_inference.ChargeCues,
    "charge_side_articles": charge_tables.SideArticlesRow,
    "check_articles": check_articles.ArticleGroup,
    "check_codes": catalogue.PlannedCheck,
    "check_parameters": check_rules.Parameter,
    "check_precision": check_precision.Precision,
    "checks": catalogue.CheckEntry,
    "circumstance_phrases": phrases.CircumstancePhrases,
    "circumstances": circumstances.CircumstanceRule,
    "confusable_characters": wording.Confusable,
    "crimes": crimes.CrimeRule,
    "criminal_law_texts": law_versions.Wording,
    "criminal_law_versions": law_versions.ArticleVersion,
    "criminal_procedure_2012": law_versions.OldProcedureArticle,
    "criminal_procedure_2012_texts": law_versions.Wording,
    "custody_credit": custody_credit.CreditRule,
    "deadlines": deadlines.Deadline,
    "defence_questions": questions.Question,
    "drugs": crimes.Drug,
    "drunk_driving": drunk_driving.DrunkFact,
    "ethnic_groups": phrases.EthnicGroups,
    "evidence_names": check_rules.EvidenceName,
    "field_words": diff_words.FieldWord,
    "fixed_phrases": wording.FixedPhrase,
    "grading": grading.Threshold,
    "holiday_windows": deadlines.HolidayWindow,
    "law_names": law_versions.LawName,
    "law_versions": law_versions.LawDates,
    "lawful_exchanges": wording.Exchange,
    "legal_words": wording.Words,
    "limitation_periods": deadlines.LimitationPeriod,
    "non_prosecution": non_prosecution.NonProsecutionProvision,
    "penalties": penalties.PenaltyLimit,
    "procedure_articles": procedure.ProcedureArticle,
    "recommendation_widths": recommendation_widths.Width,
    "repealed_norms": check_rules.RepealedNorm,
    "rule_sources": penalties.RuleSource,
    "starting_places": starting_places.StartingPlace,
    "surnames": wording.Surnames,
    "term_cues": term_tables.Cue,
    "term_measures": term_tables.Measure,
    "term_model": term_tables.Weight,
    "term_tier_cues": term_tables.TierCue,
    "thresholds": crimes.Threshold,
    "topics": topics.Topic,
    "wording": wording.Confusion,
}


def schemas() -> dict[str, type[Row]]:
    """Table name to row schema; every checks_FAMILY table has that of the catalogue."""
    return _NAMED | dict.fromkeys(catalogue.tables(), catalogue.CheckEntry)


def unregistered() -> list[str]:
    """Tables in the folder whose schema nobody has named."""
    return [name for name in table_names() if name not in schemas()]
