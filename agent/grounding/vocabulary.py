"""The word lists that grounding rests on: data with one reason each, no behaviour."""

from __future__ import annotations

from agent.text.words import word_set

# Words that carry no content of their own: a claim may use them freely. Negations, comparatives and quantifiers have their own guards.
STOP = word_set(
    "a an the and or but so yet of in on at to for from by with into onto over under about between among through during before after as "
    "than that this these those it its they them their theirs he his she her we us our ours you your yours i me my who whom whose which "
    "what when where why how be is are was were been being am do does did doing done have has had having can could may might must shall "
    "should will would if then else while because since until unless although though also too very such same other another own even "
    "still already there here now up down out off again further once etc e.g i.e via per vs s t let let's itself themselves one's upon "
    "within across along around toward towards against whether however therefore thus hence both either neither nor not no"
)

# Connecting words: what a sentence about documentation needs around the source's own words. They name no job, object, quality or number,
# so a claim that adds them says nothing more than its quote does.
CONNECTING = word_set(
    "use uses used using user users usage usable provide provides provided providing support supports supported supporting let lets "
    "letting allow allows allowed allowing enable enables enabled enabling offer offers offered offering include includes included "
    "including contain contains contained containing come comes give gives given giving make makes made making take takes taking get "
    "gets work works working run runs running perform performs performed performing serve serves help helps helping accept accepts "
    "describe describes documented documentation document documents according own maker makers name named call called namely based "
    "feature features capability capabilities task tasks example examples kind kinds type types way ways form forms case cases thing "
    "things part parts available able ready project notes author authors developer developers people person someone anyone built-in "
    "artifact page source score scores scored scoring achieve achieves achieved achieving reach reaches reached reaching obtain obtains "
    "obtained report reports reported"
)

# What an artifact may be called in place of its name, by type of artifact and in general.
SUBJECT_NOUNS = word_set(
    "model models dataset datasets data library libraries framework frameworks agent agents server servers benchmark benchmarks product "
    "products tool tools toolkit package packages corpus system project software collection engine platform suite harness"
)

# Nouns that stand for the thing a number is of, whatever it is: "the 4B model" is "the 4B variant".
GENERIC_NOUNS = SUBJECT_NOUNS | word_set("variant variants version versions size sizes checkpoint checkpoints edition configuration")

# Participles and adjectives that tell nothing of their own: what "is not required" is its subject, what "is not meant for" its object.
BARE_PREDICATES = word_set(
    "required needed necessary supported available possible allowed included permitted provided given used implemented enabled "
    "intended meant designed suited suitable recommended advised"
)

NEGATORS = word_set(
    "not no never none nothing nobody nor neither without cannot unable lacks lack lacking lacked fails fail failed failing refuses "
    "refuse hardly barely except excluding excludes exclude omits omit n't non"
)
# How many content words a negator reaches: a negated noun phrase is short, a negated verb takes its objects along.
NEGATOR_REACH = {"no": 2, "without": 2, "non": 1, "lack": 2, "lacks": 2, "lacking": 2, "except": 2, "excluding": 2, "excludes": 2}
DEFAULT_REACH = 3
SCOPE_ENDS = word_set("but which while although though because whereas so however unless if then instead rather and or")

