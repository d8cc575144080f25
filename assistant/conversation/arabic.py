"""Arabic follow-ups: which words lean on what was said, and what goes in their place."""

from __future__ import annotations

import re

from assistant.conversation.said import Said
from assistant.conversation.topic import COUNTS, EDGES, cut
from assistant.language import content_words, fold, is_arabic, stem, stop_words
from assistant.language.dates import find_years
from assistant.lexicon import knows

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ASKS = frozenset(fold("متى أين كيف كم لماذا من هل ما ماذا أي أية بكم لمن").split())
_CONJUNCTIONS = ("\u0648", "\u0641")
_BARE = re.compile(
    r"^(?P<asks>متي|اين|لماذا|كيف|منذ متي|الي متي|من اين)"
    r"(?: (?:كان |حدث |جري )?(?:ذلك|هذا)| بالضبط)?\W*$"
)
_ADVERBIAL = frozenset(fold("متى أين لماذا كيف هل").split())
_BEFORE_VERB = _ADVERBIAL | frozenset(fold("كم ماذا").split())
# "Who is the president?" has its pronoun only to join the word that asks to what follows.
_BEFORE_COPULA = frozenset(fold("من ما ماذا أين متى كيف").split())
_PERSONAL = frozenset(fold("هو هي هم هن هما").split())
_POINTING = frozenset(fold("هذا هذه ذلك تلك").split())
_THERE = frozenset(fold("هناك هنالك").split())
_ATTACHED = {
    fold(form): preposition
    for preposition, forms in {
        "ل": "له لها لهم لهما",
        "ب": "به بها بهم بهما",
        "في": "فيه فيها فيهم",
        "من": "منه منها منهم منهما",
        "عن": "عنه عنها عنهم",
        "على": "عليه عليها عليهم",
        "إلى": "إليه إليها إليهم",
        "مع": "معه معها معهم",
        "قبل": "قبله قبلها",
        "بعد": "بعده بعدها",
        "بين": "بينهم بينهما",
        "عند": "عنده عندها",
    }.items()
    for form in forms.split()
}
# A pronoun at a word's end; not folded, since folding makes the ending of a feminine noun the
# same letter.
_SUFFIX = re.compile(r"^(?P<base>\w{2,}?)(?P<pronoun>هما|هم|هن|ها|ه)$")
_HEH = re.compile("\u0647$")
_OWN_HEH = frozenset(
    "مياه وجه فقه اتجاه شبه انتباه منتزه فواكه شفاه وجوه تشبيه توجيه تنبيه نزيه سفيه فقيه مكروه "
    "تافه جاه إله الله تجاه درهم مهم متهم أسهم مبهم".split()
)
# What is only asked about people.
_LIVES = frozenset(
    fold(
        "ولد ولدت مات ماتت توفي توفيت تزوج تزوجت عاش عاشت نشأ نشأت درس درست استقال استقالت تقاعد "
        "تقاعدت دفن دفنت عمره عمرها وفاته وفاتها مولده مولدها"
    ).split()
)
_SAYS = frozenset(
    fold(
        "قال قالت ذكر ذكرت أعلن أعلنت صرح صرحت أكد أكدت أضاف أضافت طلب طلبت اقترح اقترحت كتب كتبت"
    ).split()
)
_MORE = re.compile(
    r"^و?(?:(?:اذكر|اعطني|هات|قل|حدثني)(?: لي)? ?)?(?:المزيد|اكمل|تابع|ماذا ايضا)\W*$"
)
_FEMININE = re.compile("(?:\u0629|\u0627\u0621|\u0649|\u0627\u062a)$")
_AND = " \u0648"
# The endings of a verb of two or more.
_MANY = re.compile("(?<!\\w)\\w{3,}(\u0627\u0646?|\u0648\u0627|\u0648\u0646)$")
_WITH_ARTICLE = "\u0627\u0644"
_SHORT_BASE = 3
_MOST_WORDS = 7
_FEW_WORDS = 2


def without_opener(question: str) -> str:
    """Return a question without the conjunction that is written to the word that asks."""
    question = question.strip()
    return question[1:].lstrip("\u064e\u064b\u0640") if opens(question) else question


def opens(question: str) -> bool:
    """Return whether a conjunction stands before the word that asks."""
    first = fold((cut(question) or [""])[0])
    return first.startswith(_CONJUNCTIONS) and first[1:] in _ASKS


def bare(question: str) -> str:
    """Return the words that ask, where a question has none beside them; else nothing."""
    plain = without_opener(question)
    match = _BARE.match(" ".join(fold(plain).split()))
    return " ".join(plain.split()[: len(match["asks"].split())]).strip(EDGES) if match else ""


def wants_more(question: str) -> bool:
    """Return whether a question asks to go on: «اذكر المزيد»."""
    return bool(_MORE.match(" ".join(fold(question).split())))


def asked_again(asks: str, frame: str) -> str:
    """Return a question asked again with other words that ask; empty where that is not sure.

    Args:
        asks: The words that ask, such as «متى».
        frame: The last question.
    """
    first, _, rest = without_opener(frame).partition(" ")
    return f"{asks} {rest}" if fold(first) in _ADVERBIAL and rest else ""


def pronoun(question: str) -> str:
    """Return the word of a question that stands for something said before, or holds what does.

    Args:
        question: The follow-up.

    Returns:
        The word as it stands there; empty for none.
    """
    tokens = [_MARKS.sub("", token) for token in cut(question)]
    folded = [fold(token) for token in tokens]
    asked = without_opener(folded[0]) if folded else ""
    own = 0
    for i, token in enumerate(tokens[1:], start=1):
        is_copula = i == 1 and asked in _BEFORE_COPULA and len(tokens) > i + 1
        stands = folded[i] in _PERSONAL and not is_copula
        stands |= folded[i] in _POINTING | _THERE or folded[i] in _ATTACHED
        # Many write the ending of the feminine, before another noun, as a heh.
        stands |= _has_suffix(token) and (_ends(folded, i) or not _HEH.search(token))
        if stands:
            few = len(content_words(question)) <= _FEW_WORDS
            return cut(question)[i] if few or not own else ""
        own += folded[i] not in COUNTS and bool(content_words(token))
    return ""


