"""Words that say nothing about a topic, and words that ask."""

from __future__ import annotations

from functools import cache

from assistant.language.folding import fold

_ARABIC_STOP = """
من في على إلى عن مع هذا هذه ذلك تلك هؤلاء أولئك التي الذي الذين اللذان اللتان اللاتي اللواتي
اللائي هو هي هم هن هما أنت أنتم أنا نحن كان كانت كانوا كنت يكون تكون ليس ليست أن إن لا ما لم
لن قد لقد ثم أو أم بل حتى كل بعض غير بين عند عندما منذ حيث كما مثل أي أية أيضا به بها بهم
بهما له لها لهم لهما فيه فيها فيهم منه منها منهم عليه عليها عليهم إليه إليها إليهم عنه عنها
عنهم إذا إذ لكن ولكن هل كيف متى أين لماذا ماذا كم وهو وهي وهم وقد ولم ولا وكان وكانت وفي ومن
وعلى وعن وإلى ومع أما إلا هناك هنا ضمن خلال بعد قبل تحت فوق دون حول نحو لدى تم يتم وتم مما
عما ممن لأن بأن وأن فإن وإن ذات ذو اسم اسمه اسمها وأين ومتى وكيف وكم ومن وماذا ولماذا وما
مالذي لذا لذلك كذلك وذلك وهذا وهذه بذلك فقد فهو فهي سوف
"""

_ENGLISH_STOP = """
a about above after again against all am an and any are as at be because been before being
below between both but by can could did do does doing during each few for from further had
has have having he her here hers herself him himself his how i if in into is it its itself
just me more most my myself no nor not now of off on once only or other our ours
out over own same she should so some such than that the their theirs them themselves
then there these they this those through to too under until up upon very was we were what
when where which while who whom whose why will with would you your yours name did
don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't what's
who's where's when's how's it's that's there's
"""

_ARABIC_QUESTION = "من ما ماذا متى أين كيف كم لماذا هل أي أية بماذا لمن ممن فيم علام بكم"
_ENGLISH_QUESTION = "who whom whose what when where which why how"


@cache
def stop_words() -> frozenset[str]:
    """Return the stop words of both languages, folded; question words are among them."""
    return frozenset(fold(" ".join((_ARABIC_STOP, _ENGLISH_STOP))).split()) | question_words()


@cache
def question_words() -> frozenset[str]:
    """Return the question words of both languages, folded."""
    return frozenset(fold(f"{_ARABIC_QUESTION} {_ENGLISH_QUESTION}").split())
