"""Ranked retrieval over a folder of documents, queries and graded labels."""
