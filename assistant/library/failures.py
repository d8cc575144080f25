"""What the programs under the library raise, as the library's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import LibraryError


@contextmanager
def failures(what: str, cure: str) -> Iterator[None]:
    """Turn whatever is raised within this into a `LibraryError`.

    Args:
        what: What failed, without a full stop.
        cure: What to do about it.

    Raises:
        LibraryError: Something failed; the message gives its words too.
    """
    try:
        yield
    except LibraryError:
        raise
    except BaseException as error:
        # The alarm of a library written in Rust is no Exception and has no importable class.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise LibraryError(f"{what}: {error}. {cure}") from error
        raise
