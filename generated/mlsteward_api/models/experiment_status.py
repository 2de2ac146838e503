# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class ExperimentStatus(OpenStrEnum):
    FINISHED = "finished"
    RUNNING = "running"
    STOPPED = "stopped"


parse_experiment_status = Members(ExperimentStatus).__getitem__
