"""The page of a draft, before any format: sections of cited sentences, sources, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.domain.draft import Draft, DraftBlock, DraftSection
from agent.output.capability_view import Sentence, sentence_case
from agent.output.citations import Citations, Source
from agent.output.clean import one_line
from agent.output.comparison_view import RowView, row_view
from agent.output.excerpts import Excerpts, no_excerpts
from agent.output.options import PageOptions


@dataclass(frozen=True)
class BlockView:
    """A paragraph or an item; `side` is "a" or "b" where it is one artifact's."""

    form: str
    label: str
    side: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class SectionView:
    key: str
    anchor: str
    title: str
    side: str
    blocks: tuple[BlockView, ...]
    rows: tuple[RowView, ...]
    note: str

    @property
    def items(self) -> bool:
        """Whether the section is a list."""
        return bool(self.blocks) and all(block.form == "item" for block in self.blocks)


@dataclass(frozen=True)
class Omitted:
    """A sentence that was left out, where it would have stood, and why."""

    section: str
    text: str
    reason: str


@dataclass(frozen=True)
class DraftView:
    title: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    sections: tuple[SectionView, ...]
    sources: tuple[Source, ...]
    omitted: tuple[Omitted, ...]
    missing: tuple[str, ...]
    footer: str


@dataclass(frozen=True)
class DraftPage:
    """What a draft's page is made of. `names` maps slugs of cited artifacts to their names."""

    draft: Draft
    excerpts: Excerpts = no_excerpts
    names: Mapping[str, str] | None = None

    def view(self, options: PageOptions) -> DraftView:
        """The page; what was left out is listed where whole quotes are asked for (`--verbose`)."""
        made = self.draft
        names = {**(self.names or {}), **{head.slug: head.name for head in made.artifacts}}
        citations = Citations({d.id: d for d in made.documents}, self.excerpts, names)
        sections = tuple(self._section(section, citations) for section in made.sections)
        titles = {section.key: section.title for section in made.sections}
        return DraftView(
            title=one_line(made.title),
            names=tuple(one_line(head.name) for head in made.artifacts),
            kinds=tuple(head.type for head in made.artifacts),
            sections=sections,
            sources=tuple(citations.sources),
            omitted=tuple(Omitted(titles[o.section], one_line(o.text), one_line(o.reason)) for o in made.left_out)
            if options.full_quotes
            else (),
            missing=tuple(map(one_line, made.missing)),
            footer=_footer(made),
        )

    def _section(self, section: DraftSection, citations: Citations) -> SectionView:
        return SectionView(
            key=section.key,
            anchor=f"{section.key}-{section.artifact}" if section.artifact and len(self.draft.artifacts) > 1 else section.key,
            title=one_line(section.title),
            side=self._side(section.artifact),
            blocks=tuple(self._block(block, citations) for block in section.blocks),
            rows=tuple(row_view(row, citations) for row in section.rows),
            note=one_line(section.note),
        )

    def _block(self, block: DraftBlock, citations: Citations) -> BlockView:
        return BlockView(
            form=block.form,
            label=sentence_case(one_line(block.label)) if block.label else "",
            side=self._side(block.artifact),
            sentences=tuple(Sentence(citations.attributed(s.text, [s], s.artifact), citations.cite(s.evidence)) for s in block.sentences),
        )

    def _side(self, slug: str | None) -> str:
        slugs = [head.slug for head in self.draft.artifacts]
        return "ab"[slugs.index(slug)] if slug in slugs and len(slugs) > 1 else ""


def _footer(made: Draft) -> str:
    engine = f"{made.engine.name} writer {made.engine.version}" + (f" with {made.engine.model}" if made.engine.model else "")
    count = sum(1 for _ in made.sentences())
    left = f"; {len(made.left_out)} left out (--verbose lists them)" if made.left_out else ""
    return f"Draft {made.version}, {made.sha256[:12]}, as of {made.as_of}. {count} sentences, each with its quote{left}; {engine}."
