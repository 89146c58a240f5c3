"""Word forms that names need: verbs known by their base form, gerunds, action nouns, singulars, adjectives of adverbs."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.grammar import begins_with_verb
from agent.text.words import word_set

# Verbs whose action has a noun of its own ("segment" -> "segmentation"), and verbs whose gerund reads well after an object.
_NOUNS = (
    "segment:segmentation detect:detection classify:classification translate:translation transcribe:transcription "
    "generate:generation summarize:summarization summarise:summarisation evaluate:evaluation extract:extraction retrieve:retrieval "
    "recognize:recognition recognise:recognition deploy:deployment compress:compression quantize:quantization validate:validation "
    "visualize:visualization visualise:visualisation annotate:annotation manage:management configure:configuration "
    "execute:execution search:search export:export import:import verify:verification orchestrate:orchestration create:creation "
    "remove:removal delete:deletion select:selection integrate:integration install:installation navigate:navigation "
    "optimize:optimization optimise:optimisation customize:customization customise:customisation convert:conversion "
    "transform:transformation compare:comparison construct:construction compile:compilation initialize:initialization "
    "automate:automation normalize:normalization tokenize:tokenization deduplicate:deduplication estimate:estimation "
    "predict:prediction identify:identification interact:interaction communicate:communication collaborate:collaboration "
    "delegate:delegation inspect:inspection analyze:analysis analyse:analysis access:access control:control upload:upload "
    "download:download insert:insertion complete:completion authenticate:authentication authorize:authorization "
    "serialize:serialization collect:collection connect:connection assign:assignment adjust:adjustment simulate:simulation "
    "inject:injection protect:protection transfer:transfer query:querying discover:discovery assert:assertion explore:exploration "
    "interpret:interpretation cite:citation aggregate:aggregation synchronize:synchronization augment:augmentation "
    "reproduce:reproduction distribute:distribution attribute:attribution replace:replacement restore:restoration "
    "isolate:isolation "
)
_GERUNDS = word_set(
    "list clear resize set read write load save handle train track monitor cache parse filter stream test log build process edit "
    "share route schedule debug chunk batch rank cluster sort index caption fine-tune embed score sample profile label tag trace "
    "mock record switch render format type scan crawl scrape press click scroll drag upload fetch download match map merge mask "
    "block stub proxy host serve pretrain pre-train preprocess pre-process prompt split encode decode model plan check count plot "
    "report version stack grade rewrite print capture pin queue prune retry scale tune benchmark mine group join name order "
    "partition rate reset share store "
)
ACTION_NOUNS: dict[str, str] = {base: noun for base, _, noun in (pair.partition(":") for pair in _NOUNS.split())}
_VERBS = word_set(
    "act accelerate "
    "accept add adjust allow append archive assert attach build calculate cancel capture change clear clone close collect construct "
    "copy count cut debug define delete describe disable disconnect discover display draw drop enable enhance ensure enter erase exclude "
    "fetch fine-tune find fix force format freeze get give grade handle hide highlight hover ingest inject insert inspect install launch "
    "leverage limit list listen lock lower maintain make mark mask mock modify mount move navigate obtain override parse paste pick plot "
    "preprocess pretrain pre-train preview profile protect prune publish push put reason recall reduce refine refresh register reload "
    "remove rename repeat replace request reset resize resolve restart restore resume reuse revert rotate route scan scroll seek select "
    "send set share show simulate skip sort speed split start stop store submit swap switch synchronize take tell terminate toggle "
    "trigger truncate try type undo unload unlock unset upload verify view visualize wait walk watch wrap write zip monitor"
)
_ONLY_VERBS = word_set(
    "add define specify perform choose improve reduce apply compute calculate train write read handle build make get send enable let keep "
    "enhance ensure allow specify preprocess pretrain obtain maintain load save discover learn explore test-drive discard"
)
# One vowel before one final consonant doubles it in words of one syllable, and in these of more.
_SHORT = re.compile(r"^(?:[^aeiou]*|qu)[aeiou][bdgklmnprtvz]$")
_DOUBLE = word_set(
    "debug embed output input format reformat control transfer submit commit refer occur begin unzip unpin rerun reset prefer admit "
    "permit compel"
)
_KEEP_E = word_set("be see free flee agree")


def known_verb(base: str) -> bool:
    """Whether a word is the base form of a common verb of documentation, whatever a tagger makes of it."""
    small = base.casefold()
    return small in ACTION_NOUNS or small in _GERUNDS or small in _VERBS or begins_with_verb(small)


def only_verb(base: str) -> bool:
    """Whether a word is a verb of documentation and no noun: at the beginning it can only open an imperative."""
    small = base.casefold()
    return small in _ONLY_VERBS or ACTION_NOUNS.get(small, small) != small


def base_of(third: str) -> str | None:
    """The known verb whose third person a word may be: "lists" -> "list", "copies" -> "copy"; None where there is none."""
    small = third.casefold()
    if not small.endswith("s"):
        return None
    made = (small[:-1], small[:-2] if small.endswith("es") else "", small[:-3] + "y" if small.endswith("ies") else "")
    return next((base for base in made if base and known_verb(base)), None)


def gerund(verb: str) -> str:
    """The -ing form of a base form: "use" -> "using", "run" -> "running", "fine-tune" -> "fine-tuning"."""
    head, dash, last = verb.rpartition("-")
    if last.endswith("ie"):
        made = last[:-2] + "ying"
    elif last.endswith("e") and last not in _KEEP_E and not last.endswith(("ee", "oe", "ye")):
        made = last[:-1] + "ing"
    elif last in _DOUBLE or _SHORT.match(last):
        made = last + last[-1] + "ing"
    else:
        made = last + "ing"
    return head + dash + made


def base_of_gerund(word: str) -> str | None:
    """The known verb of a gerund: "using" -> "use", "running" -> "run"; None where there is none."""
    stem = word.removesuffix("ing")
    made = (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else "")
    return next((base for base in made if base and known_verb(base) and gerund(base) == word), None)


def action_noun(verb: str) -> str | None:
    """What an action is called after its object: "detect" -> "detection", "resize" -> "resizing"; None where nothing reads well there."""
    return ACTION_NOUNS.get(verb) or (gerund(verb) if verb in _GERUNDS else None)


def singular(noun: str) -> str:
    """The singular of a regular plural: "images" -> "image", "queries" -> "query", "boxes" -> "box"."""
    if re.search(r"[^aeiou]ies$", noun) and noun.casefold() not in {"cookies", "movies"}:
        return noun[:-3] + "y"
    if re.search(r"(?:x|ch|sh|ss|z)es$", noun):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def adjective(adverb: str) -> str | None:
    """The adjective of a regular adverb: "automatically" -> "automatic", "manually" -> "manual"; None of others."""
    small = adverb.casefold()
    if re.search(r"(?:mat|nam|graph|ystem|at|ist|om)ically$", small):
        return small[:-4]
    return small[:-2] if re.search(r"(?:al|ent|ant|ive|ous|less|ate|ed|ct|ick|ow)ly$", small) else None
