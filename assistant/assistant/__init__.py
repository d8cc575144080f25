"""The facade: the one place where model, embeddings and library are built and wired."""

from assistant.assistant.facade import Assistant

__all__ = ["Assistant"]
