"""Which capability of a new version is which of an earlier one."""

from __future__ import annotations

from agent.pipeline.identity import Quoted, assign
from agent.store.decompositions import KnownCapability

QUOTE = "Loom weaves cloth of any width."


def known(uri: str, name: str, start: int = 0, quote: str = QUOTE, document: str = "d1", current: bool = True) -> KnownCapability:
    return KnownCapability(uri, f"id of {uri}", name, (("u", document, start, start + len(quote), quote),), current)


def quoted(start: int = 0, quote: str = QUOTE, document: str = "d1") -> list[Quoted]:
    return [Quoted("u", document, start, start + len(quote), quote)]


def test_the_first_version_names_its_uris() -> None:
    given = assign("loom", [("Weaving cloth", quoted()), ("Weaving  Cloth!", quoted(100)), ("織物", quoted(200))], [])
    assert [uri for _, uri in given] == [
        "capability://loom/weaving-cloth", "capability://loom/weaving-cloth-2", "capability://loom/capability",
    ]  # fmt: skip
    assert len({identity for identity, _ in given}) == 3


def test_half_of_the_shorter_quote_is_enough_and_less_is_not() -> None:
    half = len(QUOTE) // 2 + 1
    before = [known("capability://loom/old", "Old name")]
    assert assign("loom", [("New", quoted(len(QUOTE) - half))], before)[0] == ("id of capability://loom/old", "capability://loom/old")
    assert assign("loom", [("New", quoted(half + 5))], before)[0][1] == "capability://loom/new"


def test_across_versions_of_a_document_words_count_and_places_do_not() -> None:
    before = [known("capability://loom/old", "Old", start=10)]
    assert assign("loom", [("New", quoted(900, document="d2"))], before)[0][1] == "capability://loom/old"
    assert assign("loom", [("New", quoted(10, "Something else entirely, friends", "d2"))], before)[0][1] == "capability://loom/new"


def test_an_equal_name_is_enough() -> None:
    before = [known("capability://loom/weaving-cloth", "weaving_cloth", start=5000)]
    assert assign("loom", [("Weaving Cloth", quoted())], before)[0][1] == "capability://loom/weaving-cloth"


def test_matching_is_one_to_one_and_prefers_the_current() -> None:
    before = [known("capability://loom/a-gone", "Gone", current=False), known("capability://loom/b-here", "Here")]
    given = [uri for _, uri in assign("loom", [("One", quoted()), ("Two", quoted()), ("Three", quoted())], before)]
    assert given == ["capability://loom/b-here", "capability://loom/a-gone", "capability://loom/three"]


def test_a_new_capability_never_takes_a_withdrawn_ones_uri() -> None:
    before = [known("capability://loom/fast-weaving", "Quick weaving", start=5000, current=False)]
    assert assign("loom", [("Fast weaving", quoted())], before)[0][1] == "capability://loom/fast-weaving-2"
