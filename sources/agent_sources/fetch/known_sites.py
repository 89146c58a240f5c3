"""Sites whose pages wrap a text: where the text itself is, and what the address says of the thing it describes.

| address | what is asked for |
| --- | --- |
| github.com/O/R | raw.githubusercontent.com/O/R/HEAD/README.md, else README.rst, README.txt, README |
| github.com/O/R/blob/REF/PATH, .../raw/REF/PATH | raw.githubusercontent.com/O/R/REF/PATH |
| github.com/O/R/tree/REF[/FOLDER] | the README of that folder at REF, as above |
| colab.research.google.com/github/O/R/blob/REF/PATH | raw.githubusercontent.com/O/R/REF/PATH |
| gitlab.com/PROJECT/-/blob/REF/PATH | gitlab.com/PROJECT/-/raw/REF/PATH |
| huggingface.co/O/M, /datasets/O/D, /spaces/O/S (also .../tree/REF) | .../raw/main/README.md (raw/REF/README.md): the card |
| huggingface.co/.../blob/REF/PATH | huggingface.co/.../raw/REF/PATH |
| arxiv.org/abs/ID, doi.org and every other address | as it is; for the whole paper give arxiv.org/pdf/ID or arxiv.org/html/ID |
"""

from __future__ import annotations

import re

from agent_sources.fetch.addresses import Address

_READMES = ("README.md", "README.rst", "README.txt", "README")
_GITHUB_PAGES = {
    "about",
    "apps",
    "collections",
    "enterprise",
    "explore",
    "features",
    "marketplace",
    "orgs",
    "settings",
    "sponsors",
    "topics",
}
_HUGGING_FACE_PAGES = {"blog", "chat", "collections", "docs", "learn", "models", "organizations", "papers", "posts", "settings", "tasks"}
_RAW = "raw.githubusercontent.com"


def candidates(address: Address) -> tuple[Address, ...]:
    """The addresses to ask for, in order; the next one only where the one before is not there (404)."""
    path = address.path.rstrip("/")
    host = address.host.removeprefix("www.")
    if host == "github.com":
        return _github(path) or (address,)
    if host == "colab.research.google.com" and path.startswith("/github/"):
        return _github(path.removeprefix("/github")) or (address,)
    if host == "gitlab.com" and "/-/blob/" in path:
        return (Address(address.host, path.replace("/-/blob/", "/-/raw/", 1)),)
    if host == "huggingface.co":
        return _hugging_face(path) or (address,)
    return (address,)


def is_raw(address: Address) -> bool:
    """Whether an address gives files as they are: a web page from there is an error or a login, whatever its status says."""
    return address.host == _RAW or (address.host in {"huggingface.co", "gitlab.com"} and "/raw/" in address.path)


def described(address: Address) -> tuple[str | None, str | None]:
    """The name and type of the thing an address describes, as far as the address itself says."""
    parts = address.path.strip("/").split("/")
    host = address.host.removeprefix("www.")
    if host == "github.com" and len(parts) >= 2 and parts[0] not in _GITHUB_PAGES:
        return parts[1], None
    if host == "huggingface.co":
        kind = {"datasets": "dataset", "spaces": "product"}.get(parts[0], "model")
        rest = parts if kind == "model" else parts[1:]
        if len(rest) >= 2 and rest[0] not in _HUGGING_FACE_PAGES:
            return rest[1], kind
    return None, None


def _github(path: str) -> tuple[Address, ...]:
    found = re.fullmatch(r"/([^/]+)/([^/]+?)(?:\.git)?(?:/(blob|raw|tree)/([^/]+)(?:/(.+))?)?", path)
    if not found or found[1] in _GITHUB_PAGES:
        return ()
    owner, name, kind, ref, rest = found.groups()
    if kind in {"blob", "raw"}:
        return (Address(_RAW, f"/{owner}/{name}/{ref}/{rest}"),) if rest else ()
    folder = f"/{owner}/{name}/{ref or 'HEAD'}/{rest + '/' if rest else ''}"
    return tuple(Address(_RAW, folder + readme) for readme in _READMES)


def _hugging_face(path: str) -> tuple[Address, ...]:
    found = re.fullmatch(r"(/(?:datasets/|spaces/)?[^/]+/[^/]+)(?:/(blob|tree)/([^/]+)(?:/(.+))?)?", path)
    if not found or path.split("/")[1] in _HUGGING_FACE_PAGES:
        return ()
    repository, kind, ref, rest = found.groups()
    if repository in {"/datasets", "/spaces"} or path.startswith(("/datasets/", "/spaces/")) != (repository.count("/") == 3):
        return ()
    file = rest if kind == "blob" and rest else "README.md"
    if kind == "tree" and rest:
        file = f"{rest}/README.md"
    return (Address("huggingface.co", f"{repository}/raw/{ref or 'main'}/{file}"),)
