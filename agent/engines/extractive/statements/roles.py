"""What a section is for, told by the words of its headings."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal[
    "overview",
    "features",
    "usage",
    "evaluation",
    "training",
    "data",
    "models",
    "architecture",
    "integration",
    "deployment",
    "configuration",
    "limitations",
    "notes",
    "comparison",
    "reference",
    "faq",
    "installation",
    "citation",
    "licence",
    "contributing",
    "community",
    "acknowledgement",
    "changelog",
    "roadmap",
    "navigation",
    "other",
]

# The first pattern that a heading matches gives its role; the order settles headings with words of two roles ("Training data").
_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("navigation", r"^table of contents?$|^toc$|quick ?links|^links$|^resources$|further reading|^see also|related (?:links|pages)|"
                   r"^next steps?$|"
                   r"^where to go|learn more|^documentation$|^docs$|more information$|additional resources|^references?$|^bibliography$"),
    ("citation", r"\bcit(?:e|ing|ation|ations)\b|bibtex|^reference papers?$"),
    ("licence", r"\blicen[sc](?:e|es|ing)\b|copyright|trademarks?$|^privacy(?: policy| notice)?$|^legal\b|terms of use|^terms\b|"
                r"disclaimer|intended use and licen"),
    ("acknowledgement", r"acknowledg|^credits?\b|^thanks|sponsors?\b|backers|funding|^authors?$|maintainers|^team$|^curators|"
                        r"dataset curators|"
                        r"contributed by|our contributors|^contributions$|^partners$|annotators\?"),
    ("contributing", r"contribut|developer guide|development (?:setup|guide|install)|for developers|^development$|^developing\b|"
                     r"code of conduct|"
                     r"^(?:running )?(?:unit )?tests?$|^release process|pull requests?$|coding style|^build(?:ing)? from source"),
    ("community", r"community|\bcontact|support(?:ing)? (?:us|the project)|^support$|^help$|get(?:ting)? (?:help|support|involved|"
                  r"in touch)|discord|slack|"
                  r"^meetups?|newsletter|feedback|^stay |star (?:us|history)|reporting|^hiring|careers|^events?$|code contributors|"
                  r"telemetry|^analytics$|usage statistics|^privacy policy|maintenance"),
    ("changelog", r"change ?log|release notes?|^releases?$|what'?s new|\bnews\b|^updates?$|^history$|^version(?:s| history)?\b|"
                  r"breaking changes|migrat|"
                  r"^deprecat|announcement|^versioning|semantic versioning|^\W*(?:19|20)\d\d[-/. ]\d"),
    ("roadmap", r"road ?map|^to-?do\b|future (?:work|plans|directions)|coming soon|planned|^plans$"),
    ("installation", r"install|^set-?up\b|setting up|^environment(?: setup)?$|requirement|prerequisit|dependenc|^build(?:ing)?\b|"
                     r"^compil|upgrade|"
                     r"^obtaining|hardware|troubleshoot|^debugging$|uninstall|^system "),
    ("notes", r"^(?:table|figure|foot|implementation) ?notes?$|^legend$|^errors?$|^common (?:errors|issues)|^troubleshooting"),
    ("limitations", r"limitation|\bbias(?:es)?\b|\brisks?\b|caveat|known (?:issues|problems)|out[- ]of[- ]scope|ethic|social impact|"
                    r"safety|misuse|"
                    r"not (?:supported|suitable|intended)|drawback|shortcoming|personal and sensitive|restrictions|considerations|"
                    r"privacy|broader impact"),
    ("comparison", r"compar(?:e|ed|ing|ison|isons)\b|\bvs\.?\b|\bversus\b|alternativ|related (?:work|projects)|differen(?:ce|t from)|"
                   r"why not\b|"
                   r"similar (?:projects|tools)|ecosystem$"),
    ("faq", r"\bfaqs?\b|frequently asked|^q(?:uestions)? ?(?:&|and) ?a"),
    ("features", r"feature|capabilit|highlight|what (?:can|does|is included|you can|it does)|key (?:benefits|points|concepts)|benefits|"
                 r"advantages|"
                 r"\bwhy\b|use[- ]cases?|supported|functionalit|^tools$|tools? (?:list|reference|available)|available tools|"
                 r"what'?s (?:in|inside|included)|"
                 r"intended uses?|direct use|downstream use|primary use|abilities|^uses?$|applications"),
    ("overview", r"overview|introduction|^about\b|^summary\b|summary$|description|^abstract$|at a glance|what is\b|^background|"
                 r"motivation|^readme$|"
                 r"^welcome|model details|dataset details|^purpose|^goals?$|^concept|rationale"),
    ("evaluation", r"evaluat|benchmark|result|performance|accuracy|metric|leaderboard|experiment|zero[- ]shot|ablation|^scores?\b|"
                   r"comparisons? on|speed"),
    ("training", r"train(?:ing|ed)?\b|fine[- ]?tun|optimi[sz]|pre-?train|hyper-?param|lora\b|distill|quanti[sz]"),
    ("data", r"\bdata\b|datasets?\b|corpus|corpora|subsets?|splits?\b|\bfields?\b|instances|annotation|preprocess|curation|collection|"
             r"languages?$|schema|"
             r"\bformats?\b|statistics|composition|licen[sc]ed sources|deduplicat|filtering"),
    ("models", r"\bmodels?\b|checkpoints?|weights|model zoo|variants|sizes"),
    ("architecture", r"architecture|how (?:it|does it) works?|how .* works|design|internals|under the hood|pipeline|components?\b|"
                     r"method|approach|workflow"),
    ("integration", r"integrat|plugins?\b|extensions?|ecosystem|clients?\b|sdk|framework|works with|connectors?|third[- ]party|compatib"),
    ("deployment", r"deploy|serv(?:e|ing|er)\b|docker|kubernetes|cloud|production|hosting|self-host|scal(?:e|ing)"),
    ("configuration", r"config|options?\b|settings?|parameters?|arguments?|environment variables|flags|customi[sz]"),
    ("reference", r"\bapi\b|reference|\bclass\b|methods?\b|functions?\b|commands?\b|^cli\b|command[- ]line|glossary|syntax"),
    ("usage", r"usage|how to|quick ?start|get(?:ting)? started|example|tutorial|guide|demo|\busing\b|inference|walkthrough|recipe|"
              r"cookbook|notebook|"
              r"run(?:ning)?\b|hello world|first steps|basics|how do i|playground|load(?:ing)?\b|generat"),
    ("faq", r"\?$"),
)  # fmt: skip
_SHORTCODE = re.compile(r"^\W*:?[a-z0-9_+-]+:\s+(?=[A-Z\d])")  # ":bulb: Highlights"
_COMPILED = tuple((role, re.compile(pattern, re.I)) for role, pattern in _PATTERNS)

# Sections that say nothing about what the artifact does.
SILENT: frozenset[Role] = frozenset({"installation", "citation", "licence", "contributing", "community", "acknowledgement", "navigation"})
# Headings that give a role to everything below them, whatever the headings in between say.
_DOMINANT: frozenset[Role] = frozenset(
    {
        "citation",
        "licence",
        "acknowledgement",
        "contributing",
        "community",
        "changelog",
        "roadmap",
        "limitations",
        "installation",
        "navigation",
    }
)


def role_of_heading(title: str) -> Role:
    """The role of one heading, "other" where its words tell none."""
    bare = _SHORTCODE.sub("", title).strip()
    return next((role for role, pattern in _COMPILED if pattern.search(bare)), "other")


def bare_title(title: str) -> str:
    """A heading without emoji shortcodes and numbering."""
    return re.sub(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|step \d+:?)\s+(?=\w)", "", _SHORTCODE.sub("", title).strip(), flags=re.I)


def role_of(heading_path: tuple[str, ...]) -> Role:
    """The role of a section: of its innermost telling heading, unless one above it is dominant.

    An outermost heading is a document's title: it counts where it is dominant ("Limitations") or nothing below it tells.
    """
    roles = [role_of_heading(title) for title in heading_path]
    for role in roles:
        if role in _DOMINANT:
            return role
    telling = [role for role in roles[1:] or roles if role != "other"]
    if telling:
        return telling[-1]
    return "overview" if len(heading_path) <= 1 else "other"
