"""On real documentation: true sentences pass, falsified ones do not."""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.domain.proposal import ClaimProposal, QuoteRef, Subject
from agent.grounding import Grounder
from agent.grounding.reading import clean
from agent.text.sentences import sentence_spans
from agent_sources.structure import blocks_of

REFERENCE = Path(os.environ.get("AGENT_REFERENCE", Path(__file__).resolve().parents[2].parent / "shared"))


def _subject(file: Path) -> Subject:
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    document = Document(
        id="doc", artifact="any", uri=file.name, title=file.name, origin="documentation", media_type="text/markdown", sha256=sha256(text),
        text_sha256=sha256(text), reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="any", name="Any artifact", type="library")
    return Subject(manifest=manifest, documents=[document], blocks={"doc": blocks_of(text, "text/markdown")}, passages=[])


def _falsified(text: str, draw: Random) -> list[str]:
    changed = [f"{text.rstrip('.')} better than Zephyr-7."]
    for old, new in (
        (" is ", " is not "),
        (" are ", " are not "),
        (" can ", " cannot "),
        (" not ", " "),
        (" some ", " all "),
        (" the ", " the best "),
    ):
        if old in text:
            changed.append(text.replace(old, new, 1))
    digit = next((c for c in text if c.isdigit()), "")
    if digit and not any(c.isalpha() for c in text[max(0, text.index(digit) - 2) : text.index(digit)]):
        changed.append(text.replace(digit, draw.choice([d for d in "123456789" if d != digit]), 1))
    return changed


@pytest.mark.corpus
def test_true_sentences_pass_and_falsified_ones_do_not() -> None:
    folder = REFERENCE / "corpus"
    if not folder.is_dir():
        pytest.skip("the reference corpus is not beside the checkout (AGENT_REFERENCE)")
    draw = Random(3)
    true: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for file in draw.sample(sorted(folder.glob("*/*.md")), 25):
        subject = _subject(file)
        grounder = Grounder(subject)
        source = subject.documents[0].text
        spans = [
            span
            for block in subject.blocks["doc"]
            if block.kind == "paragraph" and not block.skip
            for span in sentence_spans(source, block.start, block.end)
            if 6 <= len(clean(source[slice(*span)]).split()) <= 30 and source[span[1] - 1] == "."
        ]
        for start, end in draw.sample(spans, min(6, len(spans))):
            quote = [QuoteRef(document_id="doc", quote=source[start:end], start=start, end=end)]
            text = clean(source[start:end])
            true[grounder.claim(ClaimProposal(kind="summary", text=text, quotes=quote)).status] += 1
            for wrong in _falsified(text, draw):
                false[grounder.claim(ClaimProposal(kind="summary", text=wrong, quotes=quote)).status] += 1
    assert true["supported"] >= 0.98 * true.total() > 50
    assert false["supported"] <= 0.02 * false.total() > 2
