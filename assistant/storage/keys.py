"""The office's key: one file outside the database and outside every backup.

Made on first need (mode 0600) at ASSISTANT_KEY_FILE, else in ASSISTANT_HOME. Whoever loses it
loses the documents; whoever has it and the disk can read them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from assistant.storage.errors import KeyUnusable
from assistant.storage.trouble import told

KEY_FILE = "assistant.key"
KEY_BYTES = 32
NAME_BYTES = 8


@dataclass(frozen=True, repr=False)
class Key:
    """32 secret bytes; `name` (8 bytes) tells keys apart and reveals nothing."""

    secret: bytes

    @property
    def name(self) -> bytes:
        return hashlib.sha256(b"assistant key name" + self.secret).digest()[:NAME_BYTES]


def key_path(settings: Settings) -> Path:
    return settings.key_file or settings.home / KEY_FILE


def office_key(settings: Settings, *, make: bool = False) -> Key:
    """The key of this office; a new one where `make` is set and there is none.

    Raises KeyUnusable where it is missing or no key, DiskFull and DiskReadOnly where it
    cannot be written.
    """
    path = key_path(settings)
    if make and not path.exists():
        _make(path)
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError as error:
        raise KeyUnusable(
            f"找不到密钥文件“{path}”，文书原件无法解密；请从保管处取回密钥文件放到该位置，"
            "或者用 ASSISTANT_KEY_FILE 指明它的位置。"
        ) from error
    except (OSError, binascii.Error) as error:
        raise KeyUnusable(f"密钥文件“{path}”无法读取或者不是密钥文件，请检查。") from error
    if len(secret) != KEY_BYTES:
        raise KeyUnusable(f"密钥文件“{path}”无法读取或者不是密钥文件，请检查。")
    return Key(secret)


def _make(path: Path) -> None:
    """Whole or not at all, and never over one that another process made meanwhile."""
    content = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
    with told():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(temporary, path)
            except FileExistsError:
                return
        finally:
            temporary.unlink(missing_ok=True)
