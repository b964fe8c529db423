"""Every link in the guides points to something."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.docs.guides import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_points_to_something(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        parts = urlsplit(link)
        if not parts.scheme:
            there = (page.parent / parts.path).resolve() if parts.path else page
            assert there.exists(), f"{page.name} links to {link}"
            if parts.fragment:
                assert parts.fragment in headings(there), f"{page.name} links to {link}"


def headings(page: Path) -> set[str]:
    """Return the anchors that a page's headings have."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
