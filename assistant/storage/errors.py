"""What the store refuses. Each message is one Chinese sentence for the user.

StoreError
├── UnsupportedDatabase   the database URL names an engine that is not supported
├── DatabaseBusy          another process holds the database for too long
├── DatabaseUnreachable   the database server does not answer, or refuses us
├── KeyUnusable           the key file is missing, no key, or another than the one used
├── Unreadable            a sealed file was damaged or changed
├── NotEmpty              a backup is restored only where nothing is
├── NoSuchOriginal        the file of a document was never kept, or was deleted by rule
├── DiskFull              there is no room for what should be written
├── DiskReadOnly          the data folder or database cannot be written
├── NoSuchCase            no case has this id
├── NoSuchFinding         the case has no finding of this number
├── BadResult             what should be stored is not a result of contract findings/1
└── UploadTooLarge        an uploaded file is over the size limit
"""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked; `str(error)` is shown to the user."""


class UnsupportedDatabase(StoreError):
    """Only SQLite files and PostgreSQL are supported."""


class DatabaseBusy(StoreError):
    """The database stayed locked longer than the busy timeout."""


class DatabaseUnreachable(StoreError):
    """The server is down, was restarted in the middle, or does not let us in."""


class KeyUnusable(StoreError):
    """Nothing sealed can be read or written without the office's key."""


class Unreadable(StoreError):
    """What was sealed is not there any more as it was sealed."""


class NotEmpty(StoreError):
    """What is stored is never written over by a backup."""


class NoSuchOriginal(StoreError):
    """There is a result, but no file that it was made from."""


class DiskFull(StoreError):
    """Nothing of what should be written was written."""


class DiskReadOnly(StoreError):
    """Nothing of what should be written was written."""


class NoSuchCase(StoreError):
    """A case id that was never given out."""


class NoSuchFinding(StoreError):
    """A finding number outside the current version of the case."""


class BadResult(StoreError):
    """A result that does not follow contract findings/1 is not stored."""


class UploadTooLarge(StoreError):
    """A file over the upload limit is not stored."""
