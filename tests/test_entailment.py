"""A model of natural-language inference as second reader, of random weights made on the spot.

They run where the extra ``huggingface`` is installed, as those of test_hub_embeddings.py do; what
needs no model runs everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, MissingDependency, ModelError, Settings, SettingsError
from assistant.answering.second import Claim, EntailmentReader, Reading
from assistant.models import load_entailment

IS_INSTALLED = find_spec("sentence_transformers") is not None
needs_hub = pytest.mark.skipif(not IS_INSTALLED, reason="the extra 'huggingface' is not installed")
WORDS = "the tower was rebuilt lamp white in 1974 من أعاد بناء المنارة برج أبيض".split()
PAIRS = [("the tower was rebuilt in 1974", "the tower was rebuilt"), ("white lamp", "برج أبيض")]


class Fixed:
    """Gives set probabilities."""

    def __init__(self, *likely: float) -> None:
        self._likely = likely
        self.pairs: list[tuple[str, str]] = []

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.pairs += pairs
        return list(self._likely)


def test_reader_says_yes_no_or_nothing_by_probability() -> None:
    model = Fixed(0.95, 0.8, 0.79, 0.31, 0.3, 0.01)
    claims = [Claim(f"Claim {n}.", ("First.", "Second.")) for n in range(6)]

    said = EntailmentReader(model).read(claims, "en")

    assert said == [Reading(answer) for answer in (True, True, None, None, False, False)]
    assert model.pairs[0] == ("First. Second.", "Claim 0.")


def test_probability_that_is_no_number_says_nothing() -> None:
    said = EntailmentReader(Fixed(float("nan"))).read([Claim("A claim.", ("First.",))], "en")

    assert said == [Reading(None)]


@pytest.mark.parametrize("name", ["ollama:qwen3", "huggingface:", "openai:gpt"])
def test_reader_of_another_provider_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=r"SANAD_SECOND_READER.*huggingface:"):
        load_entailment(name)


@pytest.mark.skipif(IS_INSTALLED, reason="the extra 'huggingface' is installed")
def test_missing_package_is_said() -> None:
    with pytest.raises(MissingDependency, match="huggingface"):
        Assistant("library", Settings(model="openai:x", model_url="http://127.0.0.1:9/v1",
                                second_reader="huggingface:some/model"))  # fmt: skip


def made(folder: Path, labels: Sequence[str]) -> str:
    """Save a tiny model with these labels; return its name."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(1)
    vocabulary = {w: i for i, w in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64,
        id2label=dict(enumerate(labels)), label2id={name: i for i, name in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return f"huggingface:{folder}"


@needs_hub
def test_entailment_is_the_share_of_the_label_that_says_so(tmp_path: Path) -> None:
    first = load_entailment(made(tmp_path / "a", ["Entailment", "neutral", "contradiction"]))
    last = load_entailment(made(tmp_path / "b", ["contradiction", "neutral", "entailment"]))

    likely, other = first.entailment(PAIRS), last.entailment(PAIRS)

    assert likely.shape == (2,)
    assert np.all((likely > 0) & (likely < 1) & (likely + other < 1))
    assert not np.allclose(likely, other)


@needs_hub
def test_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    model = load_entailment(made(tmp_path, ["joy", "anger"]))

    with pytest.raises(ModelError, match=r"joy, anger.*entail"):
        model.entailment(PAIRS)


@needs_hub
def test_model_that_is_not_there_is_a_model_error(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(ModelError, match="SANAD_SECOND_READER"):
        load_entailment(f"huggingface:{tmp_path / 'none'}").entailment(PAIRS)
