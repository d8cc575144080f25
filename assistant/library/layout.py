"""The tables of the catalogue, and the steps from each version of them to the next."""

from __future__ import annotations

SCHEMA_VERSION = 4

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    present INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    quality REAL NOT NULL,
    metadata TEXT NOT NULL,
    PRIMARY KEY (document_id, version)
);
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL
);
CREATE INDEX sources_by_document ON sources (document_id);
CREATE INDEX sources_by_version ON sources (version);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL,
    version TEXT NOT NULL,
    generation INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences BLOB NOT NULL,
    places TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id);
CREATE INDEX passages_by_generation ON passages (generation);
CREATE TABLE removed_passages (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX removed_by_generation ON removed_passages (generation);
"""

# What brings a catalogue of the version before to each version; a new one goes through them all.
STEPS = {
    2: """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_owner ON conversations (owner, updated);
CREATE TABLE turns (
    conversation_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    asked TEXT NOT NULL,
    answer TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (conversation_id, number)
);
CREATE TABLE turn_documents (
    conversation_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, number, document_id)
) WITHOUT ROWID;
CREATE INDEX turns_by_document ON turn_documents (document_id);
""",
    3: """
CREATE TABLE corrections (
    document_id TEXT PRIMARY KEY,
    title TEXT,
    date TEXT,
    language TEXT
) WITHOUT ROWID;
""",
    4: """
CREATE TABLE ratings (
    conversation_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    good INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (conversation_id, number)
) WITHOUT ROWID;
""",
}
# A catalogue of an older version that may only be read lacks these tables; each connection that
# reads it gets empty ones of its own in their place.
LATER = {
    "corrections": (
        "CREATE TEMP TABLE corrections "
        "(document_id TEXT PRIMARY KEY, title TEXT, date TEXT, language TEXT)"
    ),
    "ratings": (
        "CREATE TEMP TABLE ratings "
        "(conversation_id TEXT, number INTEGER, good INTEGER, reason TEXT, "
        "PRIMARY KEY (conversation_id, number))"
    ),
}
