"""Every word that a person reads, Arabic and English side by side.

`say` returns a string in one language, its ``$names`` filled in. A test checks that both
languages have the same names and the same variables.
"""

from __future__ import annotations

import re
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
    # Places in documents
    "place.page": ("صفحة $first", "page $first"),
    "place.pages": ("الصفحات $first–$last", "pages $first–$last"),
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
    "page.documents.none": ("لا وثائق بعد", "No documents yet"),
    "page.documents.one": ("وثيقة واحدة", "One document"),
    "page.documents.many": ("عدد الوثائق: $count", "Documents: $count"),
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
    # The command line: evaluation. No vowel marks in what is aligned.
    "evaluate.head": (
        "الأسئلة: $questions، والوثائق في المكتبة: $documents",
        "Questions: $questions, documents in the library: $documents",
    ),
    "evaluate.all": ("كل المجموعات", "all sets"),
    "evaluate.questions": ("الأسئلة", "questions"),
    "evaluate.answerable": ("لها جواب في الوثائق", "with an answer in the documents"),
    "evaluate.unanswerable": ("لا جواب لها فيها", "without an answer in them"),
    "evaluate.documents": ("الوثائق المسؤول عنها", "documents asked about"),
    "evaluate.left_out": ("أعيدت بعد إخراج وثائقها", "asked again, documents left out"),
    "evaluate.ndcg_10": ("ترتيب المقاطع (nDCG@10)", "order of passages (nDCG@10)"),
    "evaluate.recall_1": ("المقطع الصحيح أولا (R@1)", "right passage first (R@1)"),
    "evaluate.recall_5": ("المقطع الصحيح ضمن خمسة (R@5)", "right passage in five (R@5)"),
    "evaluate.hit_1": ("الجملة الصحيحة أولا (hit@1)", "right sentence first (hit@1)"),
    "evaluate.hit_3": ("الجملة الصحيحة ضمن ثلاث (hit@3)", "right sentence in three (hit@3)"),
    "evaluate.ask_1": ("الاقتباس الأول صحيح (ask@1)", "first citation right (ask@1)"),
    "evaluate.answered": ("أجيب عنها", "answered"),
    "evaluate.false_answers": ("أجوبة خاطئة", "false answers"),
    "evaluate.auroc": ("تمييز الثقة (AUROC)", "confidence (AUROC)"),
    "evaluate.false_answers_without": ("أجوبة خاطئة بعد الإخراج", "false answers, left out"),
    "evaluate.auroc_without": (
        "تمييز الثقة (AUROC) بعد الإخراج",
        "confidence (AUROC), left out",
    ),
    "evaluate.exact": ("اقتباسات مطابقة للنص", "exact quotes"),
    "evaluate.seconds_p50": ("ملي ثانية للسؤال (p50)", "milliseconds a question (p50)"),
    "evaluate.seconds_p95": ("ملي ثانية للسؤال (p95)", "milliseconds a question (p95)"),
    "evaluate.interval": (
        "النسب مئوية، وبين القوسين مجال ثقة 95 % ($resamples معاينة تُسحب فيها الوثائق).",
        "Shares are percent; in parentheses 95 % intervals ($resamples resamples of documents).",
    ),
    "evaluate.no_questions": (
        "لا أسئلة في الملف، فلا شيء يقاس.",
        "The file holds no questions, so there is nothing to measure.",
    ),
    "evaluate.no_documents": (
        "لا وثائق في المكتبة، فلم يُسأل عن شيء. أضف وثائق أولًا.",
        "The library holds no documents, so nothing was asked. Add some first.",
    ),
    "evaluate.no_answerable": (
        "لا جواب في الوثائق لأي سؤال، فلا يقاس إلا الجواب الخاطئ.",
        "No question has an answer in the documents, so only false answers are measured.",
    ),
    "evaluate.no_unanswerable": (
        "كل سؤال له جواب في الوثائق، فلا تقاس الأجوبة الخاطئة. الخيار \u200e--without يقيسها.",
        "Every question has an answer, so false answers are not measured; --without does that.",
    ),
    "evaluate.no_interval": (
        "لا مجال ثقة حيث لا يُقاس إلا على وثيقة واحدة.",
        "Where only one document bears on a number, it has no interval.",
    ),
    "evaluate.missing": (
        "ليست في المكتبة، فتُعدّ أسئلتها غير مجاب عنها: $names",
        "Not in the library, so their questions count as missed: $names",
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


_PAGES = re.compile("pages? ([0-9]+)(?:-([0-9]+))?")


def place_name(place: str, language: str) -> str:
    """Return a place in a document as it is called in a language.

    Args:
        place: As a block or citation has it: ``page 3``, ``pages 3-4``, or anything else.
        language: ``ar``; anything else is English.
    """
    match = _PAGES.fullmatch(place)
    if match is None:
        return place
    values = {"first": match[1], "last": match[2]}
    return say("place.pages" if match[2] else "place.page", language, values)
