"""From raw figures to 0-100, and the words that say how."""

from __future__ import annotations

import math
import re
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


def log_scaled(value: float, low: float, high: float) -> float:
    """0 at `low`, 100 at `high`, logarithmic between (of the value plus one, so that 0 has a place), clamped outside."""
    if value <= low:
        return 0.0
    position = (math.log1p(value) - math.log1p(low)) / (math.log1p(high) - math.log1p(low))
    return round(100 * min(position, 1.0), 2)


def log_note(low: float, high: float) -> str:
    return f"log-scaled between {low:,.0f} and {high:,.0f}"


def decayed(age: int, grace: int, half_life: int) -> float:
    """100 up to `grace` days, halving every `half_life` days after them."""
    return round(100 * math.pow(0.5, max(age - grace, 0) / half_life), 2)


def decay_note(age: int, as_of: date, grace: int, half_life: int) -> str:
    days = "1 day" if age == 1 else f"{age:,} days"
    return f"{days} old on {as_of.isoformat()}; 100 for the first {grace} days, halved every {half_life} days after that"


def counted(value: int, enough: int) -> float:
    """0 for none, 100 for `enough` or more, in equal steps between."""
    return round(100 * min(value, enough) / enough, 2)


def read_date(text: str) -> tuple[date, str] | None:
    """A date and a note on its precision: a year or month counts from its first day. None where it is no date."""
    match = _PARTIAL.match(text.strip())
    if not match:
        return None
    year, month, day = match.groups()
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    note = "" if day else f"known to the {'month' if month else 'year'} only, counted from its first day"
    return found, note


def joined(*notes: str | None) -> str:
    """The notes that say something, as one line."""
    return "; ".join(note for note in notes if note)
