"""What jobs refuse. Each message of JobError is one Chinese sentence for the user.

JobError
├── NoSuchJob      no job has this id (or not for this person)
├── NoSuchBatch    no batch has this id (or not for this person)
├── NotPossible    the job is not in a state for what is asked
└── Interrupted    the job failed for a reason that is none of the upload's
"""

from __future__ import annotations


class JobError(Exception):
    """What was asked of a job is refused; nothing was changed."""


class NoSuchJob(JobError):
    """A job id that was never given out."""


class NoSuchBatch(JobError):
    """A batch id that was never given out."""


class NotPossible(JobError):
    """Cancelled after its end, or tried again before it."""


class Interrupted(JobError):
    """The analysis came to no end; the files are kept and it may be tried again."""


class JobOver(Exception):
    """The job ended (cancelled, or done by another worker) while this one worked on it."""
