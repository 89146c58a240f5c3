"""Names of other systems in a sentence: what a comparison compares with.

Two kinds count as an alternative. A *named* system is a run of name-like tokens (capitals, inner capitals, digits: "LLaVA-1.5",
"wav2vec 2.0", "llama.cpp") that is not a common acronym, a language, a format or the artifact itself. A *generic* one is a short noun
phrase headed by a word for a kind of system or practice ("existing methods", "screenshot-based approaches", "manual research").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from agent.text.words import word_set

__all__ = ["alternative_names", "mentions", "named_systems", "same_name", "stem"]

# Acronyms and names of techniques, formats, hardware, languages: capitals that are no alternative system.
_COMMON = word_set(
    "ai ml nlp llm llms vlm vlms lm lms rag api apis sdk cli gui ui ux url uri http https rest grpc json jsonl yaml xml html csv tsv "
    "sql pdf "
    "docx pptx markdown cpu cpus gpu gpus tpu tpus npu npus ram vram ssd cuda rocm hip simd avx avx2 avx512 fp16 fp32 bf16 int8 int4 "
    "nn cnn "
    "cnns rnn rnns vit mlp moe gan gans ocr asr tts vqa ap map iou bleu rouge cider wer f1 auc sota english french german spanish chinese "
    "japanese korean italian portuguese russian arabic hindi european american western internet web linux macos windows ubuntu debian "
    "android ios mit apache bsd gpl agpl creative commons license python javascript typescript java rust go ruby c c++ kotlin swift "
    "php bash shell table figure section appendix chapter note version january february march april may june july august september "
    "october november december monday tuesday wednesday thursday friday saturday sunday mcp id ids os vm vms ide ides faq crud "
    "utf-8 unicode ascii base64 utc usd us uk eu gb gib mb mib tb tib kb k m b ms i q a x 2d 3d v1 v2 v3 qa pr prs issue "
    "readme documentation docs paper blog post page guide tutorial notebook colab author authors "
    "previous other others existing many most some such several all any each every one two three both these those this that the it its we "
    "our they their you your he she there here what when where which who how why if as in on at by for from with without to of and or but "
    "nor so yet not no yes more less than then also only unlike while whereas although though since because however instead rather "
    "compared see note use using used note: evaluation training performance results result data dataset model models benchmark benchmarks "
    "support supports features feature input inputs output outputs text image images video audio code language languages"
)
# Words that capitals put before a name at a sentence's start, and that belong to no name.
_FUNCTION = word_set(
    "previous other others existing many most some such several all any each every one two three both these those this that the it its "
    "we our "
    "they their you your he she there here what when where which who how why if as in on at by for from with without to of and or but "
    "nor so yet "
    "not no yes more less than then also only unlike while whereas although though since because however instead rather compared see "
    "note use "
    "using used a an inspired based like modern current today two three"
)
# Publishers, hosts and hardware makers: named next to a comparison, never what is compared.
_ORGANISATIONS = word_set(
    "openai google microsoft meta facebook nvidia amd intel apple amazon aws azure github gitlab kaggle pypi arxiv anthropic deepmind "
    "huggingface "
    "allenai eleutherai bigcode bigscience salesforce stanford princeton berkeley reddit wikipedia docker kubernetes slack discord youtube "
    "cerebras databricks alibaba tencent baidu ibm oracle linkedin twitter pytorch tensorflow jax keras numpy pandas pydantic"
)
_ORGANISATION_NAMES = frozenset(
    {"hugging face", "microsoft research", "google research", "google cloud", "scale ai", "allen ai", "google colab"}
)
_NAMED_TOKEN = (
    r"(?:[A-Z][\w]*(?:[.+\-–/&'][\w]+)*\+*|[a-z]+[A-Z][\w]*(?:[.\-][\w]+)*|[a-z]+(?:-[a-z]+)*[-.]?\d[\w.]*\w?"
    r"|[a-z]{3,}\.(?:cpp|js|ai|rs|py)|[a-z]+\d+[a-z]+)"
)
_JOINER = r"(?:\s+(?=[A-Z0-9])|\s+(?=v?\d))"
_NAME = re.compile(rf"(?<![\w@/.`$-]){_NAMED_TOKEN}(?:(?:{_JOINER})(?:{_NAMED_TOKEN}|v?\d[\w.]*\w|\d))*")
_HAS_CAPITAL = re.compile(r"[A-Z]|\d|\w\.\w")
_GENERIC_HEADS = word_set(
    "approach approaches method methods technique techniques model models system systems framework frameworks tool tools library libraries "
    "baseline baselines dataset datasets corpus corpora benchmark benchmarks suite suites solution solutions service services engine "
    "engines database databases prompting prompts wrapper wrappers parser parsers pipeline pipelines counterpart counterparts alternative "
    "alternatives competitor competitors predecessor predecessors research evaluation implementation implementations format formats "
    "algorithm algorithms platform platforms assistant assistants agent agents crawler crawlers rag search apps applications llms vlms "
    "lvlms screenshots "
    "screenshot embeddings detectors detector recognizers recognisers notebooks transformers networks network architecture architectures "
    "trial-and-error interface interfaces package packages product products work works checkpoint checkpoints server servers client "
    "clients "
    "input inputs release releases version versions snippets strings collections sets extraction retrieval finetuning fine-tuning"
)
_LEADING = re.compile(
    r"^(?:(?:the|a|an|all|any|most|many|some|several|both|its|their|our|your|just|simply|merely|using|use of|to|with|by|of|on|in|just|"
    r"methods? like|systems? like|models? like|tools? like|libraries like|frameworks like|approaches like|such as|like|e\.g\.,?|"
    r"including|plain old)\s+)+",
    re.I,
)
_CUT = re.compile(
    r"\.(?=\s|$)|[;:!?()\[\]]|\s[-–—]+\s|—|,\s+(?=(?:which|who|where|while|whereas|but|so|because|and\s+\w+s\b\s+\w+|we|it|this|that|they)\b)|"
    r"\s(?:that|which|who|where|while|whereas|because|since|by|in|on|for|with|without|when|if|at|from|under|across|whose|as|to|is|are|was|"
    r"were|has|have|had|can|could|does|do|will|would|using|used|via|through|during|after|before|but|only|both|up|due|thanks|despite|into|"
    r"requires?|needs?|depends?|discards?|relies|rely|produces?|provides?|offers?|achieves?|across|within|per|given|trained|based)\b",
    re.I,
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|as well as|nor)\s+|\s+/\s+", re.I)
_EDGE = " \t*_`'\"“”‘’,.;:()[]"


def fold_name(name: str) -> str:
    """A name for comparison: lower case, letters and digits only ("LLaMA-1.5" and "llama 1.5" are one)."""
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def stem(word: str) -> str:
    """A word without the commonest English endings: enough to see whether two documents use it."""
    plain_word = word.casefold()
    for ending in ("ations", "ation", "ings", "ing", "ies", "ers", "er", "ed", "es", "s"):
        if plain_word.endswith(ending) and len(plain_word) - len(ending) >= 4:
            return plain_word[: -len(ending)]
    return plain_word


def same_name(a: str, b: str) -> bool:
    """Whether two names are one apart from case, spaces and marks."""
    return fold_name(a) == fold_name(b)


def own_keys(names: Iterable[str]) -> frozenset[str]:
    """Folded own names (name, aliases, variants; of "org/name" the last part too)."""
    keys = set()
    for name in names:
        keys.add(fold_name(name))
        keys.add(fold_name(name.rsplit("/", 1)[-1]))
        keys.add(fold_name(re.sub(r"^the\s+", "", name, flags=re.I)))
    return frozenset(key for key in keys if len(key) > 1)


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"[\s\-_]+", name) if part]
    return re.compile(r"(?<![\w])" + r"[\s\-_]*".join(parts) + r"(?![\w])", re.I)


def mentions(sentence: str, name: str) -> bool:
    """Whether a sentence names something, apart from case, spaces and hyphens. Names of fewer than three letters must match exactly."""
    if len(fold_name(name)) < 3:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) is not None
    return _pattern(name).search(sentence) is not None


def named_systems(text: str, own: frozenset[str], *, sentence_start: bool = True) -> list[str]:
    """Runs of name-like tokens in a text, in order, without the artifact's own names, acronyms and ordinary capitalised words.

    With `sentence_start`, a first word that only its place capitalises ("Evaluation shows") does not count.
    """
    found: list[str] = []
    for match in _NAME.finditer(text):
        name = _trimmed(match.group())
        if not name or not _HAS_CAPITAL.search(name):
            continue
        key = fold_name(name)
        if len(key) < 2 or key in own or _is_variant(key, own) or re.fullmatch(r"[\d.,]+[a-z%]?", name, re.I):
            continue
        if (
            sentence_start
            and _opens(text, match.start())
            and name.split()[0].istitle()
            and len(name.split()) == 1
            and not re.search(r"\d|-", name)
        ):
            continue
        if all(part.casefold() in _COMMON or part.isdigit() for part in re.split(r"[\s/]+", name)) or _is_organisation(name):
            continue
        if "_" in name or re.search(r"(?<=[\w])@", name):
            continue  # code
        if not any(same_name(name, other) for other in found):
            found.append(name)
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a sentence, or the part after a colon, begins at a place: its capital says nothing."""
    return not text[:at].strip() or text[:at].rstrip()[-1] in ":.!?"


