"""Whether a sentence speaks of what is past or of what is to come, where it names a day."""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "now", "future"]

# All patterns are for folded text with single blanks: no case, hamza, ta marbuta or tashkeel.
PAST = "الماضي|الماضيه|المنصرم|المنصرمه|الفائت|الفائته|الفارط|الفارطه"
NOW = "الجاري|الجاريه|الحالي|الحاليه"
FUTURE = "المقبل|المقبله|القادم|القادمه"
TENSE = rf"(?:(?P<past>last|past|{PAST})|(?P<now>this|{NOW})|(?P<future>next|coming|{FUTURE}))"
# What goes on after a seen and is no verb of the future: policy, car, years, sixty, …
_NOUNS = (
    r"ياس|يار|ياق|ياد|ياح|ياج|ينا|ينم|يول|يد(?:ه|ات|ي|نا)\b|يف(?:ا|ه)\b|يل(?:ا|ه)\b|يطر(?:ه|ت)\b"
    r"|يرت(?:ه|ها|هم)\b|نو|ند|نغ|نج|نتر|نتي|تين|تاد|تار|تون|توك|ترات|تيف"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|won't|going to|(?:is|are) (?:to|due|set|scheduled|expected|planned)"
    r"|plans? to|hopes? to|سوف|لن|المزمع|المقرر|المرتقب|المنتظر|المتوقع|يعتزم|تعتزم)\b|'ll\b"
    rf"|\b[وف]?س(?!{_NOUNS})[يتن]\w{{3,}}"
)
_TELLS = re.compile(
    r"\b(?:said|says|told|announced|reported|added|stated|confirmed|revealed|declared|warned"
    r"|قال|قالت|اعلن|اعلنت|ذكر|ذكرت|اكد|اكدت|افاد|افادت|صرح|صرحت|اضاف|اضافت|كشف|كشفت|اوضح|اوضحت)\b"
)
# A present that speaks of a day to come as often as of one that is past.
_PRESENT = re.compile(
    r"\b(?:plays|meets|begins|starts|opens|closes|faces|hosts|returns|votes|takes place|kicks off)"
    r"\b"
    r"|^\W*(?:و|كما )?[يت]\w{3,} "
)
_HEAD = 12  # characters: "On", "Early on"


def tense_of(before: str, behind: str) -> Tense | None:
    """Return whether a day without a word of its own is past or to come; None for doubt.

    Args:
        before: What stands before it in its sentence, folded.
        behind: What stands behind it.
    """
    told = [m.start() for m in _TELLS.finditer(before)]
    ahead = [m.start() for m in _AHEAD.finditer(before)]
    if ahead and (not told or told[-1] < ahead[-1]):
        return "future"
    following, telling = _AHEAD.search(behind), _TELLS.search(behind)
    if told or (telling and (not following or telling.start() < following.start())):
        return "past"
    if following:
        return "future" if len(before) <= _HEAD else None
    return None if _PRESENT.search(before) else "past"
