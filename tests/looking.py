"""Looking closely at a page in a real browser: known barriers, and whether it fits its window."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another size or another theme can change; the words and their order stay what they are.
RULES_OF_LOOKS = [
    "color-contrast",
    "link-in-text-block",
    "region",
    "scrollable-region-focusable",
    "target-size",
]

# Only what is wrong comes back: the whole report of a page is a megabyte, and takes longer to send than to make.
RUN = """(how) => axe.run(how).then(({ violations }) => violations.map(({ id, nodes }) => [
    id, nodes.slice(0, 3).map((node) => `${node.html.slice(0, 240)} ${node.failureSummary.slice(-160)}`),
]))"""


def barriers(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page by these rules, or all of ours, worded for the reader of a red test."""
    if not page.evaluate("'axe' in window"):  # it is large, and a page is looked at twice
        page.evaluate(AXE)
    found = page.evaluate(RUN, {"runOnly": rules or RULES, "resultTypes": ["violations"], "preload": False})
    return [f"{rule} {' | '.join(nodes)}" for rule, nodes in found]


def wider_than_the_window(page: Page) -> list[str]:
    """The elements that stick out, if the page scrolls sideways."""
    return list(
        page.evaluate(
            """() => {
                const wide = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= wide) return [];
                return [...document.querySelectorAll("body *")]
                    .filter((e) => e.getBoundingClientRect().right > wide + 1)
                    .map((e) => "sticks out: " + e.outerHTML.slice(0, 160)).slice(0, 3);
            }"""
        )
    )
