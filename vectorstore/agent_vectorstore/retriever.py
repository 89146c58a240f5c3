"""The index behind LangChain's retriever interface, so that it can stand in anyone's chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from agent_vectorstore.results import Hit


class PassageRetriever(BaseRetriever):
    """Gives the passages that `find` finds for a question, best first, with where they stand as metadata.

    `metadata`: artifact, type, title, uri, origin, document_id, start, end (code points of the document's text), heading_path (list of
    titles), score and ranks. The text is the document's own, [start, end) of it.
    """

    find: Callable[[str], Sequence[Hit]]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002
        return [as_document(hit) for hit in self.find(query)]


def as_document(hit: Hit) -> Document:
    """A hit as LangChain passes it on."""
    one = hit.passage
    return Document(
        id=one.id,
        page_content=one.text,
        metadata={
            "artifact": one.artifact,
            "type": one.type,
            "title": one.title,
            "uri": one.uri,
            "origin": one.origin,
            "document_id": one.document_id,
            "start": one.start,
            "end": one.end,
            "heading_path": list(one.heading_path),
            "score": hit.score,
            "ranks": dict(hit.ranks),
        },
    )
