"""Names as people write them: `workspace/project` and `workspace/dataset`, from one string or two."""

from __future__ import annotations

from mlsteward.errors import InvalidArgument
from mlsteward.redaction import redact

DEFAULT = "~"
"""How a path names the default workspace of the caller."""
ID_LENGTH = 32
ID_CHARACTERS = frozenset("0123456789abcdef")


def is_id(text: str) -> bool:
    """Whether a text can only be an identifier.

    >>> is_id("019a9f3e251275fe86d59a9685906844"), is_id("classification")
    (True, False)
    """
    return len(text) == ID_LENGTH and ID_CHARACTERS.issuperset(text)


def same_name(first: str, second: str) -> bool:
    """Whether two names are the same: the server ignores case and compatibility forms (NFKC).

    >>> same_name("ML-Team", "ml-team"), same_name("\u212a", "k"), same_name("ml-team", "ml_team")
    (True, True, False)
    """
    return _key(first) == _key(second)


def _key(name: str) -> str:
    if name.isascii():
        return name.lower()
    # Imported where it is used: names are ASCII as a rule.
    from unicodedata import normalize

    folded = normalize("NFKC", name.casefold())
    while folded != name:
        name, folded = folded, normalize("NFKC", folded.casefold())
    return folded


def split_project(name: str, workspace: str | None) -> tuple[str, str]:
    """The workspace and the bare name of a project.

    >>> split_project("ml-team/classification", None)
    ('ml-team', 'classification')
    >>> split_project("classification", "ml-team")
    ('ml-team', 'classification')

    Raises:
        InvalidArgument: The name is not valid, or no workspace is given, or two different ones are.
    """
    home, bare = _split("project", name, workspace)
    if home is None:
        shown = redact(name)
        raise InvalidArgument(
            f"the project {shown!r} has no workspace; write 'workspace/{shown}' or pass workspace=",
            code="workspace_missing",
        )
    return home, bare


def split_dataset(name: str, workspace: str | None) -> tuple[str | None, str]:
    """The workspace and the bare name of a dataset; None for the default workspace of the caller.

    >>> split_dataset("ml-team/street-signs", None)
    ('ml-team', 'street-signs')
    >>> split_dataset("street-signs", None)
    (None, 'street-signs')

    Raises:
        InvalidArgument: The name is not valid, or two different workspaces are given.
    """
    return _split("dataset", name, workspace)


def split_object(name: str, workspace: str | None) -> tuple[str | None, str]:
    """The workspace and the bare name of a project, dataset or experiment; None for the default workspace.

    >>> split_object("ml-team/street-signs", "ml-team")
    ('ml-team', 'street-signs')

    Raises:
        InvalidArgument: The name is not valid, or two different workspaces are given.
    """
    return _split("object", name, workspace)


def _split(kind: str, name: str, workspace: str | None) -> tuple[str | None, str]:
    text(kind, name)
    if workspace is not None:
        text("workspace", workspace)
    first, slash, rest = name.partition("/")
    named, bare = (first, rest) if slash else (None, name)
    # A key that slipped into the wrong argument must not end up in a message.
    shown = redact(name)
    if not bare or named == "" or "/" in bare or ":" in name:
        raise InvalidArgument(
            f"the {kind} name {shown!r} cannot be read; write '{kind}' or 'workspace/{kind}'"
            if len(name) <= 300
            else f"the {kind} name is too long",
            code=f"{kind}_reference_invalid",
        )
    if named is not None and workspace is not None and not same_name(named, workspace):
        raise InvalidArgument(
            f"the {kind} {shown!r} names another workspace than workspace={redact(workspace)!r}; use only one of them",
            code="workspace_conflict",
        )
    return named or workspace, bare


def project_reference(project: str, workspace: str | None, default: str | None) -> str:
    """How a path names a project: its id, or `workspace:name`.

    Args:
        project: `workspace/name`, a bare name or an id.
        workspace: For a bare name.
        default: The workspace for a bare name where `workspace` is None.
    """
    text("project", project)
    if workspace is None and is_id(project):
        return project
    if workspace is None and "/" not in project:
        workspace = default
    return ":".join(split_project(project, workspace))


def dataset_reference(dataset: str, workspace: str | None, default: str | None) -> str:
    """How a path names a dataset: its id, `workspace:name`, or its name in the default workspace of the caller.

    Args:
        dataset: `workspace/name`, a bare name or an id.
        workspace: For a bare name.
        default: The workspace for a bare name where `workspace` is None.
    """
    text("dataset", dataset)
    if workspace is None and is_id(dataset):
        return dataset
    if workspace is None and "/" not in dataset:
        workspace = default
    home, bare = split_dataset(dataset, workspace)
    return bare if home is None else f"{home}:{bare}"


def experiment_reference(experiment: str, workspace: str | None, default: str | None) -> str:
    """How a path names an experiment: its id, or `workspace:short_id`.

    >>> experiment_reference("ml-team/CLS-26", None, None)
    'ml-team:CLS-26'
    >>> experiment_reference("CLS-26", None, None)
    '~:CLS-26'

    Args:
        experiment: Id, `workspace/CLS-26`, or a bare short id.
        workspace: For a bare short id.
        default: The workspace for a bare short id where `workspace` is None.
    """
    text("experiment", experiment)
    if workspace is None and is_id(experiment):
        return experiment
    if workspace is None and "/" not in experiment:
        workspace = default
    home, short_id = _split("experiment", experiment, workspace)
    return f"{home or DEFAULT}:{short_id}"


def workspace_reference(workspace: str | None, default: str | None) -> str:
    """How a path names a workspace: its name, its id, or `~` for the default one of the caller.

    Args:
        workspace: Name or id.
        default: The workspace if `workspace` is None.
    """
    return text("workspace", workspace) if workspace is not None else default or DEFAULT


def text(argument: str, value: object) -> str:
    """Check that an argument is a text, before it is sent.

    Raises:
        InvalidArgument: It is not a text, or empty.
    """
    if not isinstance(value, str):
        raise InvalidArgument(f"{argument} must be a str, not {type(value).__name__}")
    if not value:
        raise InvalidArgument(f"{argument} must not be empty")
    return value
