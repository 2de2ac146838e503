"""Keep the files of an experiment, and get them back."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from mlsteward import Steward, errors
from mlsteward.records import ExperimentStatus

with TemporaryDirectory() as folder, Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    steward.projects.create("classification", key="CLS")

    experiment = steward.experiments.create("classification", name="first try")
    assert (experiment.short_id, experiment.name, experiment.status) == (
        "CLS-1",
        "first try",
        ExperimentStatus.RUNNING,
    )
    assert steward.experiments.get("ml-team/CLS-1") == experiment

    weights = Path(folder, "weights.bin")
    weights.write_bytes(b"\0\1\2\3" * 10_000)
    assets = steward.experiments.assets
    asset = assets.upload(experiment.id, weights, step=1)
    assert (asset.name, asset.size, asset.step) == ("weights.bin", 40_000, 1)
    assert asset.sha256 == hashlib.sha256(weights.read_bytes()).hexdigest()
    assets.upload(experiment.id, b"accuracy,0.9", name="metrics.csv")
    assert sorted(one.name for one in assets.list(experiment.id)) == ["metrics.csv", "weights.bin"]

    copy = Path(folder, "copy.bin")
    assert assets.download(experiment.id, asset.id, copy) == 40_000
    assert copy.read_bytes() == weights.read_bytes()
    assets.delete(experiment.id, asset.id)
    assets.delete(experiment.id, asset.id, missing_ok=True)
    try:
        assets.download(experiment.id, asset.id, copy)
    except errors.NotFound as error:
        assert error.resource == "asset"
    else:
        raise AssertionError("a deleted file was downloaded")

    done = steward.experiments.update(experiment.id, status="finished", name="a good try")
    assert (done.status, done.name) == (ExperimentStatus.FINISHED, "a good try")
    assert [one.short_id for one in steward.experiments.list("classification")] == ["CLS-1"]
