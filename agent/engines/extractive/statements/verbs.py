"""Verbs of documentation: the ones it opens descriptions with, and their third person."""

from __future__ import annotations

import re

from agent.text.words import word_set

# Common verbs of technical prose, base forms.
VERBS = word_set(
    "act behave "
    "abstract accelerate accept achieve adapt add aggregate aim allow annotate answer apply ask automate back batch beat bring build "
    "bundle "
    "bypass cache call caption capture chat check chunk classify click close cluster collect combine come compare compress configure "
    "connect consist contain control convert coordinate cost cover crawl create customize decode deduplicate define delete depend "
    "deploy describe detect display download drag drive drop edit embed enable encode evaluate exceed execute expire export extend "
    "extract feature fetch fill filter fit focus follow gather generate get give group handle help hold host hover implement import "
    "improve include increase infer integrate interact invoke join keep learn let list load log make manage map match measure merge "
    "monitor navigate need offer open operate optimize orchestrate outperform parse pause perform plan play power predict press print "
    "process produce prompt provide publish quantize query rank reach read reason recognize record reduce release rely remove render "
    "report represent require respond resume retrieve return route run sample save scale schedule score scrape search segment select "
    "serve set share ship show simplify sort span specify speed split standardize store stream suit summarize support switch take "
    "target test think trace track train transcribe transfer transform translate tune turn type unify update upload use validate view "
    "visualize work write "
)
# Verbs that reference documentation opens descriptions with; a tagger trained on sentences takes many of them for nouns.
IMPERATIVES = word_set(
    "plot clean lower raise turn "
    "accept add adjust allow analyze annotate append apply archive assert attach boost browse build calculate call cancel capture "
    "change chat check choose clear click clone close collect combine compare compile compose compute configure connect control "
    "convert coordinate copy count create cut debug decode decompose define delete deploy describe detect disable disconnect "
    "discover display download drag draw drop edit emit empower enable encode enhance ensure enter erase estimate evaluate execute "
    "explore export expose extract fetch fill filter find fix force format forward generate get give go group handle help hide "
    "highlight hover import improve index inspect install invoke join kill launch learn leverage limit list listen load locate lock "
    "log look maintain make manage map mark match measure merge migrate mock modify monitor mount move name navigate obtain open "
    "orchestrate output override parse patch pause perform pick play poll post press preview print process produce profile prune "
    "publish pull push put query quit read record reduce refer refine refresh register reject reload remove rename render repeat "
    "replace report request reset resize resolve restart restore resume retrieve return reverse revert rotate route run sample save "
    "scale scan schedule scroll search see seek select send serve set show shut simplify simulate skip sort specify speed split "
    "start stop store stream submit switch sync take tell terminate test toggle trace track train transcribe transform translate "
    "trigger truncate try type undo uninstall unload unmount unset update upload use validate verify view visit wait walk watch "
    "work wrap write zip "
)
# Base forms that are as often nouns: what follows them decides.
BOTH = word_set(
    "clean lower "
    "access address answer balance base batch benchmark block cache call change chat check click code comment contact control cost "
    "cover cut delay design display document end entry estimate exchange exit experience file filter fit focus force form format "
    "function group guide help host index input interest issue label limit link list load lock log loop map mark match mock model "
    "mount move name need notice offer open order output override pin plan play point poll post preview print process profile "
    "program project prompt pull purchase push query queue rank rate record release replay report request reset rest restart result "
    "return review route sample scale scan schedule score scroll search segment set shape ship sort source speed split start state "
    "stop store stream structure study supply support switch sync table target task test text trace transfer trigger update value "
    "version watch work zoom "
)


def third_person(verb: str) -> str:
    """The third person singular of a regular verb: "search" -> "searches", "copy" -> "copies"."""
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def base_form(verb: str) -> str | None:
    """The known base form of a third person singular ("tries" -> "try", "caches" -> "cache"), None where it is none."""
    for end, plain in (("ies", "y"), ("es", ""), ("s", "")):
        if verb.endswith(end) and (base := verb[: -len(end)] + plain) in VERBS | IMPERATIVES:
            return base
    return None
