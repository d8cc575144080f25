"""Frozen dataclasses that cross module borders, and their exports."""

from assistant.schema.answers import Answer, AnswerStream, AsyncAnswerStream, Interrupt
from assistant.schema.citing import CITE_STYLES, CiteStyle, cite, day
from assistant.schema.conversations import CitationState, ConversationSummary, Rating, Turn
from assistant.schema.documents import (
    Block,
    BlockKind,
    Document,
    PassageSpan,
    Span,
    version_of,
)
from assistant.schema.evidence import Citation, Hit, Message, Scope, Segment, Support
from assistant.schema.export import checked, doubt, marker
from assistant.schema.mentions import Context, Excerpt, Form, Mention, Mentions, Relation
from assistant.schema.pictures import PageBox, PagePicture, SourceState
from assistant.schema.reports import (
    Backup,
    Failure,
    Mending,
    MendingReason,
    Progress,
    ProgressCallback,
    SyncReport,
)
from assistant.schema.shelf import (
    FileState,
    Removal,
    ShelfOrder,
    ShelfPage,
    ShelfRow,
    ShelfSource,
    ShelfWish,
)

__all__ = [
    "CITE_STYLES",
    "Answer",
    "AnswerStream",
    "AsyncAnswerStream",
    "Backup",
    "Block",
    "BlockKind",
    "Citation",
    "CitationState",
    "CiteStyle",
    "Context",
    "ConversationSummary",
    "Document",
    "Excerpt",
    "Failure",
    "FileState",
    "Form",
    "Hit",
    "Interrupt",
    "Mending",
    "MendingReason",
    "Mention",
    "Mentions",
    "Message",
    "PageBox",
    "PagePicture",
    "PassageSpan",
    "Progress",
    "ProgressCallback",
    "Rating",
    "Relation",
    "Removal",
    "Scope",
    "Segment",
    "ShelfOrder",
    "ShelfPage",
    "ShelfRow",
    "ShelfSource",
    "ShelfWish",
    "SourceState",
    "Span",
    "Support",
    "SyncReport",
    "Turn",
    "checked",
    "cite",
    "day",
    "doubt",
    "marker",
    "version_of",
]
