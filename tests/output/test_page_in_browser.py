"""In a browser: the policy lets the page's own script run, and a click on a citation shows the quote in its passage."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from agent.output import pages
from agent.output.comparison_view import ComparisonPage
from agent.output.decomposition_view import DecompositionPage
from agent.output.options import PageOptions

pytestmark = pytest.mark.browser
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
    "--dump-dom",
]
CLICKS = """
<script>
  const link = document.querySelector('.cite a[href="#source-3"]');
  link.focus(); link.click();
  const reader = document.getElementById("reader");
  const seen = [!reader.hidden, reader.querySelector("mark").textContent, document.activeElement === reader];
  reader.querySelector('[data-step="1"]').click();
  seen.push(reader.querySelector("h2").textContent);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  seen.push(reader.hidden, document.activeElement === link);
  document.documentElement.dataset.seen = JSON.stringify(seen);
</script>
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on the PATH")
    return found


@pytest.fixture(scope="module")
def page(samples: ModuleType) -> str:
    made = DecompositionPage(samples.lantern(), samples.scorecard(), samples.excerpts(), samples.NAMES)
    return pages.html("decomposition", v=made.view(PageOptions(whole=True)))


def dom(chromium: str, folder: Path, page: str) -> str:
    """The document after its scripts ran."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True).stdout


def test_the_policy_lets_the_script_run_and_no_other(chromium: str, tmp_path: Path, page: str) -> None:
    shown = dom(chromium, tmp_path, page.replace("</body>", "<script>document.documentElement.dataset.foreign = 1</script></body>"))
    assert re.search(r'<html[^>]*data-script="on"', shown)
    assert "data-foreign" not in shown


def test_a_click_shows_the_quote_and_escape_returns(chromium: str, tmp_path: Path, page: str) -> None:
    open_page = re.sub(r"<meta http-equiv=[^>]*>", "", page).replace("</body>", CLICKS + "</body>")
    seen = re.search(r'data-seen="([^"]*)"', dom(chromium, tmp_path, open_page))
    assert seen is not None
    quote = "The prompt `read &lt;region&gt;` limits it to one region."
    assert seen.group(1).replace("&quot;", '"') == f'[true,"{quote}",true,"Source 4 of 9",true,true]'


def test_no_address_pushes_a_column_off_the_page(chromium: str, tmp_path: Path, samples: ModuleType) -> None:
    made = samples.comparison()
    address = "https://www.example.org/" + "a_folder_with_a_long_name/" * 12 + "card.md"
    row = made.rows[0].model_copy(update={"label": "Size", "a": "80 MB", "a_note": f"80 MB ({address}, 2026-11-01)"})
    view = ComparisonPage(made.model_copy(update={"rows": [row]}), samples.excerpts()).view(PageOptions())
    measure = "<script>document.documentElement.dataset.beyond = document.documentElement.scrollWidth - innerWidth</script>"
    page = re.sub(r"<meta http-equiv=[^>]*>", "", pages.html("comparison", v=view)).replace("</body>", measure + "</body>")
    beyond = re.search(r'data-beyond="(-?\d+)"', dom(chromium, tmp_path, page))
    assert beyond is not None
    assert int(beyond.group(1)) <= 0
