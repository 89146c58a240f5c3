import pytest

from agent.domain.artifact import Manifest
from agent.engines.extractive.statements.standalone import Leaning, Names, stand_alone

NAMES = Names.of(Manifest(slug="lumen", name="Lumen", type="library"))


def printed(text: str, *, after_own: bool = False, opening: bool = False) -> str | None:
    return stand_alone(text, Leaning(NAMES, after_own=after_own, opening=opening))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This library supports dimming", "Lumen supports dimming."),
        ("Our library also provides timers.", "Lumen also provides timers."),
        ("You can switch lamps by voice.", "Lumen lets you switch lamps by voice."),
        ("We provide timers for every room.", "Lumen provides timers for every room."),
        ("If you want to dim a lamp slowly, you can run:", "Lumen lets you dim a lamp slowly."),
        ("To dim a lamp slowly, use the following command:", "Lumen lets you dim a lamp slowly."),
        ("Additionally, lamps can be grouped by room.", "Lamps can be grouped by room."),
        ("Lumen runs on many boards, including the following models:", "Lumen runs on many boards."),
        ("We tested lamps in three rooms.", "The makers of Lumen tested lamps in three rooms."),
        ("vLamp drives lamps without a hub", "vLamp drives lamps without a hub."),
        ("We provide timers in the package @lumen/timer.", "Lumen provides timers in the package @lumen/timer."),
        ("You can start @lumen/server by hand.", "Lumen lets you start @lumen/server by hand."),
        ('Long names end in "…"', 'Long names end in "…".'),
        ("Yes, lamps remember their colour.", "Lamps remember their colour."),
    ],
)
def test_references_to_the_artifact_become_its_name(text: str, expected: str) -> None:
    assert printed(text) == expected


def test_a_pronoun_is_resolved_only_after_a_sentence_about_the_artifact() -> None:
    assert printed("It supports dimming.", after_own=True) == "Lumen supports dimming."
    assert printed("It supports dimming.") is None


@pytest.mark.parametrize(
    "text",
    [
        "These are then sent to the hub.",
        "Click the button and open the settings.",
        "See the manual for details.",
        "To learn more about lamps, visit the guide.",
        "lamp = Lumen(); lamp.on()",
        "Lamps | Price | Size",
        "As shown in Figure 3, lamps glow.",
        "The lamp from https://lamps.example glows.",
        "Are the lamps safe?",
        "Ada Lumen, Bo Watt, Cy Ohm, Di Volt, Ed Hertz",
        "Support is coming soon.",
        "and more",
    ],
)
def test_what_leans_on_the_page_is_refused(text: str) -> None:
    assert printed(text) is None


def test_printing_twice_changes_nothing() -> None:
    once = printed("This library supports dimming")
    assert once is not None and printed(once) == once


@pytest.mark.parametrize(
    "text", ["(or by the command line of the lamp)", "If the lamp is off, timers wait.", "While others wait, Lumen dims."]
)
def test_asides_and_conditions_are_refused(text: str) -> None:
    assert printed(text) is None
