"""The ways documentation states a distinction, a comparison or a limit: cue tables, as data.

Each cue is a name, a pattern over a whole sentence in plain words, and a weight. The patterns come from how documentation is written
(feature lists, "why" and "comparison" sections, abstracts, model cards), not from particular artifacts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["COMPARISONS", "DISTINCTIONS", "LIMITS", "Cue", "Found", "cues_in"]


@dataclass(frozen=True, slots=True)
class Cue:
    name: str
    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A cue met at [start, end) of the sentence."""

    name: str
    start: int
    end: int
    weight: float


def _table(*rows: tuple[str, float, str]) -> tuple[Cue, ...]:
    return tuple(Cue(name, re.compile(pattern, re.I), weight) for name, weight, pattern in rows)


def cues_in(sentence: str, table: tuple[Cue, ...]) -> list[Found]:
    """The first place of every cue of a table that a sentence holds, in the table's order."""
    found = []
    for cue in table:
        match = cue.pattern.search(sentence)
        if match:
            found.append(Found(cue.name, match.start(), match.end(), cue.weight))
    return found


# What follows the cue is the alternative, unless the name says otherwise.
COMPARISONS = _table(
    ("tuned from", 2.0, r"\bfine-?tun(?:ing|ed) (?:from |version of )?(?!on\b|for\b|to\b|with\b|in\b|and\b|at\b|by\b|using\b)"),
    ("another", 2.2, r"\banother (?:library|tool|framework|model|package|project)(?:,? (?:like|such as))?\b"),
    ("baseline", 2.4, r"\b(?:for comparison|as (?:a )?baselines?)\b"),
    ("results from", 2.2, r"\b(?:with|and|against) (?:the )?results (?:from|of)\b"),
    ("kind-based", 2.4, r"\b(?:common (?:with|in|to)|typical of|not|than|over)\s+(?=[\w-]+-based\b)"),
    ("unlike", 3.0, r"\bunlike\b(?!\s+(?:before|previously|in)\b)"),
    ("in contrast", 2.5, r"\b(?:in|by|stands in|as a) contrast (?:to|with)\b"),
    ("as opposed to", 2.5, r"\bas opposed to\b"),
    ("compared to", 2.5, r"\b(?:when |as )?(?:compared|in comparison|comparing) (?:to|with|against)\b(?! each other| one another)"),
    ("relative to", 1.5, r"\brelative to\b"),
    (
        "outperform",
        3.0,
        r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|outscore[sd]?|outclass(?:es|ed)?)\b"
        r"(?:\s+(?:the|all|both|most|many|even))*",
    ),
    (
        "than",
        2.5,
        r"\b(?:faster|slower|larger|smaller|bigger|better|worse|cheaper|easier|simpler|harder|stronger|lighter|fewer|higher|lower|"
        r"greater|longer|"
        r"shorter|cleaner|richer|wider|broader|deeper|more|less|further)\b[^.;]{0,60}?\bthan\b(?!\s+(?:\d|one\b|a\b|an\b|ever|just|half|"
        r"zero|two|three|five|ten|twenty|that\b|it\b|usual|before|previously|once|necessary|needed|others?\b))",
    ),
    ("times as", 2.0, r"\b(?:\d+x?|two|three|four|ten|twice|half|several)\s+times\s+(?:as\s+\w+\s+as|that of|the \w+ of|those of)\b"),
    ("like-scale", 1.8, r"\b(?:competitive with|comparable (?:to|with)|on (?:a )?par with|rivall?ing|rivals|close to (?=[A-Z]))\b"),
    ("instead of", 2.0, r"\b(?:instead of|rather than|in place of)\b"),
    ("replacement", 3.0, r"\b(?:drop-?in )?(?:replacement|substitute)s? (?:for|of)\b"),
    ("alternative", 3.0, r"\balternatives? (?:to|for)\b"),
    ("versus", 2.5, r"\b(?:versus|vs\.?)(?=\s)"),
    (
        "differs",
        2.5,
        r"\b(?:differs?|differing|different|distinct|distinguish\w*|distinct [\w-]+|different [\w-]+|set apart|sets (?:it|\w+) "
        r"apart)\s+from\b",
    ),
    ("replaces", 1.5, r"\breplac(?:es|ed|ing)\b(?! the)"),
    ("succeeds", 1.8, r"\b(?:successor (?:to|of)|predecessor (?:to|of)|succeeds|supersed(?:es|ed by)|follow-up (?:to|of))\b"),
    ("forked", 2.2, r"\b(?:fork(?:ed|s|ing)? (?:of|from|off(?: of)?)|evolved from|derived from|spin-?off (?:of|from)|distilled from)\b"),
    (
        "replicates",
        2.2,
        r"\b(?:(?:open|free|clean(?:ed)?|faithful)[\w\s,-]{0,30}?(?:replication|reproduction|recreation|re-?implementation|clone|"
        r"version) of|reproduc(?:es|ing)|replicat(?:es|ing)|recreat(?:es|ing))\b",
    ),
    ("modelled on", 1.6, r"\b(?:model(?:l)?ed (?:on|after)|inspired by|in the (?:style|spirit) of)\b"),
    (
        "extends",
        1.6,
        r"\b(?:extends|extension (?:of|to)|builds? (?:up)?on|improv(?:es|ement|ing|ements) (?:up)?on|improv(?:es|ement|ements) over|"
        r"advances? over)\b",
    ),
    ("built on", 1.6, r"\b(?:built|builds?|based|implemented) (?:up)?on(?: top of)?\b|\bbuilt (?:with|using)\b"),
    ("same as", 1.6, r"\b(?:the same [\w\s-]{2,40}? as|the way)\b"),
    ("similar to", 1.6, r"\b(?:similar(?:ly)? to|akin to|related to|reminiscent of)\b"),
    ("over", 2.0, r"\b(?:improvements?|gains?|advantages?|speed-?ups?|preferred|favou?red|recommended)\s+(?:\w+\s+){0,2}over\b"),
    (
        "recommended",
        1.6,
        r"\b(?:we (?:recommend|suggest|encourage)|(?:is|are) (?:recommended|better suited)|see|check out|consider)\b(?=.*\b(?:for (?:a "
        r")?(?:broader|wider|newer|newest|more|larger|better|production)|instead|successor)\b)",
    ),
    ("not", 1.2, r"\b(?:,|—|–|-)\s*not\s+(?:just\s+|only\s+|a\s+|an\s+)?"),
    (
        "without",
        1.0,
        r"\b(?:avoid(?:s|ing)?|bypass(?:es|ing)?|without|no need for|no longer needs?|eliminat(?:es|ing)|free of)\b(?:\s+(?:the need "
        r"(?:for|of)|needing|requiring|having to (?:use|write)|relying on))?",
    ),
)