# Degree words by class. A claim's word needs, in its source, a word of the same class with the same neighbour.
UNIVERSAL = word_set("all every each any always everything everyone everywhere both")
WHOLE = word_set("entire whole fully full completely complete entirely wholly")
EXCLUSIVE = word_set("only solely exclusively exclusive sole")
UNIQUE = word_set("unique uniquely unparalleled unmatched unprecedented unrivaled unrivalled")
FIRST = word_set("first earliest pioneering pioneer pioneers")
MAJORITY = word_set("most mostly majority usually generally typically largely mainly primarily often")
PLENTY = word_set("many numerous several various multiple lots countless")
SOME = word_set("some few certain sometimes occasionally partly partially")
TOP = word_set("best leading top sota superior supreme optimal ultimate premier")
BOTTOM = word_set("worst")
BETTER = word_set(
    "better superior exceeds exceed exceeding exceeded outperforms outperform outperformed outperforming surpasses surpass surpassed "
    "surpassing beats beat beating"
)
WORSE = word_set("worse inferior underperforms underperform underperformed lags lag trails trail")
MORE = word_set("more greater")
LESS = word_set("less fewer")
EQUAL = word_set("comparable competitive par rivals rival rivalling rivaling equivalent")
CONTRAST = word_set("unlike instead rather compared contrast versus vs whereas")
# Comparatives of time set nothing above another: any word of the same side in time licenses one ("versions after 0.2" are later ones).
LATER = word_set("later newer after since subsequent following recent newly then now")
EARLIER = word_set("earlier older before previous previously prior former predecessor until")
# What an enumeration, or "different", licenses: "A and B" are both, and "A, B and C" are several.
SEVERAL = word_set("several various multiple both")
# Contrasts that merely set two sides beside each other; a quote from each side is enough for them.
JUXTAPOSING = word_set("compared contrast versus vs whereas")

# Adjectives whose comparative and superlative are regular; the endings are formed from them, so that "test" and "layer" are none.
ADJECTIVES = word_set(
    "big large small fast slow high low great strong weak cheap new old young long short wide broad deep easy simple light heavy rich "
    "clean safe smart tight close few hard early late tiny strict smooth quick near fine pure true rough dense sparse lean thin thick "
    "warm cold cool dark bright hot loose poor raw near far fair full handy happy healthy lengthy noisy costly friendly likely lively "
    "fresh sharp steep tough soft loud quiet rare common able stable scalable nice kind keen bold brief calm clear coarse crisp dim dry "
    "dull flat gentle"
)

# Words that keep a statement from being one of fact.
HEDGES = word_set(
    "may might planned upcoming possibly perhaps potentially eventually hopefully roadmap hope hopes plan plans aims aim intend intends"
)


def _degrees(endings: tuple[str, str]) -> frozenset[str]:
    """Comparatives or superlatives of ADJECTIVES: "big" gives "bigger", "easy" "easier", "large" "larger"."""
    after_e, plain = endings
    formed = set()
    for word in ADJECTIVES:
        if word.endswith("e"):
            formed.add(word + after_e)
        elif word.endswith("y") and word[-2] not in "aeiou":
            formed.add(word[:-1] + "i" + plain)
        else:
            formed.add(word + plain)
            if word[-1] not in "wxy" and word[-2:-1] in "aeiou" and word[-3:-2] not in "aeiou":
                formed.add(word + word[-1] + plain)
    return frozenset(formed)


COMPARATIVES = _degrees(("r", "er"))
SUPERLATIVES = _degrees(("st", "est"))

# Class of each degree word. `-than` words point upward or downward, for claims that set two figures side by side.
CLASSES: dict[str, frozenset[str]] = {
    "universal": UNIVERSAL, "whole": WHOLE, "exclusive": EXCLUSIVE, "unique": UNIQUE, "first": FIRST, "majority": MAJORITY,
    "plenty": PLENTY, "some": SOME, "top": TOP, "bottom": BOTTOM, "better": BETTER, "worse": WORSE, "more": MORE, "less": LESS,
    "equal": EQUAL, "contrast": CONTRAST, "comparative": COMPARATIVES, "superlative": SUPERLATIVES,
}  # fmt: skip
DEGREE = frozenset().union(*CLASSES.values())
# Words that rank one thing above or below others; what a maker says so of its own work is one side's word.
RANKING = TOP | SUPERLATIVES | FIRST | BETTER | WORSE
# A class that licenses another: who says "all" has said "most".
IMPLIED = {"majority": {"universal"}, "plenty": {"universal"}, "some": {"universal", "majority", "plenty"}}
UPWARD = word_set("more larger bigger higher longer greater faster wider broader deeper newer later older heavier denser better exceeds")
DOWNWARD = word_set("fewer less smaller lower shorter slower cheaper lighter earlier narrower thinner worse")
# Of these, what figures of any sort bear out by themselves.
OF_FIGURES = word_set("more higher greater larger fewer less lower smaller")
