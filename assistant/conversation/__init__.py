"""History and follow-ups: makes a question stand alone, by rules or by a model; and keeps both."""

from assistant.conversation.building import build_rewriter
from assistant.conversation.by_model import Complete, ModelRewriter
from assistant.conversation.exporting import Format
from assistant.conversation.followup import stand_alone
from assistant.conversation.kept import Conversation, delete_conversation, open_conversation
from assistant.conversation.question import check_history, check_question
from assistant.conversation.rewriting import Rewriter, RuleRewriter

__all__ = [
    "Complete",
    "Conversation",
    "Format",
    "ModelRewriter",
    "Rewriter",
    "RuleRewriter",
    "build_rewriter",
    "check_history",
    "check_question",
    "delete_conversation",
    "open_conversation",
    "stand_alone",
]
