"""Frozen dataclasses that cross module borders, and their exports."""

from assistant.schema.answers import Answer, AnswerStream, AsyncAnswerStream, Interrupt
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
from assistant.schema.reports import Failure, Progress, ProgressCallback, SyncReport

__all__ = [
    "Answer",
    "AnswerStream",
    "AsyncAnswerStream",
    "Block",
    "BlockKind",
    "Citation",
    "CitationState",
    "ConversationSummary",
    "Document",
    "Failure",
    "Hit",
    "Interrupt",
    "Message",
    "PassageSpan",
    "Progress",
    "ProgressCallback",
    "Rating",
    "Scope",
    "Segment",
    "Span",
    "Support",
    "SyncReport",
    "Turn",
    "checked",
    "doubt",
    "marker",
    "version_of",
]
