"""Words that deny, and the many that only look as if they did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.language.folding import fold
from assistant.language.stemming import is_arabic
from assistant.language.tokens import Token

_STRONG = (
    "not never no none nor neither cannot nothing nobody nowhere "
    "لا لم لن ليس ليست ليسوا لسن لست لسنا ليسا ليستا ولا ولم ولن وليس وليست فلا فلم فلن فليس فليست "
    "لئلا"
)
# They deny a word, or only in sense: enough to answer a negation of the other text.
_WEAK = (
    "without unable lack lacks lacked lacking fail fails failed failure refuse refused refuses "
    "deny denied denies reject rejected rejects absence absent except unless hardly barely rarely "
    "prevent prevented prevents prohibit prohibited banned forbidden avoid avoided impossible "
    "illegal illegitimate incapable inability invalid inactive incomplete incorrect inadequate "
    "insufficient inefficient ineffective irregular irrelevant improper inaccurate disagree "
    "disagreed disapproved dislike lest "
    "غير دون بدون بلا عدم سوى عدا خلا باستثناء انعدام غياب نفى نفت نفي رفض رفضت فشل فشلت عجز "
    "يفتقر تفتقر افتقار منع منعت يمنع تمنع حظر يحظر تحظر امتنع امتناع تعذر يتعذر يستحيل مستحيل "
    "استحالة ممنوع محظور قلما نادرا كلا لولا لولاه يخلو تخلو خال خالية"
)
_CLOSE = "غير عدم دون بدون without"
_CLITICS = "\u0648\u0641\u0628\u0644"
_WEAK_START = "un"
_OTHER_STARTS = ("under", "until", "uni", "unto")
_LONG = 5
# Behind «لا» or «ما»: still, especially, must, surely, no matter.
_STILL = (
    "يزال تزال يزالون زال زالت زالوا يزل تزل نزال ازال سيما بد بأس شك ريب محالة جرم جدال فتئ برح "
    "انفك مفر يبرح غرو يفتأ فتئت برحت انفكت يكاد"
)
# What else «ما» may be is told apart by what follows it only.
_BEHIND_MA = frozenset(fold("كان كانت كانوا عاد عادت من").split())
# «لا» makes one word with them: infinite, wireless.
_BEHIND_LA = frozenset(
    fold(
        "نهائي نهائية متناه متناهي متناهية سلكي سلكية حصر تحصى يحصى مركزية إرادي إرادية شعوري وعي "
        "مبالاة"
    ).split()
)
_NOT_ONLY = frozenset(fold("فحسب وحسب").split())
_ONLY = frozenset(fold("إلا سوى").split())
# No is number, and what does not deny: not only, no doubt, whether or not, no sooner.
_AFFIRMING_BEHIND = frozenset("only just merely simply least doubt matter sooner less more".split())
_REACH = 9


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies.

    Attributes:
        place: Of its token.
        is_strong: Whether it surely denies what follows it.
        is_close: Whether it surely denies the very next word: without, un- as a word of its own.
    """

    place: int
    is_strong: bool
    is_close: bool = False


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(
        fold({"strong": _STRONG, "weak": _WEAK, "still": _STILL, "close": _CLOSE}[name]).split()
    )


def find_negations(tokens: Sequence[Token], taken: Collection[int] = ()) -> tuple[Negation, ...]:
    """Return the words of a text that deny, in order.

    Args:
        tokens: The text's tokens.
        taken: Places of tokens that say something else, such as "no" in "no less than 40".
    """
    found = []
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        if _is_strong(token.text):
            if not _affirms(tokens, place):
                found.append(Negation(place, not _is_restriction(tokens, place)))
        elif _is_weak(tokens, place):
            close = token.text.lstrip(_CLITICS) in _table("close") or token.text in _table("close")
            found.append(Negation(place, is_strong=False, is_close=close))
    return tuple(found)


def _is_strong(word: str) -> bool:
    return word in _table("strong") or word.endswith("n't")


def _is_weak(tokens: Sequence[Token], place: int) -> bool:
    word = tokens[place].text
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if word in _table("weak"):
        return True
    if word == fold("ما"):
        return after in _BEHIND_MA
    if is_arabic(word):
        return word[0] in "وفبل" and word[1:] in _table("weak")
    starts = word.startswith(_WEAK_START) and not word.startswith(_OTHER_STARTS)
    return len(word) > _LONG and (starts or word.startswith("non") or word.endswith("less"))


def _affirms(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a word that looks like a negation denies nothing."""
    word = tokens[place].text
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text if place else ""
    if is_arabic(word):
        if after in _table("still") or after in _BEHIND_LA:
            return True
        if any(token.text in _NOT_ONLY for token in tokens[place : place + 2 * _REACH]):
            return True
        # "whether or not": أم لا
        ends = place + 1 == len(tokens) or bool(tokens[place + 1].before.strip())
        return before in (fold("أم"), fold("أو")) and word == fold("لا") and ends
    gap = _following_gap(tokens, place)
    if word == "no" and (after[:1].isdigit() or before == "or" or set(".,") & set(gap)):
        return True
    if word == "nothing" and after == "but":
        return True
    return (before == "or" and word == "not") or (
        word in ("not", "no") and after in _AFFIRMING_BEHIND
    )


def _following_gap(tokens: Sequence[Token], place: int) -> str:
    return tokens[place + 1].before if place + 1 < len(tokens) else ""


def _is_restriction(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an Arabic negation only restricts: «لا … إلا» is "only"."""
    if not is_arabic(tokens[place].text):
        return False
    for number, token in enumerate(tokens[place + 1 : place + _REACH], start=place + 2):
        following = tokens[number].text if number < len(tokens) else ""
        if token.text in _ONLY:
            # «إلا أن» is "however".
            return not following.startswith("ان")
        if any(sign in token.before for sign in ".\u061b;"):
            return False
    return False
