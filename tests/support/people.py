"""Somebody of a team as the functions see them."""

from __future__ import annotations

from typing import Any

import mlsteward.management as fom

from tests.facade_support import Person, Team


def acting(team: Team, person: Person) -> Any:
    """A block in which the functions call as somebody of the team, in its workspace."""
    return fom.connect(**team.backend.place, api_token=person.api_token, workspace=team.workspace)


def forms(person: Person) -> dict[str, Any]:
    """The ways to name a person."""
    user = fom.get_user(person.email)
    assert user is not None
    return {"id": user.id, "email": person.email, "User": user}
