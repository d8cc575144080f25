"""all-MiniLM-L6-v2 from a file on this machine, run by onnxruntime; nothing is downloaded.

A small English sentence encoder (Apache-2.0). Arabic texts are glossed into English first.
"""

from __future__ import annotations

import threading
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.models.gloss import VERSION as GLOSS_VERSION
from assistant.models.gloss import glossed, holds_arabic
from assistant.models.measured import MeasuredEmbeddings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

NAME = "minilm"
_VERSION = 1
_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
_TOKENS = 256
_TEXTS_AT_ONCE = 256
_BATCH = 32
_STATES = 3
_CHUNK = 1 << 20
_ERRORS_ONLY = 3


class MiniLM(MeasuredEmbeddings):
    """Mean of the last hidden states over a text's tokens, L2-normalised.

    A text of which nothing is left to encode, such as Arabic words that the table does not know,
    has the vector of zeros, which is near to nothing.

    Args:
        folder: Folder of ``model.onnx`` and ``tokenizer.json``; empty for Chroma's own cache.

    Raises:
        ModelError: They are not there, or can't be read.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = _found(folder)
        checksum = _checksum(self._folder / _MODEL)
        identity = f"{NAME}:{_VERSION}.{GLOSS_VERSION}:{checksum:08x}"
        super().__init__(f"{NAME}:{folder}" if folder else NAME, identity, _TEXTS_AT_ONCE)
        self._loading = threading.Lock()

    @cached_property
    def _parts(self) -> tuple[Tokenizer, InferenceSession]:
        """The tokenizer and the model; loaded when first needed."""
        import onnxruntime
        from tokenizers import Tokenizer

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        try:
            tokenizer = Tokenizer.from_file(str(self._folder / _TOKENIZER))
            tokenizer.no_padding()
            tokenizer.enable_truncation(max_length=_TOKENS)
            session = onnxruntime.InferenceSession(
                str(self._folder / _MODEL), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise ModelError(
                f"The model in {self._folder} can't be read: {_line(error)}. Put {_MODEL} and "
                f"{_TOKENIZER} of all-MiniLM-L6-v2 there anew."
            ) from error
        return tokenizer, session

    def _passages(self, texts: list[str]) -> object:
        return self._encoded(texts)

    def _question(self, text: str) -> object:
        return self._encoded([text])[0]

    def _encoded(self, texts: list[str]) -> npt.NDArray[np.float32]:
        english = [glossed(text) if holds_arabic(text) else text.strip() for text in texts]
        with self._loading:
            tokenizer, session = self._parts
        tokens = tokenizer.encode_batch(english)
        # Texts of like length together: they are padded to the longest of a batch.
        order = sorted(
            (i for i, text in enumerate(english) if text), key=lambda i: len(tokens[i].ids)
        )
        rows: dict[int, npt.NDArray[np.float32]] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows |= zip(batch, self._run(session, [tokens[i] for i in batch]), strict=True)
        if not rows:
            rows = {0: self._run(session, [tokenizer.encode("")])[0] * 0}
        nothing = np.zeros_like(next(iter(rows.values())))
        return np.stack([rows.get(i, nothing) for i in range(len(texts))])

    def _run(self, session: InferenceSession, tokens: list[Encoding]) -> npt.NDArray[np.float32]:
        """Return a batch's mean hidden states, shape (texts, dimensions)."""
        shape = (len(tokens), max(len(encoding.ids) for encoding in tokens))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, encoding in enumerate(tokens):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = encoding.attention_mask
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {argument.name for argument in session.get_inputs()}
        try:
            states = session.run(None, {n: v for n, v in given.items() if n in wanted})[0]
        except Exception as error:
            raise ModelError(f"The model in {self._folder} failed: {_line(error)}.") from error
        if not isinstance(states, np.ndarray) or states.ndim != _STATES:
            raise ModelError(
                f"The first output of {self._folder / _MODEL} is not the last hidden state (texts, "
                f"tokens, dimensions). Put the file of all-MiniLM-L6-v2 there."
            )
        weights = mask[:, :, np.newaxis].astype(np.float32)
        counts = np.maximum(weights.sum(axis=1), 1)
        mean: npt.NDArray[np.float32] = (states * weights).sum(axis=1) / counts
        return mean


def _found(folder: str) -> Path:
    """Return the folder that holds the model.

    Raises:
        ModelError: There is none; the message says where it was looked for.
    """
    cache = Path.home() / ".cache" / "chroma" / "onnx_models" / "all-MiniLM-L6-v2" / "onnx"
    try:
        place = Path(folder).expanduser() if folder else cache
    except RuntimeError:  # "~" and a name that nobody has here
        place = Path(folder)
    missing = [name for name in (_MODEL, _TOKENIZER) if not (place / name).is_file()]
    if not missing:
        return place
    name = f"{NAME}:{folder}" if folder else NAME
    raise ModelError(
        f"SANAD_EMBEDDINGS={name!r} can't be used: there is no {' and no '.join(missing)} in "
        f"{place}. Put both files of all-MiniLM-L6-v2 (sentence-transformers, in ONNX) into a "
        f"folder and set SANAD_EMBEDDINGS={NAME}:FOLDER. Sanad itself downloads nothing."
    )


def _checksum(file: Path) -> int:
    checksum = 0
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                checksum = zlib.crc32(chunk, checksum)
    except OSError as error:
        raise ModelError(f"The model {file} can't be read: {error}.") from error
    return checksum


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300].rstrip(".")
