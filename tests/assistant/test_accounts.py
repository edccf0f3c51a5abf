"""People sign in by password, sessions end by themselves, and cases belong to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from results import result
from sqlalchemy import select, update
from typer.testing import CliRunner

from assistant.accounts import (
    AccountError,
    BadAccount,
    NoSuchUser,
    Part,
    Person,
    Recusal,
    SignInRefused,
    UserRole,
    add,
    assign,
    bring,
    cases_of,
    change_password,
    disable,
    enable,
    find,
    hold,
    open_session,
    parts,
    person_named,
    refuse_holder,
    save_held,
    saw,
    sign_in,
    sign_out,
    withdraw,
)
from assistant.accounts.failures import PER_ADDRESS, PER_NAME
from assistant.accounts.schema import FailureRow, SessionRow, UserRow
from assistant.audit import verify
from assistant.cli import app
from assistant.settings import Settings
from assistant.storage import NoSuchCase, Store, open_store
from assistant.storage.schema import AuditRow

PASSWORD = "qingchen-jiangmian"
UNIT = "临江市青岩区人民检察院"


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


def _add(store: Store, name: str, role: UserRole = UserRole.officer, unit: str = UNIT) -> Person:
    return add(store, name, PASSWORD + name, role, unit=unit, department="第一检察部", by="root")


def _actions(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        rows = session.execute(select(AuditRow.action, AuditRow.actor).order_by(AuditRow.seq))
        return [(row.action, row.actor) for row in rows]


def _set_back(store: Store, column: str, minutes: int) -> None:
    """Sessions as they will be after so many minutes."""
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="microseconds")
    with store.writing() as session:
        session.execute(update(SessionRow).values({column: at}))


def test_a_person_signs_in_and_out_and_the_trail_tells_it(store: Store, settings: Settings) -> None:
    person = _add(store, "李敏")
    signed = sign_in(store, " 李敏 ", PASSWORD + "李敏", address="10.0.0.8")
    assert find(store, settings, signed.token) == signed
    assert signed.person == person
    sign_out(store, signed)
    assert find(store, settings, signed.token) is None
    assert _actions(store) == [
        ("user.added", "root"),
        ("user.signed_in", "李敏"),
        ("user.signed_out", "李敏"),
    ]
    assert verify(store) == []


def test_the_database_holds_neither_password_nor_token(store: Store) -> None:
    _add(store, "李敏")
    signed = sign_in(store, "李敏", PASSWORD + "李敏", address="10.0.0.8")
    with store.reading() as session:
        user, kept = session.scalars(select(UserRow)).one(), session.scalars(select(SessionRow))
        assert user.password.startswith("$argon2id$")
        assert PASSWORD not in user.password
        assert [row.token_sha256 == signed.token for row in kept] == [False]


def test_a_changed_page_token_is_not_the_sessions(store: Store) -> None:
    first, second = (open_session(store, _add(store, name)) for name in ("李敏", "周航"))
    assert first.sent(first.csrf)
    assert not first.sent(second.csrf)
    assert not first.sent("")
    assert not first.sent("令牌")


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("李敏", "qingchen-jiangmian", "a wrong password"),
        ("李明", PASSWORD + "李敏", "a name that nobody has"),
        ("周航", PASSWORD + "周航", "an account that was disabled"),
        ("", "", "nothing"),
    ],
)
def test_a_refusal_does_not_tell_what_was_wrong(
    store: Store, name: str, password: str, why: str
) -> None:
    _add(store, "李敏")
    _add(store, "周航")
    disable(store, "周航", by="root")
    with pytest.raises(SignInRefused, match="账号或密码不对，请重新输入。"):
        sign_in(store, name, password, address="10.0.0.8")


def _fail(store: Store, name: str, address: str) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(store, name, "错的密码错的密码", address=address)
    return str(refused.value)


def test_a_name_is_locked_for_a_while_and_the_right_password_too(
    store: Store, settings: Settings
) -> None:
    _add(store, "李敏")
    for n in range(PER_NAME):
        assert "不对" in _fail(store, "李敏", f"10.0.0.{n}")
    with open_store(settings) as restarted, pytest.raises(SignInRefused, match="次数过多"):
        sign_in(restarted, "李敏", PASSWORD + "李敏", address="10.0.0.99")
    assert ("user.locked", "（登录页）") in _actions(store)
    change_password(store, "李敏", "换过的密码换过的密码", by="root")
    sign_in(store, "李敏", "换过的密码换过的密码", address="10.0.0.99")


def test_an_address_that_tries_many_names_is_locked(store: Store) -> None:
    _add(store, "李敏")
    old = (datetime.now(UTC) - timedelta(minutes=16)).isoformat(timespec="microseconds")
    recent = datetime.now(UTC).isoformat(timespec="microseconds")
    with store.writing() as session:
        session.add_all(FailureRow(key="address:10.0.0.66", at=old) for _ in range(PER_ADDRESS))
    assert "不对" in _fail(store, "王一", "10.0.0.66")
    with store.writing() as session:
        session.add_all(FailureRow(key="address:10.0.0.66", at=recent) for _ in range(PER_ADDRESS))
    with pytest.raises(SignInRefused, match="次数过多"):
        sign_in(store, "李敏", PASSWORD + "李敏", address="10.0.0.66")
    sign_in(store, "李敏", PASSWORD + "李敏", address="10.0.0.8")


@pytest.mark.parametrize(
    ("column", "minutes", "alive", "why"),
    [
        ("seen_at", 29, True, "nearly idle too long"),
        ("seen_at", 31, False, "idle too long"),
        ("created_at", 12 * 60 - 1, True, "nearly too old"),
        ("created_at", 12 * 60 + 1, False, "too old, however busy"),
    ],
)
def test_sessions_end_by_themselves(
    store: Store, settings: Settings, column: str, minutes: int, alive: bool, why: str
) -> None:
    signed = open_session(store, _add(store, "李敏"))
    _set_back(store, column, minutes)
    assert (find(store, settings, signed.token) is not None) is alive, why


def test_use_keeps_a_session_alive(store: Store, settings: Settings) -> None:
    signed = open_session(store, _add(store, "李敏"))
    _set_back(store, "seen_at", 20)
    assert find(store, settings, signed.token)
    with store.reading() as session:
        seen = session.scalars(select(SessionRow.seen_at)).one()
    assert datetime.fromisoformat(seen) > datetime.now(UTC) - timedelta(minutes=1)


def test_disabling_and_a_new_password_end_all_sessions(store: Store, settings: Settings) -> None:
    person = _add(store, "李敏")
    first = open_session(store, person)
    change_password(store, "李敏", "换过的密码换过的密码", by="李敏")
    second = open_session(store, person)
    disable(store, "李敏", by="root")
    third = open_session(store, person)
    assert [find(store, settings, s.token) for s in (first, second, third)] == [None] * 3
    enable(store, "李敏", by="root")
    assert find(store, settings, first.token) is None


BAD = [
    ("李敏", "qingchen-jiangmian", "a name that is taken"),
    (" ", "qingchen-jiangmian", "no name"),
    ("李\u202e敏", "qingchen-jiangmian", "a name that turns the text round"),
    ("长" * 65, "qingchen-jiangmian", "a name too long to sign"),
    ("周航", "短的密码", "a short password"),
    ("周航周航周航周航周航", "周航周航周航周航周航", "the name as password"),
]


@pytest.mark.parametrize(("name", "password", "why"), BAD)
def test_what_cannot_be_an_account(store: Store, name: str, password: str, why: str) -> None:
    _add(store, "李敏")
    with pytest.raises(BadAccount):
        add(store, name, password, UserRole.officer, by="root")
    with pytest.raises(NoSuchUser):
        person_named(store, "周航")


# ------------------------------------------------------------------ cases


def test_who_sees_which_case(store: Store) -> None:
    li, wang = _add(store, "李敏"), _add(store, "王建")
    zhou = _add(store, "周航", UserRole.evaluator)
    near = _add(store, "何静", UserRole.quality)
    far = _add(store, "徐宁", UserRole.quality, unit="临江市人民检察院")
    admin = _add(store, "吴凡", UserRole.admin)
    case = save_held(store, result(), li)

    def seen() -> list[str]:
        return [p.name for p in (li, wang, zhou, near, far, admin) if cases_of(store, p)]

    assert seen() == ["李敏", "何静"]
    with store.writing() as session:
        assign(session, case, zhou, by="何静")
    assert seen() == ["李敏", "周航", "何静"]
    with store.writing() as session:
        withdraw(session, case, zhou, by="何静")
        hold(session, case, wang, by="何静")
    assert seen() == ["李敏", "王建", "何静"]


def test_nobody_evaluates_his_own_case(store: Store) -> None:
    zhou = _add(store, "周航", UserRole.evaluator)
    case = save_held(store, result(), zhou)
    with pytest.raises(Recusal, match="回避"), store.writing() as session:
        assign(session, case, zhou, by="何静")
    with pytest.raises(NoSuchCase), store.writing() as session:
        hold(session, "zzzzzzzz", zhou, by="何静")


@pytest.mark.parametrize(
    ("role", "name", "holds", "why"),
    [
        (UserRole.officer, "李敏", True, "an officer handles what he uploads"),
        (UserRole.evaluator, "周航", False, "an evaluator uploads others' closed cases"),
        (UserRole.quality, "何静", False, "so does the quality team"),
        (UserRole.evaluator, "冯雅琴", True, "his signature stands under the indictment"),
        (UserRole.evaluator, "冯雅琴（二部）", True, "the account tells two people apart"),
    ],
)
def test_who_uploads_a_case_holds_it_or_brings_it_in(
    store: Store, role: UserRole, name: str, holds: bool, why: str
) -> None:
    one = _add(store, name, role)
    case = store.save_analysis(result(), actor=name, office=one.unit)
    near = _add(store, "徐宁", UserRole.quality)
    with store.writing() as session:
        bring(session, case, one, {"冯雅琴", "陆一鸣"}, by=name)
        assert parts(session, case, one) == {Part.holder if holds else Part.bringer}, why
        with pytest.raises(Recusal) if holds else nullcontext():
            refuse_holder(session, case, one)
    assert [c.id for c in cases_of(store, near)] == [case], "the unit's quality team sees both"


def test_the_same_papers_in_another_unit_are_another_case(store: Store) -> None:
    """Else whoever comes by a copy of the papers would see what the other office decided."""
    li = _add(store, "李敏")
    far = _add(store, "徐宁", unit="临江市人民检察院")
    mine, theirs = save_held(store, result(), li), save_held(store, result(), far)
    assert mine != theirs
    assert [c.id for c in cases_of(store, far)] == [theirs]
    assert save_held(store, result(), li) == mine


def test_one_look_is_one_event(store: Store) -> None:
    li = _add(store, "李敏")
    case = save_held(store, result(), li)
    for _ in range(3):
        saw(store, li, case)
    assert _actions(store).count(("case.viewed", "李敏")) == 1
    assert verify(store) == []


# ------------------------------------------------------------------ commands


def test_accounts_are_kept_by_command(settings_home: object) -> None:
    runner = CliRunner()

    def run(*words: str, typed: str = "") -> str:
        done = runner.invoke(app, ["users", *words], input=typed)
        if done.exception is not None:
            raise done.exception
        return done.output

    place = ["--unit", UNIT, "--department", "办公室"]
    run("add", "吴凡", "--role", "admin", *place, typed=f"{PASSWORD}一二三\n")
    run("passwd", "吴凡", typed=f"{PASSWORD}四五六\n")
    run("disable", "吴凡")
    assert run("list").split() == ["吴凡", "管理员", UNIT, "办公室（已停用）"]
    with pytest.raises(AccountError, match="没有名为"):
        run("passwd", "某人", typed="x\n")
    with pytest.raises(BadAccount, match="密码须为"):
        run("add", "李敏", "--role", "officer", typed="短\n")
