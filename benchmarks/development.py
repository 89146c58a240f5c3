"""The development annotations: what careful readers list of 35 corpus artifacts, kept as offsets so that no documentation is copied.

    python3 dev.py measure development unpack --out benchmarks/out/development       offsets -> golden form, quotes taken from the corpus
    python3 dev.py measure development pack --annotations DIR [--second DIR]         golden form -> benchmarks/development/*.yaml

Ten artifacts have a second reader (SLUG.second.yaml). Rules and weights may be developed on these; the golden artifacts are only measured.
`unpack` writes what capabilities.py and train_ranker.py read as `--golden`; entries of a second reader join those of the first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from agent.grounding.locate import Locator
from agent_sources.readers.registry import media_type_of, read

HERE = Path(__file__).parent / "development"
PARTS = ("capabilities", "unique", "alternatives", "limitations")


@lru_cache(maxsize=256)
def text_of(path: Path) -> str:
    """A corpus file's text as the program reads it."""
    return read(path.read_bytes(), media_type_of(path.name), path.name).text


def mapped(data: dict[str, Any], evidence: Callable[[dict[str, Any]], dict[str, Any] | None]) -> dict[str, Any]:
    """An annotation file with each evidence entry replaced; None drops it."""
    parts = {
        part: [
            {**entry, "evidence": [new for old in entry.get("evidence") or [] if (new := evidence(old))]} for entry in data.get(part) or []
        ]
        for part in PARTS
    }
    return {"slug": data["slug"], "type": data.get("type"), **parts}


def packed(data: dict[str, Any], corpus: Path) -> dict[str, Any]:
    """Quotes as places: {file, start, end} in the text the program reads; a quote that stands nowhere is dropped."""

    def place(entry: dict[str, Any]) -> dict[str, Any] | None:
        found = Locator(text_of(corpus / data["slug"] / entry["file"])).locate(entry["quote"])
        return {"file": entry["file"], "start": found[0], "end": found[1]} if found else None

    return mapped(data, place)


def unpacked(data: dict[str, Any], corpus: Path) -> dict[str, Any]:
    """Places as quotes."""

    def quote(entry: dict[str, Any]) -> dict[str, Any]:
        text = text_of(corpus / data["slug"] / entry["file"])
        return {"file": entry["file"], "quote": text[entry["start"] : entry["end"]]}

    return mapped(data, quote)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure development", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("--annotations", type=Path)
    parser.add_argument("--second", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/development"))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    options = parser.parse_args(argv)
    if options.what == "pack":
        if options.annotations is None:
            parser.error("pack needs --annotations DIR, a folder of files in golden form")
        for folder, suffix in ((options.annotations, ".yaml"), (options.second, ".second.yaml")):
            for path in sorted(folder.glob("*.yaml")) if folder else []:
                _write(HERE / (path.stem + suffix), packed(_load(path), options.corpus))
        return 0
    for path in sorted(p for p in HERE.glob("*.yaml") if not p.name.endswith(".second.yaml")):
        data = unpacked(_load(path), options.corpus)
        second = path.with_suffix(".second.yaml")
        if second.exists():
            more = unpacked(_load(second), options.corpus)
            data |= {part: data[part] + more[part] for part in PARTS}
        _write(options.out / path.name, data)
    print(f"{len(list(options.out.glob('*.yaml')))} annotated artifacts in {options.out}")
    return 0


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=160), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
