"""What an embedder is, whichever model is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 2_000  # characters of a text that reach a model; passages are at most 1,200, their heading path comes before them


class Embedder(Protocol):
    """Turns texts into vectors. `id` names the model: vectors of different ids are never compared."""

    id: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), dimensions); a text without a token gives a zero vector.

        Raises SettingsError where model or key are refused, IncompleteError where the model cannot be reached or loaded.
        """
        ...


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of shape (n, dimensions) scaled to length 1; zero rows stay zero."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return found
