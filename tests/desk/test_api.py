from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from starlette.testclient import TestClient

from dateline.records import Event


def test_events_come_as_records_and_in_parts(client: TestClient, writer: Any) -> None:
    writer.days(5)
    first = client.get("/api/v1/events?limit=3").json()
    events = [Event.model_validate(item) for item in first["items"]]
    assert len(events) == 3
    rest = client.get("/api/v1/events", params={"limit": 3, "before": first["next"]}).json()
    assert len(rest["items"]) == 2
    assert rest["next"] is None


def test_each_record_has_its_address(client: TestClient, writer: Any) -> None:
    event = writer.report()
    detail = client.get(f"/api/v1/events/{event}").json()["detail"]
    assert detail["event"]["id"] == event
    mention = client.get(f"/api/v1/mentions/{detail['event']['mention']}").json()
    assert mention["mention"]["trigger"]["text"] == "met"
    article = client.get(f"/api/v1/articles/{mention['article']}").json()["detail"]
    assert article["version"]["id"] == mention["version"]
    assert article["event_ids"] == [event]
    pair = client.get("/api/v1/dyads").json()["items"][0]
    series = client.get(f"/api/v1/dyads/{pair['a']}/{pair['b']}").json()["series"]
    assert series["events"] == pair["events"] == 1
    assert client.get("/api/v1/search?q=beijing").json()["items"][0]["article_id"]
    health = client.get("/api/v1/health").json()
    assert health["counts"]["events"] == 1
    assert health["last_change"] == 1


def test_a_chart_is_a_vega_lite_specification(client: TestClient, writer: Any) -> None:
    writer.report()
    spec = client.get("/api/v1/dyads/CHN/RUS/chart?by=week").json()
    assert "vega-lite" in spec["$schema"]
    assert spec["data"]["values"][0]["start"] == "2022-12-19"
    assert spec["data"]["values"][0]["end"] == "2022-12-26"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events?type=X", 400),
        ("/events?nothing=1", 422),
        ("/events?limit=x", 422),
        ("/events/none", 404),
        ("/mentions/none", 404),
        ("/articles/none", 404),
        ("/nowhere", 404),
        ("/dyads/%20/RUS", 400),
        ("/stream?type=X", 400),
    ],
)
def test_a_bad_request_is_told_in_one_line(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert "\n" not in answer.json()["error"]


def test_everything_is_documented(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert len(document["paths"]) == 11
    for path, methods in document["paths"].items():
        call = methods["get"]
        assert call["summary"], path
        assert call["description"], path
        for parameter in call.get("parameters", ()):
            schema = parameter["schema"]
            told = parameter.get("description") or schema.get("description")
            assert told or parameter["in"] in {"path", "header"}, (path, parameter["name"])


def test_no_request_breaks_the_api(serving: Callable[[], str], writer: Any) -> None:
    writer.report()
    schema = schemathesis.openapi.from_url(f"{serving()}/api/v1/openapi.json")
    limits = settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for result in schema.exclude(path="/api/v1/stream").get_all_operations():

        @limits
        @given(case=result.ok().as_strategy())
        def check(case: schemathesis.Case) -> None:
            answer = case.call()
            case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance])

        check()
