"""Refusals as application/problem+json for programs and as a page for people, in Chinese."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.access import NotAllowed, NotSignedIn
from api.pages.templates import page
from api.schemas import ProblemOut
from assistant.accounts import BadAccount, NoSuchUser, Recusal, SignInRefused
from assistant.jobs import Interrupted, NoSuchBatch, NoSuchJob, NotPossible
from assistant.model import ModelUnavailable
from assistant.quality.errors import NoSuchObjection, NoSuchRectification
from assistant.reports import ReportError
from assistant.review import (
    NoActor,
    NothingChanged,
    NothingWritten,
    NotInDocument,
    ReasonRequired,
    ReviewRefused,
)
from assistant.storage import (
    DatabaseBusy,
    DatabaseUnreachable,
    DiskFull,
    DiskReadOnly,
    KeyUnusable,
    NoSuchCase,
    NoSuchFinding,
    NoSuchOriginal,
    StoreError,
    Unreadable,
    UploadTooLarge,
)
from assistant.storage.trouble import disk_trouble
from ingestion.errors import InputError, TooLarge

Handler = Callable[[Request, Exception], Awaitable[Response]]

# The first class that fits decides, so the special ones stand before the general.
STATUS: list[tuple[type[Exception], HTTPStatus]] = [
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Recusal, HTTPStatus.FORBIDDEN),
    (SignInRefused, HTTPStatus.UNAUTHORIZED),
    (NoSuchUser, HTTPStatus.NOT_FOUND),
    (BadAccount, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NoSuchCase, HTTPStatus.NOT_FOUND),
    (NoSuchFinding, HTTPStatus.NOT_FOUND),
    (NoSuchObjection, HTTPStatus.NOT_FOUND),
    (NoSuchRectification, HTTPStatus.NOT_FOUND),
    (NoSuchJob, HTTPStatus.NOT_FOUND),
    (NoSuchBatch, HTTPStatus.NOT_FOUND),
    (NotPossible, HTTPStatus.CONFLICT),
    (Interrupted, HTTPStatus.SERVICE_UNAVAILABLE),
    (UploadTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (NoSuchOriginal, HTTPStatus.NOT_FOUND),
    (DiskFull, HTTPStatus.INSUFFICIENT_STORAGE),
    (DatabaseBusy, HTTPStatus.SERVICE_UNAVAILABLE),
    (DatabaseUnreachable, HTTPStatus.SERVICE_UNAVAILABLE),
    (DiskReadOnly, HTTPStatus.SERVICE_UNAVAILABLE),
    (KeyUnusable, HTTPStatus.SERVICE_UNAVAILABLE),
    (Unreadable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NoActor, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ReasonRequired, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NothingChanged, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NothingWritten, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotInDocument, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ReviewRefused, HTTPStatus.CONFLICT),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ReportError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ModelUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
]
TITLES = {
    400: "请求无法处理",
    401: "需要登录",
    403: "不允许的请求",
    404: "没有找到",
    405: "不支持的操作",
    409: "与案件当前状态冲突",
    413: "文件过大",
    422: "内容不合要求",
    500: "程序内部错误",
    503: "暂时无法提供服务",
    507: "磁盘空间不足",
}
DETAILS = {
    401: "请先登录，或者登录已过期，请重新登录。",
    403: "请求不是从本机页面发出的，已拒绝。",
    404: "没有这个页面或资源，请检查地址。",
    405: "这个地址不支持该操作。",
    413: "上传内容超过上限。",
    500: "程序内部出错，未改动任何数据；请把发生的时间告诉管理员。",
}


def install_handlers(app: FastAPI) -> None:
    for kind, status in STATUS:
        app.add_exception_handler(kind, _refusal_handler(status))
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def problem(status: int, detail: str) -> JSONResponse:
    body = ProblemOut(title=TITLES.get(status, "请求未完成"), status=status, detail=detail)
    return JSONResponse(
        body.model_dump(), status_code=status, media_type="application/problem+json"
    )


def answer(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith("/api/"):
        return problem(status, detail)
    title = TITLES.get(status, "请求未完成")
    back = _page_of(request.url.path)
    return page(request, "error.html", status=status, title=title, detail=detail, back=back)


def refusal(request: Request, error: Exception) -> Response | None:
    """What is told of an error that is known; None for a defect."""
    for kind, status in STATUS:
        if isinstance(error, kind):
            return answer(request, status, str(error))
    return None


def _page_of(path: str) -> str:
    """The page a form stands on: /cases/{id} of everything below it, else the first page."""
    parts = path.split("/")
    return "/".join(parts[:3]) if len(parts) > 3 and parts[1] == "cases" else "/"


def _refusal_handler(status: HTTPStatus) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        return answer(request, status, str(error))

    return handle


async def _system(request: Request, error: Exception) -> Response:
    """A full or read-only disk is told; any other error of the system is a defect."""
    assert isinstance(error, OSError)
    found = disk_trouble(error)
    if found is None:
        raise error
    status = HTTPStatus.INSUFFICIENT_STORAGE
    if isinstance(found, DiskReadOnly):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return answer(request, status, str(found))


async def _not_signed_in(request: Request, _: Exception) -> Response:
    """A program is told; a person comes to the sign-in page, and back from it."""
    if request.url.path.startswith("/api/"):
        return problem(401, DETAILS[401])
    back = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.url.query and back != "/" else ""
    return RedirectResponse(f"/sign-in?next={quote(back + query, safe='')}", status_code=303)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(e["loc"][0] == "path" for e in error.errors()):
        return answer(request, 404, DETAILS[404])
    names = "、".join(dict.fromkeys(str(e["loc"][-1]) for e in error.errors()))
    return answer(request, 422, f"这些内容缺少或者不合格式：{names}。")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = DETAILS.get(error.status_code, "请求的格式有误，请重新提交。")
    return answer(request, error.status_code, detail)
