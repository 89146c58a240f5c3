"""Models of the sentence-transformers library, which brings torch and is therefore an extra."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from agent.errors import IncompleteError, SettingsError
from agent_vectorstore.embedders.base import LONGEST, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 32


class SentenceTransformerEmbedder:
    """A model by its name on a hub or its folder; the library fetches what is not on this machine yet."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.id = f"sentence-transformers/{model}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), dimensions). Raises SettingsError without the library, IncompleteError without the model."""
        import numpy as np

        cut = [text[:LONGEST] for text in texts]
        found = self._loaded.encode(cut, batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False)
        vectors = unit(np.asarray(found, dtype=np.float32).reshape(len(cut), -1)) if cut else np.zeros((0, 0), dtype=np.float32)
        vectors[[not text.strip() for text in cut]] = 0
        return vectors

    @cached_property
    def _loaded(self) -> Any:
        # By name: the library is no dependency, and nothing but this line may make it one.
        try:
            library = import_module("sentence_transformers")
        except ImportError:
            raise SettingsError(
                f"'embedder' is 'sentence-transformers:{self.model}', and that library is not installed.",
                hint="Install capability-ledger[sentence-transformers], or choose another embedder.",
            ) from None
        try:
            return library.SentenceTransformer(self.model)
        except Exception as error:  # whatever the hub, the files or torch raise
            reason = " ".join(str(error).split())[:200]
            raise IncompleteError(
                f"the model {self.model!r} of sentence-transformers cannot be loaded: {reason}.",
                hint="Check its name, and the network where it was never used before.",
            ) from error