# The sentence's own subject is the alternative, and the verb says what it lacks.
DEFICITS = re.compile(
    r"\b(?:(?:is|are) [^.;]{0,30}\b(?:closed-source|restricted)|struggles?|fails?|suffers?|lacks?|cannot|can't|can hallucinate|"
    r"do(?:es)? not|doesn't|don't|performs? poorly|(?:is|are) limited|"
    r"ha(?:s|ve) (?:\w+ )?limit\w*|limited to|lead(?:s)? to (?:\w+ ){0,3}(?:misinformation|errors?|shallow|poor)|can take (?:weeks|"
    r"months|days|hours)|"
    r"(?:is|are) (?:often |typically |usually |\w+ )?(?:inefficient|expensive|slow|restricted|closed|brittle|noisy|biased|insufficient|"
    r"inadequate|heavily restricted|closed-source)|"
    r"requir(?:es|ing) (?:vast|large|extensive|heavy|manual|costly|significant)|(?:is|was) not assessed|discards?|depends? on|relies "
    r"on|ignores?|introduces? bias)\b",
    re.I,
)
# Who such a sentence may speak about: kinds of system or practice, qualified as others'.
OTHERS = re.compile(
    r"^(?:(?:while|whereas|although|however|but|today|currently|historically|traditionally)[,\s]+)?(?:the\s+)?"
    r"(?:(?:most|many|some|all|several|other|existing|current|previous|prior|earlier|traditional|conventional|standard|typical|"
    r"classic(?:al)?|"
    r"popular|common|baseline|naive|vanilla|plain|ordinary|manual|older|legacy|such|state-of-the-art|proprietary|closed-source|"
    r"commercial|general-purpose|off-the-shelf|prompt(?:ing)?|limited)\s+)+[\w\s/()&,-]{2,70}?",
    re.I,
)

