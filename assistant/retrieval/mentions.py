"""All mentions of a word, a name or a phrase: found by the terms, counted sentence by sentence."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.errors import AssistantError
from assistant.language import stem
from assistant.library import Field, Library, Passage, StoredSentence
from assistant.retrieval.across import across_scripts
from assistant.retrieval.asked_dates import AskedDate, asked_date
from assistant.retrieval.asked_words import Asked, AskedWord, Found, apart, asked_words
from assistant.retrieval.names import NameMatcher
from assistant.retrieval.neighbours import Surroundings, surroundings
from assistant.schema import Form, Mention, Mentions, Relation, Scope, Span

# Passages that are read at once.
_BATCH = 1000
# The last counts are kept, so that the next page is no new one.
_KEPT = 8
_SHORTEST_IN_WORDS = 3
_TATWEEL = "\u0640"
_GROUPING = ",\u066c"


class _Located(NamedTuple):
    """A sentence that mentions the words; sorted by title, document and place."""

    title: str
    document_id: str
    start: int
    passage: int
    end: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    located: list[_Located]
    forms: tuple[Form, ...]


class MentionFinder:
    """Finds all mentions in a library; any number of threads may use it.

    Args:
        library: The library.
        names: Matches names by their sound.
    """

    def __init__(self, library: Library, names: NameMatcher) -> None:
        self._library = library
        self._names = names
        self._keeping = threading.Lock()
        self._kept: OrderedDict[tuple[object, ...], _Count] = OrderedDict()

    def find(
        self, words: str, scope: Scope | None, *, across: bool, limit: int, offset: int
    ) -> Mentions:
        """Return all mentions counted, and a page of the sentences that they stand in.

        Args:
            words: A word, a name or a phrase; in quotation marks, exactly these words.
            scope: What to look in; None for the whole library.
            across: Whether translations, names in the other script and other ways to write a
                date count too.
            limit: How many sentences at most.
            offset: How many sentences to pass over.

        Raises:
            AssistantError: There is no word, or ``limit`` or ``offset`` has a wrong value.
        """
        _check(limit, offset)
        asked = asked_words(words)
        if not asked.words:
            raise AssistantError(
                f"There is no word to look for in {words!r}. Give a word, a name or a phrase."
            )
        self._library.refresh()
        with self._library.searching():
            count = self._counted(words, asked, scope or Scope(), across=across)
            chosen = count.located[offset : offset + limit]
            hits = tuple(self._hits(chosen))
        return Mentions(
            words=words,
            forms=count.forms,
            total=sum(form.count for form in count.forms),
            sentences=len(count.located),
            documents=len({located.document_id for located in count.located}),
            hits=hits,
        )

    def _counted(self, words: str, asked: Asked, scope: Scope, *, across: bool) -> _Count:
        catalogue = self._library.catalogue
        key = (words, scope, across, catalogue.generation, self._library.terms.state)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        count = self._count(words, asked, scope, across=across)
        with self._keeping:
            self._kept[key] = count
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return count

    def _count(self, words: str, asked: Asked, scope: Scope, *, across: bool) -> _Count:
        date = None
        if across and not asked.is_exact:
            asked = across_scripts(asked, self._library, self._names)
            date = asked_date(words)
        located: list[_Located] = []
        forms: Counter[tuple[str, Relation]] = Counter()
        numbers = _numbers(words)
        for passage, sentence, found in self._sentences(asked, date, scope):
            text = passage.sentence_text(sentence)
            for span, relation in found:
                raw = text[span.start : span.end]
                is_other = relation == "same" and _numbers(raw) != numbers
                forms[_written(raw), "number" if is_other else relation] += 1
            spans = tuple(Span(s.start + sentence.start, s.end + sentence.start) for s, _ in found)
            title, document_id = passage.document_title, passage.document_id
            located.append(
                _Located(title, document_id, sentence.start, passage.id, sentence.end, spans)
            )
        ordered = sorted(forms.items(), key=lambda item: (-item[1], item[0]))
        return _Count(
            sorted(located),
            tuple(Form(written, n, relation) for (written, relation), n in ordered),
        )

    def _sentences(
        self, asked: Asked, date: AskedDate | None, scope: Scope
    ) -> Iterator[tuple[Passage, StoredSentence, list[Found]]]:
        """Yield the sentences that mention the words, and where."""
        ids = self._candidates(asked, date, scope)
        for start in range(0, len(ids), _BATCH):
            for passage in self._library.catalogue.passages(ids[start : start + _BATCH]).values():
                for sentence in passage.sentences:
                    text = passage.sentence_text(sentence)
                    found = asked.find(text)
                    if date is not None:
                        found = apart([*date.find(text), *found])
                    if found:
                        yield passage, sentence, found

    def _candidates(self, asked: Asked, date: AskedDate | None, scope: Scope) -> list[int]:
        """Return the passages that may mention the words: all of them for stop words alone."""
        part = None if scope == Scope() else self._library.parts.of(scope)
        groups = [_terms(word, is_exact=asked.is_exact) for word in asked.content]
        if not groups:
            every = part if part is not None else self._library.parts.of(scope)
            return [int(number) for number in every.passages]
        found = set(self._library.terms.holding(groups))
        if date is not None:
            dated: list[tuple[Field, str]] = [("stem", term) for term in date.terms]
            found.update(self._library.terms.holding([dated]))
        if part is not None:
            found.intersection_update(part.passages.tolist())
        return sorted(found)

    def _hits(self, chosen: Sequence[_Located]) -> Iterator[Mention]:
        passages = self._library.catalogue.passages([one.passage for one in chosen])
        known: dict[str, Surroundings] = {}
        for one in chosen:
            passage = passages.get(one.passage)
            if passage is None:  # changed since it was counted
                continue
            around = known.get(one.document_id)
            if around is None:
                around = surroundings(self._library, one.document_id, passage.version)
                known[one.document_id] = around
            yield _hit(one, passage, around)


def _hit(one: _Located, passage: Passage, around: Surroundings) -> Mention:
    beside = around.context(one.start, one.end, 1)
    place = next((s.place for s in passage.sentences if s.start == one.start), "")
    return Mention(
        document_id=one.document_id,
        version=passage.version,
        document_title=passage.document_title,
        source=passage.source,
        place=place,
        text=passage.text[one.start - passage.start : one.end - passage.start],
        start_char_index=one.start,
        end_char_index=one.end,
        spans=one.spans,
        heading=beside.heading,
        before=beside.before[-1] if beside.before else None,
        after=beside.after[0] if beside.after else None,
    )


def _terms(asked: AskedWord, *, is_exact: bool) -> set[tuple[Field, str]]:
    """Return the terms of which a passage with a word has at least one."""
    if is_exact:
        return {("stem", asked.stem)}
    terms: set[tuple[Field, str]] = {("stem", own) for own in asked.stems}
    terms.update(("stem", other) for other in asked.others)
    for form in (*asked.forms, *asked.other_words):
        if len(form) < _SHORTEST_IN_WORDS:
            terms.add(("stem", stem(form)))
        else:
            terms.add(("word", form))
    return terms


def _written(raw: str) -> str:
    """Return words as they are written, on one line, without marks and invisible characters."""
    composed = unicodedata.normalize("NFC", " ".join(raw.split()))
    return "".join(
        c for c in composed if c != _TATWEEL and unicodedata.category(c) not in ("Mn", "Me", "Cf")
    )


def _numbers(raw: str) -> str:
    return "".join(c for c in raw if c.isdigit() or c in _GROUPING)


def _check(limit: int, offset: int) -> None:
    for name, value, least in (("limit", limit, 1), ("offset", offset, 0)):
        if not isinstance(value, int) or value < least:  # type: ignore[redundant-expr]  # untyped callers
            raise AssistantError(f"{name}={value!r} can't be used: give {least} or more.")
