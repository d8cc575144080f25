"""Embeddings of sentence-transformers, with a tiny model of random weights made on the spot.

They run where the extra ``huggingface`` is installed; PyTorch is too large for every run:
uv pip install torch --torch-backend cpu && pip install '.[huggingface]'
"""

from __future__ import annotations

import numpy as np
import pytest

from assistant import Assistant, EmbeddingMismatch, ModelError, Settings
from assistant.models import fingerprint, is_made_by, load_embeddings

NAME = "huggingface:intfloat/multilingual-e5-small"
WORDS = "query passage : the tower was rebuilt lamp white a من أعاد بناء المنارة برج أبيض".split()
TEXTS = ["the tower was rebuilt", "أعاد بناء المنارة", "white lamp"]
DIMENSIONS = 16

pytest.importorskip("sentence_transformers", reason="the extra 'huggingface' is not installed")
pytest.importorskip("langchain_huggingface", reason="the extra 'huggingface' is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model in a folder, as the hub has it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(1)
    top = tmp_path_factory.mktemp("hub")
    tokenizer = Tokenizer(
        WordLevel({word: i for i, word in enumerate(["[PAD]", "[UNK]", *WORDS])}, "[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks)
    wrapped.save_pretrained(top / "parts")
    sizes = {"hidden_size": DIMENSIONS, "intermediate_size": 32, "max_position_embeddings": 64}
    config = BertConfig(
        vocab_size=len(wrapped), num_hidden_layers=1, num_attention_heads=2, **sizes
    )
    BertModel(config).save_pretrained(top / "parts")
    # Of a bare model it takes the mean of the words, as it does for E5.
    model = SentenceTransformer(str(top / "parts"), device="cpu", local_files_only=True)
    model.save(str(top / "intfloat" / "multilingual-e5-small"))
    return top


@pytest.fixture
def plain(folder):
    """The same model without Sanad and LangChain."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(folder / "intfloat" / "multilingual-e5-small"), device="cpu", local_files_only=True
    )
    return lambda texts: model.encode(texts, normalize_embeddings=True)


@pytest.fixture
def embeddings(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return load_embeddings(NAME)


def test_passages_and_questions_get_their_prefixes(embeddings, plain):
    found = embeddings.embed_documents(TEXTS)
    assert np.allclose(found, plain([f"passage: {text}" for text in TEXTS]), atol=1e-5)
    assert not np.allclose(found, plain(TEXTS), atol=1e-2)
    question = embeddings.embed_query(TEXTS[0])
    assert np.allclose(question, plain([f"query: {TEXTS[0]}"])[0], atol=1e-5)
    assert not np.allclose(question, found[0], atol=1e-2)


def test_vectors_are_of_length_one(embeddings):
    found = np.asarray(embeddings.embed_documents(TEXTS))
    assert found.shape == (len(TEXTS), DIMENSIONS)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_fingerprint_holds_the_dimensions(embeddings):
    made = fingerprint(NAME, embeddings)
    assert made == f"{NAME}:1:{DIMENSIONS}"
    assert is_made_by(made, NAME, load_embeddings(NAME))


def test_folder_that_holds_no_model(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="SANAD_EMBEDDINGS"):
        load_embeddings(f"huggingface:{tmp_path / 'empty'}").embed_query("a")


def test_library_is_answered_from_and_kept_apart_from_other_embeddings(
    embeddings, tmp_path, monkeypatch
):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "tower.txt").write_text("The tower was rebuilt.\n\nThe lamp was white.\n", "utf-8")
    settings = Settings(library=tmp_path / "library", embeddings=NAME)
    with Assistant(settings=settings) as assistant:
        assert assistant.add(documents).added
        assert assistant.search("the tower was rebuilt", k=1)[0].text.startswith("The tower")
    with Assistant(settings=settings) as assistant:
        assert assistant.search("white lamp")
    other = Settings(library=tmp_path / "library", embeddings=f"{NAME}-v2")
    with pytest.raises(EmbeddingMismatch):
        Assistant(settings=other)
