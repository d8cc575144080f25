"""What the views' components have in common."""

from __future__ import annotations

from importlib.resources import files

import gradio as gr

from assistant.strings import LANGUAGES, say

TRANSLATED = ("page.ask", "page.send", "page.stop", "page.new")


def static(name: str) -> str:
    """Return the text of a file in ``static``."""
    return files("assistant.web").joinpath("static", name).read_text(encoding="utf-8")


def translations() -> gr.I18n:
    """Return the words of Gradio's own components, which the browser chooses from."""
    return gr.I18n(**{code: {name: say(name, code) for name in TRANSLATED} for code in LANGUAGES})


def html(elem_id: str, script: str | None = None, *, render: bool = True) -> gr.HTML:
    """Return a component that shows HTML of ours.

    Args:
        elem_id: Its id.
        script: A file in ``static`` that runs once, when the component is there; in it
            ``trigger("select", …)`` sends an event.
        render: False where its place is given to it later, by its own ``render``.
    """
    return gr.HTML(
        "",
        elem_id=elem_id,
        js_on_load=static(script) if script else None,
        apply_default_css=False,
        padding=False,
        render=render,
    )


def sent(event: gr.EventData) -> dict[str, object]:
    """Return what a script of ours sent with an event; whatever else came is nothing."""
    return event._data if isinstance(event._data, dict) else {}
