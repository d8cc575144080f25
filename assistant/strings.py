"""Every word that a person reads, Arabic and English side by side.

`say` returns a string in one language, its ``$names`` filled in. A test checks that both
languages have the same names and the same variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_STRINGS: dict[str, tuple[str, str]] = {
    # By name, first in Arabic, then in English.
    # Answers
    "answer.frame.one": ("بحسب «$title»: ", "According to “$title”: "),
    "answer.frame.many": ("بحسب الوثائق: ", "According to the documents: "),
    "answer.refusal": (
        "لم أجد في الوثائق ما يجيب عن هذا السؤال.",
        "I found nothing in the documents that answers this question.",
    ),
    "answer.empty_library": (
        "لا توجد وثائق في المكتبة بعد. أضف وثائق ثم اسأل عنها.",
        "There are no documents in the library yet. Add some, then ask about them.",
    ),
    "answer.closest": ("أقرب المقاطع (ليست إجابة)", "Closest passages (not an answer)"),
    # The web page
    "page.title": ("سند", "Sanad"),
    "page.tagline": (
        "اسأل وثائقك، وكل جملة في الجواب تشير إلى الجملة التي تستند إليها.",
        "Ask your documents; every sentence of an answer points at the sentence it rests on.",
    ),
    "page.ask": ("اسأل عن وثائقك…", "Ask about your documents…"),
    "page.send": ("إرسال", "Send"),
    "page.stop": ("إيقاف", "Stop"),
    "page.new": ("محادثة جديدة", "New conversation"),
    "page.conversation": ("المحادثة", "Conversation"),
    "page.source": ("المصدر", "Source"),
    "page.source.empty": (
        "اضغط على رقم في الجواب لترى الجملة في وثيقتها.",
        "Click a number in an answer to see the sentence in its document.",
    ),
    "page.chat.empty": ("اطرح سؤالًا للبدء.", "Ask a question to begin."),
    "page.you": ("سؤالك", "Your question"),
    "page.documents.none": ("لا وثائق في المكتبة بعد", "No documents in the library yet"),
    "page.documents.one": ("وثيقة واحدة في المكتبة", "One document in the library"),
    "page.documents.many": ("عدد الوثائق في المكتبة: $count", "Documents in the library: $count"),
    "page.marker": ("الاقتباس رقم $number: $quote", "Citation $number: $quote"),
    "page.engine": ("صاغ الجواب: $engine", "Written by: $engine"),
    "page.engine.extractive": (
        "اقتباس حرفي من الوثائق، بلا صياغة آلية",
        "Quoted word for word from the documents; nothing was rephrased",
    ),
    "page.support.unconfirmed": ("غير مؤكد من المصدر", "not confirmed by the source"),
    "page.support.unsupported": ("لا سند له في الوثائق", "not supported by the documents"),
    "page.stopped": ("أُوقف الجواب قبل أن يكتمل.", "The answer was stopped before it was complete."),
    "page.busy": (
        "انتظر حتى يكتمل الجواب، أو أوقفه.",
        "Wait until the answer is complete, or stop it.",
    ),
    "page.searching": ("أبحث في الوثائق…", "Searching the documents…"),
    "page.error": (
        "تعذّرت الإجابة: $message",
        "The question could not be answered: $message",
    ),
    "page.error.unexpected": (
        "حدث خطأ غير متوقع. أعد المحاولة، وإن تكرر فانظر إلى سجل البرنامج.",
        "Something unexpected went wrong. Try again; if it happens again, see the program's log.",
    ),
    "page.source.missing": (
        "هذه الوثيقة لم تعد في المكتبة.",
        "This document is no longer in the library.",
    ),
    "page.source.omitted": (
        "⋯ الوثيقة طويلة، وما بقي منها في هذا الموضع غير معروض ⋯",
        "⋯ This document is long; the rest of it is not shown here ⋯",
    ),
    "page.source.back": ("العودة إلى الجواب", "Back to the answer"),
    # The command line
    "cli.chat.begin": (
        "اكتب سؤالك. السطر الفارغ أو \u200e/quit ينهي المحادثة.",
        "Type your question. An empty line or /quit ends the conversation.",
    ),
    "cli.unconfirmed": ("(غير مؤكَّد)", "(unconfirmed)"),
    "cli.unsupported": ("(لا تسنده الوثائق)", "(not supported by the documents)"),
    "cli.search.nothing": ("لم أجد شيئًا.", "Nothing was found."),
    "cli.summary": (
        "أُضيف: $added، حُدِّث: $updated، نُقل: $moved، لم يتغير: $unchanged، أُزيل: $removed، "
        "تعذّر: $failed ($seconds ث)",
        "Added: $added, updated: $updated, moved: $moved, unchanged: $unchanged, "
        "removed: $removed, failed: $failed ($seconds s)",
    ),
    "cli.failure": ("تعذّرت القراءة: $message", "Failed: $message"),
    "cli.warning": ("تنبيه: $message", "Warning: $message"),
    "cli.remove.sure": (
        "أأزيل «$title» من المكتبة؟ [نعم/لا]",
        "Remove “$title” from the library? [y/N]",
    ),
    "cli.remove.kept": ("لم يُزَل شيء.", "Nothing was removed."),
    "cli.remove.done": ("أُزيلت «$title» من المكتبة.", "Removed “$title” from the library."),
    "cli.rebuild.done": (
        "أُعيدت فهرسة المكتبة بالتضمين \u2066$embeddings\u2069. عدد المقاطع: $passages ($seconds ث)",
        "Indexed the library anew with \u2066$embeddings\u2069. Passages: $passages ($seconds s)",
    ),
    "question.too_long": (
        "السؤال أطول من اللازم ($length حرفًا، والحد $limit). اختصره.",
        "The question is too long ($length characters, the limit is $limit). Shorten it.",
    ),
    "question.empty": ("اكتب سؤالًا أولًا.", "Write a question first."),
}

LANGUAGES = ("ar", "en")


def say(name: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """Return a string in a language.

    Args:
        name: The string's name, such as ``answer.refusal``.
        language: ``ar``; anything else is English.
        values: Values of the string's variables, by name.

    Returns:
        The string with its variables filled in.

    Raises:
        KeyError: The name or one of its variables is unknown.
    """
    arabic, english = _STRINGS[name]
    return Template(arabic if language == "ar" else english).substitute(values or {})


def names() -> tuple[str, ...]:
    """Return the names of all strings."""
    return tuple(_STRINGS)


def variables(name: str, language: str) -> frozenset[str]:
    """Return the variables that a string has in a language."""
    arabic, english = _STRINGS[name]
    return frozenset(Template(arabic if language == "ar" else english).get_identifiers())
