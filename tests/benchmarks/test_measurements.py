"""The measurements that guard a promise run in continuous integration at their small size."""

from __future__ import annotations

import pytest

from benchmarks import corpus, index, kill, nasty, orchestration, retrieval
from benchmarks.program import REFERENCE


@pytest.mark.slow
def test_a_killed_run_leaves_a_workspace_that_gives_the_same_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert kill.main(["--size", "small"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_a_run_with_a_model_waits_for_the_model_alone_and_its_rerun_asks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert orchestration.main(["--size", "small", "--rounds", "1"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_a_small_index_is_complete_and_answers_as_exact_search_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert index.main(["--size", "small"]) == 0, capsys.readouterr().out


@pytest.mark.corpus
def test_fused_retrieval_is_not_worse_than_its_better_half_by_much(capsys: pytest.CaptureFixture[str]) -> None:
    """The measurement itself says whether the fused ranking is below either part anywhere; here only that it did not come apart."""
    if not (REFERENCE / "golden").is_dir():
        pytest.skip(f"no reference corpus at {REFERENCE}: set AGENT_REFERENCE")
    retrieval.main([])
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith(("within", "across"))]
    found = {(scope, mode): [float(figure) for figure in figures] for scope, mode, *figures in rows}
    for scope in ("within", "across"):
        for mode in ("dense", "lexical"):
            assert all(fused > part - 0.03 for fused, part in zip(found[scope, "fused"], found[scope, mode], strict=True))


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
