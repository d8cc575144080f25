"""History and follow-ups: makes a question stand alone."""

from assistant.conversation.followup import stand_alone
from assistant.conversation.question import check_history, check_question

__all__ = ["check_history", "check_question", "stand_alone"]
