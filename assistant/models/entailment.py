"""A model of natural-language inference: does a text say what a sentence claims?"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.models.endpoint import Endpoint
from assistant.models.failures import unusable
from assistant.models.providers import check_packages

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_SETTING = "SANAD_SECOND_READER"
_PROVIDER = "huggingface"


class EntailmentModel:
    """A cross-encoder that was trained on entailment, such as those for MNLI or XNLI.

    Its labels have to be named in its configuration: one of them begins with "entail".

    Args:
        name: ``huggingface:`` and the model's name or folder.

    Raises:
        MissingDependency: sentence-transformers is not installed.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._endpoint = Endpoint(_SETTING, name, "", "")
        self._loading = threading.Lock()
        check_packages(_PROVIDER)

    @cached_property
    def _model(self) -> CrossEncoder:
        """The model; loaded when first needed, from this machine or the hub that was named."""
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._endpoint.model)
        except Exception as error:
            raise unusable(error, self._endpoint) from error

    @cached_property
    def _entailing(self) -> int:
        """Which of its labels means that the text says it."""
        labels: dict[int, str] = self._model.config.id2label
        for place, label in labels.items():
            if label.lower().startswith("entail"):
                return place
        raise ModelError(
            f"{_SETTING}={self.name!r} can't be used: none of its labels "
            f"({', '.join(labels.values())}) begins with 'entail'. Name a model that was trained "
            "on natural-language inference."
        )

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
        """Return how likely each text says what its sentence claims.

        Args:
            pairs: Texts and sentences.

        Returns:
            Shape (pairs,): probabilities.

        Raises:
            ModelError: The model can't be loaded, breaks down, or is of another kind.
        """
        with self._loading:
            entailing = self._entailing
        try:
            given = self._model.predict(list(pairs), show_progress_bar=False)
        except Exception as error:
            raise unusable(error, self._endpoint) from error
        logits = np.asarray(given, np.float64)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        likely: npt.NDArray[np.float64] = powers[:, entailing] / powers.sum(axis=1)
        return likely
