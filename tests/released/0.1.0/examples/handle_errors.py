"""React to what goes wrong: by class, by code, by resource; and never overwrite what somebody else just changed."""

import pickle

from mlsteward import APIError, Steward, StewardError, errors
from mlsteward.config import resolve

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team", projects_limit=1)
    steward.projects.create("nlp")

    try:
        steward.projects.get("nothing")
    except errors.ProjectNotFound as error:
        assert isinstance(error, errors.NotFound)
        assert (error.status, error.code, error.resource) == (404, "project_not_found", "project")
        assert error.request_id is not None
        assert error.hint
        assert "nothing" in str(error)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
    else:
        raise AssertionError("found")

    try:
        steward.projects.create("nlp")
    except errors.AlreadyExists as error:
        assert isinstance(error, errors.Conflict)
        assert error.resource == "project"
    else:
        raise AssertionError("created twice")

    try:
        steward.projects.create("vision")
    except errors.LimitReached as error:
        assert error.code == "projects_limit_reached"
    else:
        raise AssertionError("more than the plan allows")

    try:
        steward.projects.create("x" * 1000)
    except ValueError as error:
        assert isinstance(error, StewardError)
    else:
        raise AssertionError("a name of 1000 characters")

    with steward.raw_responses() as responses:
        steward.projects.get("nlp")
    version = responses[-1].headers["etag"]
    steward.projects.update("nlp", description="mine", if_match=version)
    try:
        steward.projects.update("nlp", description="theirs", if_match=version)
    except errors.PreconditionFailed as error:
        assert error.status == 412
    else:
        raise AssertionError("overwritten")
    assert steward.projects.get("nlp").description == "mine"

    try:
        steward.as_account("mls_" + "0" * 49).whoami()
    except APIError as error:
        assert isinstance(error, errors.Unauthenticated)
        assert "0" * 49 not in f"{error} {error!r}"
    else:
        raise AssertionError("a key that nobody made")

config = resolve(url="https://steward.example.com", api_token="mls_" + "0" * 49, workspace="ml-team")
assert (config.url, config.workspace, config.embedded) == ("https://steward.example.com", "ml-team", False)
assert "0" * 49 not in config.describe()
try:
    resolve(url="steward.example.com/no-scheme")
except errors.ConfigurationError as error:
    assert isinstance(error, ValueError)
else:
    raise AssertionError("not a URL")
