"""The report as one HTML file that needs nothing else, and can be printed."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.reports.chart_svg import to_svg
from assistant.reports.model import Report
from assistant.reports.wording import clean


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.reports", package_path="."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.globals["svg"] = to_svg
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment


@cache
def stylesheet() -> str:
    return _source("report.css")


def style_hash() -> str:
    """The stylesheet's hash as a Content-Security-Policy source, without its quotes."""
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def to_html(report: Report) -> str:
    return _environment().get_template("report.html").render(report=report, style=stylesheet())


def _source(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]
