"""Explain why somebody can see a project, and print everybody's access as a table."""

import csv
import io
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from mlsteward import Steward
from mlsteward.records import AccessObjectType, AccessRule, DatasetPermission, ProjectRole, WorkspaceRole

with TemporaryDirectory() as folder, Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    steward.members.add("jackie", email="jackie@example.org", role="collaborator")
    steward.members.add("jill", email="jill@example.org", role="member")
    project = steward.projects.create("nlp", visibility="workspace")
    dataset = steward.datasets.create("signs", default_permission="TAG")
    steward.projects.members.add("nlp", "jackie", role="viewer")

    why = steward.access.explain("jackie", project)
    assert (why.role, why.rule, why.object_type) == (ProjectRole.VIEWER, AccessRule.ROSTER, AccessObjectType.PROJECT)
    assert why.workspace_role is WorkspaceRole.COLLABORATOR
    assert [rule.rule for rule in why.considered if rule.decides] == [AccessRule.ROSTER]
    assert steward.access.explain("jill", "ml-team/nlp").rule is AccessRule.VISIBILITY
    of_dataset = steward.access.explain("jill", dataset="signs")
    assert (of_dataset.role, of_dataset.rule) == (DatasetPermission.TAG, AccessRule.DEFAULT)
    nothing = steward.access.explain("jackie", dataset)
    assert (nothing.role, nothing.rule) == (DatasetPermission.NO_ACCESS, AccessRule.NONE)

    granted = steward.access.list(user="jackie", granted=True).to_list()
    assert [(entry.object_name, entry.role) for entry in granted] == [("nlp", ProjectRole.VIEWER)]

    matrix = steward.access.matrix(project="nlp")
    assert {entry.username for entry in matrix} >= {"jackie", "jill"}
    assert len(matrix) == len(matrix.entries)
    rows = list(csv.DictReader(io.StringIO(matrix.to_csv())))
    assert len(rows) == len(matrix)
    file = Path(folder, "access.csv")
    matrix.to_csv(file, wide=True)
    assert "jackie" in file.read_text("utf-8")
    assert os.path.getsize(file) > 0
