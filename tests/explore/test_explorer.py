"""The explorer as a reviewer uses it, in a real browser, and as a stranger's page would try to."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("playwright")

from browser import Watched, needs_chromium, running_browser, watched_page
from hostile_page import HOSTILE
from playwright.sync_api import Browser, expect
from samples import write_pages

from labelpipe.explore.pages import marked
from labelpipe.explore.server import make_explorer
from labelpipe.pipeline import build


@pytest.fixture(scope="module")
def output(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explore")
    raw = write_pages(folder / "raw", "Lorvel", "Tarvel")
    (raw / "gablofen.txt").write_bytes((root / "raw/gablofen.txt").read_bytes())
    (raw / "leaflet.pdf").write_bytes((root / "raw/leaflet_scan.pdf").read_bytes())
    (raw / "evil.txt").write_text(HOSTILE, encoding="utf-8")
    build([raw], folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def port(output: Path) -> Iterator[int]:
    server, _ = make_explorer(output)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def watched(browser: Browser, port: int) -> Iterator[Watched]:
    home = f"http://127.0.0.1:{port}/"
    with watched_page(browser) as watched:
        watched.page.goto(home)
        yield watched
        assert [words for words in watched.complaints if "favicon" not in words and "404" not in words] == []
        assert watched.dialogs == []
        assert all(url.startswith(home) for url in watched.requests)


def status(port: int, path: str = "/", method: str = "GET", host: str | None = None) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    return connection.getresponse().status


@needs_chromium
def test_documents_are_filtered(watched: Watched) -> None:
    watched.page.get_by_label("Finding").select_option("route_mismatch")
    watched.page.get_by_role("button", name="Filter").click()
    expect(watched.page.locator("#index tbody tr")).to_have_count(1)
    expect(watched.page.locator("#index tbody")).to_contain_text("Gablofen")


@needs_chromium
def test_a_search_leads_to_the_words(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Search").click()
    watched.page.get_by_label("Words").fill("alcohol")
    watched.page.get_by_role("button", name="Search").click()
    hits = watched.page.locator(".hits li")
    assert hits.count() >= 2
    assert {words.lower() for words in hits.locator("mark").all_text_contents()} == {"alcohol"}
    hits.filter(has_text="Lorvel").first.get_by_role("link").click()
    expect(watched.page.locator(".line:target")).to_contain_text("alcohol")


@needs_chromium
def test_a_row_of_a_table_is_a_click_from_its_words(watched: Watched) -> None:
    watched.page.goto(f"{watched.page.url}table/pharmacokinetics")
    quote = watched.page.locator("#index tbody a.told").last
    words = quote.text_content()
    quote.click()
    lit = watched.page.locator(".piece.lit")
    expect(lit.first).to_be_in_viewport()
    assert "".join(lit.all_text_contents()) == words


@needs_chromium
def test_a_row_of_findings_is_a_click_from_its_words(watched: Watched) -> None:
    watched.page.goto(f"{watched.page.url}table/findings?rule=glued_label")
    watched.page.locator("#index tbody a.told").first.click()
    expect(watched.page.locator(".piece.lit")).to_have_text("Category")


@needs_chromium
def test_a_section_is_a_click_from_its_first_words(watched: Watched) -> None:
    watched.page.goto(f"{watched.page.url}table/sections")
    watched.page.locator("#index tbody a").first.click()
    expect(watched.page.locator(".line:target")).to_be_in_viewport()


@needs_chromium
def test_the_sql_that_is_copied_gives_what_the_page_shows(watched: Watched, output: Path) -> None:
    watched.page.goto(f"{watched.page.url}table/findings?rule=lost_list")
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.page.get_by_text("The SQL", exact=True).click()
    watched.page.get_by_role("button", name="Copy the SQL").click()
    expect(watched.page.locator("#told")).to_have_text("Copied")
    sql = watched.page.evaluate("navigator.clipboard.readText()")
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        assert len(con.execute(sql).fetchall()) == watched.page.locator("#index tbody tr").count()


@needs_chromium
def test_rejects_are_read(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Rejects").click()
    expect(watched.page.locator("#index tbody")).to_contain_text("leaflet.pdf")


@needs_chromium
def test_a_hostile_document_is_only_words(watched: Watched) -> None:
    watched.page.locator("#index a", has_text="alert(1)").click()
    expect(watched.page.locator(".doc")).to_contain_text("<script>alert(4)</script>")
    assert watched.page.locator("main img, main iframe, main script, main style").count() == 0


@pytest.mark.parametrize("path", ["/", "/search?words=wine", "/table/doses", "/table/rejects?rule=unsupported_format"])
def test_pages_are_there(port: int, path: str) -> None:
    assert status(port, path) == 200


@pytest.mark.parametrize("snippet", ["⟦a⟧ ⟧<b>⟦", "⟦", "plain & simple"])
def test_what_is_marked_is_only_words(snippet: str) -> None:
    told = marked(snippet)
    assert "<b>" not in told
    assert told.count("<mark>") == told.count("</mark>") == snippet.count("⟦a⟧")


@pytest.mark.parametrize("path", ["/nope", "/doc/0000", "/table/sqlite_master", "/table/runs;DROP"])
def test_what_is_not_there_is_not_found(port: int, path: str) -> None:
    assert status(port, path) == 404


def test_a_quote_in_the_words_is_only_a_quote(port: int) -> None:
    assert status(port, "/?words='%20OR%201=1%20--") == 200
    assert status(port, "/table/findings?rule='%3BDROP%20TABLE%20x--&first=-1") == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(port: int, method: str) -> None:
    assert status(port, method=method) == 405


@pytest.mark.parametrize("host", ["labelpipe.invalid", "labelpipe.invalid:80", "127.0.0.1", "127.0.0.1:1"])
def test_a_name_that_is_made_to_point_here_is_refused(port: int, host: str) -> None:
    assert status(port, host=host) == 421


def test_who_is_refused_is_told_what_to_do(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/", headers={"Host": "labels.example"})
    page = connection.getresponse().read().decode()
    assert "labels.example" in page
    assert "--allow-host" in page
