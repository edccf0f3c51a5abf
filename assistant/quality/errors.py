"""What quality management refuses. One exception per rule; `str(error)` is shown to the user.

QualityRefused
├── NotDecidedYet     feedback, grade and signature wait for every finding of weight
├── NoSuchObjection   no objection of this number in this case
├── NoSuchRectification  no rectification of this number in this case
├── AnsweredAlready   an answer that is final stays
├── OwnMatter         nobody answers an objection of his own, or evaluates a case of his own
├── NotAlike          only equal minor points are confirmed together
├── NoCandidate       no evaluator is left outside the case's own department
├── GradeMissing      a signature stands under a settled grade
├── NotSigned         an opinion leaves the office when it is signed
└── NotTheWay         the step before this one has not been done
"""

from __future__ import annotations

from assistant.review import ReviewRefused


class QualityRefused(ReviewRefused):
    """The act is against a rule of quality management; nothing was changed."""


class NotDecidedYet(QualityRefused):
    """What a person has not decided is no result that others could comment on or grade."""


class NoSuchObjection(QualityRefused):
    """The case has no such objection."""


class NoSuchRectification(QualityRefused):
    """The case has no such rectification."""


class AnsweredAlready(QualityRefused):
    """A final answer stands; a new objection is another pair."""


class OwnMatter(QualityRefused):
    """Recusal: nobody decides in his own matter."""


class NotAlike(QualityRefused):
    """Confirmed together is what was listed together: minor, of one check, undecided."""


class NoCandidate(QualityRefused):
    """The lot never falls to the case's own department or its own officer."""


class GradeMissing(QualityRefused):
    """Sign-off is the last step, after the grade was settled by those who may."""


class NotTheWay(QualityRefused):
    """Feedback is asked before it is closed, a grade is proposed before it is settled."""


class NotSigned(QualityRefused):
    """Before the signature there are drafts; none of them is an evaluation opinion."""
