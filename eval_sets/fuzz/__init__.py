"""Hostile and broken input for the readers and the extractor: only InputError may come out."""
