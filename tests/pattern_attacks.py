"""Every regular expression of the program, and texts that could make it slow.

A pattern's texts are made of its own pieces: what its repeats take, what its beginnings match,
again and again, with something behind them that it does not take.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # there is no other way to look inside
from re import _parser as parser  # type: ignore[attr-defined]

import assistant

ROOT = Path(assistant.__file__).parent
METHODS = frozenset("match fullmatch search finditer findall sub subn split".split())
OPTIONAL = ("sentence_transformers",)
# One of each kind, in the order of preference.
# The longest text that a pattern is used on, where that is limited.
LONGEST = {
    "assistant.answering.starters._AR_OFFICER": 1_200,  # a sentence
    "assistant.conversation.english._WHO_DID": 4_000,  # a question
    "assistant.documents.lines._AGENCY": 80,
    "assistant.documents.lines._BYLINE": 80,
    "assistant.documents.lines._SEPARATOR_END": 80,
    "assistant.documents.webpage._CHARSET": 4_096,
    "assistant.sentences.fullstops._LETTERS_BEFORE": 40,
}
# What a loop uses each pattern of a table by.
IN_LOOPS = {"assistant.strings._PLACES": "fullmatch"}
SAMPLES = "a0 Aا.,\n\"'-_:/<[({\\@#؟\u0650\u0640\u200f*|=é§\t\x00"
MOST_UNITS, MOST_LED, LONG_REPEAT, SHORT_REPEAT, VARIANTS = 40, 8, 100, 4, 3
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


@dataclass
class Held:
    """A pattern, where it is, and the methods that it is used by."""

    pattern: re.Pattern
    where: str
    methods: set[str] = field(default_factory=set)


def modules() -> Iterator[str]:
    """Yield the names of all modules that can be imported here."""
    for found in pkgutil.walk_packages([str(ROOT)], "assistant."):
        if not found.name.endswith("__main__"):
            yield found.name


def held() -> list[Held]:
    """Return every pattern that is made at import, or inside a function of what is known."""
    found: dict[tuple[object, int], Held] = {}

    def keep(pattern: re.Pattern, where: str, methods: set[str]) -> None:
        one = found.setdefault((pattern.pattern, pattern.flags), Held(pattern, where))
        one.methods |= methods

    trees = {name: tree_of(name) for name in modules()}
    public = calls_of_all(trees)
    for name, tree in trees.items():
        module = importlib.import_module(name)
        used = calls_of(tree)
        for variable, value in vars(module).items():
            for pattern in patterns_in(value):
                where = f"{name}.{variable}"
                methods = used.get(variable) or public.get(variable, set())
                keep(pattern, where, {IN_LOOPS[where]} if where in IN_LOOPS else methods)
        for node, method in inline(tree):
            source = ast.unparse(node)
            try:
                text = eval(compile(ast.Expression(node), name, "eval"), dict(vars(module)))  # noqa: S307  # our own source
            except NameError:
                text = filled(node, vars(module))
            if isinstance(text, re.Pattern) or not isinstance(text, str | bytes):
                continue
            keep(re.compile(text), f"{name}:{node.lineno} {source[:40]}", {method})
    return sorted(found.values(), key=lambda one: one.where)


def tree_of(name: str) -> ast.Module:
    """Return a module's syntax tree."""
    file = importlib.util.find_spec(name).origin
    return ast.parse(Path(file).read_text("utf-8"))


def inline(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Yield the patterns given to functions of re, with the function's name."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in itertools.chain.from_iterable(map(ast.walk, functions)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS | {"compile"}
        ):
            yield node.args[0], "search" if node.func.attr == "compile" else node.func.attr


def filled(node: ast.expr, names: Mapping[str, object]) -> str:
    """Return an f-string in which what only a running function knows is a word."""
    parts = []
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        if isinstance(part, ast.Constant):
            parts.append(part.value)
            continue
        value = part.value if isinstance(part, ast.FormattedValue) else part
        try:
            parts.append(str(eval(compile(ast.Expression(value), "", "eval"), dict(names))))  # noqa: S307
        except NameError:
            parts.append("word")
    return "".join(parts)