def has_no_subject(question: str) -> bool:
    """Return whether a question is a word that asks and one word more: a verb of something."""
    tokens = [fold(token) for token in cut(without_opener(question))]
    if len(tokens) < _FEW_WORDS or tokens[0] not in _BEFORE_VERB:
        return False
    if tokens[1] in _LIVES | _SAYS:
        return not content_words((tokens[2:] or [""])[0])
    return len(tokens) == _FEW_WORDS and bool(content_words(tokens[1])) and tokens[0] != "ماذا"


def is_personal(question: str, word: str, said: Said) -> bool:
    """Return whether a follow-up asks about a person.

    Args:
        question: The follow-up.
        word: Its pronoun, or the word that holds it; empty for none.
        said: What was said before.
    """
    tokens = [fold(token) for token in cut(without_opener(question))]
    if not (_LIVES | _SAYS).isdisjoint(tokens) or (tokens[0] == "من" and fold(word) in _PERSONAL):
        return True
    if not word and len(tokens) > 1 and _MANY.search(tokens[1]):
        return _AND in said.person
    if not word or fold(word) in _POINTING | _THERE:
        return False
    plain = _MARKS.sub("", word)
    if plain.endswith("هما"):
        return _AND in said.person and _AND not in said.thing
    head = _MARKS.sub("", (cut(said.thing) or [""])[0])
    is_masculine = plain == "هو" or (plain.endswith("ه") and not plain.endswith("ها"))
    is_feminine = plain == "هي" or plain.endswith("ها")
    if _FEMININE.search(head):
        return is_masculine
    return is_feminine and bool(_FEMININE.search((cut(said.person) or [""])[0]))


def owns(question: str, word: str) -> bool:  # noqa: ARG001  # as in English
    """Return whether a pronoun may say whose something is: it stands at a word's end."""
    folded = fold(word)
    return bool(word) and folded not in _PERSONAL | _POINTING | _THERE and folded not in _ATTACHED


def filled(question: str, word: str, referent: str) -> str:
    """Return a question with a name in the place of its pronoun; empty where that is not sure.

    Args:
        question: The follow-up.
        word: Its pronoun, or the word that holds it; empty to put the name at the end, as the
            subject of a verb.
        referent: What it stands for.
    """
    if not is_arabic(fold(referent)[:1]) or len(referent.split()) > _MOST_WORDS:
        return ""
    plain, folded = _MARKS.sub("", word), fold(word)
    if not word:
        return _with_subject(question, referent)
    if folded in _PERSONAL:
        new = referent
    elif folded in _POINTING:
        return ""
    elif folded in _THERE:
        new = f"في {referent}"
    elif folded in _ATTACHED:
        new = _after(_ATTACHED[folded], referent)
    else:
        tokens = cut(question)
        base = _base(plain, word)
        if not base or not _ends([fold(token) for token in tokens], tokens.index(word)):
            return ""
        new = f"{base} {referent}"
    start = question.rindex(word)
    return without_opener(question[:start] + new + question[start + len(word) :])


def _with_subject(question: str, referent: str) -> str:
    """Return a question with a name behind its verb, which is singular before its subject."""
    tokens = without_opener(question.rstrip().rstrip(EDGES)).split()
    many = _MANY.search(tokens[1])
    if many and _AND not in referent:
        return ""
    tokens[1] = tokens[1][: many.start(1)] if many else tokens[1]
    return " ".join((*tokens[:2], referent, *tokens[2:])) + "\u061f"


def _after(preposition: str, referent: str) -> str:
    """Return a name behind a preposition, written to it where it is one letter."""
    if len(preposition) > 1:
        return f"{preposition} {referent}"
    if preposition == "ل" and referent.startswith(_WITH_ARTICLE):
        return f"ل{referent[1:]}"
    return preposition + referent


def _has_suffix(token: str) -> bool:
    match = _SUFFIX.match(token)
    if match is None or token in _OWN_HEH or fold(token) in stop_words():
        return False
    return match["pronoun"] in ("ه", "ها") or len(match["base"]) >= _SHORT_BASE


def _ends(folded: list[str], i: int) -> bool:
    """Return whether nothing belongs to a word but its pronoun: no noun stands behind it."""
    following = folded[i + 1] if i + 1 < len(folded) else ""
    return not content_words(following) or following == "عام" or bool(find_years(following))


def _base(plain: str, word: str) -> str:
    """Return a word without its pronoun, as it is written alone; empty where that is not sure."""
    match = _SUFFIX.match(plain)
    if match is None:
        return ""
    base, cut_off = match["base"], len(match["pronoun"])
    if base.endswith("\u0627"):
        return ""  # "built it" and "both signed it" end alike, and are written apart
    if base.endswith(("\u0624", "\u0626")):
        return base[:-1] + "\u0621"
    if base.endswith("\u062a") and not base.endswith("\u0627\u062a") and _is_feminine(base):
        return base[:-1] + "\u0629"
    # The marks of the word as it was written stay.
    return word[:-cut_off] if word.endswith(match["pronoun"]) else base


def _is_feminine(base: str) -> bool:
    """Return whether a noun's last letter is the ending of the feminine before a pronoun."""
    if len(base) > _SHORT_BASE:
        return True
    return knows(stem(fold(base[:-1] + "\u0629"))) and not knows(stem(fold(base)))
