"""What a model answers when it is asked for a page: strict forms, every field there."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Key = Literal["verdict", "what", "purpose", "shared", "only", "capabilities", "unique", "alternatives", "limitations", "choose"]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WrittenSentence(Form):
    """A sentence, or under "choose" a need, with the numbers of the statements it rests on."""

    text: str
    evidence: list[int]


class WrittenParagraph(Form):
    label: str
    sentences: list[WrittenSentence]


class WrittenSection(Form):
    key: Key
    side: Literal["A", "B", "both"]
    paragraphs: list[WrittenParagraph]


class Written(Form):
    sections: list[WrittenSection]
