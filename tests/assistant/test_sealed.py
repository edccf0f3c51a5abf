"""Originals are kept sealed: nothing of them is readable without the key, nothing changes unseen."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.settings import Settings
from assistant.storage import KeyUnusable, NoSuchOriginal, Unreadable, originals
from assistant.storage.keys import Key, key_path, office_key
from assistant.storage.sealed import PIECE, TAG_BYTES, UnsealedReader, seal, unsealed

KEY = Key(b"k" * 32)
WORDS = "被告人方启明盗窃电动自行车一辆。" * 40


def _sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    seal(io.BytesIO(content), out, KEY)
    return out.getvalue()


def _opened(content: bytes, key: Key = KEY) -> bytes:
    return b"".join(unsealed(io.BytesIO(content), key))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_content_comes_back_at_every_border_of_pieces(size: int) -> None:
    content = bytes(i % 251 for i in range(size))
    assert _opened(_sealed(content)) == content
    assert UnsealedReader(io.BytesIO(_sealed(content)), KEY).readall() == content


@given(st.binary(max_size=400), st.data())
@examples(max_examples=60, deadline=None)
def test_no_changed_byte_passes(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(_sealed(content))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Unreadable, KeyUnusable)):
        _opened(bytes(sealed))


PIECE_ON_DISK = PIECE + TAG_BYTES
HEADER = 32
CUTS = [
    (lambda s: s[:-1], "the last byte is gone"),
    (lambda s: s[: HEADER + PIECE_ON_DISK], "the last piece is gone"),
    (lambda s: s[:HEADER], "every piece is gone"),
    (lambda s: s[:10], "even the header is cut"),
    (lambda s: s + s[HEADER : HEADER + PIECE_ON_DISK], "a piece is repeated at the end"),
    (
        lambda s: (
            s[:HEADER]
            + s[HEADER + PIECE_ON_DISK : HEADER + 2 * PIECE_ON_DISK]
            + s[HEADER : HEADER + PIECE_ON_DISK]
            + s[HEADER + 2 * PIECE_ON_DISK :]
        ),
        "two pieces are swapped",
    ),
]


@pytest.mark.parametrize(("change", "why"), CUTS, ids=[why for _, why in CUTS])
def test_cut_and_moved_pieces_are_found(change, why: str) -> None:
    with pytest.raises(Unreadable):
        _opened(change(_sealed(bytes(2 * PIECE + 5))))


def _kept(settings: Settings, words: str = WORDS) -> str:
    source = settings.home / "incoming" / "起诉书.txt"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(words, encoding="utf-8")
    kept = originals.keep(settings, source)
    assert not source.exists()
    return kept.name.split(".")[0]


def test_a_kept_file_is_found_by_its_content_and_never_lies_open(settings: Settings) -> None:
    sha256 = _kept(settings)
    assert originals.read(settings, sha256).decode() == WORDS
    with originals.opened(settings, sha256) as path:
        assert path.suffix == ".txt"
        assert path.read_text(encoding="utf-8") == WORDS
    assert not path.exists()
    for file in settings.home.rglob("*"):
        assert file.is_dir() or "方启明".encode() not in file.read_bytes()


def test_the_key_is_made_once_for_its_owner_alone(settings: Settings) -> None:
    _kept(settings)
    path = key_path(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    _kept(settings, "另一份文书。")
    assert path.read_bytes() == before


def test_a_key_in_another_place(settings: Settings, tmp_path: Path) -> None:
    elsewhere = settings.model_copy(update={"key_file": tmp_path / "usb" / "office.key"})
    sha256 = _kept(elsewhere)
    assert (tmp_path / "usb" / "office.key").exists()
    with pytest.raises(KeyUnusable, match="找不到密钥文件"):
        originals.read(settings, sha256)


def test_a_lost_key_is_missed_not_replaced(settings: Settings) -> None:
    sha256 = _kept(settings)
    key_path(settings).unlink()
    with pytest.raises(KeyUnusable, match="找不到密钥文件"):
        originals.read(settings, sha256)
    with pytest.raises(KeyUnusable, match="找不到密钥文件"):
        _kept(settings, "另一份文书。")
    assert not key_path(settings).exists()


@pytest.mark.parametrize("content", ["", "不是密钥", "c2hvcnQ="])
def test_what_is_no_key_is_told(settings: Settings, content: str) -> None:
    _kept(settings)
    key_path(settings).write_text(content, encoding="utf-8")
    with pytest.raises(KeyUnusable, match="不是密钥文件"):
        office_key(settings)


def test_another_key_is_told(settings: Settings) -> None:
    sha256 = _kept(settings)
    key_path(settings).unlink()
    office_key(settings, make=True)
    with pytest.raises(KeyUnusable, match="不是同一把"):
        originals.read(settings, sha256)


def test_a_sealed_file_under_a_false_name_is_found(settings: Settings) -> None:
    sha256 = _kept(settings)
    sealed = originals.find(settings, sha256)
    sealed.rename(sealed.with_name(f"{sha256[:2]}{'0' * 62}.txt.sealed"))
    assert [path.name[2:10] for path, _ in originals.damaged(settings)] == ["0" * 8]
    with pytest.raises(NoSuchOriginal):
        originals.read(settings, sha256)
