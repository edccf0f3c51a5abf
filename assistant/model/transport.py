"""One HTTP client for model calls: a capped answer, a checked host, no redirects, no proxies."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import httpx

from assistant.model.errors import HostRefused
from assistant.settings import Settings

MAX_ANSWER_BYTES = 256 * 1024


class AnswerTooLong(httpx.ReadError):
    """A server that does not stop talking."""


class _Capped(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for chunk in self._stream:
            seen += len(chunk)
            if seen > MAX_ANSWER_BYTES:
                raise AnswerTooLong("answer over the size limit")
            yield chunk

    def close(self) -> None:
        self._stream.close()


class GuardedTransport(httpx.HTTPTransport):
    """Refuses hosts the settings do not allow, whatever asked for them; caps the answer."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._sockets: list[socket.socket] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._settings.may_call(str(request.url)):
            raise HostRefused(f"已拒绝连接“{request.url.host}”。")
        request.extensions = {**request.extensions, "trace": self._trace}
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Capped(response.stream)
        return response

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    def abort(self) -> None:
        """Hang up, from any thread. Closing alone would not reach a thread that waits to read,
        and the server would go on answering.
        """
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def guarded_client(transport: GuardedTransport) -> httpx.Client:
    """The client handed to llama-index."""
    return httpx.Client(transport=transport, follow_redirects=False, trust_env=False)
