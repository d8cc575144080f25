"""Opens a library after a fault and says what is not as it was acknowledged."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import tantivy
from faults_acts import Plan
from faults_books import World

from assistant import Assistant, Document, Settings
from assistant.sentences import passage_spans

_MOST_GONE = 12  # of what was removed, so many of the last ones are asked for
_SEARCHED = 60  # passages whose vectors are looked for in Chroma
_PATIENCE = 60  # seconds until the vectors are mended; the catalogue answers meanwhile
_SAME = 0.999  # cosine of a vector with itself, in single precision
Change = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a library may hold after a fault.

    Attributes:
        allowed: The versions that a document may have, None among them where it may be gone.
        purged: Words of which nothing may be left in the files.
        turns: The least number of questions that the conversation holds with their answers.
        asked: All questions of the conversation, with those that may have been cut off.
    """

    allowed: dict[str, Change]
    purged: frozenset[str]
    turns: int
    asked: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What was found when the library was opened.

    Attributes:
        seconds: How long it took to open, the imports left out.
        problems: What is wrong, in words.
        held: The versions of the documents that are there, by name.
        turns: How many questions the conversation holds.
        modules: What was imported.
    """

    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)
    turns: int = 0
    modules: list[str] = field(default_factory=list)


def expected(world: World, plan: Plan, acknowledged: int) -> Expected:
    """Return what may be held when a plan was cut off after some acknowledged steps."""
    allowed: dict[str, Change] = {name: (version,) for name, version in world.held.items()}
    allowed |= dict.fromkeys(sorted(world.gone), (None,))
    purged = set(world.purged)
    for number, step in enumerate(plan.steps):
        for name, version in step.items():
            before = world.held.get(name)
            if number < acknowledged:
                allowed[name] = (version,)
            else:
                allowed[name] = (before, version) if number == acknowledged else (before,)
    for words in plan.purged[:acknowledged]:
        purged |= words
    least = len(world.turns) + (acknowledged if plan.turns else 0)
    asked = (*world.turns, *plan.turns[: acknowledged + 1])
    return Expected(allowed, frozenset(purged), least, asked)


def settle(world: World, plan: Plan, must: Expected, found: Found) -> None:
    """Take over what was found: it is what the library holds from now on."""
    world.gone = {name for name in must.allowed if name not in found.held}
    world.held = dict(found.held)
    world.purged = set(must.purged)
    world.turns = list(must.asked[: found.turns])
    for step, words in zip(plan.steps, plan.purged, strict=False):
        if not set(step) & set(found.held):
            world.purged |= words


def check(world: World, must: Expected) -> Found:
    """Open the library and compare it with what may be in it."""
    found = Found()
    started = time.perf_counter()
    try:
        with Assistant(world.library, Settings()) as assistant:
            found.seconds = time.perf_counter() - started
            found.problems += _problems(assistant, world, must, found)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        found.problems.append(f"{type(error).__name__}: {error}")
    found.problems += _left_of(world, must.purged)
    return found


def _problems(assistant: Assistant, world: World, must: Expected, found: Found) -> Iterator[str]:
    yield from _doubled(assistant, assistant.documents())
    documents: dict[str, Document] = {}
    yield from _unknown(assistant, world, documents, found)
    for name, versions in must.allowed.items():
        if found.held.get(name) not in versions:
            yield f"{name} is there as {found.held.get(name)} and not as one of {versions}"
    for name in sorted(set(found.held) - set(must.allowed)):
        yield f"{name} was never to be added"
    for name, document in documents.items():
        yield from _unanswered(assistant, world, name, found.held[name], document)
    library = assistant._library
    if library.settle(_PATIENCE):
        yield from _differing_indexes(assistant)
    else:
        yield f"the vectors are not mended after {_PATIENCE} s: {library.mending}"
    yield from _come_back(assistant, world, must, found)
    yield from _lost_turns(assistant, must, found)


def _unknown(
    assistant: Assistant, world: World, documents: dict[str, Document], found: Found
) -> Iterator[str]:
    """Take the documents that are there, and yield what was never written, or not as a whole."""
    named = {
        book.text(version): (name, version)
        for name, book in world.books.items()
        for version in range(1, world.latest[name] + 1)
    }
    for listed in assistant.documents():
        document = assistant.document(listed.id)
        name, version = named.get(document.text, ("", 0))
        if not name:
            yield f"{listed.source} holds a text that was never written"
            continue
        if name in documents:
            yield f"{name} is there twice"
        documents[name] = document
        found.held[name] = version
        yield from _cut(assistant, document)


def _doubled(assistant: Assistant, documents: Sequence[Document]) -> Iterator[str]:
    sources = Counter(source for document in documents for source in document.sources)
    ids = Counter(document.id for document in documents)
    yield from (f"{one} is there {n} times" for one, n in (sources + ids).items() if n > 1)
    owners = {owner for _, owner in assistant._library.catalogue.owners()}
    yield from (f"passages of {one}, which is gone" for one in owners - set(ids))


def _cut(assistant: Assistant, document: Document) -> Iterator[str]:
    """Yield where the passages of a document are not those of its whole text."""
    catalogue = assistant._library.catalogue
    stored = catalogue.passages(catalogue.passages_of(document.id)).values()
    spans = [(p.start, p.end, p.version) for p in sorted(stored, key=lambda p: p.start)]
    wanted = passage_spans(document.text, document.blocks)
    if spans != [(p.start, p.end, document.version) for p in wanted]:
        yield f"{document.source} has {len(spans)} passages and not its {len(wanted)}"


def _differing_indexes(assistant: Assistant) -> Iterator[str]:
    library = assistant._library
    numbers, _, vectors = library.catalogue.vectors()
    searcher = library.terms._index.searcher()
    hits = searcher.search(tantivy.Query.all_query(), max(1, len(numbers) * 2)).hits
    terms = sorted(searcher.fast_field_values("id", [address for _, address in hits]))
    if terms != numbers.tolist():
        yield f"terms hold {len(terms)} passages and not the catalogue's {len(numbers)}"
    kept = library._dense._chroma._collection.get(include=["embeddings"])
    rows = dict(zip(map(int, kept["ids"]), kept["embeddings"], strict=True))
    if sorted(rows) != numbers.tolist():
        yield f"Chroma holds {len(rows)} passages and not the catalogue's {len(numbers)}"
    elif len(numbers) and not np.allclose(np.stack([rows[n] for n in numbers]), vectors, atol=1e-4):
        yield "Chroma holds other vectors than the catalogue"
    chosen = range(0, len(numbers), max(1, len(numbers) // _SEARCHED))
    near = [max((score for _, score in library.near(vectors[at], 3)), default=0) for at in chosen]
    # Its search is an approximate one, so that a few may be missed.
    if (missed := sum(score < _SAME for score in near)) > len(near) // 10:
        yield f"Chroma does not find {missed} of {len(near)} passages by their own vectors"


def _unanswered(
    assistant: Assistant, world: World, name: str, version: int, document: Document
) -> Iterator[str]:
    """Yield it where a document does not answer the question that only it answers."""
    answer = assistant.ask(world.books[name].question)
    right = [c for c in answer.citations if c.document_id == document.id]
    if not any(world.books[name].word(version) in c.cited_text for c in right):
        yield f"LOST {name} {version} does not answer: {answer.text!r}"
    yield from _inexact(assistant, answer.citations)


def _inexact(assistant: Assistant, citations: Sequence[object]) -> Iterator[str]:
    for c in citations:
        if c.version:  # without one it was purged
            text = assistant.document(c.document_id, version=c.version).text
            if text[c.start_char_index : c.end_char_index] != c.cited_text:
                yield f"{c.cited_text!r} is no exact quote"


def _come_back(assistant: Assistant, world: World, must: Expected, found: Found) -> Iterator[str]:
    gone = [name for name in world.books if name in must.allowed and name not in found.held]
    present = {document.id for document in assistant.documents()}
    for name in gone[-_MOST_GONE:]:
        hits = assistant.search(world.books[name].question, k=3)
        if any(hit.document_id not in present or name in hit.text for hit in hits):
            yield f"{name} was removed and is found"


def _lost_turns(assistant: Assistant, must: Expected, found: Found) -> Iterator[str]:
    kept = assistant.conversations()
    stored = assistant._library.catalogue.conversations
    turns = stored.turns(kept[0].id) if kept else ()
    found.turns = len(turns)
    if tuple(turn.question for turn in turns) != must.asked[: len(turns)]:
        yield "LOST the conversation holds other questions"
    answered = [turn for turn in turns[: must.turns] if turn.answer is not None]
    # One that was cut off in an earlier run stays without its answer.
    if len(turns) < must.turns:
        yield f"LOST the conversation holds {len(turns)} questions of {must.turns}"
    for turn in answered:
        yield from _inexact(assistant, turn.answer.citations)


def _left_of(world: World, purged: frozenset[str]) -> Iterator[str]:
    # The copies from before an upgrade are named when something is purged, and left.
    files = (
        path
        for path in world.library.rglob("*")
        if path.is_file() and not path.name.startswith("catalogue-schema-")
    )
    data = b"\n".join(path.read_bytes() for path in files)
    for word in sorted(purged):
        if any(form.encode() in data for form in (word, word.lower())):
            yield f"{word!r} was purged and stands in the files"
