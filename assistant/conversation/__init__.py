"""History and follow-ups: makes a question stand alone, by rules or by a model."""

from assistant.conversation.by_model import Complete, ModelRewriter
from assistant.conversation.followup import stand_alone
from assistant.conversation.question import check_history, check_question
from assistant.conversation.rewriting import Rewriter, RuleRewriter

__all__ = [
    "Complete",
    "ModelRewriter",
    "Rewriter",
    "RuleRewriter",
    "check_history",
    "check_question",
    "stand_alone",
]
