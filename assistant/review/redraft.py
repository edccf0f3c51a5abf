"""What became of the findings when a draft was mended: solved, remaining, new."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.storage.identity import fingerprints

Finding = dict[str, Any]
Change = Literal["solved", "remaining", "new", "unchecked"]
CHANGE_NAMES: dict[Change, str] = {
    "solved": "已解决",
    "remaining": "仍在",
    "new": "新出现",
    "unchecked": "本稿未查",
}


@dataclass
class Redraft:
    """The findings of two drafts; `remaining` holds pairs (before, now).

    `unchecked`: those of the earlier draft that the later one could not show: what they point
    at was not handed in again, the model that raised them was not asked, a person added them.
    """

    solved: list[Finding] = field(default_factory=list)
    remaining: list[tuple[Finding, Finding]] = field(default_factory=list)
    new: list[Finding] = field(default_factory=list)
    unchecked: list[Finding] = field(default_factory=list)


def compare(earlier: dict[str, Any], later: dict[str, Any]) -> Redraft:
    """Two results of contract `findings/1` held against each other.

    The same finding is one with the same code and quotes; failing that, with the same code
    and words, as where the quoted sentence was mended elsewhere.
    """
    told = Redraft()
    left, fresh = list(earlier["findings"]), list(later["findings"])
    for key in (_prints(left, fresh), _words):
        known: dict[Hashable, list[Finding]] = {}
        for finding in fresh:
            known.setdefault(key(finding), []).append(finding)
        unmatched = []
        for old in left:
            if alike := known.get(key(old)):
                told.remaining.append((old, alike.pop(0)))
            else:
                unmatched.append(old)
        left, kept = unmatched, {id(new) for _, new in told.remaining}
        fresh = [finding for finding in fresh if id(finding) not in kept]
    told.new = fresh
    roles = {document["role"] for document in later["documents"]}
    for old in left:
        could = {e["role"] for e in old["evidence"]} <= roles and (
            old["source"] == "rule" or (old["source"] == "model" and later.get("model") is not None)
        )
        (told.solved if could else told.unchecked).append(old)
    return told


def _prints(*results: list[Finding]) -> Callable[[Finding], Hashable]:
    prints = {
        id(f): mark for found in results for f, mark in zip(found, fingerprints(found), strict=True)
    }
    return lambda f: prints[id(f)]


def _words(finding: Finding) -> Hashable:
    return finding["code"], finding["message"]
