"""How commands that list things render them in each format."""

from __future__ import annotations

from collections.abc import Callable

from agent.cli.emit import Target, render
from agent.cli.session import Session
from agent.output.listing import ListingPage


def write(session: Session, place: Target, value: object, page: Callable[[], ListingPage]) -> None:
    """Write a list or record: `value` as JSON, or the page in another format."""

    def table() -> str:
        from agent.output import listing

        return listing.render(page(), place.page_options(session))

    def markdown() -> str:
        from agent.output import pages

        return pages.markdown("listing", v=page())

    def html() -> str:
        from agent.output import pages

        return pages.html("listing", v=page())

    place.write(render(place, value, {"table": table, "markdown": markdown, "html": html}), session)
