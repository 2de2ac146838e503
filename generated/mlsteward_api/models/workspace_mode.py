# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class WorkspaceMode(OpenStrEnum):
    CLOUD = "cloud"
    SELF_HOSTED = "self_hosted"


parse_workspace_mode = Members(WorkspaceMode).__getitem__
