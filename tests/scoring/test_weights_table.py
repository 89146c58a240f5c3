"""The table of weights and anchors is data that must hold together."""

from __future__ import annotations

from typing import get_args

from agent.domain.artifact import ArtifactType
from agent.scoring.table import COMPONENTS, load_table


def test_every_type_has_a_row_and_the_points_are_100() -> None:
    table = load_table()
    assert set(table.types) == set(get_args(ArtifactType))
    assert sum(table.components[name].weight for name in COMPONENTS) == 100


def test_every_number_has_a_reason_and_anchors_are_in_order() -> None:
    table = load_table()
    assert all(part.reason for part in table.components.values())
    for row in table.types.values():
        for anchors in (*row.adoption.values(), row.match_graph, *row.ecosystem.values()):
            assert 0 <= anchors.low < anchors.high
            assert anchors.reason
        for count in row.adoption.values():
            assert count.source.startswith("https://")
        for age in row.freshness.values():
            assert age.half_life > 0
            assert age.reason


def test_libraries_and_frameworks_are_one_kind_with_one_table() -> None:
    table = load_table()
    assert table.kind("library") == table.kind("framework") != table.kind("model")
    assert table.types["library"] == table.types["framework"]
