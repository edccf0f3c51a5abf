"""Checks of one document before it is issued, and the machinery that runs all checks."""
