"""Small words of Arabic and English by what they do to a sentence when they are left out."""

from __future__ import annotations

from functools import cache

from assistant.language.folding import fold

_PREPOSITIONS = """
of in on at by for from to with during after before since under over through between into as
against among near until within via despite across along around behind beyond toward towards
upon throughout including في من على إلى عن مع خلال بعد قبل منذ حتى بين عند لدى ضد نحو عبر تحت
فوق حول بسبب أثناء ضمن لدن رغم مقابل تجاه بفضل
"""
_CONJUNCTIONS = """
and but or while when where which who whose whom that because although though whereas so than
then as if الذي التي الذين اللذين اللتين اللذان اللتان اللواتي مما ممن كما ثم أو لكن بينما عندما
لأن أن إن بأن حيث حين إذ فيما بل
"""
_SMALL = """
the a an also however moreover thus therefore furthermore indeed meanwhile قد لقد أيضا كما كذلك
هذا وقد ولقد كذا
"""
_EXTRA = """
and but while و كما فيما
"""
_OPENING_CLAUSE = """
when while after before although though since because عندما حين حينما بعدما قبلما
"""
_RESERVED = """
if unless except provided only hardly barely almost nearly allegedly reportedly supposedly
apparently perhaps maybe possibly probably may might could would should reported reports report
wrongly mistakenly state stated states told tells wrote writes argued argues insisted insists
false untrue claim claims claimed claiming allege alleges alleged say says said according
believe believes believed think thinks thought assume assumed suggest suggests suggested accuse
accused rumour rumoured deny denies denied former acting vice deputy fake planned proposed
intended expected attempted tried failed refused hypothetical whether rather instead إذا لو إلا
سوى عدا باستثناء بشرط شريطة فقط ربما لعل يزعم تزعم زعم زعمت زاعما ادعى ادعت يدعي ذكر ذكرت صرح
صرحت نقلا قال قالت يقول تقول قائلا بحسب وفق وفقا حسب أفاد أفادت اعتبر اعتقد يعتقد يظن ظن يرى ترى
نفى نفت ينفي نائب سابق السابق مفترض المفترض محتمل المحتمل يحتمل مزعوم المزعوم رفض رفضت فشل فشلت
حاول حاولت كاد يكاد هل المتوقع يتوقع بدل بدلا
"""
# Without what stands behind them a sentence says less, and nothing else.
_ASIDE = """
of in on at during after before since from into within near via across along around behind
beyond throughout and but while when where which who whose whom that because although though
whereas so في من إلى خلال منذ بعد قبل عند أثناء ضمن عبر نحو حول الذي التي الذين اللذين اللتين
اللذان اللتان اللواتي مما ممن كما ثم لكن بينما عندما لأن حيث حين إذ فيما
"""


@cache
def aside_words() -> frozenset[str]:
    """Return words that begin what may be left out behind a statement, folded.

    Not "for", "by", "under" or "than": they say for whom, by whom and on what terms.
    """
    return frozenset(fold(_ASIDE).split())


@cache
def prepositions() -> frozenset[str]:
    """Return words that a phrase begins with, folded."""
    return frozenset(fold(_PREPOSITIONS).split())


@cache
def conjunctions() -> frozenset[str]:
    """Return words that join a clause on, relative ones among them, folded."""
    return frozenset(fold(_CONJUNCTIONS).split())


@cache
def small_words() -> frozenset[str]:
    """Return words that say nothing that could be missed, folded."""
    return frozenset(fold(_SMALL).split())


@cache
def joining_words() -> frozenset[str]:
    """Return small words and those that only join two statements, folded."""
    return small_words() | frozenset(fold(_EXTRA).split())


@cache
def opening_words() -> frozenset[str]:
    """Return words that a clause of time, place or cause begins with, folded."""
    return prepositions() | frozenset(fold(_OPENING_CLAUSE).split())


@cache
def reserving_words() -> frozenset[str]:
    """Return words that restrict or attribute a statement, or put it in doubt, folded.

    Without them a sentence says more than it did: if, only, allegedly, according to, former.
    """
    return frozenset(fold(_RESERVED).split())
