"""Entities of theft cases, found by a small trained tagger."""

from ingestion.entities.tagger import KINDS, Entity, Kind, find_entities

__all__ = ["KINDS", "Entity", "Kind", "find_entities"]
