"""Queries on the lexical index: weighted stems and grams."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import tantivy

from assistant.language.scripts import TextLanguage

# All that a passage can be said to be in.
LANGUAGES = get_args(TextLanguage)

Field = Literal["stem", "gram", "word"]

# tantivy's BM25, which is Lucene's: k1 = 1.2, so that no term can score over (k1 + 1) * idf.
SATURATION = 2.2


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a query.

    Attributes:
        field: Which terms it is looked up among.
        term: The stem or gram.
        boost: What its BM25 score is multiplied by.
    """

    field: Field
    term: str
    boost: float


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Terms of which a passage's best one counts in full, and the others by a share.

    Attributes:
        terms: The terms.
        tie: The share, 0 to 1.
    """

    terms: Sequence[WeightedTerm]
    tie: float


def terms_query(schema: tantivy.Schema, terms: Sequence[WeightedTerm | AnyOf]) -> tantivy.Query:
    """Return a query for passages with any of some terms; scores are the sums of theirs."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, _term_query(schema, term)) for term in terms]
    )


def _term_query(schema: tantivy.Schema, term: WeightedTerm | AnyOf) -> tantivy.Query:
    if isinstance(term, AnyOf):
        parts = [_term_query(schema, part) for part in term.terms]
        return tantivy.Query.disjunction_max_query(parts, float(term.tie))
    query = tantivy.Query.term_query(schema, term.field, term.term, index_option="freq")
    return tantivy.Query.boost_query(query, float(term.boost))


def within(
    schema: tantivy.Schema, query: tantivy.Query, field: str, values: Collection[str]
) -> tantivy.Query:
    """Return a query narrowed to passages with one of some values in a field; scores stay."""
    chosen = tantivy.Query.term_set_query(schema, field, sorted(values))
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Must, query),
            (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0)),
        ]
    )


def holding_query(
    schema: tantivy.Schema, groups: Sequence[Collection[tuple[Field, str]]]
) -> tantivy.Query:
    """Return a query for passages with at least one term of every group; scores say nothing."""
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, _any_term(schema, group)) for group in groups]
    )


def _any_term(schema: tantivy.Schema, terms: Collection[tuple[Field, str]]) -> tantivy.Query:
    by_field: dict[Field, list[str]] = {}
    for field, term in sorted(terms):
        by_field.setdefault(field, []).append(term)
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Should, tantivy.Query.term_set_query(schema, field, chosen))
            for field, chosen in by_field.items()
        ]
    )


def in_languages(
    schema: tantivy.Schema, query: tantivy.Query, languages: Collection[str]
) -> tantivy.Query:
    """Return a query narrowed to passages in some languages; scores stay.

    The others are left out by name: to look up the many passages that are meant takes longer.
    """
    others = [other for other in LANGUAGES if other not in languages]
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query)]
        + [
            (
                tantivy.Occur.MustNot,
                tantivy.Query.term_query(schema, "language", other, index_option="basic"),
            )
            for other in others
        ]
    )


def term_schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True, indexed=True, stored=False)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="whitespace", index_option="basic")
    # One field for both languages: BM25's average length is over all documents of a field.
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("gram", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
