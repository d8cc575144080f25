"""Passwords, kept as salted scrypt (RFC 7914) in a text that says how it was made.

The text has the shape of the PHC string format: ``$scrypt$ln=15,r=8,p=3$SALT$HASH``, salt and
hash in base64 without padding. The cost is one of those that OWASP's Password Storage Cheat Sheet
holds equal: 32 MiB and three passes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass

SHORTEST = 8  # characters
LONGEST = 1024  # characters; more would only cost time

_SALT_BYTES = 16
_HASH_BYTES = 32
_TEXT = re.compile(
    r"\$scrypt\$ln=(?P<ln>[0-9]{1,2}),r=(?P<r>[0-9]{1,2}),p=(?P<p>[0-9]{1,2})"
    r"\$(?P<salt>[A-Za-z0-9+/]{11,86})\$(?P<hash>[A-Za-z0-9+/]{43})"
)
# A file that somebody else wrote must not be able to eat all memory.
_LEAST_LN, _MOST_LN = 10, 18
_MOST_R, _MOST_P = 32, 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What a check costs.

    Attributes:
        ln: Binary logarithm of scrypt's N.
        r: Block size; 128 · r · 2^ln bytes of memory are needed.
        p: Passes.
    """

    ln: int = 15
    r: int = 8
    p: int = 3


@dataclass(frozen=True, slots=True)
class _Kept:
    cost: Cost
    salt: bytes
    digest: bytes


def objection(password: str) -> str:
    """Return why a password can't be taken, in English; empty if it can."""
    count = len(_prepared(password))
    if count < SHORTEST:
        return f"The password has {count} characters; it needs {SHORTEST} or more."
    if count > LONGEST:
        return f"The password has {count} characters; {LONGEST} is the most."
    return ""


def hashed(password: str, cost: Cost | None = None) -> str:
    """Return what is kept of a password, with a fresh salt.

    Args:
        password: The password.
        cost: What a check shall cost; the default is today's recommendation.

    Returns:
        The self-describing text, without white space or a colon.
    """
    cost = cost or Cost()
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _scrypt(password, salt, cost)
    return f"$scrypt$ln={cost.ln},r={cost.r},p={cost.p}${_base64(salt)}${_base64(digest)}"


def is_well_formed(kept: str) -> bool:
    """Return whether a text is one that `hashed` could have made."""
    return _parsed(kept) is not None


def matches(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that was kept.

    Args:
        password: What somebody typed.
        kept: The text of `hashed`; None for a name that nobody has, which costs the same time.

    Returns:
        True if it is; always False for None or for a text that is not well-formed.
    """
    found = _parsed(kept) if kept is not None else None
    tried = found or _Kept(Cost(), b"nobody's own salt", secrets.token_bytes(_HASH_BYTES))
    # Too long a one is not the password either, and is not worth the work.
    digest = _scrypt(password[:LONGEST], tried.salt, tried.cost)
    is_same = hmac.compare_digest(digest, tried.digest)
    return is_same and found is not None and len(password) <= LONGEST


def _parsed(kept: str) -> _Kept | None:
    match = _TEXT.fullmatch(kept)
    if match is None:
        return None
    cost = Cost(int(match["ln"]), int(match["r"]), int(match["p"]))
    if not (_LEAST_LN <= cost.ln <= _MOST_LN and 0 < cost.r <= _MOST_R and 0 < cost.p <= _MOST_P):
        return None
    try:
        return _Kept(cost, _bytes(match["salt"]), _bytes(match["hash"]))
    except binascii.Error:
        return None


def _prepared(password: str) -> str:
    """Return a password as it is compared: keyboards write one letter in more than one way."""
    return unicodedata.normalize("NFC", password)


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    return hashlib.scrypt(
        _prepared(password).encode("utf-8", "surrogatepass"),
        salt=salt,
        n=2**cost.ln,
        r=cost.r,
        p=cost.p,
        # What OpenSSL counts, and a little room.
        maxmem=128 * cost.r * (2**cost.ln + cost.p + 2) + 2**20,
        dklen=_HASH_BYTES,
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
