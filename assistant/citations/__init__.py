"""From found sentences to citations whose words are the stored text's own: pure functions."""

from assistant.citations.citing import cite, numbered

__all__ = ["cite", "numbered"]
