"""The command ``sanad``; the only place that prints."""

from assistant.cli.run import main

__all__ = ["main"]
