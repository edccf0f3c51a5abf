"""Uploads: names are harmless, refusals leave nothing behind, a good case is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from samples import CIVIL_JUDGMENT, INDICTMENT, JUDGMENT

from assistant.settings import Settings
from assistant.storage.uploads import safe_name, stage


def _files(settings: Settings, folder: str) -> list[str]:
    return sorted(p.name for p in (settings.home / folder).rglob("*") if p.is_file())


def test_two_documents_become_a_case(client: TestClient, settings: Settings) -> None:
    done = client.post(
        "/api/v1/cases",
        files={
            "indictment": ("../../起诉书.txt", INDICTMENT.encode()),
            "judgment": ("判决书.txt", JUDGMENT.encode()),
        },
    )
    assert done.status_code == 201, done.text
    told = done.json()
    files = {d["role"]: d["file"] for d in told["result"]["documents"]}
    assert files == {"indictment": "起诉书.txt", "judgment": "判决书.txt"}
    kept = sorted(f"{d['sha256']}.txt.sealed" for d in told["result"]["documents"])
    assert _files(settings, "documents") == kept
    assert list((settings.home / "incoming").iterdir()) == []
    assert client.get(f"/api/v1/cases/{told['id']}").json()["version"] == 1


REFUSED = [
    ({}, 422, "至少上传一份", "nothing"),
    ({"judgment": ("a.txt", b"")}, 422, "a.txt", "an empty file"),
    ({"judgment": ("a.docx", b"PK\x03\x04nonsense")}, 422, "a.docx", "a broken DOCX"),
    ({"judgment": ("民事.txt", CIVIL_JUDGMENT.encode())}, 422, "民事", "a civil judgment"),
    ({"judgment": ("起诉书.txt", INDICTMENT.encode())}, 422, "起诉书", "in the wrong place"),
    (
        {"judgment": ("j.txt", JUDGMENT.encode()), "card": ("c.json", b"[1]")},
        422,
        "案卡",
        "a card that is no object",
    ),
]


@pytest.mark.parametrize(("files", "status", "sentence", "why"), REFUSED)
def test_bad_uploads_leave_nothing_behind(
    client: TestClient,
    settings: Settings,
    files: dict[str, tuple[str, bytes]],
    status: int,
    sentence: str,
    why: str,
) -> None:
    done = client.post("/api/v1/cases", files=files)
    assert done.status_code == status, why
    assert sentence in done.json()["detail"]
    assert client.get("/api/v1/cases").json() == []
    assert _files(settings, "documents") == _files(settings, "incoming") == []


def test_a_file_over_the_limit_is_refused(
    client: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.storage.uploads.MAX_UPLOAD_BYTES", 100)
    done = client.post("/api/v1/cases", files={"judgment": ("j.txt", b"x" * 101)})
    assert done.status_code == 413
    assert _files(settings, "incoming") == []


NAMES = [
    ("起诉书.pdf", "起诉书.pdf", "left as it is"),
    ("C:\\文书\\判决书.DOCX", "判决书.docx", "a Windows path"),
    ("../../../etc/passwd", "passwd", "a way out"),
    ("..", "文书", "a folder"),
    ("", "文书", "nothing"),
    ("CON.txt", "文书_CON.txt", "a device on Windows"),
    ("a\x00b.pdf", "ab.pdf", "a NUL"),
    ("\u202efdp.exe", "fdp.exe", "text turned round"),
    ("长" * 300 + ".pdf", "长" * 60 + ".pdf", "too long for a file system"),
]


@pytest.mark.parametrize(("name", "safe", "why"), NAMES)
def test_names_become_harmless(name: str, safe: str, why: str) -> None:
    assert safe_name(name) == safe, why


@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "names"
    target = folder / safe_name(name)
    assert target.resolve().parent == folder.resolve()
    assert 0 < len(target.name.encode()) < 255
    assert safe_name(target.name) == target.name


def test_staging_writes_what_it_was_given(tmp_path: Path) -> None:
    import io

    assert stage(tmp_path, "a/b.txt", io.BytesIO(b"x" * 3_000_000)).stat().st_size == 3_000_000
