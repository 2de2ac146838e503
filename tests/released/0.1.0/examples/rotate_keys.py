"""Give programs API keys that can do little and end soon, and replace them without a gap."""

from datetime import UTC, datetime, timedelta

from mlsteward import Steward, errors
from mlsteward.records import ApiKey, KeyScope, NewApiKey

with Steward() as steward:
    steward.workspaces.create("ml-team")
    steward.members.add("jackie", workspace="ml-team", email="jackie@example.org")

    key: NewApiKey = steward.api_keys.create(
        "nightly", user="jackie", scopes=["read"], expires=timedelta(days=30), idempotency_key="nightly-key"
    )
    assert key.secret.startswith("mls_")
    assert key.secret not in repr(key)
    assert key.scopes == (KeyScope.READ,)
    assert key.expires_at is not None
    assert timedelta(days=29) < key.expires_at - datetime.now(UTC) < timedelta(days=31)

    jackie = steward.as_account(key.secret)
    assert jackie.whoami().username == "jackie"
    assert jackie.projects.list().to_list() == []
    try:
        jackie.api_keys.create("another")
    except errors.Forbidden as error:
        assert error.code == "scope_missing"
        assert error.hint
    else:
        raise AssertionError("a key that may only read made a key")

    newer = steward.api_keys.rotate(key.id, user="jackie", overlap=timedelta(hours=1))
    assert newer.secret != key.secret
    assert steward.as_account(newer.secret).whoami().username == "jackie"
    assert jackie.whoami().username == "jackie", "the old key works for another hour"

    listed: list[ApiKey] = steward.api_keys.list(user="jackie").to_list()
    assert {newer.id} <= {one.id for one in listed}
    for one in listed:
        steward.api_keys.delete(one.id, user="jackie")
    steward.api_keys.delete(newer.id, user="jackie", missing_ok=True)
    try:
        steward.as_account(newer.secret).whoami()
    except errors.Unauthenticated as error:
        assert error.status == 401
    else:
        raise AssertionError("a deleted key still works")
