"""What can be done with the sentence in the source panel: walk on, cite, link, print. As HTML."""

from __future__ import annotations

from assistant.schema import CITE_STYLES, Citation, Document, SourceState, cite
from assistant.strings import say
from assistant.web.markup.markers import Pointer
from assistant.web.markup.pointing import link, path_of
from assistant.web.markup.text import escape


def tools(citation: Citation, shown: Document, language: str) -> str:
    """Return the buttons of a sentence.

    Args:
        citation: The sentence.
        shown: Its document.
        language: Language of the interface.
    """
    pointer = Pointer(
        citation.document_id, citation.version, citation.start_char_index, citation.end_char_index
    )
    return (
        f'<div class="tools">{_walk(language)}{_styles(citation, shown, language)}'
        f'<button type="button" class="copy-link" data-path="{escape(link(pointer))}">'
        f"{escape(say('source.link', language))}</button>"
        f'<a class="print" href="/print/{path_of(pointer)}" target="_blank" rel="noopener">'
        f"{escape(say('source.print', language))}</a>"
        f'<span class="done" role="status" data-copied="{escape(say("source.copied", language))}">'
        "</span></div>"
    )


def warning(state: SourceState, language: str) -> str:
    """Return what is to be known where a document's file is not as it was; else nothing."""
    if state == "same":
        return ""
    return f'<p class="warning">{escape(say(f"source.state.{state}", language))}</p>'


def picture(pointer: Pointer, place: str, language: str) -> str:
    """Return the place for the page of a PDF with the sentence boxed; a script draws it there.

    Args:
        pointer: The sentence.
        place: Its page, as it is shown.
        language: Language of the interface.
    """
    told = escape(say("source.page", language, {"place": place}))
    return (
        f'<figure class="page" tabindex="0" role="img" aria-label="{told}"'
        f' data-picture="/pages/{path_of(pointer)}.svg"></figure>'
    )


def _walk(language: str) -> str:
    """Return the buttons to the sentence before and after; a script shows and counts them."""
    buttons = "".join(
        f'<button type="button" data-step="{step}" aria-label="{escape(say(name, language))}"'
        f' title="{escape(say(name, language))}">{sign}</button>'
        for step, name, sign in (
            (-1, "source.previous", "\u2191"),
            (1, "source.next", "\u2193"),
        )
    )
    return f'<span class="walk" hidden>{buttons}<span class="where-in" dir="ltr"></span></span>'


def _styles(citation: Citation, shown: Document, language: str) -> str:
    buttons = "".join(
        f'<button type="button" data-copy="{escape(cite([citation], [shown], style, language))}">'
        f"{escape(say(f'source.cite.{style}', language))}</button>"
        for style in CITE_STYLES
    )
    label = escape(say("source.cite", language))
    return f"<details><summary>{label}</summary><div>{buttons}</div></details>"
