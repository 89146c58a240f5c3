"""Which language a document is in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from agent_sources.language import language_of
from agent_sources.structure import blocks_of

ENGLISH = "The lamp is bright enough for a small room, and it can be dimmed with the wheel on the side of the base. " * 3
FRENCH = "La lampe éclaire une petite pièce et son intensité se règle avec la molette qui se trouve sur le côté du socle. " * 3
JAPANESE = "このランプは小さな部屋を明るく照らし、台座の側面にあるダイヤルで明るさを調節できます。" * 8


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (JAPANESE, "ja"),
        ("Kurz.", "en"),
        ("```python\n" + FRENCH + "\n```\n\n" + ENGLISH, "en"),
        ("# Lampe\n\n" + FRENCH + "\n\n```\n" + ENGLISH + "\n```\n", "fr"),
        ("- [Les lampes](https://example.org/the-and-of-to-with-for-that)\n\n" + FRENCH, "fr"),
    ],
)
def test_prose_tells_the_language_and_code_does_not(text: str, language: str) -> None:
    assert language_of(text, blocks_of(text, "text/markdown")) == language


def test_plain_english_needs_no_model() -> None:
    script = (
        "import sys; from agent_sources.language import language_of; from agent_sources.structure import blocks_of\n"
        f"print(language_of({ENGLISH!r}, blocks_of({ENGLISH!r}, 'text/markdown')), 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["en", "False"]
