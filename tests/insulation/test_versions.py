"""Client and server tell each other their versions of the API; a difference that matters is one warning."""

from __future__ import annotations

import re
import warnings

import pytest
from mlsteward import Steward, _notices, errors
from mlsteward._api_version import API_VERSION
from mlsteward.protocol import API_VERSION_HEADER, version_warning

from tests.support import spec
from tests.support.loopback import Loopback, answer


@pytest.fixture(autouse=True)
def _nothing_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_notices, "_given", set())


def test_it_is_that_of_the_spec() -> None:
    assert spec.document()["info"]["version"] == API_VERSION


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ("1.0.0", "1.0.0", None),
        ("1.9.0", "1.0.0", None),
        ("1.0.7", "1.0.0", None),
        (None, "1.0.0", None),
        ("soon", "1.0.0", None),
        ("1.0.0", "1.1.0", "Update the server"),
        ("1.9.0", "2.0.0", "Update the server"),
        ("2.0.0", "1.9.0", "Update the client"),
    ],
)
def test_what_matters(theirs: str | None, ours: str, said: str | None) -> None:
    found = version_warning(theirs, ours)
    assert (found is None) == (said is None)
    if said:
        assert found is not None
        assert all(part in found for part in (said, str(theirs), ours))


def read_lists(url: str) -> None:
    for _ in range(2):
        with Steward(url, api_token="mls_x") as steward:
            for _ in range(3):
                steward.projects.list().to_list()


def test_one_warning_for_a_server() -> None:
    with Loopback(answer(200, [], {"X-Api-Version": "99.0.0"})) as server:
        said = rf"99\.0\.0.*{re.escape(API_VERSION)}.*Update the client"
        with pytest.warns(UserWarning, match=said) as caught:
            read_lists(server.url)
        assert len(caught) == 1
        assert server.last.headers[API_VERSION_HEADER] == API_VERSION


def test_no_warning_where_all_is_well() -> None:
    with Loopback(answer(200, [], {"X-Api-Version": API_VERSION})) as server, warnings.catch_warnings():
        warnings.simplefilter("error")
        with Steward(server.url, api_token="mls_x") as steward:
            steward.projects.list().to_list()


def test_every_answer_of_the_server_has_it() -> None:
    with Steward(path=":memory:") as steward, steward.raw_responses() as responses:
        steward.identity.health()
        with pytest.raises(errors.NotFound):
            steward.projects.get("nobody/nothing")
    assert [response.headers[API_VERSION_HEADER] for response in responses] == [API_VERSION] * 2
