"""Confusions of legal writing and its fixed expressions, as data."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class Confusion(Row):
    """`wrong` should read `right`, unless a named character stands beside it."""

    wrong: str
    right: str
    not_before: str = ""
    not_after: str = ""


class FixedPhrase(Row):
    """An expression that documents write in one way, and its lawful variants."""

    phrase: str
    variants: tuple[str, ...] = ()


@cache
def confusions() -> tuple[Confusion, ...]:
    return rows("wording", Confusion)


@cache
def fixed_phrases() -> tuple[FixedPhrase, ...]:
    return rows("fixed_phrases", FixedPhrase)


class Surnames(Row):
    """Family names, single and compound."""

    names: str


@cache
def surnames() -> frozenset[str]:
    """Family names as documents write them; compound ones as two characters."""
    return frozenset(name for row in rows("surnames", Surnames) for name in row.names.split())


@cache
def phrase_variants() -> frozenset[str]:
    """Every lawful variant of any fixed phrase, and the phrases themselves."""
    return frozenset(v for row in fixed_phrases() for v in (row.phrase, *row.variants))


class Exchange(Row):
    """Characters that may stand for each other inside a fixed phrase."""

    characters: str


@cache
def exchangeable(one: str, other: str) -> bool:
    """Whether a phrase with `other` in the place of `one` is only another way of saying it."""
    return any(
        one in row.characters and other in row.characters
        for row in rows("lawful_exchanges", Exchange)
    )


class Optional(Row):
    """Adverbs and particles that a sentence may do without."""

    characters: str


@cache
def optional_characters() -> frozenset[str]:
    """Characters whose presence or absence is no slip of the pen."""
    return frozenset(c for row in rows("optional_characters", Optional) for c in row.characters)


class Confusable(Row):
    """Characters written for each other by mistake."""

    characters: str


class Words(Row):
    """Words of legal writing, separated by blanks; what their exchanges may lawfully give."""

    words: str
    not_slips: str = ""


@cache
def legal_words() -> tuple[str, ...]:
    """Words of legal writing as they are rightly written, each once."""
    return tuple(dict.fromkeys(w for row in rows("legal_words", Words) for w in row.words.split()))


@cache
def misspellings() -> dict[str, str]:
    """Each word with one character replaced by a confusable one, and the word it should be.

    What is itself a word, or part of an expression that the tables hold, is left out.
    """
    right = legal_words()
    chance = [word for row in rows("legal_words", Words) for word in row.not_slips.split()]
    groups = [row.characters for row in rows("confusable_characters", Confusable)]
    held = "\n".join([*right, *chance, *(p.phrase for p in fixed_phrases()), *phrase_variants()])
    found: dict[str, str] = {}
    for word in right:
        for at, character in enumerate(word):
            others = {o for group in groups if character in group for o in group} - {character}
            for other in sorted(others):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in held:
                    found.setdefault(wrong, word)
    return found
