"""Takes the README's pictures from the running demo: `.venv/bin/python docs/pictures/take.py [ADDRESS]`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 1100}
PHONE = {"width": 390, "height": 1180}
PAGES = [
    ("start", "/", DESKTOP),
    ("practice-phone", "/praxis/?q=Laternen", PHONE),
    ("topics", "/themen/", DESKTOP),
    ("city", "/staedte/landau-in-der-pfalz/", DESKTOP),
]


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for name, path, size in PAGES:
            page = browser.new_page(viewport=size, locale="de-DE", color_scheme="light")  # type: ignore[arg-type]
            page.goto(address + path)
            if "?q=" in path:
                page.get_by_role("link", name="Smarte Straßenlaternen").first.click()
            page.evaluate("document.fonts.ready")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
