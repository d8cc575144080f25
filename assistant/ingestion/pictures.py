"""Pages as pictures, drawn in processes of their own, which a broken PDF can end."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from typing import cast

from assistant.documents import ReadingOptions
from assistant.documents.pdf import Wanted, stretches_of
from assistant.errors import AssistantError, LibraryError
from assistant.ingestion.drawing import PictureTask
from assistant.ingestion.originals import original_of
from assistant.ingestion.processes import Process, asked
from assistant.library import Library
from assistant.schema import Document, PagePicture, Span

_WORKER = "assistant.ingestion.picture_worker"
_PROCESSES = 2  # so that a file that takes long does not hold up all others
_IDLE = 300.0  # seconds, after which the processes are ended
_HEIGHTS = range(100, 4001)  # pixels


class Pictures:
    """Draws pages of the documents of a library; any number of threads may ask.

    Args:
        library: The library.
        max_file_mb: The largest file that is read.
        options: How files are read; also how long a picture may take.
    """

    def __init__(self, library: Library, max_file_mb: int, options: ReadingOptions) -> None:
        self._library = library
        self._max_file_mb = max_file_mb
        self._options = options
        # The last one that was used is used again: the other is started only when both are needed.
        self._free: queue.LifoQueue[Process | None] = queue.LifoQueue()
        self._all = [Process(_WORKER) for _ in range(_PROCESSES)]
        for process in self._all:
            self._free.put(process)
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._is_closed = False

    def draw(self, document: Document, span: Span, page: int | None, height: int) -> PagePicture:
        """Return a page of a document, with boxes around a range of its text.

        Args:
            document: The document with its text, in the version that is asked for.
            span: The range.
            page: The page's number, from 1; None for the first that holds some of the range.
            height: The picture's height in pixels.

        Raises:
            UnsupportedFormat: It is no PDF.
            UnreadableDocument: The file is gone or has changed, or can't be drawn; or there is no
                such page.
            AssistantError: The range or the height can't be used.
        """
        if not 0 <= span.start < span.end <= len(document.text):
            raise AssistantError(
                f"The range {span.start}:{span.end} does not lie in the text of "
                f"{document.title!r}, which has {len(document.text)} characters. Take it from a "
                "citation."
            )
        if height not in _HEIGHTS:
            raise AssistantError(
                f"height={height!r} is no height for a picture. Give {_HEIGHTS[0]} to "
                f"{_HEIGHTS[-1]} pixels."
            )
        path = original_of(self._library, document)
        number = None if page is None else page - 1
        wanted = Wanted(stretches_of(document, *span), number, height)
        return self._drawn(
            PictureTask(path, document.version, wanted, self._max_file_mb, self._options)
        )

    def _drawn(self, task: PictureTask) -> PagePicture:
        process = self._free.get()
        try:
            if process is None:
                raise LibraryError("The library is closed: no page can be shown. Open it again.")
            return cast("PagePicture", asked(process, task, task.path, self._options.max_seconds))
        finally:
            self._free.put(process)
            self._wait_again()

    def _wait_again(self) -> None:
        """End the processes when nobody has asked for a picture for a while."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            if not self._is_closed:
                self._timer = threading.Timer(_IDLE, self._rest)
                self._timer.daemon = True
                self._timer.start()

    def _rest(self) -> None:
        free: list[Process | None] = []
        with suppress(queue.Empty):
            while True:
                free.append(self._free.get_nowait())
        for process in reversed(free):
            if process is not None:
                process.end()
            self._free.put(process)

    def close(self) -> None:
        """End the processes; closing twice does no harm."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            if self._timer is not None:
                self._timer.cancel()
        for process in self._all:
            process.interrupt()
        for _ in self._all:
            taken = self._free.get()  # whoever was waiting for it has put it back
            if taken is not None:
                taken.end()
        self._free.put(None)
