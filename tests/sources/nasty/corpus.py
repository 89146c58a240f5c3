"""All nasty documents of our own making, by name, each with what reading it must give."""

from __future__ import annotations

from tests.sources.nasty import contents, forms
from tests.sources.nasty.contents import ORDERS
from tests.sources.nasty.document import DOCUMENTS, Nasty

__all__ = ["DOCUMENTS", "ORDERS", "Nasty", "contents", "forms"]
