"""Write docs/images/report.png: a document of raw/ in the report, as Chromium shows it.

python tools/picture.py
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from labelpipe.pipeline import build
from labelpipe.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURE = REPOSITORY / "docs/images/report.png"


def main() -> None:
    """Build raw/, follow a finding of a document to its words, and keep what is seen."""
    chromium = shutil.which("chromium") or sys.exit("no chromium here: install it first")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build([REPOSITORY / "raw"], Path(folder), Settings(report=True))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto((Path(folder) / "report.html").as_uri())
        page.get_by_role("link", name="Gablofen").click()
        page.locator(".doc:target .findings a", has_text="lost_list").first.click()
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
