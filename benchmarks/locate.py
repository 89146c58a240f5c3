"""Quote location: 10,000 quotes against 1 MB, growth with the text, and adversarial quotes against ordinary ones."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from agent.grounding.locate import Locator
from agent.text.fold import folded_text

LIMIT_SECONDS = 2.0
LIMIT_RATIO = 10.0


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a limit is missed. `--corpus DIR` takes the text from Markdown files instead of made-up words."""
    parser = argparse.ArgumentParser(prog="measure locate", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a folder whose Markdown files make the text")
    options = parser.parse_args(argv)
    draw = random.Random(20)
    text = _files(options.corpus) if options.corpus else _prose(1_000_000, draw)
    print(f"text: {len(text):,} characters")

    quotes = _quotes(text, 10_000, draw)
    locator = Locator(text)
    hits = sum(locator.locate(quote) is not None for quote in quotes)
    seconds = min(_ordinary_run(text, quotes) for _ in range(3))
    print(
        f"10,000 quotes, half of them changed in one letter: {seconds:.2f} s (best of three), folding and index included; {hits:,} located"
    )

    for size in (250_000, 500_000, 1_000_000):
        print(f"  {size // 1000:5} kB: {_ordinary_run(text[:size], quotes):.2f} s")

    worst = max(_ratios(text, draw))
    print(f"slowest adversarial quote: {worst:.1f} times an ordinary one of its length")
    return 0 if seconds < LIMIT_SECONDS and worst < LIMIT_RATIO else 1


def _ordinary_run(text: str, quotes: Sequence[str]) -> float:
    folded_text.cache_clear()  # else the second run folds no quote
    before = time.perf_counter()
    locator = Locator(text)
    for quote in quotes:
        locator.locate(quote)
    return time.perf_counter() - before


def _ratios(text: str, draw: random.Random) -> list[float]:
    """How much slower each adversarial quote is than an ordinary one of the same length in the ordinary text."""
    ordinary = Locator(text)
    ordinary.locate(text[1000:1100])
    size = len(text)
    repeated = {"one letter": "a" * size, "two letters": "ab" * (size // 2), "one sentence": "It reads one page. " * (size // 19)}
    ratios = []
    for length in (100, 1_000, 10_000):
        usual = _each(ordinary, [text[at : at + length] for at in draw.sample(range(size - length), 40)])
        print(f"quotes of {length:,}: ordinary {usual * 1e6:.0f} us")
        misses = {
            "long near miss": (ordinary, [text[at : at + length - 1] + "\u00a4" for at in draw.sample(range(size - length), 40)]),
            "miss in the middle": (
                ordinary,
                [
                    text[at : at + length // 2] + "\u00a4" + text[at + length // 2 + 1 : at + length]
                    for at in draw.sample(range(size - length), 40)
                ],
            ),
        }
        for name, source in repeated.items():
            locator = Locator(source)
            locator.locate(source[:100] + "?")
            part = source[:length]
            misses[f"repeated prefix, {name}"] = (locator, [part[:-1] + "#"])
            misses[f"repeated suffix, {name}"] = (locator, ["#" + part[1:]])
            misses[f"repeated around a miss, {name}"] = (locator, [part[: length // 2] + "#" + part[length // 2 + 1 :]])
            misses[f"repeated, present, {name}"] = (locator, [part])
        for name, (locator, quotes) in misses.items():
            ratios.append(_each(locator, quotes) / usual)
            print(f"  {name}: {ratios[-1]:.1f} x")
    return ratios


def _each(locator: Locator, quotes: Sequence[str]) -> float:
    """Seconds for one quote, the best of five rounds; a changed last letter keeps a cache from answering for it."""
    rounds = []
    for number in range(5):
        fresh = [quote[:-1] + quote[-1:] + " " * number for quote in quotes]
        before = time.perf_counter()
        for quote in fresh:
            locator.locate(quote)
        rounds.append((time.perf_counter() - before) / len(fresh))
    return min(rounds)


def _quotes(text: str, count: int, draw: random.Random) -> list[str]:
    quotes = []
    for number in range(count):
        length = draw.randint(30, 300)
        at = draw.randrange(len(text) - length)
        quote = text[at : at + length]
        quotes.append(quote if number % 2 else quote[: length // 2] + "\u00a4" + quote[length // 2 + 1 :])
    return quotes


def _prose(size: int, draw: random.Random) -> str:
    """Made-up Markdown: words of a Zipf-like vocabulary in sentences, with marks, links and typographic quotes."""
    syllables = ["re", "to", "ka", "mi", "lon", "der", "sta", "ve", "qui", "per", "an", "os", "tri", "el"]
    words = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(4000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    parts: list[str] = []
    length = 0
    while length < size:
        sentence = draw.choices(words, weights, k=draw.randint(6, 24))
        place = draw.randrange(len(sentence))
        sentence[place] = draw.choice(["**{}**", "`{}`", "[{}](https://example.org/x)", "\u201c{}\u201d", "{}"]).format(sentence[place])
        line = " ".join(sentence).capitalize() + draw.choice([". ", ".\n", ".\n\n"])
        parts.append(line)
        length += len(line)
    return "".join(parts)[:size]


def _files(folder: Path) -> str:
    text = ""
    for file in sorted(folder.rglob("*.md")):
        text += file.read_text(encoding="utf-8", errors="replace")
    return text[:1_000_000]


if __name__ == "__main__":
    sys.exit(main())
