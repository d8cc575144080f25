"""The pipeline that most programs of this kind begin with, to be compared with.

LangChain's recursive splitter (1,000 characters, 200 of overlap), all-MiniLM-L6-v2 as Chroma runs
it by default, and Chroma with the texts, through langchain-chroma. Where a package is not
installed, what stands for it is named in the results.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CHUNK, OVERLAP = 1000, 200
BATCH = 1000


def index_usually(documents: Path, chroma: Path, minilm: Path, count: int) -> dict[str, Any]:
    """Index a folder of plain texts; return passages a second and what was used.

    Args:
        documents: The texts.
        chroma: A new folder for Chroma.
        minilm: Folder of ``model.onnx`` and ``tokenizer.json``.
        count: How many passages the texts hold.
    """
    function = _embedding(minilm)
    function(["The session is started, and the model read, before the clock runs."])
    started = time.perf_counter()
    texts = [file.read_text("utf-8") for file in sorted(documents.iterdir())]
    chunks, splitter = _split(texts)
    stored_by = _store(chunks, chroma, function)
    seconds = time.perf_counter() - started
    how = f"{splitter}, {stored_by}, {len(chunks)} pieces"
    return {"per_second": count / seconds, "how": how}


def _embedding(minilm: Path) -> Any:  # noqa: ANN401  # Chroma's class is made here
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    class Local(ONNXMiniLM_L6_V2):
        DOWNLOAD_PATH = minilm.resolve().parent
        EXTRACTED_FOLDER_NAME = minilm.resolve().name

        def _download_model_if_not_exists(self) -> None:
            """Use the files that are there."""

    return Local()


def _split(texts: Sequence[str]) -> tuple[list[str], str]:
    if find_spec("langchain_text_splitters"):
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        return [part for text in texts for part in splitter.split_text(text)], "recursive splitter"
    step = CHUNK - OVERLAP
    parts = [text[i : i + CHUNK] for text in texts for i in range(0, len(text), step)]
    return parts, "plain splitter of 1,000 characters"


def _store(chunks: Sequence[str], folder: Path, function: Any) -> str:  # noqa: ANN401
    if find_spec("langchain_chroma"):
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings

        class Embedding(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [vector.tolist() for vector in function(texts)]

            def embed_query(self, text: str) -> list[float]:
                return self.embed_documents([text])[0]

        store = Chroma("usual", Embedding(), persist_directory=str(folder))
        for start in range(0, len(chunks), BATCH):
            store.add_texts(list(chunks[start : start + BATCH]))
        return "langchain-chroma"
    import chromadb

    collection = chromadb.PersistentClient(str(folder)).create_collection(
        "usual", embedding_function=function
    )
    for start in range(0, len(chunks), BATCH):
        part = list(chunks[start : start + BATCH])
        collection.add(ids=[str(start + i) for i in range(len(part))], documents=part)
    return "Chroma"
