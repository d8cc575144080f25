"""A process that reads files for another one: ``python -m assistant.ingestion.worker``.

Tasks come in on standard input and outcomes leave on standard output, both pickled, one for one,
after a first None that says that it is ready. It ends when its input does, so that it never
outlives the process that started it. It is started by its own name and not by multiprocessing,
which would run the main program of that process again.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from assistant.ingestion.prepared import prepare_file
from assistant.models import BUILTIN, load_embeddings


def serve(tasks: BinaryIO, outcomes: BinaryIO) -> None:
    """Read files until there are no more.

    Args:
        tasks: Pickled: path, bytes, the name the file is known by, whether to make vectors, and how
            files are read.
        outcomes: Takes None when it is ready, and then for each task a pickled `Prepared`, or the
            exception that reading it raised.
    """
    embeddings = load_embeddings(BUILTIN)
    pickle.dump(None, outcomes)
    outcomes.flush()
    while True:
        try:
            path, data, source, with_vectors, options = pickle.load(tasks)  # noqa: S301  # from the process that started this
        except EOFError:
            return
        try:
            vectors_by = embeddings if with_vectors else None
            outcome: object = prepare_file(path, data, source, vectors_by, options)
        except Exception as error:  # noqa: BLE001  # it is raised where it was asked for
            outcome = error
        try:
            written = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001  # an exception that holds what can't be sent
            written = pickle.dumps(RuntimeError(repr(outcome)), pickle.HIGHEST_PROTOCOL)
        outcomes.write(written)
        outcomes.flush()


def main() -> None:
    """Serve on standard input and output; what else prints goes to standard error."""
    # The process that started this decides what an interruption ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outcomes = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, outcomes)


if __name__ == "__main__":
    main()
