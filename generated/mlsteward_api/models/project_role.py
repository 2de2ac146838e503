# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class ProjectRole(OpenStrEnum):
    CONTRIBUTOR = "contributor"
    OWNER = "owner"
    VIEWER = "viewer"


parse_project_role = Members(ProjectRole).__getitem__
