"""The pipeline over a real store, with an engine and a grounder small enough to see through."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pipeline_fakes import CountingEmbedder, Hearing, comparable, make_pipeline, write_artifact, wrong

from agent.errors import AgentError, InputError, ManifestError, UnknownArtifact
from agent.pipeline.doctor.decompositions import quotes_in
from agent.pipeline.run import Pipeline

KETTLE = """# Kettle

## Boiling water

Kettle boils water in a minute. It whistles.

## Keeping tea warm

Kettle keeps tea warm for two hours. It uses a jacket.
"""
POT = "# Pot\n\n## Cooking soup\n\nPot cooks soup slowly. It is heavy.\n"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog"
    write_artifact(folder, "kettle", KETTLE, aliases="[Water Boiler]", variants="[Kettle Pro]", related="[{slug: pot}, {slug: absent}]")
    write_artifact(folder, "pot", POT)
    (folder / "CATALOG.yaml").write_text('as_of: "2020-02-02"\n', "utf-8")
    return folder


@pytest.fixture
def pipeline(tmp_path: Path, catalog: Path) -> Pipeline:
    return make_pipeline(tmp_path / "workspace", catalog)


def test_a_bundled_artifact_is_decomposed_in_an_empty_workspace(pipeline: Pipeline) -> None:
    made = pipeline.decompose("kettle")
    assert [capability.name for capability in made.capabilities] == ["Boiling water", "Keeping tea warm"]
    assert made.capabilities[0].uri == "capability://kettle/boiling-water"
    assert made.capabilities[0].intents == ["boiling water"]
    assert made.capabilities[0].vs_alternatives[0].alternatives == ["pot"]
    assert [head.artifact for head in made.documents] == ["kettle"]
    for evidence in quotes_in(made.model_dump()):
        assert pipeline.document(evidence["document_id"]).text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert wrong(pipeline) == []


def test_an_unchanged_rerun_returns_what_is_stored_without_the_engine(pipeline: Pipeline) -> None:
    first = pipeline.decompose("kettle")
    assert pipeline.decompose("kettle") == first
    assert pipeline.making.method.engine.calls == 1  # type: ignore[attr-defined]


def test_equal_inputs_give_equal_output_in_any_workspace(pipeline: Pipeline, tmp_path: Path, catalog: Path) -> None:
    pipeline.decompose("pot")
    other = make_pipeline(tmp_path / "other", catalog)
    write_artifact(tmp_path / "more", "spoon", "# Spoon\n\nSpoon stirs tea.\n")
    other.ingest(str(tmp_path / "more"))
    a, b = pipeline.decompose("kettle"), other.decompose("kettle")
    assert a.inputs_sha256 == b.inputs_sha256
    assert comparable(a.model_dump_json()) == comparable(b.model_dump_json())


def test_a_changed_document_gives_a_new_version_and_embeds_only_what_changed(tmp_path: Path, catalog: Path) -> None:
    embedder = CountingEmbedder()
    pipeline = make_pipeline(tmp_path / "workspace", catalog, embedder)
    first = pipeline.decompose("kettle")
    embedder.texts.clear()
    (catalog / "kettle" / "notes.md").write_text(KETTLE.replace("two hours", "three hours"), "utf-8")
    second = pipeline.decompose("kettle")
    assert len(embedder.texts) == 1
    assert "three hours" in embedder.texts[0]
    assert second.inputs_sha256 != first.inputs_sha256
    assert [c.uri for c in second.capabilities] == [c.uri for c in first.capabilities]
    (catalog / "kettle" / "notes.md").write_text(KETTLE, "utf-8")
    assert pipeline.decompose("kettle") == first
    assert len(embedder.texts) == 1


def test_a_changed_neighbour_gives_a_new_version(pipeline: Pipeline, catalog: Path) -> None:
    first = pipeline.decompose("kettle")
    (catalog / "pot" / "notes.md").write_text(POT + "\nPot browns onions.\n", "utf-8")
    assert pipeline.decompose("kettle").inputs_sha256 != first.inputs_sha256


def test_a_withdrawn_capability_keeps_its_uri_as_a_tombstone_and_gets_it_back(pipeline: Pipeline, catalog: Path) -> None:
    pipeline.decompose("kettle")
    (catalog / "kettle" / "notes.md").write_text(KETTLE.split("## Keeping")[0], "utf-8")
    pipeline.decompose("kettle")
    known = {one.uri: one.current for one in pipeline.capabilities("kettle")}
    assert known == {"capability://kettle/boiling-water": True, "capability://kettle/keeping-tea-warm": False}
    (catalog / "kettle" / "notes.md").write_text(KETTLE + "\nMore.\n", "utf-8")
    pipeline.decompose("kettle")
    assert all(one.current for one in pipeline.capabilities("kettle") if one.uri in known)


def test_a_workspace_artifact_shadows_the_bundled_one_until_it_is_removed(tmp_path: Path, catalog: Path) -> None:
    hearing = Hearing()
    pipeline = make_pipeline(tmp_path / "workspace", catalog, hearing=hearing)
    bundled = pipeline.decompose("kettle")
    own = write_artifact(tmp_path / "own", "kettle", "# Kettle\n\n## Steaming milk\n\nKettle steams milk.\n")
    pipeline.ingest(str(own))
    assert [c.name for c in pipeline.decompose("kettle").capabilities] == ["Steaming milk"]
    assert len(hearing.notes) == 1
    assert "agent artifacts remove kettle" in hearing.notes[0]
    with pytest.raises(InputError, match="came from"):
        pipeline.ingest("kettle")
    pipeline.remove("kettle")
    assert [c.name for c in pipeline.decompose("kettle").capabilities] == [c.name for c in bundled.capabilities]
    assert wrong(pipeline) == []


def test_removing_a_quoted_neighbour_leaves_nothing_that_cannot_be_checked(tmp_path: Path, pipeline: Pipeline) -> None:
    own = write_artifact(tmp_path / "own", "whisk", "# Whisk\n\nWhisk beats eggs.\n", related="[{slug: pot}]")
    pipeline.ingest(str(own))
    pipeline.decompose("whisk")
    pipeline.decompose("pot")
    pipeline.remove("pot")
    assert wrong(pipeline) == []
    with pytest.raises(InputError, match="not in this workspace"):
        pipeline.remove("pot")


@pytest.mark.parametrize(("wanted", "notes"), [("kettle", 0), ("Kettle", 0), ("water boiler", 0), ("KETTLE_PRO", 1)])
def test_names_synonyms_and_variants_resolve_to_the_record(tmp_path: Path, catalog: Path, wanted: str, notes: int) -> None:
    hearing = Hearing()
    pipeline = make_pipeline(tmp_path / "workspace", catalog, hearing=hearing)
    assert pipeline.decompose(wanted).artifact.slug == "kettle"
    assert len(hearing.notes) == notes


def test_an_unknown_name_comes_with_suggestions(pipeline: Pipeline) -> None:
    with pytest.raises(UnknownArtifact) as raised:
        pipeline.decompose("ketle")
    assert str(raised.value) == "no artifact is called 'ketle'. Did you mean 'kettle'?"
    with pytest.raises(UnknownArtifact, match="agent artifacts list"):
        pipeline.decompose("zzzz")


def test_a_folder_is_ingested_when_it_is_named(tmp_path: Path, pipeline: Pipeline) -> None:
    own = write_artifact(tmp_path / "own", "whisk", "# Whisk\n\nWhisk beats eggs.\n")
    assert pipeline.decompose(str(own)).artifact.slug == "whisk"


def test_one_bad_artifact_of_several_changes_nothing(tmp_path: Path, pipeline: Pipeline) -> None:
    write_artifact(tmp_path / "many", "a-good-one", "# Good\n\nGood sews.\n")
    bad = write_artifact(tmp_path / "many", "bad", "# Bad\n\nBad tears.\n")
    (bad / "notes.md").write_bytes(b"caf\xe9 au lait")
    before = [manifest.slug for manifest, _ in pipeline.artifacts()]
    with pytest.raises(AgentError, match="not UTF-8"):
        pipeline.ingest(str(tmp_path / "many"))
    assert [manifest.slug for manifest, _ in pipeline.artifacts()] == before


def test_two_manifests_with_one_slug_are_refused_together(tmp_path: Path, pipeline: Pipeline) -> None:
    write_artifact(tmp_path / "many", "a", "# A\n\nA sews.\n")
    twin = write_artifact(tmp_path / "many", "b", "# B\n\nB sews.\n")
    (twin / "artifact.yaml").write_text((tmp_path / "many" / "a" / "artifact.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(ManifestError, match="slug 'a' is in both"):
        pipeline.ingest(str(tmp_path / "many"))


def test_documents_in_another_language_are_stored_and_left_out(tmp_path: Path, catalog: Path) -> None:
    hearing = Hearing()
    pipeline = make_pipeline(tmp_path / "workspace", catalog, hearing=hearing)
    german = (
        "# Teekanne\n\n## Tee\n\nDie Teekanne kocht das Wasser schneller als jeder Herd und hält den Tee danach für zwei Stunden warm, "
        "ohne dass man sich darum kümmern muss. Sie wird aus rostfreiem Stahl gefertigt und lässt sich leicht reinigen, "
        "weil der Deckel ganz abgenommen werden kann.\n"
    )
    done = pipeline.ingest(str(write_artifact(tmp_path / "own", "teekanne", german)))
    assert done[0].documents == 1
    assert hearing.notes == ["'Notes on Teekanne' (notes.md) is in language 'de': stored, left out of extraction."]
    made = pipeline.decompose("teekanne")
    assert made.capabilities == []
    assert (made.documents[0].used, made.documents[0].language) == (False, "de")
    assert pipeline.passages(made.documents[0].id) == []


def test_the_as_of_date_is_the_catalogues_own(pipeline: Pipeline) -> None:
    assert pipeline.as_of.isoformat() == "2020-02-02"


def test_a_single_file_becomes_an_artifact(tmp_path: Path, pipeline: Pipeline) -> None:
    file = tmp_path / "Toaster.md"
    file.write_text("# Toaster\n\n## Toasting bread\n\nToaster browns bread evenly.\n", "utf-8")
    with pytest.raises(InputError, match="--name"):
        pipeline.ingest(str(file))
    with pytest.raises(InputError, match="'gadget'; expected one of model"):
        pipeline.ingest(str(file), name="My Toaster", kind="gadget")
    done = pipeline.ingest(str(file), name="My Toaster", kind="product")
    assert (done[0].slug, done[0].new_documents) == ("my-toaster", 1)
    assert pipeline.ingest(str(file), name="My Toaster", kind="product")[0].new_documents == 0
    assert pipeline.decompose("my toaster").capabilities[0].name == "Toasting bread"


def test_an_archive_becomes_its_artifact_and_says_what_it_left_out(tmp_path: Path, catalog: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pots.zip", "w") as archive:
        archive.writestr("readme.md", POT)
        archive.writestr("more.zip", b"PK")
    hearing = Hearing()
    [done] = make_pipeline(tmp_path / "ws", catalog, hearing=hearing).ingest(str(tmp_path / "pots.zip"), name="Pots", kind="product")
    assert (done.slug, done.documents) == ("pots", 1)
    assert hearing.notes == ["'more.zip' is an archive in the archive: left out."]
