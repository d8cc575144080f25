"""Sentences of a document that read like instructions to a language model."""

from __future__ import annotations

import re

from assistant.language import fold

# In folded text. Who is spoken to, or what is ordered, is a model's: a recipe or a law orders too,
# and must not be flagged.
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,20}\b(?:all|any|your|previous|prior|above"
    r"|earlier|these)\b.{0,30}\b(?:instructions?|prompts?|rules|guidelines|context|directions)\b",
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules|prompts?)"
    r" (?:above|before|you)\b",
    r"\b(?:system|developer|user|assistant) ?(?:prompt|message)\b",
    r"\byou are (?:now )?(?:an? )?(?:\w+ ){0,3}(?:ai|chatbot|assistant|language model|llm"
    r"|chatgpt|gpt|claude|gemini|dan)\b",
    r"\b(?:as|dear|attention|hey|note to(?: the)?) (?:an? |the |any )?(?:ai|llm|chatbot"
    r"|language model|assistant)\b",
    r"\b(?:ais?|llms?|chatbots?|language models?) (?:must|should|shall|reading this)\b",
    r"\b(?:answer|respond|reply|say|output|print|write)\b.{0,30}\b(?:only|exactly|instead"
    r"|nothing (?:but|else)|verbatim)\b.{0,60}\b(?:question|user|answer|word|following|sentence)",
    r"\b(?:do not|don't|never) (?:answer|tell|reveal|mention|cite)\b.{0,40}\b(?:user|question"
    r"|sources?|prompt|instructions?)\b",
    r"\bnew instructions?\b ?:",
    r"\bnot_in_documents\b",
    r"</? ?(?:system|sources?|instructions?|assistant|user)\b|\[/?inst\]|<\|",
)
_ARABIC = (
    r"\b(?:تجاهل|تجاهلي|تجاهلوا|انس|اهمل|لا تلتزم|تخط)\b.{0,40}\b(?:ال)?(?:تعليمات|تعليماتك|اوامر"
    r"|اوامرك|قواعد|قواعدك|توجيهات|مصادر|سياق)",
    r"\bانت (?:الان )?(?:مساعد|نموذج|روبوت|برنامج)\b",
    r"\b(?:ايها|عزيزي|يا) (?:ال)?(?:مساعد|نموذج|روبوت|ذكاء)\b",
    r"\b(?:علي|يجب علي) (?:ال)?(?:نموذج اللغوي|نموذج لغوي|مساعد الذكي|ذكاء الاصطناعي)\b",
    r"\b(?:اجب|اكتب|قل|رد)\b.{0,30}\b(?:فقط|حرفيا|بدلا)\b.{0,60}\b(?:سؤال|سوال|مستخدم|جواب|اجابه)",
    r"\b(?:لا تجب|لا تذكر|لا تخبر|لا تكشف)\b.{0,40}\b(?:ال)?(?:مستخدم|سؤال|سوال|مصدر|مصادر"
    r"|تعليمات)",
    r"\bتعليمات جديده\b ?:",
)
_PATTERN = re.compile("|".join((*_ENGLISH, *_ARABIC)), re.DOTALL)


def reads_like_instruction(text: str) -> bool:
    """Return whether a sentence speaks to a language model rather than to a reader.

    A heuristic over wording in Arabic and English. People are warned of such a sentence, and what a
    model wrote on it is never more than unconfirmed; but no safety rests on it: whatever a document
    says, the gate checks what a model wrote.

    Args:
        text: A sentence of a document.
    """
    return _PATTERN.search(" ".join(fold(text).split())) is not None
