"""Packs hold every passage once, within the budget, and stand still where nothing changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.document import Document, Passage
from agent.domain.proposal import Subject
from agent.engines.llm.packs import Pack, packs_of

sections = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5)), min_size=1, max_size=40)


def _subject(*documents: list[tuple[str, list[str]]]) -> Subject:
    """Documents of sections (heading, paragraphs); each paragraph is a passage."""
    made, passages = [], []
    for number, document in enumerate(documents):
        text, spans = "", []
        for heading, paragraphs in document:
            for paragraph in paragraphs:
                spans.append((heading, len(text), len(text) + len(paragraph)))
                text += paragraph + "\n\n"
        identity = f"doc{number}"
        made.append(
            Document(
                id=identity,
                artifact="a",
                uri=f"{number}.md",
                title=f"{number}.md",
                origin="documentation",
                media_type="text/markdown",
                sha256=sha256(text),
                text_sha256=sha256(text),
                reader="r",
                language="en",
                text=text,
                fetched_at="2026-01-01",
            )
        )
        passages += [
            Passage(
                id=sha256(f"{identity} {a} {b}")[:16],
                document_id=identity,
                start=a,
                end=b,
                heading_path=("Top", h),
                sha256=sha256(h + text[a:b]),
            )
            for h, a, b in spans
        ]
    return Subject(manifest=Manifest(slug="a", name="A", type="library"), documents=made, blocks={}, passages=passages)


def _document(shape: list[tuple[int, int]], salt: str = "") -> list[tuple[str, list[str]]]:
    """Sections by shape: (words in hundreds, paragraphs)."""
    return [
        (f"Section {at}{salt}", [f"{salt}{at}.{n} " + "word " * (40 + 30 * size) for n in range(count)])
        for at, (size, count) in enumerate(shape)
    ]


def _texts(pack: Pack) -> tuple[str, ...]:
    return tuple(part.text for part in pack.parts)


@given(st.lists(sections, min_size=1, max_size=3))
def test_every_passage_is_in_exactly_one_pack_in_order_and_within_the_budget(shapes: list[list[tuple[int, int]]]) -> None:
    subject = _subject(*[_document(shape, salt) for salt, shape in zip("abc", shapes, strict=False)])
    packs = packs_of(subject, most=600, least=120)
    assert [part.passage for pack in packs for part in pack.parts] == subject.passages
    assert all(pack.tokens <= 600 or len(pack.parts) == 1 for pack in packs)


@given(sections, st.data())
def test_one_changed_section_leaves_all_packs_but_those_that_hold_it(shape: list[tuple[int, int]], data: st.DataObject) -> None:
    document = _document(shape)
    at = data.draw(st.integers(0, len(document) - 1))
    heading, paragraphs = document[at]
    changed = [*document[:at], (heading, [text.replace("word", "term") for text in paragraphs]), *document[at + 1 :]]
    before, after = (packs_of(_subject(one), most=600, least=120) for one in (document, changed))
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        holds = any(part.passage.heading_path[-1] == heading for part in old.parts)
        assert holds or (_texts(old) == _texts(new) and old.fence == new.fence)


def test_a_section_that_grows_changes_few_packs() -> None:
    """The longer section may cut elsewhere near itself; far from it every pack is as it was."""
    total = changed = 0
    for at in range(60):
        document = _document([((3 * n) % 5, 1 + n % 3) for n in range(60)])
        longer = list(document)
        longer[at] = (document[at][0], [*document[at][1], "new " + "word " * 90])
        before = {_texts(pack) for pack in packs_of(_subject(document), most=900, least=180)}
        after = [_texts(pack) for pack in packs_of(_subject(longer), most=900, least=180)]
        fresh = [texts for texts in after if texts not in before]
        assert 1 <= len(fresh) <= 5
        total += 1
        changed += len(fresh)
    assert changed / total < 1.8


@given(sections)
def test_halves_are_the_pack_and_neither_is_empty(shape: list[tuple[int, int]]) -> None:
    (pack,) = packs_of(_subject(_document(shape)), most=10**9)
    halves = pack.halves()
    if halves is None:
        assert len(pack.parts) == 1
    else:
        assert halves[0].parts + halves[1].parts == pack.parts and all(half.parts for half in halves)


def test_cuts_fall_between_documents_where_they_can() -> None:
    subject = _subject(_document([(3, 4)] * 4, "a"), _document([(3, 4)] * 4, "b"))
    packs = packs_of(subject, most=4_000, least=500)
    assert [pack.titles for pack in packs] == ["0.md", "1.md"]
