"""The words by which a claim in other words may say what its evidence says: data, with one reason each."""

from __future__ import annotations

from agent.grounding import vocabulary as words
from agent.text.words import word_set

# Words that deny without a negator: "unnecessary" answers to "not needed".
NEGATIVE = word_set(
    "unnecessary unneeded insufficient inadequate impossible unavailable ineligible incapable prohibited prohibit prohibits forbidden "
    "forbids forbid avoid avoids avoided avoiding prevent prevents prevented preventing reject rejects rejected refuse refuses refused "
    "absent absence missing miss misses limited instead rather ignore ignores ignored ignoring skip skips skipped disable disables "
    "disabled exclude excludes excluded exclusion hard difficult otherwise deny denies denied exempt false wrong incorrect inaccurate "
    "incomplete invalid illegal poor poorly inconsistent irrelevant inappropriate imperfect bypass bypasses eliminate eliminates "
    "eliminating discourage discouraged discourages restrict restricts restricted deprecated broken loses lose lost regardless unless "
    "optional free removes removed remove drop dropped limit limits little few stops"
)
# Words that begin like a denial and are none.
POSITIVE = word_set(
    "understand understands understanding understood underlying underneath undergo undergoes unique uniquely uniform unified unifies "
    "unifying universal universally university universities discover discovers discovered discovery discuss discussed discussion display "
    "displays displayed distribute distributed distribution distributions distinct distinguish distance dispatch distill distilled "
    "distillation discord discrete discriminate discriminative dissertation unittest undertake undertaken disease diseases district unless"
)
# Classes that a claim may use freely: they weaken, or they set two things side by side.
FREE = frozenset({"some", "plenty", "contrast"})
# Classes of which any member answers to any other.
BY_CLASS = frozenset({"universal", "whole", "exclusive", "unique", "first", "majority", "top", "better", "worse", "equal", "more", "less"})
# Classes whose word may stand in a heading.
FROM_HEADINGS = frozenset({"top", "superlative", "unique"})
# Words that say what a class says, by class of the claim's word.
INSTEAD = {
    "universal": words.WHOLE | word_set("throughout across regardless whatever whichever whenever wherever total overall"),
    "whole": words.UNIVERSAL | word_set("total end-to-end comprehensive overall from thorough"),
    "exclusive": word_set("just merely alone limited restricted limit restrict unless except purely sole dedicated solely nothing"),
    "unique": word_set("only first novel unlike different distinct new single own"),
    "first": word_set("initial initially begin start started starting before original originally novel prior prerequisite "
                      "without"),
    "majority": word_set("common commonly usual normal default main primary chief often frequently popular many tend half"),
    "top": word_set("state-of-the-art leading highest record best superior outperform exceed surpass ideal ideally "
                    "preferred prefer flagship strongest"),
    "bottom": word_set("lowest least"),
    "better": word_set("improve improved improvement improves improving higher gain gains strong stronger superior advantage beat enhance"),
    "worse": word_set("lower poor poorly degrade degrades below less inferior behind"),
    "more": word_set("additional further extra increase increases increased greater higher exceed exceeds beyond larger improve improves "
                     "improved easier faster better bigger longer"),
    "less": word_set("reduce reduced reduces reducing lower smaller decrease under below few little cheaper faster save saves"),
    "equal": word_set("same equal match matches matching similar similarly like as close on-par comparably compete"),
    "comparative": word_set("improve improves improved improving improvement increase increases increased reduce reduces reduced reducing "
                            "reduction boost exceed exceeds outperform outperforms surpass enhance enhances enhanced speed speeds "
                            "accelerate simplify simplifies optimize optimizes optimized increasingly prior previous previously past "
                            "recent old new last next"),
    "superlative": word_set("record top state-of-the-art best recent new last up-to-date"),
}  # fmt: skip
JOINED = {"top": frozenset({"stateoftheart", "sota"}), "superlative": frozenset({"stateoftheart", "sota"})}
# Degree words that are often mere style: they weigh against a claim and do not refuse it by themselves.
LOOSE = word_set("any each every both complete full fully completely whole entire usually often generally typically mainly largely mostly "
                 "multiple further")  # fmt: skip
# What is counted where a claim counts what its evidence lists.
COUNTED = word_set("kind kinds type types way ways form forms part parts step steps stage stages thing things option options area areas "
                   "mode modes category categories reason reasons aspect aspects point points piece pieces item items")  # fmt: skip
# Degree words that are part of another saying.
PHRASES = frozenset(
    {
        ("all", "it"),
        ("first", "and"),
        ("first", "of"),
        ("above", "all"),
        ("after", "all"),
        ("at", "all"),
        ("at", "first"),
        ("for", "all"),
        ("at", "best"),
        ("first", "party"),
        ("first", "class"),
        ("full", "text"),
        ("leading", "to"),
        ("rather", "than"),
        ("instead", "of"),
    }
)
PLANNED = word_set("planned upcoming roadmap plans hope hopes intend intends eventually soon")
HEDGING = words.HEDGES | PLANNED | word_set("could can future expected will possible sometimes planning intended aims scheduled coming yet")