def calls_of(tree: ast.Module) -> dict[str, set[str]]:
    """Return by which methods each name of a module is used, if by any."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(value, ast.Name):
                found.setdefault(value.id, set()).add(node.attr)
    return found


def calls_of_all(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Return the same over all modules together."""
    found: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, methods in calls_of(tree).items():
            found.setdefault(name, set()).update(methods)
    return found


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern]:
    """Yield the patterns in a module's value."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, Mapping):
        for inner in (*value.keys(), *value.values()):
            yield from patterns_in(inner, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, depth + 1)
    elif depth < 4 and is_dataclass(value) and not isinstance(value, type):
        for inner in getattr(value, "__dict__", {}).values():
            yield from patterns_in(inner, depth + 1)


def texts(pattern: re.Pattern, size: int) -> Iterator[str | bytes]:
    """Yield texts of about a size that could make a pattern slow."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    is_bytes = isinstance(pattern.pattern, bytes)
    made = [("", unit) for unit in units(tree)] + list(led(tree))
    for before, unit in dict.fromkeys(made):
        body = before + unit * max(1, size // len(unit))
        ends = ("", "\x01", "a\n", "!", ".") if before else ("", "\x01", "a\n")
        for text in [body + end for end in ends] + ([] if before else [f"a{body}!"]):
            yield text.encode("latin-1", "replace") if is_bytes else text


def led(tree, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield for each long repeat what stands before it and what it may repeat."""
    for node in tree:
        code, value = node
        if code in REPEATS and value[1] >= SHORT_REPEAT:
            inner = itertools.chain.from_iterable(classes(value[2]))
            found = ["".join(sample(n, v) for n in value[2]) for v in range(VARIANTS)]
            for unit in [*dict.fromkeys([*found, *inner])][:MOST_LED]:
                if unit:
                    yield before, unit
        for inner in inside(node):
            yield from led(inner, before)
        before += sample(node)


def units(tree) -> list[str]:
    """Return what a pattern's texts are made of."""
    singles = dict.fromkeys(itertools.chain.from_iterable(classes(tree)))
    found = [*singles]
    found += [a + b for a, b in itertools.permutations(list(singles)[:6], 2)]
    nodes = list(tree)
    for stop in range(1, len(nodes) + 1):
        for variant in range(VARIANTS):
            found.append("".join(sample(node, variant) for node in nodes[:stop]))
    found += bodies(tree)
    return [unit for unit in dict.fromkeys(found) if unit][: MOST_UNITS * 2]


def walk(tree) -> Iterator[tuple]:
    """Yield all nodes of a parsed pattern."""
    for node in tree:
        yield node
        for inner in inside(node):
            yield from walk(inner)


def inside(node) -> list:
    """Return the parsed patterns in a node."""
    code, value = node
    places = {
        **dict.fromkeys(REPEATS, lambda: [value[2]]),
        **dict.fromkeys((codes.ASSERT, codes.ASSERT_NOT), lambda: [value[1]]),
        codes.SUBPATTERN: lambda: [value[3]],
        codes.BRANCH: lambda: value[1],
        codes.ATOMIC_GROUP: lambda: [value],
        codes.GROUPREF_EXISTS: lambda: [inner for inner in value[1:] if inner is not None],
    }
    return places[code]() if code in places else []


def bodies(tree) -> Iterator[str]:
    """Yield what each repeat in a pattern repeats, and this with its beginning."""
    for code, value in walk(tree):
        if code in REPEATS and value[1] >= LONG_REPEAT:
            for variant in range(VARIANTS):
                yield "".join(sample(node, variant) for node in value[2])


def classes(tree) -> Iterator[list[str]]:
    """Yield some characters of each character class that is repeated, and then of all."""
    repeated = [
        node
        for code, value in walk(tree)
        if code in REPEATS and value[1] >= LONG_REPEAT
        for node in walk(value[2])
    ]
    for node in (*repeated, *walk(tree)):
        if node[0] in (codes.IN, codes.ANY, codes.NOT_LITERAL, codes.LITERAL):
            yield [sample(node, variant) for variant in range(VARIANTS)]


def sample(node, variant: int = 0) -> str:
    """Return a text that a node takes."""
    code, value = node
    if code is codes.LITERAL:
        return chr(value)
    if code in REPEATS:
        least, most, inner = value
        count = max(least, 1 if most else 0)
        return "".join(sample(n, variant) for n in inner) * count
    if code is codes.BRANCH:
        branches = value[1]
        return "".join(sample(n, variant) for n in branches[variant % len(branches)])
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT, codes.GROUPREF):
        return ""
    if code in (codes.IN, codes.ANY, codes.NOT_LITERAL):
        return one_of(node, variant)
    return "".join(sample(n, variant) for inner in inside(node) for n in inner)


def one_of(node, variant: int) -> str:
    """Return a character that a class takes; another one for each variant, where there are."""
    good = [c for c in SAMPLES if takes(node, c)]
    if node[0] is codes.IN:
        good += [chr(v) for c, v in node[1] if c is codes.LITERAL]
        good += [chr(v[0]) for c, v in node[1] if c is codes.RANGE]
        good = [c for c in good if takes(node, c)]
    return good[variant % len(good)] if good else ""


def takes(node, character: str) -> bool:
    """Return whether a class takes a character."""
    code, value = node
    if code is codes.ANY:
        return character != "\n"
    if code is codes.NOT_LITERAL:
        return ord(character) != value
    negated = value[0][0] is codes.NEGATE
    found = any(in_item(item, character) for item in value if item[0] is not codes.NEGATE)
    return found != negated


def in_item(item, character: str) -> bool:
    """Return whether one item of a class takes a character."""
    code, value = item
    if code is codes.LITERAL:
        return ord(character) == value
    if code is codes.RANGE:
        return value[0] <= ord(character) <= value[1]
    tests: dict[object, Callable[[str], bool]] = {
        codes.CATEGORY_DIGIT: str.isdigit,
        codes.CATEGORY_SPACE: str.isspace,
        codes.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    }
    if value in tests:
        return tests[value](character)
    negated = {
        codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
        codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
        codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
    }
    return not tests[negated[value]](character)


class TooSlow(Exception):
    """A pattern took more of the processor's time than it may."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """End what takes more of the processor's time, even inside one match."""

    def ring(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def use(one: Held, text: str | bytes) -> None:
    """Use a pattern on a text in all ways that the program uses it in."""
    searching = one.methods - {"match", "fullmatch"} or not one.methods
    if searching:
        for _ in one.pattern.finditer(text):
            pass
    if "match" in one.methods:
        one.pattern.match(text)
    if "fullmatch" in one.methods:
        one.pattern.fullmatch(text)


def seconds_of(one: Held, text: str | bytes, most: float) -> float:
    """Return the processor's time that a pattern takes for a text; ``most`` if it is more."""
    started = time.perf_counter()
    try:
        with limit(most):
            use(one, text)
    except TooSlow:
        return most
    return time.perf_counter() - started


def attacked(one: Held, size: int, most: float) -> str | bytes:
    """Return a text on which a pattern takes too long; empty where there is none."""
    for text in texts(one.pattern, size):
        if seconds_of(one, text, most) >= most:
            return text
    return ""


def longest_of(one: Held) -> int:
    """Return the longest text that a pattern is used on, as far as that is limited."""
    return LONGEST.get(one.where, 10**9)
