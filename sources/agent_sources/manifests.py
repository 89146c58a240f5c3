"""Reads `artifact.yaml`: safe YAML, one-line errors that name file, key and value, no path that leaves the folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.domain.artifact import Manifest
from agent.errors import ManifestError
from agent_sources.names import MANIFEST_NAME

__all__ = ["MANIFEST_NAME", "LoadedManifest", "load_manifest"]

_LARGEST = 1_000_000  # bytes; a manifest is a page, not a data set
_MOST_VALUES = 50_000  # a few aliases can unfold into billions of values


@dataclass(frozen=True)
class LoadedManifest:
    """A manifest and the file it came from."""

    manifest: Manifest
    path: Path

    @property
    def folder(self) -> Path:
        return self.path.parent


def load_manifest(path: Path) -> LoadedManifest:
    """Read one manifest file. Raises ManifestError: unreadable, not YAML, unknown keys, wrong values."""
    return manifest_of(_bytes(path), path)


def manifest_of(data: bytes, path: Path) -> LoadedManifest:
    """A manifest from its bytes; `path` is what messages call it. Raises ManifestError."""
    value = _parse(_text(data, path), path)
    if not isinstance(value, dict):
        raise ManifestError(f"{str(path)!r} holds {_short(value)}, not a mapping.", hint="Start it with 'slug: ...' and 'name: ...'.")
    _refuse_unknown_keys(value, path)
    try:
        manifest = Manifest.model_validate(value)
    except ValidationError as error:
        raise ManifestError(_in_words(error, path), hint="See manifest.schema.json for what each key takes.") from None
    return LoadedManifest(manifest, path)


def manifest_schema() -> dict[str, Any]:
    """The JSON schema of a manifest (draft 2020-12), as shipped in manifest.schema.json."""
    schema = Manifest.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "artifact.yaml"}


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise ManifestError(f"{str(path)!r} cannot be read: {error.strerror}.", hint="A manifest is a file named artifact.yaml.") from None


def _text(data: bytes, path: Path) -> str:
    if len(data) > _LARGEST:
        raise ManifestError(f"{str(path)!r} is larger than {_LARGEST:,} bytes.", hint="Move long text into documents.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ManifestError(f"{str(path)!r} is not UTF-8 text.", hint="Save it as UTF-8.") from None


def _parse(text: str, path: Path) -> Any:
    import yaml

    try:
        value = yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" line {mark.line + 1}" if mark else ""
        raise ManifestError(
            f"{str(path)!r}{place} is not YAML: {error.problem or error.context}.", hint="Check quotes and indentation."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:160]
        raise ManifestError(f"{str(path)!r} is not YAML: {problem}.", hint="Check quotes and indentation.") from None
    if _too_many(value):
        raise ManifestError(f"{str(path)!r} unfolds into more than {_MOST_VALUES:,} values.", hint="Write it without YAML aliases.")
    return value


def _loader() -> Any:
    """The safe loader (in C where it was built), with dates kept as text and a key given twice refused."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
            for first, rules in base.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen = set()
            for key, _ in getattr(node, "value", []):
                if isinstance(key.value, str) and key.value in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is given twice", key.start_mark)
                seen.add(key.value if isinstance(key.value, str) else id(key))
            return super().construct_mapping(node, deep=deep)

    return Loader


def _too_many(value: Any) -> bool:
    waiting, seen = [value], 0
    while waiting:
        item = waiting.pop()
        seen += 1
        if seen > _MOST_VALUES:
            return True
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list | set):
            waiting += item
    return False


def _refuse_unknown_keys(value: dict[Any, Any], path: Path) -> None:
    known = list(Manifest.model_fields)
    unknown = [key for key in value if key not in known]
    if not unknown:
        return
    from rapidfuzz import process

    nearest = process.extractOne(str(unknown[0]), known)
    raise ManifestError(
        f"{str(path)!r} has an unknown key {str(unknown[0])!r}.", hint=f"Did you mean {nearest[0]!r}? Known keys: {', '.join(known)}."
    )


def _in_words(error: ValidationError, path: Path) -> str:
    """The first problem pydantic found, as one line; the number of the others is told."""
    problems = error.errors(include_url=False)
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"] if not _is_type_name(part)) or "the manifest"
    if first["type"] == "missing":
        said = f"{str(path)!r} lacks {key!r}"
    else:
        message = first["msg"].removeprefix("Value error, ")
        said = f"{str(path)!r}: {key!r} is {_short(first['input'])}; {message[:1].lower()}{message[1:]}"
        if first["type"] == "string_pattern_mismatch":
            said = f"{str(path)!r}: {key!r} is {_short(first['input'])}; expected lower-case letters, digits and inner hyphens, at most 64"
    others = len({problem["loc"] for problem in problems}) - 1
    return f"{said}{f' (and {others} more)' if others else ''}."


def _is_type_name(part: object) -> bool:
    return isinstance(part, str) and (part in {"str", "int", "float", "bool"} or part.startswith("list["))


def _short(value: object) -> str:
    if isinstance(value, dict):
        return f"a mapping with {len(value)} keys"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
