"""Jobs: accepted is safe, a step done twice is done once, nothing is left stranded."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from answering import answering
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from samples import INDICTMENT, JUDGMENT, OPINION

from assistant.accounts import Person, UserRole, add
from assistant.casefile import CaseFile
from assistant.intake import read_files, recognise
from assistant.jobs import Job, Jobs, NotPossible, Upload, inside
from assistant.jobs.parcels import parted
from assistant.jobs.sweep import LOST
from assistant.jobs.work import BROKEN, OVER, Work
from assistant.settings import Settings
from assistant.storage import Store, open_store
from ingestion.errors import InputError

CANARY = "金丝雀十七号"


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened
        inside.release(opened)


@pytest.fixture
def me(store: Store) -> Person:
    return add(store, "李敏", "四个松果六只喜鹊一条河", UserRole.officer, unit="青岩", by="root")


@pytest.fixture
def jobs(settings: Settings, store: Store) -> Iterator[Jobs]:
    opened = Jobs(settings, store)
    yield opened
    opened.close()


def _upload(text: str = INDICTMENT, name: str = "a.txt") -> Upload:
    return Upload(name, io.BytesIO(text.encode()))


def _until(look: Callable[[], Job], holds: Callable[[Job], bool]) -> Job:
    while not holds(found := look()):
        time.sleep(0.05)
    return found


# ---------------------------------------------------------------- steps, one by one


def test_a_step_done_twice_is_done_once(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    job = jobs.submit([_upload(), _upload(JUDGMENT, "b.txt")], model=False, by=me)
    work = Work(settings, store)
    for step in (work.read, work.read, work.rules, work.rules):
        assert step(job.id) != OVER
    read = [e for e in jobs.events(job.id) if e.data.get("text") == "按规则检查"]
    assert len(read) == 1, "what rules said is kept, not said again"
    assert work.save(job.id) == work.save(job.id) == OVER
    done = jobs.find(job.id)
    assert (done.state, done.case_id is not None) == ("done", True)
    assert [case.version for case in store.cases()] == [1]
    assert sum(done.counts.values()) == len(store.findings(store.cases()[0].id))  # type: ignore[union-attr]
    assert not list((settings.home / "incoming").iterdir())


def test_what_another_release_made_is_made_anew(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    job = jobs.submit([_upload()], model=False, by=me)
    work = Work(settings, store)
    work.read(job.id)
    (made,) = (settings.home / "incoming" / job.id / "work").iterdir()
    made.write_text('{"of": "another release"}', encoding="utf-8")
    made.rename(made.with_name("read-0.json"))
    assert work.rules(job.id) != OVER
    work.save(job.id)
    assert jobs.find(job.id).state == "done"


def test_a_fault_of_the_program_is_told_without_a_word_of_the_document(
    settings: Settings, store: Store, jobs: Jobs, me: Person, caplog: pytest.LogCaptureFixture
) -> None:
    job = jobs.submit([_upload(INDICTMENT + CANARY)], model=False, by=me)
    (staged,) = (settings.home / "incoming" / job.id / "0").iterdir()
    work = Work(settings, store)
    work.read(job.id)
    (made,) = (settings.home / "incoming" / job.id / "work").iterdir()
    made.write_text(f'{{"documents": "{CANARY}"}}', encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        assert work.rules(job.id) == OVER
    assert (jobs.find(job.id).state, jobs.find(job.id).message) == ("failed", BROKEN)
    assert CANARY not in caplog.text
    made.unlink()
    assert staged.exists(), "kept for another try"
    assert jobs.retry(job.id, by=me).state == "queued"
    for step in (work.read, work.rules, work.save):
        step(job.id)
    assert jobs.find(job.id).state == "done"


def test_a_cancelled_job_does_nothing_more(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    waiting = jobs.submit([_upload()], model=False, by=me)
    assert jobs.cancel(waiting.id, by=me).state == "cancelled"
    begun = jobs.submit([_upload()], model=False, by=me)
    work = Work(settings, store)
    work.read(begun.id)
    assert jobs.cancel(begun.id, by=me).state == "running"
    assert work.rules(begun.id) == OVER
    assert jobs.find(begun.id).state == "cancelled"
    assert work.read(waiting.id) == OVER
    assert store.cases() == []
    with pytest.raises(NotPossible):
        jobs.cancel(begun.id, by=me)
    assert jobs.retry(begun.id, by=me).attempt == 2
    with pytest.raises(NotPossible):
        jobs.retry(begun.id, by=me)


def test_what_happened_to_a_job_is_told_from_any_point_on(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    job = jobs.submit([_upload(name="不.docx")], model=False, by=me)
    Work(settings, store).read(job.id)
    events = jobs.events(job.id)
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert events[-1].data == {"state": "refused"}
    assert jobs.events(job.id, after=events[0].seq) == events[1:]
    assert "不.docx" in jobs.find(job.id).message


# ---------------------------------------------------------------- a worker


@pytest.mark.timeout(120)
def test_work_that_the_queue_lost_or_another_release_left_is_done(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    from assistant.jobs import queue

    lost = jobs.submit([_upload()], model=False, by=me)
    jobs.close()
    if settings.database.startswith("sqlite"):
        (settings.home / queue.FILE).unlink()
    older = jobs.submit([_upload(JUDGMENT)], model=False, by=me)
    _of_another_release(settings, older)
    inside.ensure(settings, store)
    for job in (lost, older):
        assert _until(lambda job=job: jobs.find(job.id), lambda j: j.ended).state == "done"  # type: ignore[misc]
    assert jobs.find(older.id).attempt == 2
    assert len(store.cases()) == 2


def _of_another_release(settings: Settings, job: Job) -> None:
    """As if the release before this one had queued it and was replaced."""
    from sqlalchemy import create_engine, text

    from assistant.jobs.queue import system_url, workflow_id

    url = system_url(settings)
    schema = "" if url.startswith("sqlite") else "dbos."
    with create_engine(url).begin() as connection:
        changed = connection.execute(
            text(
                f"UPDATE {schema}workflow_status SET application_version = 'jobs-0' "
                "WHERE workflow_uuid = :id"
            ),
            {"id": workflow_id(job.id, job.attempt)},
        )
        assert changed.rowcount == 1


@pytest.mark.timeout(120)
def test_a_job_that_dbos_gave_up_is_shown_as_failed(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    from assistant.jobs.queue import workflow_id

    job = jobs.submit([_upload()], model=False, by=me)
    jobs._queue()._client.cancel_workflow(workflow_id(job.id, 1))
    inside.ensure(settings, store)
    assert _until(lambda: jobs.find(job.id), lambda j: j.ended).message == LOST
    jobs.retry(job.id, by=me)
    assert _until(lambda: jobs.find(job.id), lambda j: j.ended).state == "done"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_another_worker_takes_over_from_a_killed_one_and_repeats_no_finished_step(
    settings: Settings, store: Store, jobs: Jobs, me: Person
) -> None:
    leave = threading.Event()
    with answering(leave) as url, ExitStack() as stack:
        changed = {
            "HOME": str(settings.home),
            "DATABASE_URL": settings.database,
            "MODEL_URL": url,
            "MODEL_NAME": "m",
        }
        environment = os.environ | {f"ASSISTANT_{n}": value for n, value in changed.items()}

        def worker() -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "assistant", "worker", "--attached"]
            process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)
            stack.callback(process.kill)
            return process

        stack.callback(leave.set)
        files = [_upload(), _upload(JUDGMENT, "b.txt")]
        job = jobs.submit(files, model=True, by=me)
        first = worker()
        _until(lambda: jobs.find(job.id), lambda j: j.ruled)
        worker()
        while len(list((settings.home / "workers").iterdir())) < 2:
            time.sleep(0.1)
        first.kill()
        leave.set()
        assert _until(lambda: jobs.find(job.id), lambda j: j.ended).state == "done"
    steps = [e.data["text"] for e in jobs.events(job.id) if e.kind == "step"]
    assert steps.count("读取文书") == steps.count("按规则检查") == 1
    assert [case.version for case in store.cases()] == [1]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_worker_opens_no_socket(tmp_path: Path) -> None:
    """SQLite: nothing at all, no telemetry, no console, no port for administrators."""
    script = """