# What sentences of distinction say, by kind; how much each kind speaks for a distinction is learned (weights.json).
DISTINCTIONS = _table(
    ("standing", 1.0,
     r"\b(?:is |was |are |as |became |becoming |one of )?the (?:very )?first(?:-ever)?\s+(?!from\b|of\b|and\b|is\b|in\b|"
     r"with\b|for\b|models?\b|time\b|step|time you|thing|argument|run|line|release|version|stage|column|row|element|item|"
     r"token|\d|to open|part|one\b|two|three|few|set|word|start)\w+|\bfor the first time\b|\b(?:the only|is the sole|"
     r"one of (?:the )?(?:few|only)|the world's)\b(?! (?:way|difference|thing|one you|time))|\b(?:the|its|our|world's|"
     r"among the|one of the)\s+(?:(?:single|currently|by far)\s+)?(?:largest|biggest|fastest|smallest|lightest|simplest|"
     r"easiest|cheapest|most\s+(?:popular|capable|widely|comprehensive|complete|advanced|powerful|diverse|efficient|accurate|"
     r"flexible|extensive|used|adopted)|best(?:-performing| performing)?|highest|strongest|leading|broadest|widest|"
     r"richest)\b(?! (?:way|results?\b|performance, |results? for you|practice))|\b(?:state-of-the-art|state of the art|sota|"
     r"new records?|leading (?:results|performance|accuracy))\b"),
    ("beats", 1.0,
     r"\b(?:outperform\w*|surpass\w*|exceed(?:s|ed|ing)?|beats?|substantial (?:improvement|gain)s?|(?:significantly|"
     r"substantially|far|much|even|up to \S+|\d+x) (?:better|faster|smaller|larger|higher|lower|more|fewer|cheaper)|"
     r"\d+(?:\.\d+)?x\b|\d+ times (?:faster|more|as|the|that)|competitive with|on par with|less (?:resource|compute|memory|"
     r"data)[- ]\w+)"),
    ("contrast", 1.0,
     r"\b(?:unlike|as opposed to|in contrast (?:to|with)|contrary to|differs? from|stands? (?:out|apart)|sets? (?:it|"
     r"\w+) apart|distinguish\w+)\b|\b(?:rather than|instead of|as against|in place of)\b|\b(?:,|—|–)\s*not\s+\w+|"
     r"\bnot (?:just|only|merely)\b.{3,80}\bbut\b"),
    ("without", 1.0,
     r"\bwithout\b(?: (?:the need (?:for|to)|needing|requiring|having to|any|writing|additional|extra|re-?training|"
     r"fine-?tuning|training|access|a |human|manual|external|relying|using|labell?ed|task-specific|sacrificing|losing|"
     r"changing|modif\w+))|\b(?:(?:has|have|with|needs?|requires?|adds?)\s+(?:no|zero)|no (?:\w+ ){1,3}(?:needed|required|"
     r"necessary)|(?:does|do)(?:n't| not) (?:need|require|rely|depend)|bypass(?:es|ing)?|free (?:of|from)(?! charge)|"
     r"eliminat(?:es|ing) the need|avoid(?:s|ing)?|isn't (?:restricted|limited|tied)|(?:is|are) not (?:restricted|limited|"
     r"tied|bound)|independent(?:ly)? of|regardless of|irrespective of|zero[- ](?:config\w*|setup|dependenc\w+))\b|"
     r"\b(?:standalone|self-contained|dependency-free|no dependencies|lightweight|minimal(?:istic|ist)?|from scratch|"
     r"built[- ]in|batteries[- ]included|serverless|embedded)\b|\b(?:(?:runs?|running|works?|executes?) (?:\w+ )?(?:locally|"
     r"offline|on[- ]device)|fully (?:local|offline|open|reproducible|private)|completely (?:local|open|offline)\w*|"
     r"your own (?:machine|infrastructure|computer)|local environment|privacy)\b"),
    ("novel", 1.0,
     r"\b(?:novel|unique(?:ly)?|innovative|pioneer\w*|groundbreaking|breakthrough|original(?:ly)? (?:built|designed)|"
     r"our (?:own|new)|its own|custom(?:-built|-made)?|purpose-built|specially|distinctive|newly)\b|\b(?:(?:we|the authors?|"
     r"authors|(?:its )?makers(?: of [\w .-]{2,30})?|this (?:paper|work)|paper)\s+(?:propose|introduce|present|explore)s?|"
     r"introduces|introduced|proposes|presents a)\b(?! (?:a )?(?:bug|error|bias|latency|overhead|issue))|\b(?:a|an) (?:new|"
     r"different|alternative) (?:\w+[\s-]){0,3}?(?:approach|method|benchmark|dataset|technique|scheme|task|family|"
     r"architecture|paradigm|kind|class|way|framework|model|strategy|recipe|objective)\b"),
    ("whole", 1.0,
     r"\b(?:unif(?:y|ies|ied|ying)|(?:in |with |through |behind |under |from |via )(?:a|one) (?:single|common|unified|"
     r"consistent|composable|shared)|(?:a |one |the same )(?:single|same|common|unified) (?:\w+[\s-]){0,2}(?:interface|model|"
     r"api|framework|file|line|query|call|function|network|platform|codebase|program|binary|class|entry|pass|prompt|"
     r"vocabulary|format|architecture|sequence|prompt-based)|single[- ](?:stage|pass|file|line|function|binary|command)|"
     r"all[- ]in[- ]one|one model|one-stop|end-to-end|the same (?:weights|program|code|model|api))\b|\b(?:combin(?:es|ing|"
     r"ation)|brings? together|bridg(?:es|ing)|pair(?:s|ing)|merg(?:es|ing)|fus(?:es|ing)|joins?|marries|best of both|"
     r"both\b.{3,50}\band\b)\b"),
    ("any", 1.0,
     r"\b\w*-?(?:agnostic|independent|neutral)\b|\bany (?:llm|model|provider|language|framework|package|library|platform|"
     r"size|resolution|format|backend|source|database|client)\b|\barbitrary\b|\bvendor lock|\bopen[- ](?:vocabulary|set|"
     r"domain|ended)\b|\bfree-form\b"),
    ("open", 1.0,
     r"\b(?:fully open|openly (?:available|licensed)|open weights?|publicly available|permissive(?:ly)?|open-?sourced?|"
     r"all (?:the )?(?:code|data)|reproducib\w+|transparen\w+)\b|\b(?:(?:manually|hand|human|carefully|"
     r"professionally)[- ](?:curated|selected|picked|labell?ed|annotated|verified|written|chosen|generated)|"
     r"human[- ](?:annotated|generated|verified)|curated|annotat(?:ed|ions?) (?:for|by)|licensed|right holders|crowdsourc\w+|"
     r"every (?:object|image|instance|document|sample))\b"),
    ("adopted", 1.0,
     r"\b(?:(?:is|are|been) (?:widely |the )?(?:used (?:by|in|internally)|backend|trusted|adopted|depended|powers?|basis|"
     r"foundation|standard|de[- ]facto)|powers|has powered|battle[- ]tested|production-proven|in production|the standard|"
     r"monthly downloads|certified|downloads)\b"),
    ("scale", 1.0,
     r"(?:\b(?:over|more than|up to|nearly|about|approximately|around|exceeding|costs?|takes?|~)\s*[~$]*\s*[\d$][\d.,]*|"
     r"\b\d[\d.,]*\s?(?:\+|[kmb]\b|million|billion|trillion|thousand|hours|languages|[gt]i?b\b|tokens|formats|pairs|images|"
     r"subjects|tasks|parameters|categories|classes|sources|components))"),
    ("purpose", 1.0,
     r"\b(?:(?:specifically |explicitly |purposely |carefully )(?:designed|built|made|trained|optimi[sz]ed|curated|"
     r"engineered|constructed)|(?:designed|built|optimi[sz]ed|engineered|tailored|crafted) (?:for|to|from|with|around|in)|"
     r"first-class)\b|\b(?:fine-grained|precise(?:ly)?|complete freedom|full control|fully (?:custom\w+|configurable|"
     r"control\w+)|deterministic\w*|steer\w*|controllab\w+|transparent|type[- ]safe\w*|extensible|modular|composable|"
     r"customi[sz]\w+)\b|\b(?:core idea|key (?:idea|insight|feature|difference|innovation|component)|main (?:idea|goal|"
     r"difference|advantage)|central idea|main strengths?|what makes|advantage|hallmark|goal is|philosophy|aims? (?:to|at))\b"),
    ("automatic", 1.0,
     r"\b(?:automatic(?:ally)?|on its own|by itself|out[- ]of[- ]the[- ]box|behind the scenes|zero-shot|few-shot|on the fly|"
     r"in real time|dynamic(?:ally)?|adaptive(?:ly)?|efficient(?:ly)?|high[- ]throughput|high[- ]performance|fast)\b"),
)  # fmt: skip

