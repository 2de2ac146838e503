# Derived from facade/mlsteward/_async/experiments.py by scripts/derive_sync.py. Do not edit.
"""Experiments, and the files that belong to them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from mlsteward_api.api.experiments import (
    create_experiment,
    delete_asset,
    download_asset,
    get_experiment,
    list_assets,
    list_experiments,
    update_experiment,
    upload_asset,
)
from mlsteward_api.models.experiment_create import ExperimentCreate
from mlsteward_api.models.experiment_update import ExperimentUpdate

from mlsteward._sync.resource import Namespace, Resource
from mlsteward.connection import Connection
from mlsteward.pagination import Pager
from mlsteward.records.enums import ExperimentStatus, ExperimentStatusLike
from mlsteward.records.experiments import Asset, Experiment, read_asset, read_experiment
from mlsteward.references import text
from mlsteward.serialization import given, given_choice
from mlsteward.transport.bodies import UploadContent


class Experiments(Namespace):
    """Experiments. Every `experiment` is an id, or `workspace/CLS-26`, or a short id in the default workspace.

    Attributes:
        assets: The files of an experiment.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:", workspace="ml-team") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.projects.create("classification", key="CLS")
        ...         experiment = steward.experiments.create("classification", name="baseline")
        ...         steward.experiments.assets.upload(experiment.id, b"0.93", name="accuracy.txt")
        ...         return experiment.short_id
        >>> main()
        'CLS-1'
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.assets = Assets(connection)

    def list(
        self,
        project: str,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Experiment]:
        """List the experiments of a project, oldest first.

        Args:
            project: `workspace/name`, a bare name, or an id.
            workspace: For a bare name (default: the default workspace).
            limit: Maximum number of experiments (default: all).
            page_size: Number of experiments per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            ProjectNotFound: The project does not exist, or you cannot see it.

        Example:
            >>> [experiment.short_id for experiment in steward.experiments.list("classification")]
            ['CLS-1']
        """
        return self._list(
            partial(list_experiments.request, project=self._project(project, workspace)),
            read_experiment,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def get(self, experiment: str, *, workspace: str | None = None, timeout: float | None = None) -> Experiment:
        """Get an experiment.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            workspace: For a bare short id (default: the default workspace).

        Raises:
            ExperimentNotFound: It does not exist, or you cannot see it.

        Example:
            >>> steward.experiments.get("CLS-1").name
            'baseline'
        """
        return self._connection.call(
            get_experiment.request(experiment=self._experiment(experiment, workspace)), read_experiment, timeout=timeout
        )

    def create(
        self,
        project: str,
        *,
        name: str | None = None,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Experiment:
        """Create an experiment. It is running until you finish it.

        Args:
            project: `workspace/name`, a bare name, or an id.
            name: Need not be unique (default: the short id).
            workspace: For a bare name (default: the default workspace).

        Raises:
            ProjectNotFound: The project does not exist, or you cannot see it.

        Example:
            >>> experiment = steward.experiments.create("classification", name="more layers")
            >>> experiment.short_id
            'CLS-2'
        """
        return self._connection.call(
            create_experiment.request(
                project=self._project(project, workspace), body=ExperimentCreate(name=given(name))
            ),
            read_experiment,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def update(
        self,
        experiment: str,
        *,
        name: str | None = None,
        status: ExperimentStatusLike | None = None,
        workspace: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Experiment:
        """Change an experiment. Arguments that are not given stay as they are.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            name: Its new name.
            status: Its new status. An experiment that is no longer running gets the current time as its end.
            workspace: For a bare short id (default: the default workspace).
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            ExperimentNotFound: It does not exist, or you cannot see it.

        Example:
            >>> experiment = steward.experiments.update("CLS-1", status="finished")
            >>> str(experiment.status)
            'finished'
        """
        return self._connection.call(
            update_experiment.request(
                experiment=self._experiment(experiment, workspace),
                body=ExperimentUpdate(name=given(name), status=given_choice("status", status, ExperimentStatus)),
            ),
            read_experiment,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )


class Assets(Resource):
    """The files of an experiment. They can have any size: they are sent and saved in parts."""

    def list(
        self,
        experiment: str,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Asset]:
        """List the assets of an experiment, oldest first.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            workspace: For a bare short id (default: the default workspace).
            limit: Maximum number of assets (default: all).
            page_size: Number of assets per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            ExperimentNotFound: It does not exist, or you cannot see it.

        Example:
            >>> [(asset.name, asset.size) for asset in steward.experiments.assets.list("CLS-1")]
            [('accuracy.txt', 4)]
        """
        return self._list(
            partial(list_assets.request, experiment=self._experiment(experiment, workspace)),
            read_asset,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def upload(
        self,
        experiment: str,
        content: UploadContent,
        *,
        name: str | None = None,
        step: int | None = None,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Asset:
        """Upload a file.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            content: The path of the file; or its bytes; or a function that opens it or returns an iterator of bytes.
                A function is called again if the upload has to be repeated.
            name: The name of the file (default: that of the path).
            step: The step of the experiment that it belongs to.
            workspace: For a bare short id (default: the default workspace).

        Raises:
            ExperimentNotFound: It does not exist, or you cannot see it.
            LimitReached: The plan of the workspace has no room for it.
            OSError: The file does not exist, or cannot be read.

        Example:
            >>> asset = steward.experiments.assets.upload("CLS-1", b"epoch,loss\\n1,0.6\\n", name="loss.csv")
            >>> asset.size
            17
        """
        if name is None and isinstance(content, (str, os.PathLike)):
            name = Path(content).name
        return self._connection.upload(
            partial(
                upload_asset.request,
                experiment=self._experiment(experiment, workspace),
                name=text("name", name),
                step=given(step),
            ),
            content,
            read_asset,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def download(
        self,
        experiment: str,
        asset: str,
        target: str | os.PathLike[str],
        *,
        workspace: str | None = None,
        timeout: float | None = None,
    ) -> int:
        """Download a file. The target appears when all of it has arrived; a file with this name is replaced.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            asset: Id of the asset.
            target: Path of the file to write.
            workspace: For a bare short id (default: the default workspace).

        Returns:
            The number of bytes written.

        Raises:
            ExperimentNotFound: It does not exist, or you cannot see it.
            NotFound: It has no such asset.
            OSError: The file cannot be written.

        Example:
            >>> from pathlib import Path
            >>> asset = steward.experiments.assets.list("CLS-1").first()
            >>> steward.experiments.assets.download("CLS-1", asset.id, "accuracy.txt")
            4
            >>> Path("accuracy.txt").read_text()
            '0.93'
        """
        answering = self._connection.stream(
            download_asset.request(experiment=self._experiment(experiment, workspace), asset=text("asset", asset)),
            timeout=timeout,
        )
        with answering as answer:
            return answer.save(target)

    def delete(
        self,
        experiment: str,
        asset: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a file of an experiment.

        Args:
            experiment: Id, `workspace/CLS-26`, or a bare short id.
            asset: Id of the asset.
            workspace: For a bare short id (default: the default workspace).
            missing_ok: Succeed even if it does not exist.

        Raises:
            ExperimentNotFound: The experiment does not exist, or you cannot see it.
            NotFound: It has no such asset.

        Example:
            >>> asset = steward.experiments.assets.list("CLS-1").first()
            >>> steward.experiments.assets.delete("CLS-1", asset.id)
            >>> steward.experiments.assets.list("CLS-1").to_list()
            []
        """
        self._delete(
            delete_asset.request(experiment=self._experiment(experiment, workspace), asset=text("asset", asset)),
            absent="asset_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )
