"""Lists as DataFrames: each column has its type, whatever is missing."""

from __future__ import annotations

import sys
from typing import Any

import attrs
import pandas
import pytest
from mlsteward import records
from mlsteward.errors import ConfigurationError

from tests.exports.lists import CANARY, DATASETS, GROUP, INVITATION, NOON, WORKSPACE, Async, Pages, Sync

both = pytest.mark.parametrize("kind", [Sync, Async])
KEY = records.ApiKey("k1", "laptop", "mls_abc", (records.KeyScope.READ,), NOON)
ACCOUNTS = [
    records.Account("u1", records.AccountKind.USER, "jackie", False, NOON, email_proved=True),
    records.Account("u2", records.AccountKind.USER, "ravi", True, NOON),
]


@both
def test_pandas_has_types(kind: Any) -> None:
    frame = kind(Pages([WORKSPACE, WORKSPACE, WORKSPACE]), records.Workspace).to_pandas()
    assert len(frame) == 3
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "id": "string",
        "name": "string",
        "mode": "string",
        "plan.allowed_visibilities": "object",
        "plan.projects_limit": "Int64",
        "plan.storage_bytes_limit": "Int64",
        "created_at": "datetime64[us, UTC]",
        "role": "string",
    }
    row = frame.iloc[0]
    assert row["plan.allowed_visibilities"] == ["private", "secret"]
    assert row["plan.projects_limit"] == 3
    assert row["plan.storage_bytes_limit"] is pandas.NA
    assert row["created_at"].to_pydatetime() == NOON
    assert type(row["mode"]) is str


@both
def test_pandas_of_what_is_missing(kind: Any) -> None:
    frame = kind(Pages(ACCOUNTS), records.Account).to_pandas(columns=["email_proved", "is_operator", "email"])
    assert list(frame.columns) == ["email_proved", "is_operator", "email"]
    assert list(frame["is_operator"]) == [False, True]
    assert list(frame["email_proved"].isna()) == [False, True]
    assert str(frame["email_proved"].dtype) == "boolean"
    keys = kind(Pages([KEY, attrs.evolve(KEY, expires_at=NOON)]), records.ApiKey).to_pandas()
    assert list(keys["expires_at"].isna()) == [True, False]
    creators = kind(Pages(DATASETS), records.Dataset).to_pandas(columns=["creator.username"])
    assert list(creators["creator.username"].isna()) == [True, False]


@both
def test_pandas_of_an_empty_list_has_the_same_types(kind: Any) -> None:
    empty = kind(Pages([]), records.Workspace).to_pandas()
    assert len(empty) == 0
    assert list(empty.dtypes) == list(kind(Pages([WORKSPACE]), records.Workspace).to_pandas().dtypes)


@both
def test_secrets_are_in_no_frame(kind: Any) -> None:
    frame = kind(Pages([INVITATION]), records.Invitation).to_pandas()
    assert CANARY not in frame.to_csv()
    assert frame["dataset_grants"][0] == [{"dataset_id": "d1", "dataset": "signs", "permission": "VIEW"}]


@both
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_the_library(kind: Any, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    pages = Pages([GROUP])
    with pytest.raises(ConfigurationError, match=rf"pip install 'mlsteward\[{library}\]'"):
        getattr(kind(pages), f"to_{library}")()
    assert pages.asked == []


@both
def test_polars_has_types(kind: Any) -> None:
    polars = pytest.importorskip("polars", reason="its wheel has 54 MB, too much for `mlsteward[dev]`")
    frame = kind(Pages([WORKSPACE, WORKSPACE]), records.Workspace).to_polars()
    assert dict(frame.schema) == {
        "id": polars.String(),
        "name": polars.String(),
        "mode": polars.String(),
        "plan.allowed_visibilities": polars.List(polars.String()),
        "plan.projects_limit": polars.Int64(),
        "plan.storage_bytes_limit": polars.Int64(),
        "created_at": polars.Datetime("us", "UTC"),
        "role": polars.String(),
    }
    assert frame.row(0, named=True)["created_at"] == NOON
    assert frame["plan.allowed_visibilities"].to_list()[0] == ["private", "secret"]
    assert kind(Pages([]), records.Workspace).to_polars().schema == frame.schema
    grants = kind(Pages([INVITATION, attrs.evolve(INVITATION, dataset_grants=())])).to_polars()
    assert grants["dataset_grants"].to_list()[0] == [{"dataset_id": "d1", "dataset": "signs", "permission": "VIEW"}]
    assert CANARY not in str(grants.to_dicts())
    accounts = kind(Pages(ACCOUNTS)).to_polars(columns=["email_proved"])
    assert accounts["email_proved"].to_list() == [True, None]
