"""The desk in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium")) or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="there is no chromium here: apt-get install chromium, or set CHROMIUM",
    ),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def until(page: Any, expression: str, seconds: float = 15) -> None:
    """Wait until an expression is true (Playwright's own waiting needs eval, which we forbid)."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


class Tab:
    """A page of the browser that remembers what went wrong in it."""

    def __init__(self, context: Any, base: str) -> None:
        self.page = context.new_page()
        self.base = base
        self.wrong: list[str] = []
        self.foreign: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page

    @property
    def ids(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            "#entries > .entry", "all => all.map(entry => entry.dataset.id)"
        )
        return found


@pytest.fixture
def tab(browser: Any, serving: Callable[[], str]) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    tab = Tab(context, serving())
    yield tab
    context.close()
    assert tab.wrong == []
    assert tab.foreign == []


def test_a_new_event_appears_on_the_open_page(tab: Tab, writer: Any) -> None:
    page = tab.open("/")
    page.wait_for_selector("#live.on")
    event = writer.report()
    page.wait_for_selector(f"#e-{event}")
    assert page.inner_text("#announce").lower() == "1 new event"
    assert page.title().startswith("(1)")
    assert page.locator("#none").count() == 0


def test_new_entries_do_not_move_what_is_read(tab: Tab, writer: Any) -> None:
    writer.days(25)
    page = tab.open("/")
    page.wait_for_selector("#live.on")
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(200)
    find = """() => {
      const entry = [...document.querySelectorAll('.entry')]
        .find(entry => entry.getBoundingClientRect().top > 100);
      return [entry.id, entry.getBoundingClientRect().top];
    }"""
    id, top = page.evaluate(find)
    first = writer.report("China met Ukraine on Tuesday.", recipient="UKR")
    second = writer.report("China met the United States on Tuesday.", recipient="USA")
    until(page, "document.querySelector('#announce').innerText.match(/2 new/i)")
    moved = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)
    assert abs(moved - top) < 2
    assert tab.ids[:2] == [second, first]
    page.keyboard.press("n")
    until(page, "scrollY === 0")
    assert page.inner_text("#announce") == ""
    assert not page.title().startswith("(")


def test_a_paused_page_only_announces(tab: Tab, writer: Any) -> None:
    page = tab.open("/")
    page.wait_for_selector("#live.on")
    page.click("#live-toggle")
    event = writer.report()
    until(page, "document.querySelector('#announce').innerText.match(/1 new event/i)")
    assert tab.ids == []
    page.click("#announce button")
    page.wait_for_selector(f"#e-{event}")


def test_an_entry_that_changes_is_renewed(tab: Tab, writer: Any) -> None:
    event = writer.report()
    page = tab.open("/")
    page.wait_for_selector("#live.on")
    writer.report(fields={"origin": "tern.example"})
    until(page, "document.querySelector('#entries').innerText.includes('2 sources')")
    assert tab.ids == [event]


def test_scrolling_leads_to_the_end(tab: Tab, writer: Any) -> None:
    writer.days(70)
    page = tab.open("/")
    for _ in range(20):
        page.mouse.wheel(0, 20_000)
        page.wait_for_timeout(150)
        if page.locator("#end").count():
            break
    assert page.inner_text("#end") == "Here the record begins."
    assert len(tab.ids) == len(set(tab.ids)) == 70


def test_filters_by_the_form_and_live(tab: Tab, writer: Any) -> None:
    writer.report()
    accused = writer.report(
        "China accused Ukraine on Tuesday.",
        recipient="UKR", trigger="accused", type="ACCUSE", mode=None,
    )  # fmt: skip
    page = tab.open("/")
    page.select_option("#f-type", "ACCUSE")
    page.fill("#f-party", "ukr")
    page.click("#filter button")
    page.wait_for_url("**/?party=ukr&type=ACCUSE")
    assert tab.ids == [accused]
    page.wait_for_selector("#live.on")
    writer.report(day="2022-11-11")
    again = writer.report(
        "China accused Ukraine on Tuesday.",
        recipient="UKR", trigger="accused", type="ACCUSE", mode=None, day="2022-11-12",
    )  # fmt: skip
    page.wait_for_selector(f"#e-{again}")
    assert tab.ids == [again, accused]


