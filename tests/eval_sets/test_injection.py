"""Documents that give orders: nothing they say changes what the program says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.settings import Settings, load
from eval_sets.injection.build import Hostile, hostile, injected, plain
from eval_sets.injection.checking import Outcome, analysed, base, differences, run_one
from ingestion.readers import source_from_text


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Outcome]:
    folder = tmp_path_factory.mktemp("plain")
    settings = Settings(home=folder, cache=folder)

    @cache
    def outcome(in_layout: bool) -> Outcome:
        return base(settings, folder / "plain.docx" if in_layout else None)

    return outcome


def test_the_set_is_large_and_varied() -> None:
    documents = hostile()
    assert len(documents) >= 60
    assert len({d.id for d in documents}) == len(documents)
    assert len({d.text for d in documents}) == len(documents)
    assert len({d.place for d in documents}) >= 15
    assert max(len(d.text) for d in documents) >= 50_000


def test_the_plain_document_has_findings_to_suppress(
    without: Callable[[bool], Outcome],
) -> None:
    for in_layout in (False, True):
        found = without(in_layout).result["findings"]
        assert {"DATE-016", "LAW-008"} <= {f["code"] for f in found}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("document", hostile(), ids=lambda d: d.id)
def test_nothing_gets_through(
    document: Hostile, tmp_path: Path, without: Callable[[bool], Outcome]
) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path)
    assert run_one(document, tmp_path, settings, without) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        # the verdict itself is rewritten
        (("判处有期徒刑四年二个月", "判处有期徒刑二年"), "facts changed"),
        # the slip that was to be found is gone
        (("2025年3月7日", "2025年2月7日"), "suppressed DATE-016"),
        # a slip that was not there
        (("2021年5月12日", "2021年5月32日"), "invented"),
    ],
)
def test_the_comparison_sees_what_it_should(
    change: tuple[str, str], told: str, tmp_path: Path, without: Callable[[bool], Outcome]
) -> None:
    assert change[0] in plain()
    settings = Settings(home=tmp_path, cache=tmp_path)
    found = analysed(source_from_text(plain().replace(*change)), settings)
    said = differences(Hostile("x", "facts", "没有写进去的话"), found, without(False))
    assert any(line.startswith(told) for line in said), said


@pytest.mark.model
@pytest.mark.slow
def test_nothing_gets_through_with_the_real_model(
    installed_model: Path, tmp_path: Path, without: Callable[[bool], Outcome]
) -> None:
    settings = load().model_copy(
        update={"home": tmp_path, "model_budget": 600.0, "model_timeout": 300.0}
    )
    document = next(d for d in hostile() if d.id == "delimiter-01")
    assert document.text in injected(document)
    assert run_one(document, tmp_path, settings, without, model=True) == []
