"""Reports: one content, written as DOCX, HTML, PDF or JSON by the file's suffix."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.drafting.notice import notice
from assistant.files import to_json, write_atomic
from assistant.reports.content import build, build_sentencing
from assistant.reports.drafts import build_notice
from assistant.reports.errors import ReportError
from assistant.reports.model import Report
from assistant.reports.selfcheck import build_selfcheck
from assistant.reports.similar import build_similar

FORMATS = (".docx", ".html", ".pdf", ".json")

__all__ = [
    "FORMATS",
    "ReportError",
    "drawn",
    "render",
    "render_notice",
    "render_selfcheck",
    "require_format",
    "write_notice",
    "write_report",
    "write_selfcheck",
    "write_sentencing",
    "write_similar",
]


def require_format(path: Path) -> None:
    """Raises ReportError where the suffix is none of FORMATS: better before the work than after."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ReportError(f"报告不能存为“{suffix or '无后缀'}”，请用 {'、'.join(FORMATS)} 之一。")


def render(result: dict[str, Any], suffix: str) -> bytes:
    """The report of a result of contract `findings/1` in one of FORMATS."""
    return to_json(result).encode() if suffix == ".json" else drawn(build(result), suffix)


def render_selfcheck(
    result: dict[str, Any], suffix: str, earlier: dict[str, Any] | None = None
) -> bytes:
    """The self-check record of a result in one of FORMATS; the same result, the same bytes."""
    if suffix == ".json":
        return to_json({**result, "timing": {}}).encode()
    return drawn(build_selfcheck(result, earlier), suffix)


def drawn(report: Report, suffix: str) -> bytes:
    """Any report as .docx, .html or .pdf. Raises ValueError for another suffix."""
    # Each format's library is loaded only where it is asked for.
    match suffix:
        case ".docx":
            from assistant.reports.docx import to_docx

            return to_docx(report)
        case ".html":
            from assistant.reports.html import to_html

            return to_html(report).encode()
        case ".pdf":
            from assistant.reports.pdf import to_pdf

            return to_pdf(report)
    raise ValueError(suffix)


def write_report(result: dict[str, Any], path: Path) -> None:
    """Write the report whole or not at all. Raises ReportError."""
    require_format(path)
    _write(render(result, path.suffix.lower()), path)


def write_selfcheck(
    result: dict[str, Any], path: Path, earlier: dict[str, Any] | None = None
) -> None:
    """Write the self-check record (`earlier`: the draft before). Raises ReportError."""
    require_format(path)
    _write(render_selfcheck(result, path.suffix.lower(), earlier), path)


def render_notice(result: dict[str, Any], suffix: str) -> bytes:
    """The draft of a process-monitoring notice (流程监控通知书) in one of FORMATS."""
    if suffix == ".json":
        return to_json(asdict(notice(result))).encode()
    return drawn(build_notice(result), suffix)


def write_notice(result: dict[str, Any], path: Path) -> None:
    """Write the notice whole or not at all. Raises ReportError."""
    require_format(path)
    _write(render_notice(result, path.suffix.lower()), path)


def write_sentencing(opinions: list[dict[str, Any]], file: str, rules: str, path: Path) -> None:
    """Write sentencing opinions alone (`file`: the document's name). Raises ReportError."""
    require_format(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        content = to_json({"sentencing": opinions}).encode()
    else:
        content = drawn(build_sentencing(opinions, file, rules), suffix)
    _write(content, path)


def write_similar(similar: dict[str, Any], rules: str, path: Path) -> None:
    """Write similar cases alone, `similar` as in a result. Raises ReportError."""
    require_format(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        content = to_json({"similar": similar}).encode()
    else:
        content = drawn(build_similar(similar, rules), suffix)
    _write(content, path)


def _write(content: bytes, path: Path) -> None:
    try:
        write_atomic(path, content)
    except OSError as error:
        raise ReportError(f"报告无法写到“{path}”：{error.strerror}。") from error
