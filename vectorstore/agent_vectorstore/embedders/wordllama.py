"""The default embedder: a static model that comes with a package, so that nothing is downloaded and no key is needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import IncompleteError
from agent_vectorstore.embedders.base import LONGEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 256  # texts tokenised at once


class WordLlamaEmbedder:
    """Static token embeddings averaged over a text; the 16 MB model is part of the wordllama package.

    Weights and tokenizer are read straight from that package's folder: importing it brings in an HTTP client and a download path that
    are never wanted here, sets up the root logger, and takes longer than loading the model. A test holds the vectors to the library's.
    Source: WordLlama (2024), https://github.com/dleemiller/WordLlama, configuration l2_supercat, 256 dimensions.
    """

    id = "wordllama/l2_supercat/256"
    dimensions = 256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        result = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if not texts:
            return result
        tokenizer, weights = self._model
        for at in range(0, len(texts), _BATCH):
            encoded = tokenizer.encode_batch([text[:LONGEST] for text in texts[at : at + _BATCH]], add_special_tokens=False)
            for row, tokens in enumerate(encoded, at):
                if tokens.ids:
                    # Each text by itself, without padding: its vector does not depend on what else is embedded with it.
                    mean = weights[tokens.ids].astype(np.float32).mean(axis=0)
                    length = np.linalg.norm(mean)
                    result[row] = mean / length if length else mean
        return result

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        """The tokenizer, and the float16 weights of shape (vocabulary, dimensions)."""
        from safetensors import safe_open
        from tokenizers import Tokenizer

        spec = find_spec("wordllama")
        folder = Path(str(spec.origin)).parent if spec and spec.origin else Path()
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
            with safe_open(folder / "weights" / "l2_supercat_256.safetensors", framework="np") as file:
                weights = file.get_tensor("embedding.weight")
        except Exception as error:  # the tokenizer's loader raises bare Exception
            raise IncompleteError(
                f"the embedding model in {str(folder)!r} cannot be loaded: {error}.", hint="Install wordllama again."
            ) from None
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer, weights
