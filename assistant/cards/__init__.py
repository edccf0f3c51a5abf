"""The case card (案卡): read from JSON, XLSX or CSV, and held as text with places."""

from assistant.cards.model import CaseCard, Entry, card_of
from assistant.cards.reader import SUFFIXES, read_card

__all__ = ["SUFFIXES", "CaseCard", "Entry", "card_of", "read_card"]
