"""The queries for sources, and for documents: of a scope, removed ones, those with a fact."""

from __future__ import annotations

from assistant.library.rows import CORRECTED, DATE, LANGUAGE
from assistant.schema import Scope

SOURCES = (
    "SELECT source, document_id, version, folder, size, modified FROM sources "
    "WHERE ?1 IS NULL OR document_id = ?1 ORDER BY rowid"
)
# What is kept of documents that were removed, the newest version of each last.
ABSENT = (
    "SELECT d.id, v.source, v.version FROM documents d JOIN versions v ON v.document_id = d.id "
    "WHERE NOT d.present ORDER BY v.version = d.version, v.rowid"
)
# Documents whose metadata have a fact.
STATING = (
    "SELECT d.id FROM documents d JOIN versions v "
    "ON v.document_id = d.id AND v.version = d.version "
    "WHERE d.present AND EXISTS (SELECT 1 FROM json_each(v.metadata) WHERE key = ?)"
)


def scope_query(scope: Scope) -> tuple[str, list[object]]:
    """Return a statement, and its values, for the ids of the documents in a language and time.

    A document without a date lies in no time. The scope's own list of documents is not in it.

    Args:
        scope: The scope.
    """
    conditions = ["d.present"]
    values: list[object] = []
    for condition, value in (
        (f"{LANGUAGE} IN (?, 'mixed')", scope.language),
        (f"{DATE} >= ?", scope.after and scope.after.isoformat()[:10]),
        (f"{DATE} <= ?", scope.before and scope.before.isoformat()[:10]),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return (
        "SELECT d.id FROM documents d JOIN versions v "  # noqa: S608  # own conditions
        f"ON v.document_id = d.id AND v.version = d.version {CORRECTED} "
        f"WHERE {' AND '.join(conditions)}",
        values,
    )
