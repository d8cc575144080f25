"""Whether a full stop ends its sentence."""

from __future__ import annotations

import re

from assistant.sentences.abbreviations import (
    ARABIC_CONNECTORS,
    ARABIC_ETC,
    ARABIC_INITIALS_WITH_AND,
    ARABIC_STARTERS,
    BEFORE_NAME,
    BEFORE_NUMBER,
    INTRODUCING,
    MAY_END,
    STARTERS,
)

_LONGEST_TOKEN = 40
_TOKEN = re.compile("[^\\s\"'\u201c\u2018\u00ab(\\[\u060c,:]+$")
_LIST_MARK = re.compile(
    "\\W{0,16}(?:[0-9\u0660-\u0669\u06f0-\u06f9]{1,3}|[A-Za-z]|[IVXLC]{1,6}|[\u0621-\u064a])"
)
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_BEHIND_ARABIC = re.compile("[\u0620-\u0652\u0671-\u06d3]\\s$")
_ARABIC_DOTTED = re.compile(
    "[\u0648\u0641]?(?:[\u0621-\u064a]\\.)+[\u0621-\u064a]\u0640?|[\u0621-\u064a]\u0640?"
)
_ERA = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]\\s?(?:\u0645|\u0647\u0640?)$")
_BEFORE_CHRIST = "\u0642.\u0645"
_THEN = "\u062b\u0645"
_LATIN_DOTTED = re.compile("(?:[A-Za-z]{1,3}\\.)*[A-Z]|(?:[A-Za-z]{1,2}\\.)+[A-Za-z]{1,2}")
_CLOCK = re.compile("[ap]\\.?m", re.IGNORECASE)
# What goes on with a time of day: its day, month or zone.
_OF_CLOCK = re.compile(
    "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    "|August|September|October|November|December|[A-Z]{2,5}|Eastern|Central|Mountain|Pacific"
    "|(?:\\w{1,20} ){1,2}[Tt]ime)\\b"
)
# A lower-case word, unless it is one that stands before nouns; or the sentence's start.
_MAY_PRECEDE_NAME = re.compile("(?:^|(?<!\\w)(?!(?:of|and|in|for|the|or|to) )[a-z]+ )$")
_NUMBER_OR_ROMAN = re.compile("[0-9]|[IVXLC]+\\b")
_SHORTEST_JOINED_WORD = 3
_GOES_ON = re.compile("[./@]\\w")
_LETTERS_BEFORE = re.compile("[^\\W\\d_]+$")
_LETTERS = re.compile("[^\\W\\d_]+")


def full_stop_ends(text: str, start: int, stop: int, following: re.Match[str]) -> bool:
    """Return whether a full stop with a space behind it ends its sentence.

    Args:
        text: The text.
        start: Where the sentence at hand starts.
        stop: Where the full stop stands.
        following: Match of the next word; its group 1 is the word.

    Returns:
        False after an abbreviation, an initial or the number of a list item.
    """
    if stop - start <= _LONGEST_TOKEN and _LIST_MARK.fullmatch(text, start, stop):
        return False
    found = _TOKEN.search(text, max(start, stop - _LONGEST_TOKEN), stop)
    if found is None:
        return True
    token = found.group()
    if _ARABIC_LETTER.match(token[-1:]) or token.endswith("\u0640"):
        return _arabic_token_ends(text, found.start(), stop, following.group(1))
    before = text[max(start, found.start() - _LONGEST_TOKEN) : found.start()]
    return _latin_token_ends(token, before.lstrip(), text, following)


def _arabic_token_ends(text: str, token_start: int, stop: int, next_word: str) -> bool:
    token = text[token_start:stop]
    if token == _BEFORE_CHRIST:
        return next_word in ARABIC_STARTERS or next_word == _THEN
    if _ERA.search(text, max(0, stop - _LONGEST_TOKEN), stop):
        return next_word not in ARABIC_CONNECTORS
    if token in ARABIC_ETC:
        return next_word not in ARABIC_CONNECTORS
    return not (_ARABIC_DOTTED.fullmatch(token) or token in ARABIC_INITIALS_WITH_AND)


def _latin_token_ends(token: str, before: str, text: str, following: re.Match[str]) -> bool:
    name, next_word = token.casefold(), following.group(1)
    if name in INTRODUCING:
        return False
    if name in BEFORE_NUMBER:
        may_be_name = name in BEFORE_NAME and token[0].isupper()
        is_name = may_be_name and _MAY_PRECEDE_NAME.search(before)
        return not (is_name or _NUMBER_OR_ROMAN.match(text, following.start(1)))
    if _CLOCK.fullmatch(token):
        return _begins_behind_clock(text, following)
    if len(token) == 1 and _BEHIND_ARABIC.search(before) and _ARABIC_LETTER.match(next_word):
        return next_word not in ARABIC_CONNECTORS  # vitamin C, and no initial
    is_abbreviation = name in MAY_END or _LATIN_DOTTED.fullmatch(token)
    return not is_abbreviation or _begins_plainly(text, following)


def _begins_behind_clock(text: str, following: re.Match[str]) -> bool:
    """Return whether the next word begins a sentence behind ``p.m.`` or the like."""
    is_capital = following.group(1)[0].isupper()
    if not is_capital or _OF_CLOCK.match(text, following.start(1), following.endpos):
        return _begins_plainly(text, following)
    return True


def _begins_plainly(text: str, following: re.Match[str]) -> bool:
    """Return whether the next word begins a sentence, whatever stands before it."""
    word = following.group(1)
    is_initial = text[following.end(1) : following.end(1) + 1] == "."
    if _ARABIC_LETTER.match(word):
        return word in ARABIC_STARTERS
    return word[0].isupper() and word.casefold() in STARTERS and not is_initial


def joined_words_end(text: str, start: int, stop: int, following: int) -> bool:
    """Return whether a terminator without a space behind it stands between two sentences.

    Args:
        text: The text.
        start: Where the sentence at hand starts.
        stop: Where the terminator stands.
        following: Index of the character behind it.

    Returns:
        True between two words of three letters or more, both Arabic, or one that ends in a
        lower-case and one that begins with an upper-case letter.
    """
    before = _LETTERS_BEFORE.search(text, max(start, stop - _LONGEST_TOKEN), stop)
    after = _LETTERS.match(text, following, following + _LONGEST_TOKEN)
    if not before or not after:
        return False
    left, right = before.group(), after.group()
    if min(len(left), len(right)) < _SHORTEST_JOINED_WORD:
        return False
    if _is_address(text, start, stop) or _GOES_ON.match(text, after.end()):
        return False
    if _ARABIC_LETTER.match(left) and _ARABIC_LETTER.match(right):
        return True
    return left[-1].islower() and right[0].isupper() and right[1].islower()


def _is_address(text: str, start: int, stop: int) -> bool:
    """Return whether the token that ends here looks like a part of a URL or mail address."""
    found = _TOKEN.search(text, max(start, stop - _LONGEST_TOKEN), stop)
    return found is not None and any(sign in found.group() for sign in "/@\\")
