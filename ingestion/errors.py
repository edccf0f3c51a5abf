"""What can be wrong with a file. Each message is one Chinese sentence a lawyer can act on.

InputError
├── NotFound            the path names no file
├── EmptyFile           nothing in it
├── UnsupportedType     not a kind of file that we read, or not what its name says
├── EncryptedFile       asks for a password
├── TooLarge            over a size, page, pixel or unpacking limit
├── DamagedFile         of a known kind but cannot be opened
├── HostileFile         external entities, path tricks, unpacking bombs
├── ReaderFault         our own reader failed on it: a defect to be reported
├── NoText              opened and read, but nothing that is text
└── WrongDocument       readable, but not the document that was asked for
"""

from __future__ import annotations


class InputError(Exception):
    """The input cannot be used; `str(error)` is the sentence shown to the user."""


class NotFound(InputError):
    """No such file."""


class EmptyFile(InputError):
    """A file of no bytes."""


class UnsupportedType(InputError):
    """The content is of a kind that is not read."""


class EncryptedFile(InputError):
    """A password is needed; we never try one."""


class TooLarge(InputError):
    """Over a documented limit; refused before it costs memory."""


class DamagedFile(InputError):
    """The content breaks the rules of its own format."""


class HostileFile(InputError):
    """The content tries what no honest document does."""


class ReaderFault(InputError):
    """Reading ended in a way nobody foresaw; the other files of a folder are not held up."""


class NoText(InputError):
    """Nothing readable, even after OCR."""


class WrongDocument(InputError):
    """A readable document of the wrong kind or of another case."""
