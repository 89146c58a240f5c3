"""The measurements that guard a promise run in continuous integration at their small size."""

from __future__ import annotations

import pytest

from benchmarks import corpus, kill, nasty
from benchmarks.program import REFERENCE


@pytest.mark.slow
def test_a_killed_run_leaves_a_workspace_that_gives_the_same_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert kill.main(["--size", "small"]) == 0, capsys.readouterr().out


@pytest.mark.corpus
def test_every_corpus_artifact_is_decomposed_in_good_form(capsys: pytest.CaptureFixture[str]) -> None:
    if not (REFERENCE / "corpus").is_dir():
        pytest.skip(f"no reference corpus at {REFERENCE}: set AGENT_REFERENCE")
    assert corpus.main(["--show"]) == 0, capsys.readouterr().out


@pytest.mark.corpus
def test_artifacts_and_nasty_documents_stay_within_their_time_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    if not (REFERENCE / "corpus").is_dir():
        pytest.skip(f"no reference corpus at {REFERENCE}: set AGENT_REFERENCE")
    assert nasty.main(["--size", "small"]) == 0, capsys.readouterr().out
