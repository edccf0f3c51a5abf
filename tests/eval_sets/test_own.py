"""The own documents: their labels are whole, their forms carry the same text, the suite counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from eval_sets.own.compare import FIELDS, compare, expected
from eval_sets.own.forms import FORMS
from eval_sets.own.labels import FOLDER, OwnDocument, documents, provision
from eval_sets.own.papers import paragraphs
from eval_sets.suites import SUITES
from eval_sets.suites.documents import flat
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.extract.heading import normal_number
from ingestion.readers import read_source, source_from_text
from knowledge_base import circumstances

SHORT = "nonprosecution_no_crime"
SECOND = FOLDER.parent / "second"
ALL = (*documents(), *documents(SECOND))


def _named(name: str) -> OwnDocument:
    return next(d for d in documents() if d.name == name)


def test_there_are_documents_of_every_kind() -> None:
    kinds = {d.label.type for d in documents()}
    assert kinds == {
        "opinion",
        "indictment",
        "non_prosecution",
        "recommendation",
        "plea",
        "report",
        "judgment",
        "ruling",
    }
    assert len(documents()) >= 25


@pytest.mark.parametrize("document", ALL, ids=lambda d: d.name)
def test_labels_speak_of_their_text(document: OwnDocument) -> None:
    """Names, numbers and aliases stand in the text; keys and provisions are known ones."""
    label = document.label
    written = [p.name for p in label.defendants]
    written += [alias for p in label.defendants for alias in p.aliases]
    text = flat(source_from_text(document.text).text)
    assert [w for w in written if w not in text] == []
    assert normal_number(label.number or "") in normal_number(text)
    keys = {key for p in label.defendants for key, _, _ in p.circumstances}
    assert keys <= circumstances.all().keys()
    assert all(provision_of[0] and provision_of[1] > 0 for provision_of in label.statutes)


def test_a_provision_is_read_part_by_part() -> None:
    assert provision("刑法 133-1/1/2") == ("刑法", 133, 1, 1, 2)
    with pytest.raises(ValueError, match="no provision"):
        provision("刑法第一条")


def test_a_missed_document_costs_all_its_labels() -> None:
    label = _named("judgment_robbery_group").label
    found = compare(None, label)
    wanted = expected(label)
    assert all(found[f].missed == len(wanted[f]) and not found[f].hits for f in FIELDS)


def test_a_wrong_speaker_is_a_wrong_circumstance() -> None:
    """The defence's 自首 in a ruling that refuses it is not the court's."""
    document = _named("ruling_upheld")
    items = expected(document.label)["circumstances"]
    assert ("邰大勇", "surrender", "affirmed", "defence") in items
    assert ("邰大勇", "surrender", "denied", "court") in items


def test_places_on_paper() -> None:
    places = [(p.place, p.text[:6]) for p in paragraphs(_named("indictment_unit_vat").text)]
    assert places[:3] == [("head", "云川省江城市"), ("head", "起诉书"), ("number", "江检刑诉〔2")]
    assert [place for place, _ in places].count("table") == 1
    assert ("flush", "江城市中级人") in places
    assert ("signature", "二〇二〇年三") in places


@pytest.mark.parametrize("form", ["text", "docx", "pdf"])
def test_a_form_with_letters_gives_back_the_text(tmp_path: Path, form: str) -> None:
    document = _named(SHORT)
    source = read_source(FORMS[form](document, tmp_path))
    assert flat(source.text) == flat(source_from_text(document.text).text)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "most"), [("scan_clean", 0.015), ("scan_grey", 0.04)])
def test_a_scan_gives_back_the_text_and_its_fields(tmp_path: Path, form: str, most: float) -> None:
    """Seals over the date and the text, slanted sheets, numbers by hand."""
    document = _named(SHORT)
    source = read_source(FORMS[form](document, tmp_path))
    assert [(page.method, page.error) for page in source.pages] == [("ocr", None)] * 2
    wanted = flat(source_from_text(document.text).text)
    assert Levenshtein.distance(flat(source.text), wanted) <= most * len(wanted)
    doc = parse(source)
    assert [d.name.value for d in doc.defendants] == ["向晓军"]
    assert doc.dates["issued"].value.date.isoformat() == document.label.dates["issued"]


@pytest.mark.slow
def test_the_suite_counts_every_form(tmp_path: Path) -> None:
    for ending in ("txt", "yaml"):
        shutil.copy(FOLDER / f"{SHORT}.{ending}", tmp_path)
    result = SUITES["documents"](tmp_path)
    assert result["n"] == 1
    assert set(FORMS) < set(result["metrics"])
    assert result["metrics"]["text"]["cer"] == 0
    assert result["metrics"]["scan_noisy"]["pages"] == 2
    assert result["metrics"]["labels"]["measures"] == 2
    assert set(result["metrics"]["lost"]["scan_clean"]) == set(FIELDS)


def test_a_folder_without_labelled_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有带标注"):
        SUITES["documents"](tmp_path)
