"""The report as a reviewer uses it, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from browser import Watched, needs_chromium, running_browser, watched_page
from hostile_page import HOSTILE
from playwright.sync_api import Browser, expect
from samples import write_pages

from labelpipe.pipeline import build
from labelpipe.settings import Settings

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def report(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    raw = write_pages(folder / "raw", "Lorvel", "Tarvel")
    (raw / "gablofen.txt").write_bytes((root / "raw/gablofen.txt").read_bytes())
    (raw / "leaflet.pdf").write_bytes((root / "raw/leaflet_scan.pdf").read_bytes())
    (raw / "evil<img src=x>.txt").write_text(HOSTILE, encoding="utf-8")
    build([raw], folder / "out", settings=Settings(report=True))
    return (folder / "out/report.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def watched(browser: Browser, report: str) -> Iterator[Watched]:
    with watched_page(browser) as watched:
        watched.page.goto(report)
        yield watched
        assert watched.complaints == []
        assert watched.dialogs == []
        assert {url.partition("#")[0] for url in watched.requests} == {report}


def test_it_opens_and_says_how_many_documents_there_are(watched: Watched) -> None:
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("4 labels")
    expect(watched.page.locator("footer")).to_contain_text("not medical advice")


def test_charts_have_names_and_a_table_beside_them(watched: Watched) -> None:
    charts = watched.page.get_by_role("img")
    assert charts.count() >= 2
    for chart in charts.all():
        assert chart.locator("title").text_content()
        assert chart.locator("desc").text_content()
    expect(watched.page.get_by_role("table", name=re.compile("Findings by rule"))).to_be_visible()


def test_documents_are_filtered_by_name(watched: Watched) -> None:
    watched.page.get_by_label("Name or path").fill("tarv")
    expect(watched.page.locator("#index tbody tr")).to_have_count(1)
    expect(watched.page.locator("#shown")).to_have_text("1 of 4 documents")


def test_documents_are_filtered_by_finding(watched: Watched) -> None:
    watched.page.get_by_label("Finding", exact=True).select_option("route_mismatch")
    expect(watched.page.locator("#index tbody tr")).to_have_count(1)
    expect(watched.page.locator("#index tbody")).to_contain_text("Gablofen")


def test_the_count_of_a_rule_leads_to_its_documents(watched: Watched) -> None:
    watched.page.get_by_role("link", name="documents with route_mismatch").click()
    expect(watched.page.locator("#index tbody tr")).to_have_count(1)


def test_documents_are_filtered_by_format(watched: Watched) -> None:
    watched.page.get_by_label("Format").select_option("text")
    expect(watched.page.locator("#index tbody tr")).to_have_count(4)


def test_a_finding_leads_to_its_words(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Gablofen").click()
    document = watched.page.get_by_role("article", name="Gablofen")
    expect(document).to_be_visible()
    document.locator(".findings a", has_text="glued_label").click()
    expect(document.locator(".piece.lit")).to_have_text("Category")
    expect(document.locator(".piece.lit")).to_be_in_viewport()
    expect(watched.page.locator("#told")).to_contain_text("Category")


def test_a_fact_is_two_clicks_from_its_words(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Gablofen").click()
    document = watched.page.get_by_role("article", name="Gablofen")
    document.locator(".facts a[href*='-pharmacokinetics-']").first.click()
    expect(document.locator(".piece.lit").first).to_be_in_viewport()


def test_how_sure_a_fact_is_stands_in_its_row(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Gablofen").click()
    beyond = watched.page.locator(".doc:target .facts .sure").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().bottom - it.closest('li').getBoundingClientRect().bottom)"
    )
    assert len(beyond) >= 10
    assert max(beyond) <= 0


def test_the_words_of_a_finding_lead_back_to_the_list(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Gablofen").click()
    document = watched.page.get_by_role("article", name="Gablofen")
    document.locator(".line .finding a").first.click()
    expect(document.locator(".findings li:target")).to_be_in_viewport()


def test_the_source_is_coloured_by_section(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Gablofen").click()
    colour = "line => getComputedStyle(line).borderLeftColor"
    edges = {
        name: watched.page.locator(f".doc:target .run:text-is('{name}') + .line").first.evaluate(colour)
        for name in ("Header", "Overdosage", "Pregnancy", "Missed dose", "Dosage and administration")
    }
    assert edges["Missed dose"] == edges["Dosage and administration"]
    assert len(set(edges.values())) == 4


def test_back_leads_to_all_documents(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Lorvel").click()
    expect(watched.page.locator(".overview")).to_be_hidden()
    watched.page.get_by_role("article", name="Lorvel").get_by_role("link", name="All documents").click()
    expect(watched.page.locator("#index")).to_be_in_viewport()


def test_rejects_say_why(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Rejects").click()
    expect(watched.page.locator("#rejects")).to_contain_text("leaflet.pdf")
    expect(watched.page.locator("#rejects")).to_contain_text("unsupported_format")


def test_the_theme_is_switched(watched: Watched) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = watched.page.evaluate(paper)
    button = watched.page.get_by_role("button", name="Theme")
    button.click()
    assert watched.page.evaluate(paper) == light
    button.click()
    assert watched.page.evaluate(paper) != light


def test_the_keyboard_alone_reaches_the_words(watched: Watched) -> None:
    keyboard = watched.page.keyboard
    keyboard.press("Tab")
    expect(watched.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    watched.page.get_by_label("Name or path").focus()
    keyboard.type("gablofen")
    watched.page.get_by_role("link", name="Gablofen").focus()
    keyboard.press("Enter")
    document = watched.page.get_by_role("article", name="Gablofen")
    expect(document).to_be_focused()
    document.locator(".findings a").first.focus()
    keyboard.press("Enter")
    expect(document.locator(".source :target")).to_be_focused()


def test_a_narrow_page_does_not_scroll_sideways(browser: Browser, report: str) -> None:
    with watched_page(browser, width=360) as narrow:
        narrow.page.goto(report)
        narrow.page.get_by_role("link", name="Gablofen").click()
        assert narrow.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(browser: Browser, report: str, scheme: str) -> None:
    with watched_page(browser, scheme=scheme) as watched:
        watched.page.goto(report)
        watched.page.get_by_role("link", name="Gablofen").click()
        for words in ("#documents p", ".doc:target .where", ".doc:target a", ".severity.warning"):
            assert watched.page.locator(words).first.evaluate(CONTRAST) >= 4.5, words


CONTRAST = """element => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const light = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pair = [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor].map(light);
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""


def test_a_hostile_document_is_only_words(watched: Watched) -> None:
    link = watched.page.locator("#index tbody a", has_text="alert(1)")
    expect(link).to_have_count(1)
    link.click()
    document = watched.page.locator(".doc:target")
    expect(document).to_contain_text("<script>alert(4)</script>")
    expect(document).to_contain_text("{{ 7 * 7 }}")
    expect(document).to_contain_text("⟨U+202E⟩")
    expect(document).to_contain_text("more characters of this line are not shown")
    assert watched.page.locator("main img, main iframe, main script:not([type]), main style").count() == 0
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
