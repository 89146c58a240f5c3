"""Cold start: `agent decompose paligemma` in an empty workspace takes at most twice the embedder's floor.

The floor is a process that imports and loads the embedder and embeds as many passages of the same length as that command does.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from benchmarks.program import Program, interleaved, ratio, table, verdict
from benchmarks.sizes import SIZES, with_size

ALLOWED = 2.0
FLOOR = """
import sys
from pathlib import Path
import wordllama
from wordllama import WordLlama
texts = Path(sys.argv[1]).read_text(encoding="utf-8").split("\\0")
model = WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
model.embed(texts, norm=True)
"""


def embedded_texts(workspace: Path) -> list[str]:
    """What a workspace's database says was embedded: each passage under its heading path."""
    database = next(path for path in sorted(workspace.rglob("*")) if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3")
    query = """
        select min(p.heading_path), min(substr(d.text, p."start" + 1, p."end" - p."start")) from passages p
        join documents d on d.id = p.document_id join vectors v on v.sha256 = p.sha256 group by p.sha256 order by p.sha256"""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [" > ".join(json.loads(path)) + "\n" + text for path, text in connection.execute(query)]


def main(argv: list[str] | None = None) -> int:
    options = with_size("cold", __doc__).parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="agent-cold-") as folder:
        workspace, floor, texts = Path(folder) / "workspace", Path(folder) / "floor.py", Path(folder) / "texts"
        program = Program(workspace)
        program.run("decompose", "paligemma")
        passages = embedded_texts(workspace)
        floor.write_text(FLOOR, encoding="utf-8")
        texts.write_text("\0".join(passages), encoding="utf-8")

        def empty(_name: str) -> None:
            shutil.rmtree(workspace, ignore_errors=True)

        commands = {
            "agent decompose paligemma, cold": program.command("decompose", "paligemma"),
            "floor": [sys.executable, str(floor), str(texts)],
        }
        seconds = interleaved(commands, SIZES[options.size].runs, before=empty)
    print(table(seconds))
    print(f"passages embedded: {len(passages)}")
    return 0 if verdict("cold / floor", ratio(seconds, "agent decompose paligemma, cold", "floor"), ALLOWED) else 1


if __name__ == "__main__":
    raise SystemExit(main())