def test_the_keyboard_is_enough(tab: Tab, writer: Any) -> None:
    writer.days(3)
    page = tab.open("/")
    first, second, _ = tab.ids
    focused = "document.activeElement.dataset.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == first
    page.keyboard.press("j")
    assert page.evaluate(focused) == second
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/events/{second}" if page.url.count("events") else "**/events/*")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("beijing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=beijing")
    assert page.locator("mark.hit").count() > 0


def test_the_first_stop_of_the_keyboard_skips_to_the_news(tab: Tab) -> None:
    page = tab.open("/")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the news"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_hostile_text_does_not_run(tab: Tab, writer: Any) -> None:
    fields = {"title": HOSTILE, "publisher": HOSTILE, "origin": HOSTILE, "byline": HOSTILE}
    event = writer.report(
        f"China met {HOSTILE} on Tuesday.", recipient=HOSTILE, words={HOSTILE: HOSTILE},
        source=HOSTILE, fields=fields | {"url": "javascript:document.title='owned'"},
    )  # fmt: skip
    article = writer.ledger.articles().items[0].id
    pair = writer.ledger.dyads()[0]
    from dateline.desk.wording import pair_path

    paths = ["/", "/articles", f"/articles/{article}", f"/events/{event}", "/dyads"]
    for path in [*paths, pair_path(pair.a, pair.b), "/search?q=Tuesday"]:
        page = tab.open(path)
        page.wait_for_timeout(200)
        assert "owned" not in page.title() or "<img" in page.title()
        assert page.title() != "owned"
        assert page.locator("main img, main script").count() == 0
        assert page.locator("a[href^=javascript]").count() == 0
    page = tab.open("/")
    page.wait_for_selector("#live.on")
    other = writer.report(f"China met Russia, {HOSTILE}.", source=HOSTILE, day="2022-11-11")
    page.wait_for_selector(f"#e-{other}")
    page.wait_for_timeout(200)
    assert page.title() != "owned"


def test_the_chart_is_drawn_under_the_strict_policy(tab: Tab, writer: Any) -> None:
    writer.days(40)
    page = tab.open("/dyads/CHN/RUS")
    page.wait_for_selector("#chart[data-drawn] canvas")
    size = page.evaluate("document.querySelector('#chart canvas').getBoundingClientRect().width")
    assert size > 400
    page.click("#theme-button")
    page.wait_for_timeout(300)
    page.click("#numbers summary")
    assert page.is_visible("#numbers table")


def test_the_theme_can_be_chosen_and_is_kept(tab: Tab) -> None:
    page = tab.open("/about")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.click("#theme-button")
    dark = page.evaluate(paper)
    assert light != dark
    tab.open("/health")
    assert page.evaluate(paper) == dark
    assert page.context.cookies() == []


def test_without_scripts_all_is_there(
    browser: Any, serving: Callable[[], str], writer: Any
) -> None:
    writer.days(40)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(serving())
    assert page.locator(".entry").count() == 30
    assert not page.is_visible("#live")
    page.click("#older")
    assert page.locator(".entry").count() == 10
    page.click(".filters summary")
    page.fill("#f-party", "NOBODY")
    page.click("#filter button")
    assert "answers to these filters" in page.inner_text("main")
    page.goto(page.url.split("?")[0] + "dyads/CHN/RUS")
    page.click("#numbers summary")
    assert page.is_visible("#numbers table")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_its_window(
    browser: Any, serving: Callable[[], str], writer: Any, width: int
) -> None:
    event = writer.report(
        "China met Russia in Beijing, " + "x" * 300 + " on Tuesday, state radio said.",
        source="state radio", fields={"title": "Donaudampfschifffahrtsgesellschaft" * 8},
    )  # fmt: skip
    article = writer.ledger.articles().items[0].id
    base = serving()
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for path in ("/", f"/events/{event}", f"/articles/{article}", "/articles", "/dyads",
                 "/dyads/CHN/RUS", "/search?q=beijing", "/health", "/about", "/api"):  # fmt: skip
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(
    browser: Any, serving: Callable[[], str], writer: Any, scheme: str
) -> None:
    event = writer.report(status="alleged", place="Beijing")
    base = serving()
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in ("/", f"/events/{event}", "/health", "/about"):
        page.goto(base + path)
        page.wait_for_timeout(100)
        assert page.evaluate(CONTRAST) == [], path
    context.close()


CONTRAST = """() => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = value => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const found = numbers(getComputedStyle(element).backgroundColor);
      if (found.length === 3 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [numbers(getComputedStyle(element).color), ground(element)].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return bad;
}"""