def _trimmed(name: str) -> str:
    """A run without ordinary words at its edges ("Unlike CC" -> "CC", "BERT API" stays)."""
    parts = re.sub(r"['’]s?$", "", name.strip(_EDGE)).split()
    while len(parts) > 1 and parts[0].casefold() in _FUNCTION:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1].casefold() in _FUNCTION:
        parts = parts[:-1]
    return " ".join(parts).strip(_EDGE)


def _is_organisation(name: str) -> bool:
    folded = name.casefold()
    return folded in _ORGANISATIONS or folded in _ORGANISATION_NAMES


def _is_variant(key: str, own: frozenset[str]) -> bool:
    """Whether a name is the artifact's own with a version or size behind it: not an alternative."""
    return any(len(name) >= 3 and key.startswith(name) for name in own)


def alternative_names(slot: str, own: frozenset[str]) -> list[str]:
    """The alternatives that the words after a comparison cue name, most specific first; empty when they name none.

    `slot` is the rest of the sentence after the cue ("existing methods like MusicLM, the model doesn't ..."): the phrase ends where a
    clause, a preposition or a bracket begins.
    """
    text = slot.strip().lstrip(",*_`'\"“ ")
    bracket = re.match(r"^[^.;,()]{2,50}\(([^()]{2,80})\)", text)
    head = text[: bracket.end()] if bracket else text
    first = re.split(r"[(]", head)[0] if bracket else text
    cut = _CUT.search(first, 1)
    phrase = first[: cut.start()] if cut else first
    specific: list[str] = []
    example = re.search(r",\s+such as\s+(.+)$", first)
    if example and not _ordinary(phrase, own):
        return named_systems(example.group(1), own, sentence_start=False)[:3]
    for item in _SPLIT.split(phrase)[:5]:
        plain = _LEADING.sub("", item.strip(_EDGE))
        specific += [name for name in named_systems(plain, own, sentence_start=False) if name not in specific]
    if bracket and cut is None:
        specific += [
            name for name in named_systems(bracket.group(1), own, sentence_start=False) if len(fold_name(name)) > 3 and name not in specific
        ]
    return specific or _generic(phrase)


def _ordinary(phrase: str, own: frozenset[str]) -> bool:
    """Whether a phrase names a system itself, so that what "such as" adds is not wanted."""
    return bool(named_systems(phrase, own, sentence_start=False))


_QUALIFIERS = frozenset({"other", "existing", "previous", "image", "text", "code", "web", "training", "llm"})


def _generic(phrase: str) -> list[str]:
    """A kind of system or practice, qualified ("existing methods"), or nothing."""
    plain = _LEADING.sub("", _SPLIT.split(phrase)[0].strip(_EDGE)).strip(_EDGE)
    words = plain.casefold().split()
    if len(words) == 1:
        return [plain] if words[0] in {"trial-and-error", "screenshots", "notebooks", "predecessors"} else []
    if not 2 <= len(words) <= 6 or words[-1] not in _GENERIC_HEADS or words[0] in _COMMON - _QUALIFIERS:
        return []
    return [plain]
