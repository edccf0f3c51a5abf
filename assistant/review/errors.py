"""What a person may not do. One exception per rule; `str(error)` is shown to the user.

ReviewRefused
├── NoActor              every act has a person's name
├── CaseSigned           a signature closes its stage of the version, and those before it
├── AlreadyDecided       a decision is taken back before another one is made
├── NotDecided           only a decision can be taken back
├── ReasonRequired       rejecting, reopening and regrading need a reason
├── NothingChanged       an edit changes something
├── NothingWritten       a finding that a person adds says what is wrong
├── AddedAlready         the same finding is added once
├── NotInDocument        words that a person quotes stand in the document
├── StaleVersion         the case was analysed anew since the page was shown
├── UndecidedFindings    no signature over drafts that are moderate or worse
└── ObjectionsOpen       no signature while the officer's objection has no answer
"""

from __future__ import annotations


class ReviewRefused(Exception):
    """The act is against a rule; nothing was changed."""


class NoActor(ReviewRefused):
    """Every act has the name of the person who does it."""


class CaseSigned(ReviewRefused):
    """A signature closes its stage of a version, and the stages before it; later ones go on."""


class AlreadyDecided(ReviewRefused):
    """A decision stands until it is taken back by `reopen`, so that none is lost unseen."""


class NotDecided(ReviewRefused):
    """Only a decided finding can be reopened."""


class ReasonRequired(ReviewRefused):
    """To reject, to reopen and to change the severity, a person gives a reason."""


class NothingChanged(ReviewRefused):
    """An edit that changes no field is a confirmation and must be called so."""


class NothingWritten(ReviewRefused):
    """Who adds a finding writes down what is wrong."""


class AddedAlready(ReviewRefused):
    """The same words on the same place, sent twice, are one finding."""


class NotInDocument(ReviewRefused):
    """A finding never shows words as a document's that do not stand there."""


class StaleVersion(ReviewRefused):
    """Who decides must have seen the newest version: numbers may mean other findings by now."""


class UndecidedFindings(ReviewRefused):
    """A case is signed when each finding of moderate or serious weight has been decided."""


class ObjectionsOpen(ReviewRefused):
    """An objection and its final answer are a pair; nothing is closed over an open one."""