_UP = words.UPWARD | words.MORE | words.BETTER | word_set("higher larger bigger faster stronger best largest biggest highest fastest")
_DOWN = words.DOWNWARD | words.LESS | words.WORSE | word_set("lower smaller slower weaker worst smallest lowest slowest least")


_TURNED = (
    ("increase increases increased increasing raise raises raised grow grows", "decrease decreases decreased reduce reduces reduced"),
    ("improve improves improved improving", "worsen worsens worsened degrade degrades degraded"),
    ("best highest largest strongest biggest fastest", "worst lowest smallest weakest slowest"),
    (
        "better higher larger faster stronger bigger longer greater newer later",
        "worse lower smaller slower weaker shorter older earlier",
    ),
    ("more", "less fewer"),
    ("maximum", "minimum"),
    ("easier", "harder"),
    ("cheaper", "costlier"),
    ("always", "never"),
)
_OPPOSITES: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
for _one, _two in _TURNED:
    for _here, _there in ((_one, _two), (_two, _one)):
        for _word in _here.split():
            _OPPOSITES[_word] = (word_set(_there), word_set(_here))


def turned(word: str) -> frozenset[str]:
    """The words that say the opposite of a comparing word."""
    return _OPPOSITES[word][0] if word in _OPPOSITES else frozenset()


def agreeing(word: str) -> frozenset[str]:
    """The words that say what a comparing word says."""
    return _OPPOSITES[word][1] if word in _OPPOSITES else frozenset()


def opposed(one: str, other: str) -> bool:
    """Whether two degree words point in different directions."""
    return (one in _UP and other in _DOWN) or (one in _DOWN and other in _UP)


# Words that carry a sentence along: a paraphrase adds or drops them freely.
GLUE = word_set(
    "thereby nevertheless nonetheless accordingly consequently moreover furthermore besides meanwhile thus hence likewise simply just "
    "really actually indeed instance regard regards regarding concerning matter matters manner fashion something anything nothing "
    "everything someone whoever whatever whichever going go goes gone come comes came coming become becomes became turn turns "
    "put puts get gets got keep keeps kept keeping hold holds held let leave left stay stays remain remains want wants wish wishes "
    "need needs seem seems tend tends involve involves involved involving entail entails mean means meant serve serves intended "
    "purpose purposes aim aims order sake benefit benefits advantage advantages take takes taken bring brings brought "
    "lie lies live lives sit sits stand stands reside resides found find finds belong belongs belonging concern concerns "
    "happen happens occur occurs cause causes caused result results resulting lead leads leading call calls called calling "
    "place places point points side sides end ends hand hands fact facts amount amounts extent number numbers set sets "
    "sort sorts lot lots bit piece pieces bunch variety range host whole total well good right proper properly "
    "possible possibly able ability likely expected expect expects worth worthwhile ready easily easy simple currently "
    "today nowadays present presently moment time times ahead later soon long alone apart together along further additional "
    "additionally extra addition aside rest remaining particular particularly specific specifically especially certain given "
    "respective respectively corresponding correspondingly associated relevant related suitable appropriate necessary required "
    "require requires must shall ought should advisable recommended possible helpful useful want handle handles handled "
    "deal deals dealt cover covers covered covering carry carries carried do doing happen make making act acts acting "
    "gladly kindly please welcome welcomes thank thanks suit suits geared tailored known named titled labelled entitled "
    "directly straight straightforward immediately instantly quickly readily merely purely entirely fully completely "
    "example examples namely including include everyone everybody anyone anybody nobody none each every any "
    "out-of-the-box setup effort offering offerings lets letting deliver delivers delivered supply supplies supplied "
    "present presented presents state stated states say says said tell tells told note notes noted mention mentions mentioned "
    "describe describes described explain explains explained show shows showed shown illustrate illustrates illustrated "
    "allow allows allowed enable enables enabled permit permits permitted employ employs employed employing utilize utilizes "
    "consist consists consisted comprise comprises comprised constitute constitutes located point pointed foremost chief chiefly markedly "
    "situation situations respect collectively wishing wished invites invited capable option options passes arise arose arises causing "
    "shows raised varied served relied ordinary inside thereof therein beyond doing once ought altogether whole kind wherever "
    "apply applies applied operate operates operated operating function functions work works worked working perform performs performed"
)

# Words that say that something is or goes up, or down, however they say it.
RISING = _UP | word_set("improve improves improved improving improvement increase increases increased boost boosts top high most gains "
                        "outperform outperforms exceeds surpass surpasses enhance enhances upper")  # fmt: skip
FALLING = _DOWN | word_set("reduce reduces reduced reducing reduction decrease decreases decreased degrade degrades worsen worsens low "
                           "bottom minimal minimum few little decline declines drop drops harder costlier short poor poorly under below "
                           "save saves saving cut cuts without not no avoid lag lags only just base light simple early first")  # fmt: skip
SINKING = (_DOWN - word_set("earlier older newer later")) | word_set("worsen worsens degrade degrades harder costlier decrease decreases")
# Sayings with a negator that deny nothing.
AFFIRMING = frozenset({("no", "matter"), ("nothing", "but"), ("without", "further"), ("without", "additional"), ("without", "extra"),
                       ("without", "any"), ("not", "only"), ("not", "just"), ("no", "less"), ("no", "more"), ("no", "fewer")})  # fmt: skip
