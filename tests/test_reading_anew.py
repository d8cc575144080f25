"""Files whose bytes are the same and whose reading is not: scans, once OCR is turned on."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pdf_builder import picture_pdf, text_pdf

from assistant import Assistant, Settings

PRINTED = "The harbour bridge was opened in May 1998."
SCANNED = "The lighthouse keeper was called Anselm Okoro."
# Stands in for the program: reads the same words on every page.
PROGRAM = f"""#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'Languages:\\nara\\neng\\n'; exit; fi
cat > /dev/null
printf 'level\\tblock_num\\tpar_num\\tconf\\ttext\\n'
for word in {SCANNED}; do printf '5\\t1\\t1\\t90\\t%s\\n' "$word"; done
"""


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder with a PDF of a printed and a scanned page, and another file."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for data in (text_pdf([PRINTED]), picture_pdf([bytes([255] * 40)] * 40, 40)):
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    saved = io.BytesIO()
    whole.save(saved)
    whole.close()
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "half.pdf").write_bytes(saved.getvalue())
    (folder / "other.txt").write_text("Tea is picked in spring.")
    return folder


def opened(docs: Path, *, ocr: bool) -> Assistant:
    return Assistant(docs.parent / "library", Settings(ocr=ocr))


def half(assistant: Assistant):
    (found,) = [d for d in assistant.documents() if d.metadata.get("pages")]
    return assistant.document(found.id)


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("way", ["sync", "add"])
def test_scan_is_read_anew_once_when_ocr_is_turned_on(docs: Path, way: str) -> None:
    with opened(docs, ocr=False) as assistant:
        getattr(assistant, way)(docs)
        before = half(assistant)
        assistant.correct(before.id, title="Right")
        (hit,) = assistant.search("harbour bridge opened", unit="sentence", k=1)
        assert not assistant.ask("What was the lighthouse keeper called?").answered
        assert len(getattr(assistant, way)(docs).unchanged) == 2
    with opened(docs, ocr=True) as assistant:
        report = getattr(assistant, way)(docs)

        assert [Path(name).name for name in report.updated] == ["half.pdf"]
        assert [Path(name).name for name in report.unchanged] == ["other.txt"]
        assert any("were read by Tesseract: 2" in warning for warning in report.warnings)
        after = half(assistant)
        assert (after.id, after.title) == (before.id, "Right")
        assert SCANNED in after.text
        assert SCANNED not in before.text
        assert "ocr_hint" not in after.metadata
        assert assistant.ask("What was the lighthouse keeper called?").answered
        # What was quoted before stands where it stood, in a version of its own.
        assert after.version != before.version
        kept = assistant.document(hit.document_id, version=hit.version)
        assert kept.text == before.text
        assert kept.text[hit.start_char_index : hit.end_char_index] == hit.text
        report = getattr(assistant, way)(docs)
        assert (report.updated, len(report.unchanged)) == ((), 2)
    with opened(docs, ocr=False) as assistant:
        assert len(getattr(assistant, way)(docs).unchanged) == 2
        assert half(assistant).text == after.text


def test_scan_is_left_where_it_can_still_not_be_read(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(docs, ocr=False) as assistant:
        assistant.sync(docs)
    monkeypatch.setenv("PATH", "")
    with opened(docs, ocr=True) as assistant:
        assert len(assistant.sync(docs).unchanged) == 2


@pytest.mark.usefixtures("tesseract")
def test_scan_that_can_not_be_read_anew_keeps_its_text(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(docs, ocr=False) as assistant:
        assistant.sync(docs)
        before = half(assistant)
    with Assistant(docs.parent / "library", Settings(ocr=True, max_pages=1)) as assistant:
        report = assistant.sync(docs)
        assert [Path(failure.source).name for failure in report.failed] == ["half.pdf"]
        assert half(assistant) == before


@pytest.mark.usefixtures("tesseract")
def test_copies_of_a_scan_stay_one_document_that_moves_and_parts(docs: Path) -> None:
    (docs / "copy.pdf").write_bytes((docs / "half.pdf").read_bytes())
    with opened(docs, ocr=False) as assistant:
        assistant.sync(docs)
        assert len(half(assistant).sources) == 2
    with opened(docs, ocr=True) as assistant:
        report = assistant.sync(docs)
        assert (len(report.updated), len(report.unchanged)) == (1, 2)
        assert half(assistant).title == "copy"
        (docs / "copy.pdf").rename(docs / "moved.pdf")
        assert len(assistant.sync(docs).moved) == 1
        assert half(assistant).title == "moved"
        assert SCANNED in half(assistant).text
        (docs / "moved.pdf").write_bytes(text_pdf(["A quay."]))
        assistant.sync(docs)
        texts = {Path(d.source).name: assistant.document(d.id).text for d in assistant.documents()}
        assert texts["moved.pdf"] == "A quay."
        assert SCANNED in texts["half.pdf"]


@pytest.mark.usefixtures("tesseract")
def test_text_of_a_version_outlasts_a_removal_and_another_reading(docs: Path) -> None:
    with opened(docs, ocr=False) as assistant:
        assistant.add(docs / "half.pdf")
        before = half(assistant)
        assistant.remove(before.id)
    with opened(docs, ocr=True) as assistant:
        assistant.add(docs / "half.pdf")
        after = half(assistant)
        assert after.id == before.id
        assert SCANNED in after.text
        assert assistant.document(before.id, version=before.version).text == before.text
