"""Streams encrypted and authenticated piece by piece (AES-256-GCM).

    file   = header piece*
    header = magic (8 bytes), name of the office's key (8), salt (16)
    piece  = up to 1 MiB of content, encrypted, and a tag of 16 bytes

Each file has a key of its own (HKDF of the office's key and the salt); the nonce of a piece
is its number and whether it is the last, so that pieces can be neither moved, dropped, cut
off nor taken from another file (the STREAM construction, https://eprint.iacr.org/2015/189).
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.storage.errors import KeyUnusable, Unreadable
from assistant.storage.keys import KEY_BYTES, NAME_BYTES, Key

MAGIC = b"PASEAL1\n"
SALT_BYTES = 16
TAG_BYTES = 16
PIECE = 2**20
COUNTER_BYTES = 11


def seal(source: BinaryIO, target: BinaryIO, key: Key) -> None:
    """Encrypt all of `source` into `target`."""
    writer = SealingWriter(target, key)
    while chunk := source.read(PIECE):
        writer.write(chunk)
    writer.finish()


def unsealed(source: BinaryIO, key: Key) -> Iterator[bytes]:
    """The content in pieces, each authenticated before it is given.

    Raises KeyUnusable where another key sealed it, Unreadable where it was changed or cut.
    """
    header = source.read(len(MAGIC) + NAME_BYTES + SALT_BYTES)
    name = header[len(MAGIC) : len(MAGIC) + NAME_BYTES]
    salt = header[len(MAGIC) + NAME_BYTES :]
    if not header.startswith(MAGIC) or len(salt) != SALT_BYTES:
        raise Unreadable("不是本程序加密的文件，或者文件已损坏。")
    if name != key.name:
        raise KeyUnusable("密钥与加密时所用的不是同一把，文书原件无法解密；请换回原来的密钥文件。")
    cipher = _cipher(key, salt)
    number, piece = 0, source.read(PIECE + TAG_BYTES)
    while True:
        following = source.read(PIECE + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, header)
        except InvalidTag as error:
            raise Unreadable("加密的文件已损坏或者被改动过，不能读取。") from error
        if not following:
            return
        number, piece = number + 1, following


class SealingWriter(io.RawIOBase):
    """A stream whose written bytes go encrypted into `target`; `finish` writes the last piece.

    What was never finished cannot be read: a writer that died leaves no half a file behind
    that would pass for a whole one.
    """

    def __init__(self, target: BinaryIO, key: Key) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._target = target
        self._header = MAGIC + key.name + salt
        self._cipher = _cipher(key, salt)
        self._held = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        self._held += view
        # The last piece is not known before the end: one is always held back.
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return view.nbytes

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, content: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, content, self._header))
        self._number += 1


class UnsealedReader(io.RawIOBase):
    """The content of a sealed stream, to be read from the start to the end."""

    def __init__(self, source: BinaryIO, key: Key) -> None:
        self._pieces = unsealed(source, key)
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = memoryview(piece)
        count = min(len(view), len(self._held))
        view[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


def _cipher(key: Key, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, salt, b"assistant sealed file").derive(key.secret)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([last])
