"""The web page: a conversation, and beside it the documents that its answers cite.

The only package that imports Gradio. Gradio takes seconds to load, so the names here are
fetched when they are first used, and what is pure (`markup` above all) can be had without it.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

# Gradio reads this once, while it is being imported; only this exact text stops its telemetry.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# Gradio would sum up all its events anew after each one, for a monitor that the page doesn't have.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"

if TYPE_CHECKING:
    from assistant.web.address import listening
    from assistant.web.app import build_app, serve

__all__ = ["build_app", "listening", "serve"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "assistant.web.address" if name == "listening" else "assistant.web.app"
    return getattr(importlib.import_module(module), name)
