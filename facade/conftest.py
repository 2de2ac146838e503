"""What the examples in the docstrings of the client start from.

Each example has a client of its own, `steward`, for a platform with a small team, and a folder of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mlsteward import Steward

EXAMPLES = "mlsteward._sync."
"""Where the examples are that use it. Those of `_async`, which they are derived from, do not run."""
DATA_FILE = "mlsteward.db"


@pytest.fixture(autouse=True)
def prepare(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prepare what an example starts from. Nothing is made for other tests."""
    if not request.node.name.startswith(EXAMPLES):
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    names: dict[str, object] = request.getfixturevalue("doctest_namespace")
    with pytest.MonkeyPatch.context() as patch, client(copy(request.getfixturevalue("platform"), folder)) as steward:
        patch.chdir(folder)
        patch.setitem(names, "steward", steward)
        yield


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a platform with a small team. To copy it takes a fifth of the time to set it up."""
    folder = tmp_path_factory.mktemp("platform")
    with client(folder) as steward:
        steward.workspaces.create("ml-team")
        steward.members.add("jackie", email="jackie@example.org", role="member")
        steward.members.add("ravi", email="ravi@example.org", role="guest")
        steward.invitations.send(email="sam@example.org")
        steward.groups.create("labelers", users=["jackie"])
        steward.service_accounts.create("nightly")
        steward.api_keys.create("training", user="nightly@ml-team")
        steward.projects.create("classification", key="CLS")
        steward.projects.members.add("classification", "jackie", role="contributor")
        steward.experiments.create("classification", name="baseline")
        steward.experiments.assets.upload("CLS-1", b"0.93", name="accuracy.txt")
        steward.datasets.create("street-signs")
        steward.datasets.permissions.grant("street-signs", "EDIT", group="labelers")
    return folder


def copy(platform: Path, folder: Path) -> Path:
    """Copy the platform into a folder, and return where it is."""
    return shutil.copytree(platform, folder / "platform")


def client(platform: Path) -> Steward:
    """The operator of a platform."""
    return Steward(path=platform / DATA_FILE, workspace="ml-team")
