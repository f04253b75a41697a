from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dateline.desk import create_app
from dateline.desk.security import outward

HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'


@pytest.mark.parametrize("path", ["/", "/api/v1/events", "/events.atom", "/nowhere", "/?type=X"])
def test_every_response_carries_the_strict_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8765", 200),
        ("LOCALHOST:1", 200),
        ("127.0.0.1:8765", 200),
        ("[::1]", 200),
        ("[::1]:8765", 200),
        ("evil.example", 400),
        ("evil.example:8765", 400),
        ("localhost.evil.example", 400),
        ("localhost:8765@evil.example", 400),
        ("", 400),
    ],
)
def test_other_names_for_this_machine_are_refused(
    client: TestClient, host: str, status: int
) -> None:
    assert client.get("/about", headers={"host": host}).status_code == status


def test_a_remote_desk_answers_to_any_name(writer: Any) -> None:
    remote = TestClient(
        create_app(writer.ledger, allow_remote=True), base_url="http://desk.example"
    )
    assert remote.get("/about").status_code == 200


def test_a_long_query_is_refused_in_one_line(client: TestClient) -> None:
    answer = client.get("/search?q=" + "a" * 5000)
    assert answer.status_code == 414
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "",
        None,
        "http://[x",
        "ftp://a.b",
    ],
)
def test_only_web_links_lead_out(url: str | None) -> None:
    assert outward(url) is None


def test_web_links_lead_out() -> None:
    assert outward("HTTPS://kabar.example/1") == "HTTPS://kabar.example/1"


def test_hostile_text_is_escaped_on_every_page(client: TestClient, writer: Any) -> None:
    text = f"China met {HOSTILE} in Beijing on Tuesday."
    fields = {
        "title": HOSTILE,
        "publisher": HOSTILE,
        "origin": HOSTILE,
        "byline": HOSTILE,
        "url": "javascript:alert(1)",
    }
    event = writer.report(
        text, recipient=HOSTILE, words={HOSTILE: HOSTILE}, source=HOSTILE, fields=fields
    )
    article = writer.ledger.articles().items[0].id
    pair = f"/dyads/CHN/{HOSTILE.replace('/', '~1')}"
    for path in ("/", f"/events/{event}", "/articles", f"/articles/{article}", "/dyads",
                 "/search?q=Beijing", pair, f"/search?q={HOSTILE}"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script>document" not in answer.text
        assert "<img" not in answer.text
        assert 'href="javascript:' not in answer.text
    assert "&lt;script&gt;" in client.get("/").text


def test_no_page_holds_inline_scripts_or_styles(
    client: TestClient, writer: Any, app: FastAPI
) -> None:
    writer.report()
    for path in ("/", "/dyads/CHN/RUS", "/health", "/about", "/api", "/search"):
        page = client.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
        assert "<script>" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")
