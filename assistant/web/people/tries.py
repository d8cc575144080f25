"""How often somebody may try to sign in: growing waits, by name and by address.

A try counts before it is checked, so that many at once are counted too. A wait ends by itself;
nobody is locked out for good.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

_LONGEST_NAME = 200  # characters
_IPV6_NETWORK = 64  # bits; one customer has at least as many addresses


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of tries.

    Attributes:
        free: Wrong tries without a wait.
        first: Seconds of the first wait; each further wrong try doubles it.
        most: The longest wait, in seconds.
        forgotten: Seconds without a try after which nothing is remembered; more than ``most``.
    """

    free: int
    first: float = 15.0
    most: float = 900.0
    forgotten: float = 3600.0

    def wait(self, count: int) -> float:
        """Return the seconds to wait after so many wrong tries."""
        over = count - self.free
        if over < 0:
            return 0.0
        # Doubling 64 times is far beyond any longest wait, and no overflow.
        return min(self.most, self.first * 2.0 ** min(over, 64))


@dataclass(slots=True)
class _Count:
    tries: int = 0
    last: float = 0.0
    open_from: float = 0.0


@dataclass(slots=True)
class _Counts:
    limit: Limit
    most: int
    counts: OrderedDict[str, _Count] = field(default_factory=OrderedDict)

    def left(self, key: str, now: float) -> float:
        """Return the seconds until a key's next try."""
        found = self.counts.get(key)
        if found is None:
            return 0.0
        if now - found.last >= self.limit.forgotten:
            del self.counts[key]
            return 0.0
        return max(0.0, found.open_from - now)

    def take(self, key: str, now: float) -> None:
        found = self.counts.setdefault(key, _Count())
        found.tries += 1
        found.last = now
        found.open_from = now + self.limit.wait(found.tries)
        self.counts.move_to_end(key)
        while len(self.counts) > self.most:
            self.counts.popitem(last=False)

    def give_back(self, key: str) -> None:
        found = self.counts.get(key)
        if found is not None:
            found.tries -= 1
            found.open_from = 0.0
            if found.tries <= 0:
                del self.counts[key]


class Tries:
    """The tries of a server.

    Args:
        by_name: Limit for one name, from wherever.
        by_address: Limit for one address, for whatever names.
        most: How many names, and how many addresses, are remembered.
        clock: Gives seconds that never run backwards.
    """

    def __init__(
        self,
        by_name: Limit | None = None,
        by_address: Limit | None = None,
        most: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._names = _Counts(by_name or Limit(5), most)
        self._addresses = _Counts(by_address or Limit(20), most)

    def take(self, name: str, address: str) -> int:
        """Count a try, unless it has to wait.

        Args:
            name: Whose password is tried.
            address: Where the try comes from.

        Returns:
            0 if it may be made; else the seconds to wait, rounded up, and nothing is counted.
        """
        name, address, now = _short(name), network(address), self._clock()
        with self._lock:
            left = max(self._names.left(name, now), self._addresses.left(address, now))
            if left > 0:
                return math.ceil(left)
            self._names.take(name, now)
            self._addresses.take(address, now)
        return 0

    def succeeded(self, name: str, address: str) -> None:
        """Take back a try that was right.

        The name's wrong tries are forgotten; the address's are not: who has a password could
        otherwise wash them away while trying other names.
        """
        with self._lock:
            self._names.counts.pop(_short(name), None)
            self._addresses.give_back(network(address))


def _short(name: str) -> str:
    """Return what a name is remembered by; nobody's name is longer, and memory is bounded."""
    # As the register finds it: one name can be written in more than one way.
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded)[:_LONGEST_NAME]


def network(address: str) -> str:
    """Return what stands for an address: itself, or the network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
