"""Results tables that set the artifact beside other systems: one row becomes one sentence.

Two layouts are read: systems as columns ("Benchmark | Other-7B | Own-7B"), and systems as rows below one another. Every number of the
sentence stands in a cited row, every name in the row or its header row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.domain.document import Block, Document
from agent.domain.proposal import ClaimProposal, QuoteRef, Subject
from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.claims.names import fold_name, named_systems
from agent.engines.extractive.statements.plain import plain

__all__ = ["table_comparisons"]

_CELL = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"^[~≈<>]?\s*-?\d+(?:[.,]\d+)*\s*(?:%|x|×|[KMB]|ms|GB|MB|GiB)?$")
_SMALL_PRINT = re.compile(r"<(sub|sup)\b[^>]*>.*?(?:</?\1>|\Z)|\([^()]*\)|<br\s*/?>.*", re.I | re.S)
_METRIC = re.compile(
    r"\b(?:acc\w*|top-?\s?\d|map|ap|ar|score|f1|bleu\w*|cider|rouge\w*|wer|cer|ppl|perplexity|em|anls|miou|iou|fid|elo|average|avg|"
    r"pass@\d+|"
    r"throughput|tokens/s|resolved|fad)\b",
    re.I,
)
_LABEL = re.compile(r"^(?:model|models|method|methods|system|name|approach|benchmark|dataset|task|metric|library|framework)s?$", re.I)
_ROW_LABEL = re.compile(r"benchmark|dataset|task|metric|test|eval|data|subset|split|measure", re.I)
_PER_TABLE = 3
_OTHERS = 3


@dataclass(frozen=True, slots=True)
class _Table:
    document: Document
    header: tuple[int, int]
    columns: tuple[str, ...]
    rows: tuple[tuple[Block, tuple[str, ...]], ...]


def table_comparisons(subject: Subject, setting: Setting) -> list[ClaimProposal]:
    """Claims from the subject's results tables, at most three of a table, in the order of the documents."""
    found: list[ClaimProposal] = []
    for table in _tables(subject):
        found += [*_by_columns(table, setting), *_by_rows(table, setting)][:_PER_TABLE]
    return found


def _tables(subject: Subject) -> Iterator[_Table]:
    for document in subject.documents:
        grouped: dict[tuple[int, int], list[Block]] = {}
        for block in subject.blocks.get(document.id, []):
            if block.kind == "table_row" and block.header is not None and block.skip is None:
                grouped.setdefault(block.header, []).append(block)
        for header, blocks in grouped.items():
            columns = _cells(document.text[header[0] : header[1]])
            rows = tuple((block, _cells(document.text[block.start : block.end])) for block in blocks)
            if len(columns) >= 2:
                yield _Table(document, header, columns, rows)


def _cells(source: str) -> tuple[str, ...]:
    """A row's cells in plain words, small print (sub- and superscripts, brackets, second lines) left out."""
    inner = source.strip()
    inner = inner.removeprefix("|").removesuffix("|")
    return tuple(plain(_SMALL_PRINT.sub("", cell)).strip(" *_:") for cell in _CELL.split(inner))


def _system(cell: str, setting: Setting) -> str | None:
    """The other system a cell names as a whole ("GPT-4o"), or None."""
    if not 2 <= len(cell) <= 40 or len(cell.split()) > 4 or _METRIC.search(cell) or _LABEL.match(cell) or setting.names_itself(cell):
        return None
    if not re.search(r"\d|[a-z][A-Z]|^[A-Z]{3,}|-[A-Z]", cell) and not setting.related_in(cell):
        return None
    names = named_systems(cell, setting.own, sentence_start=False)
    return cell if names and fold_name(names[0]) in fold_name(cell) else None


def _own(cell: str, setting: Setting) -> bool:
    return (
        bool(cell)
        and len(cell.split()) <= 5
        and any(fold_name(cell).startswith(fold_name(name)) for name in setting.own_names if len(fold_name(name)) >= 3)
    )


def _by_columns(table: _Table, setting: Setting) -> list[ClaimProposal]:
    own = [at for at, cell in enumerate(table.columns) if at and _own(cell, setting)]
    others = [at for at, cell in enumerate(table.columns) if at and _system(cell, setting)]
    if not own or not others or (table.columns[0] and not _ROW_LABEL.search(table.columns[0])):
        return []
    rows = []
    for block, cells in table.rows:
        if len(cells) <= max(own[0], min(others)) or not _benchmark(cells[0]) or _own(cells[0], setting):
            continue
        if not (_NUMBER.match(cells[1]) or cells[1] in {"", "-", "–", "—"}) and not _system(table.columns[1], setting):
            continue  # a second label column: the first alone does not name the row
        given = [at for at in others if at < len(cells) and _NUMBER.match(cells[at])][:_OTHERS]
        if given and _NUMBER.match(cells[own[0]]):
            rows.append((block, cells, given))
    rows.sort(key=lambda row: (-len(row[2]), row[0].start))  # the rows that compare with most systems
    return [
        _claim(
            table,
            [block],
            f"On {cells[0]}, {table.columns[own[0]]} scores {cells[own[0]]}",
            [(table.columns[at], cells[at]) for at in given],
        )
        for block, cells, given in rows[:_PER_TABLE]
    ]


def _benchmark(cell: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", cell)) and len(cell.split()) <= 5 and len(cell) <= 40


def _by_rows(table: _Table, setting: Setting) -> list[ClaimProposal]:
    own = [(block, cells) for block, cells in table.rows if _own(cells[0], setting)]
    others = [(block, cells, name) for block, cells in table.rows if (name := _system(cells[0], setting))]
    metric = next((at for at, cell in enumerate(table.columns) if at and re.search(r"\b(?:average|avg|overall)\b", cell, re.I)), None)
    if metric is None:
        metric = next((at for at, cell in enumerate(table.columns) if at and _METRIC.search(cell)), None)
    if not own or not others or metric is None or len(own) > 12:
        return []
    best = _numeric(own, metric)
    rivals = [(block, cells, name) for block, cells, name in others if metric < len(cells) and _NUMBER.match(cells[metric])][:2]
    if best is None or not rivals:
        return []
    block, cells = best
    label = " ".join(table.columns[metric].split())
    opening = f"{label[:1].upper()}{label[1:]} is {cells[metric]} for {cells[0]}"
    return [_claim(table, [*(rival[0] for rival in rivals), block], opening, [(name, rival[metric]) for _, rival, name in rivals])]


def _numeric(rows: Sequence[tuple[Block, tuple[str, ...]]], metric: int) -> tuple[Block, tuple[str, ...]] | None:
    return next(((block, cells) for block, cells in rows if metric < len(cells) and _NUMBER.match(cells[metric])), None)


def _claim(table: _Table, blocks: list[Block], opening: str, others: list[tuple[str, str]]) -> ClaimProposal:
    values = [f"{value} for {name}" for name, value in others]
    against = values[0] if len(values) == 1 else ", ".join(values[:-1]) + " and " + values[-1]
    spans = [(block.start, block.end) for block in blocks] + [table.header]
    quotes = [QuoteRef(document_id=table.document.id, quote=table.document.text[start:end], start=start, end=end) for start, end in spans]
    return ClaimProposal(
        kind="vs_alternatives", text=f"{opening}, against {against}.", quotes=quotes, alternatives=[name for name, _ in others]
    )
