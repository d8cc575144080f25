"""Asks all questions of a library, and again of libraries without what answers them."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.conversation import check_question
from assistant.errors import AssistantError, UnreadableDocument
from assistant.evaluation.judging import Judge, Outcome
from assistant.evaluation.questions import Question
from assistant.evaluation.recipe import recipe
from assistant.evaluation.scoring import Report, score, summarise
from assistant.library import stored_embedding
from assistant.schema import Failure, Progress, ProgressCallback
from assistant.settings import Settings

_COPIED_AT_ONCE = 50


def evaluate(
    questions: Sequence[Question],
    settings: Settings,
    documents: Path | None = None,
    *,
    without: bool = False,
    progress: ProgressCallback | None = None,
) -> Report:
    """Score a library, or a folder of documents, on questions whose answers are known.

    Args:
        questions: The questions.
        settings: All settings, the library's folder among them.
        documents: A folder or file to read into a temporary library; by default the library of
            the settings is asked, and only read.
        without: Ask each question also of a library without the documents that answer it.
        progress: Told after each document and each question.

    Returns:
        The report.

    Raises:
        UnreadableDocument: A question can't be asked, or no document could be read.
        AssistantError: The library can't be opened.
    """
    _check(questions, settings)
    left_out: list[Outcome] = []
    if documents is None:
        with Assistant(settings.library, settings=settings, read_only=True) as assistant:
            judge = Judge(assistant, settings.library)
            outcomes = ask_all(judge, questions, progress)
            if without and outcomes:
                with temporary_library(settings) as copy:
                    _copy_documents(assistant, copy.assistant, progress)
                    left_out = ask_without(copy, questions, progress)
            return _report(judge, questions, outcomes, left_out, without=without)
    with temporary_library(settings) as judge:
        failed = judge.assistant.add(documents, progress=progress).failed
        if not judge.assistant.documents():
            raise _nothing_read(documents, failed)
        outcomes = ask_all(judge, questions, progress)
        if without and outcomes:
            left_out = ask_without(judge, questions, progress)
        report = _report(judge, questions, outcomes, left_out, without=without)
    return replace(report, failed=failed)


def _check(questions: Sequence[Question], settings: Settings) -> None:
    """Raise where a question can't be asked, rather than in the middle of the work."""
    for question in questions:
        try:
            check_question(question.text, settings.max_question_characters)
        except AssistantError as error:
            raise UnreadableDocument(
                f"The question {question.id} of {question.set} can't be asked: {error}"
            ) from error


def _nothing_read(documents: Path, failed: Sequence[Failure]) -> UnreadableDocument:
    why = failed[0].message if failed else "There is nothing in it."
    more = f" ({len(failed) - 1} more failed.)" if len(failed) > 1 else ""
    return UnreadableDocument(
        f"No document of {documents} could be read: {why}{more}", str(documents)
    )


def _report(
    judge: Judge,
    questions: Sequence[Question],
    outcomes: Sequence[Outcome],
    left_out: Sequence[Outcome],
    *,
    without: bool,
) -> Report:
    held = len(judge.assistant.documents())
    settings, embedding = judge.assistant.settings, stored_embedding(judge.folder)
    return Report(
        sets=tuple(summarise(outcomes, left_out, questions)),
        overall=score("", questions, outcomes, left_out),
        documents=held,
        missing=judge.missing(questions),
        failed=(),
        recipe=recipe(questions, held, settings, embedding, without=without),
    )


@contextmanager
def temporary_library(settings: Settings) -> Iterator[Judge]:
    """Make an empty library that is gone afterwards.

    Args:
        settings: All settings; a Chroma server that they name is left alone.

    Yields:
        A judge over the library; add documents to its assistant.
    """
    with tempfile.TemporaryDirectory(prefix="sanad-") as name:
        folder = Path(name) / "library"
        own = replace(settings, library=folder, chroma_url="")
        with Assistant(folder, settings=own) as assistant:
            yield Judge(assistant, folder)


def _copy_documents(
    source: Assistant, target: Assistant, progress: ProgressCallback | None
) -> None:
    """Add all documents of one library to another."""
    ids = [document.id for document in source.documents()]
    for first in range(0, len(ids), _COPIED_AT_ONCE):
        batch = [source.document(i) for i in ids[first : first + _COPIED_AT_ONCE]]
        target.add(*batch)
        _tell(progress, first + len(batch), len(ids), batch[-1].title)


def ask_all(
    judge: Judge, questions: Sequence[Question], progress: ProgressCallback | None = None
) -> list[Outcome]:
    """Search and ask for all questions.

    Args:
        judge: Over the library.
        questions: The questions.
        progress: Told after each question.

    Returns:
        Their outcomes, in order; none where the library holds no documents.
    """
    if not questions or not judge.assistant.documents():
        return []
    judge.assistant.ask(questions[0].text)  # warm-up
    outcomes = []
    for number, question in enumerate(questions, start=1):
        outcomes.append(judge.judge(question))
        _tell(progress, number, len(questions), question.text)
    return outcomes


def ask_without(
    judge: Judge, questions: Sequence[Question], progress: ProgressCallback | None = None
) -> list[Outcome]:
    """Ask the answerable questions with all documents left out that answer them.

    The documents are erased and both indexes made anew, so that nothing of them counts any more:
    only masking their hits would flatter. Afterwards they are added again.

    Args:
        judge: Over a library that may be changed.
        questions: The questions; those whose documents the library does not hold are passed over.
        progress: Told after each question.

    Returns:
        Their outcomes, in order of the questions; the ranks are 0.
    """
    groups: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        if ids := judge.documents_of(question):
            groups[ids].append(number)
    total = sum(map(len, groups.values()))
    outcomes: dict[int, Outcome] = {}
    for ids, numbers in groups.items():
        with _left_out(judge.assistant, sorted(ids)):
            for number in numbers:
                outcomes[number] = judge.judge_answer(questions[number])
                _tell(progress, len(outcomes), total, questions[number].text)
    return [outcomes[number] for number in sorted(outcomes)]


@contextmanager
def _left_out(assistant: Assistant, ids: Sequence[str]) -> Iterator[None]:
    """Take documents out of a library and put them back."""
    documents = [assistant.document(i) for i in ids]
    for document in documents:
        assistant.remove(document.id, purge=True)
    yield
    assistant.add(*documents)


def _tell(progress: ProgressCallback | None, done: int, total: int, name: str) -> None:
    if progress is not None:
        progress(Progress(done, total, name))
