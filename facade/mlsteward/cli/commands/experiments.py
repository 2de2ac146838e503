"""`mlsteward experiments`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlsteward.cli.command import PROJECTS, group
from mlsteward.cli.derived import deletes, does, lists, shows
from mlsteward.cli.outcomes import Done, Outcome
from mlsteward.cli.output import Columns, moment
from mlsteward.cli.parameters import Option

if TYPE_CHECKING:
    from mlsteward.records.experiments import Asset, Experiment

experiments = group(PROJECTS, "experiments", "Manage the experiments of a project.")
assets = group(experiments, "assets", "Manage the files of an experiment.")

_columns: Columns[Experiment] = {
    "Short id": lambda experiment: experiment.short_id,
    "Name": lambda experiment: experiment.name,
    "Status": lambda experiment: experiment.status,
    "Started by": lambda experiment: experiment.started_by,
    "Started (UTC)": lambda experiment: experiment.started_at,
}
_files: Columns[Asset] = {
    "Id": lambda asset: asset.id,
    "Name": lambda asset: asset.name,
    "Bytes": lambda asset: asset.size,
    "Step": lambda asset: asset.step,
    "Created (UTC)": lambda asset: asset.created_at,
}

lists(
    experiments,
    "list",
    lambda steward: steward.experiments.list,
    columns=_columns,
    none="No experiments.",
    examples=("mlsteward experiments list ml-team/classification",),
)


@shows(
    experiments,
    "show",
    lambda steward: steward.experiments.get,
    examples=("mlsteward experiments show ml-team/CLS-26",),
)
def show(experiment: Experiment) -> Mapping[str, object]:
    """Show an experiment."""
    return {
        "Experiment": f"{experiment.workspace}/{experiment.short_id}",
        "Name": experiment.name,
        "Project": f"{experiment.workspace}/{experiment.project}",
        "Status": experiment.status,
        "Started by": experiment.started_by,
        "Started": f"{moment(experiment.started_at)} UTC",
        "Ended": experiment.ended_at and f"{moment(experiment.ended_at)} UTC",
        "Id": experiment.id,
    }


@does(
    experiments,
    "create",
    lambda steward: steward.experiments.create,
    outcome=Outcome.CREATED,
    examples=("mlsteward experiments create ml-team/classification --name baseline",),
)
def create(done: Done[Experiment]) -> str:
    """Create an experiment. It is running until you finish it."""
    return f"experiment {done.result.workspace}/{done.result.short_id} is running"


@does(
    experiments,
    "update",
    lambda steward: steward.experiments.update,
    reads=lambda steward: steward.experiments.get,
    examples=("mlsteward experiments update ml-team/CLS-26 --status finished",),
)
def update(done: Done[Experiment]) -> str:
    """Change the name or the status of an experiment."""
    return f"experiment {done.result.workspace}/{done.result.short_id} ({done.result.name}) is {done.result.status}"


lists(
    assets,
    "list",
    lambda steward: steward.experiments.assets.list,
    columns=_files,
    none="No assets.",
    examples=("mlsteward experiments assets list ml-team/CLS-26",),
)


@does(
    assets,
    "upload",
    lambda steward: steward.experiments.assets.upload,
    outcome=Outcome.CREATED,
    options={"content": Option(metavar="FILE", help="The file.")},
    has_dry_run=False,
    examples=("mlsteward experiments assets upload ml-team/CLS-26 model.bin --step 1000",),
)
def upload(done: Done[Asset]) -> str:
    """Upload a file of any size."""
    return f"asset {done.result.id} ({done.result.name}) has {done.result.size} bytes"


@does(
    assets,
    "download",
    lambda steward: steward.experiments.assets.download,
    outcome=Outcome.CREATED,
    options={"target": Option(metavar="FILE", help="The file to write.")},
    examples=("mlsteward experiments assets download ml-team/CLS-26 ID model.bin",),
)
def download(done: Done[int]) -> str:
    """Download a file. An existing file with the same name is replaced when all of it has arrived."""
    return f"{done.arguments['target']} has {done.result} bytes"


deletes(
    assets,
    "delete",
    lambda steward: steward.experiments.assets.delete,
    told="asset {asset}",
    nothing="there is no asset {asset}",
    asks="Delete the asset {asset}?",
    examples=("mlsteward experiments assets delete ml-team/CLS-26 ID",),
)
