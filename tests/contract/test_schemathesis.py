"""Generated requests, valid and not, for the whole bundle: the answers are what the spec says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from tests.support import spec
from tests.support.api import LOCAL
from tests.support.depth import searching
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage

EXAMPLES = 4
"""For each operation and caller."""

THERE = ("workspace", "project", "dataset", "user", "successor", "token")
"""Fields that name something, wherever they stand."""

load_all_checks()

# Asked elsewhere with the facts at hand: who may do what in test_access_matrix.py, and whether what fits the
# schema succeeds, which depends on what there is, in tests/server.
BY_OTHER_TESTS = ["ignored_auth", "positive_data_acceptance"]


class Server:
    """The application over a database of its own, set up when the first request comes."""

    def __init__(self, *, local: bool) -> None:
        self._local = local

    @cached_property
    def stage(self) -> Stage:
        self._context = set_up_stage()
        return self._context.__enter__()

    @cached_property
    def key(self) -> str:
        return self.stage.world.person("admin").key

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._local:
            environ[LOCAL] = True
        else:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.key}"
        answer: Iterable[bytes] = self.stage.world.http.app(environ, start_response)
        return answer


def bundle(server: Server) -> Any:
    config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
    schema = schemathesis.openapi.from_dict(spec.document(), config=config)
    schema.app = server
    return schema


def check(case: Any, server: Server) -> None:
    valid = case.meta.generation.mode is GenerationMode.POSITIVE
    if valid and crc32(repr((case.query, case.body)).encode()) % 4:
        # Made-up names lead nowhere: three times out of four the thing is there.
        known = {**server.stage.known, "user": "me" if case.method == "GET" else server.stage.known["user"]}
        case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}
        if case.query:
            case.query.update({name: known[name] for name in THERE if name in case.query})
        if isinstance(case.body, dict):
            there = {**known, "user": known["add_project_user/user"]}
            case.body = {name: there[name] if name in THERE else value for name, value in case.body.items()}
        server.stage.restore()
    response = case.call()
    case.validate_response(response, excluded_checks=CHECKS.get_by_names(BY_OTHER_TESTS))


pytestmark = pytest.mark.randomized
operator, admin = Server(local=True), Server(local=False)


@bundle(operator).parametrize()
@searching(EXAMPLES)
def test_as_operator(case: Any) -> None:
    check(case, operator)


@bundle(admin).parametrize()
@searching(EXAMPLES)
def test_as_admin(case: Any) -> None:
    check(case, admin)