import io, sys, time
told = []
sys.addaudithook(lambda e, a: told.append((e, a[1:])) if e in WATCHED else None)
from pathlib import Path
from assistant.accounts import UserRole, add
from assistant.jobs import Jobs, Upload, inside
from assistant.settings import Settings
from assistant.storage import open_store
home = Path(sys.argv[1])
settings = Settings(home=home, cache=home / "cache")
with open_store(settings) as store:
    me = add(store, "李敏", "四个松果六只喜鹊一条河", UserRole.officer, unit="青岩", by="root")
    inside.ensure(settings, store)
    jobs = Jobs(settings, store)
    job = jobs.submit([Upload("a.txt", io.BytesIO(sys.argv[2].encode()))], model=False, by=me)
    while not jobs.find(job.id).ended:
        time.sleep(0.05)
    inside.release(store)
    print(jobs.find(job.id).state, told)
""".replace("WATCHED", "('socket.bind', 'socket.connect', 'socket.getaddrinfo', 'socket.sendto')")
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), INDICTMENT],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "done []"


def test_commands_that_need_no_jobs_do_not_load_dbos() -> None:
    code = "import sys, assistant.cli; print('dbos' in sys.modules, 'psycopg' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# ---------------------------------------------------------------- files to cases


def _written(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_documents_take_their_roles_from_their_content(tmp_path: Path) -> None:
    paths = _written(tmp_path, x=JUDGMENT, y=OPINION, z=INDICTMENT)
    card = tmp_path / "案卡.json"
    card.write_text('{"案由": "危险驾驶罪"}', encoding="utf-8")
    case = read_files((None, path) for path in [*paths, card])
    told = {role: document.source.file for role, document in case.documents.items()}
    assert told == {"judgment": "x.txt", "opinion": "y.txt", "indictment": "z.txt"}
    assert case.card is not None


REFUSED = [
    ({"x": INDICTMENT, "y": INDICTMENT}, "“x.txt”和“y.txt”都是起诉书", "two of one kind"),
    (
        {"x": INDICTMENT, "y": JUDGMENT.replace("罗庆生", "胡佩玲").replace("52号", "9号")},
        "不是同一案件",
        "two cases",
    ),
    ({}, "至少上传一份", "nothing"),
]


@pytest.mark.parametrize(("texts", "sentence", "why"), REFUSED)
def test_files_that_are_not_one_case_are_refused(
    tmp_path: Path, texts: dict[str, str], sentence: str, why: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        read_files((None, path) for path in _written(tmp_path, **texts))


def test_a_given_role_is_held_to(tmp_path: Path) -> None:
    (path,) = _written(tmp_path, x=INDICTMENT)
    assert isinstance(recognise([("indictment", path)]), CaseFile)
    with pytest.raises(InputError, match="是起诉书，不是判决书"):
        recognise([("judgment", path)])


PARTED = [
    (["甲/a.txt", "甲/b.txt", "乙/a.txt"], {"甲": 2, "乙": 1}, "a folder a case"),
    (["全部/甲/a.txt", "全部/乙/b/c.txt"], {"甲": 1, "乙": 1}, "the chosen folder is no case"),
    (["a.txt", "b.txt"], {"a": 1, "b": 1}, "loose files, each a case"),
    (["全部/a.txt", "全部/甲/b.txt"], {"a": 1, "甲": 1}, "loose beside a folder"),
    (["甲/~$a.docx", "甲/.DS_Store", "__MACOSX/甲/a", "甲/a.txt"], {"a": 1}, "what others left"),
    (["..\\..\\甲\\a.txt", "/乙/a.txt"], {"甲": 1, "乙": 1}, "paths of another system, ways out"),
]


@pytest.mark.parametrize(("names", "cases", "why"), PARTED)
def test_many_files_are_parted_into_cases(
    names: list[str], cases: dict[str, int], why: str
) -> None:
    files = [Upload(name, io.BytesIO(name.encode())) for name in names]
    with parted(files) as found:
        assert {name: len(uploads) for name, uploads in found} == cases, why
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    with parted([Upload("全部.zip", packed)]) as found:
        assert {name: len(uploads) for name, uploads in found} == cases, f"{why}, zipped"
        for upload in (upload for _, uploads in found for upload in uploads):
            content = upload.stream.read(5) + upload.stream.read() + upload.stream.read()
            assert content.decode().endswith(upload.name)


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.sets(st.from_regex(r"([甲乙丙]/){0,3}[a-d]\.txt", fullmatch=True), min_size=1))
def test_every_file_is_in_one_case_whole(names: set[str]) -> None:
    with parted(Upload(name, io.BytesIO(name.encode())) for name in names) as cases:
        read = [upload.stream.read().decode() for _, uploads in cases for upload in uploads]
    assert sorted(read) == sorted(names)


def test_names_of_a_chinese_zip_are_read_as_they_were_typed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("wjj/a.txt", "x")
        archive.writestr("yjj/a.txt", "x")
    # As an old tool on a Chinese system writes it: GBK, and no word of it.
    raw = packed.getvalue().replace(b"wjj", "甲".encode("gbk") + b"1")
    with parted([Upload("z.zip", io.BytesIO(raw))]) as cases:
        assert [name for name, _ in cases] == ["甲1", "yjj"]


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 30_000_000)
    return packed.getvalue()


BAD_ZIPS = [
    (b"PK\x03\x04nonsense", "不是可以解开的 ZIP", "broken"),
    (_bomb(), "压缩炸弹", "a bomb"),
]


@pytest.mark.parametrize(("content", "sentence", "why"), BAD_ZIPS)
def test_a_bad_zip_is_refused(content: bytes, sentence: str, why: str) -> None:
    with pytest.raises(InputError, match=sentence), parted([Upload("z.zip", io.BytesIO(content))]):
        pass