LIMITS = _table(
    (
        "cannot",
        2.2,
        r"\b(?:can(?:not| not|'t)|(?:is|are|was|were) (?:\w+ )?(?:unable|not able|incapable)|(?:does|do|did)(?: not|n't) (?:\w+ "
        r")?(?:support|work|handle|include|provide|cover|follow|comprehend|guarantee|run|leave|persist|perform|generali[sz]e|scale|"
        r"contain|allow|offer|have|replace|understand|apply|embed|prevent|aim|constitute|represent|recogni[sz]e|translate))\b",
    ),
    (
        "not supported",
        2.2,
        r"\b(?:(?:not|n't) (?:\w+ )?(?:support(?:ed)?|available|included|implemented|enforced|possible|intended|designed|suitable|"
        r"recommended|meant|robustly|representative|equally|perfect|a (?:security|chat|substitute|replacement)|released|released yet|"
        r"yet|covered|evaluated|officially|reliable|accurate|compatible|guarantee\w*|assessed|validated|filtered|reviewed|as "
        r"(?:accurate|good|fast))|unsupported|unavailable|no support for|without support|lacks?(?: support)?|no longer (?:\w+ "
        r")?(?:maintained|available|supported|downloadable|there|accept\w*)|deprecated|withdrawn|defunct)\b",
    ),
    (
        "only",
        1.6,
        r"\b(?:only (?:support|work|available|cover|contain|include|accept|run|be used|usable|tested|applies|apply|in (?:english|"
        r"python)|english|for (?:research|english|non-commercial)|on|headless|labell?ed|a (?:small )?subset|the)\w*|(?:is|are) (?:\w+ "
        r")?(?:only|limited|restricted|confined|bound) (?:to|by|for|in|with|at|support\w*|available|label\w*)|(?:works?|available|"
        r"runs?|supported|tested|trained|targets?|understands?|intended|used) only|limited to|restricted to|at most|up to a maximum)\b",
    ),
    (
        "limitation",
        2.4,
        r"\b(?:limitations?|shortcomings?|drawbacks?|downsides?|caveats?|weakness\w*|known issues?|trade-?offs?|bottlenecks?|"
        r"constraint|failure (?:modes?|cases?))\b",
    ),
    (
        "worse",
        1.8,
        r"\b(?:(?:perform|work|fare)s? (?:\w+ )?(?:poorly|worse|badly|less well)|(?:lower|reduced|degrad\w+|poor(?:er)?|worse|drops?|"
        r"declin\w+|inadequate|weaker|less (?:accurate|reliable|well)|inaccura\w+|suboptimal|unreliable|incorrect|(?:is|are) not high|"
        r"hurts? performance|slower|may not (?:yield|be|perform|work|generali[sz]e))\b)",
    ),
    (
        "risk",
        2.0,
        r"\b(?:hallucinat\w+|bias(?:es|ed)?|stereotyp\w+|offensive|harmful|toxic|nsfw|noisy|risks?|unsafe|insecure|security risk|data "
        r"loss|leak\w*|vulnerab\w+|sensitive|personal(?:ly identifiable)? (?:data|information)|misuse|discriminat\w+|misinformation|"
        r"contaminat\w+|private information|duplicates?)\b",
    ),
    (
        "experimental",
        1.8,
        r"\b(?:experimental|prototype|early (?:stage|stages|development|access)|beta|alpha|work in progress|maintenance mode|not (?:an "
        r")?officially|as-is|demonstration|proof of concept|in preview|under (?:active )?development|may change|subject to change|"
        r"unstable|not yet|planned)\b",
    ),
    (
        "expensive",
        1.6,
        r"\b(?:expensive|costly|(?:consume|use|require|need|take|incur)s? (?:a lot|lots|many|more|significant|large|substantial|much|"
        r"far more|additional)|memory-(?:hungry|intensive)|resource[- ]intensive|slow(?:er)?|time-consuming|out of memory|exhaust\w*|"
        r"must have a gpu|at least \d+ ?gb)\b",
    ),
    (
        "caution",
        1.4,
        r"\b(?:should (?:only|not)|must not|not be used|do not use|be (?:aware|careful|cautious)|keep in mind|use with caution|caution|"
        r"warning|at your own risk|advises? against|out[- ]of[- ]scope|responsib\w+|non-commercial|research (?:purposes|use) only|"
        r"discouraged?|requires? (?:manual|an? api key|authentication|approval))\b",
    ),
    (
        "may",
        1.2,
        r"\b(?:may|might|can|could|sometimes|often|occasionally|tends? to) (?:\w+ )?(?:fail|produce|generate|contain|crash|hang|miss|"
        r"differ|overwrite|conflict|struggle|lead|cause|vary|reflect|result|exceed|be (?:incorrect|inaccurate|biased|wrong|slow|"
        r"outdated|lost)|not)\b|\bstruggles?\b|\bfails?\b|\bconflicts?\b",
    ),
)
