"""Numbers, money, dates, terms and quantities as Chinese court documents write them.

Pure functions over text: no document, no spans, no law. A finder returns its mentions in
reading order, never overlapping. Money in fen, terms in months plus days.
"""

from ingestion.numerals.dates import DateMention, NoSuchDay, find_dates, scan_dates
from ingestion.numerals.money import RENMINBI, MoneyMention, find_money, find_sums, money_fen
from ingestion.numerals.numbers import CN, NUMBER, D, chinese_number, decimal_value
from ingestion.numerals.quantities import QuantityMention, find_quantities
from ingestion.numerals.terms import TermMention, find_terms, read_term

__all__ = [
    "CN",
    "NUMBER",
    "RENMINBI",
    "D",
    "DateMention",
    "MoneyMention",
    "NoSuchDay",
    "QuantityMention",
    "TermMention",
    "chinese_number",
    "decimal_value",
    "find_dates",
    "find_money",
    "find_quantities",
    "find_sums",
    "find_terms",
    "money_fen",
    "read_term",
    "scan_dates",
]
