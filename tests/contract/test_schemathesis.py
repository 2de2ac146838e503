"""Generated requests, valid and not, for the whole bundle: the answers are what the spec says.

Bounded and the same every time; to search for longer:

    SCHEMATHESIS_EXAMPLES=500 pytest tests/contract/test_schemathesis.py
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks, not_a_server_error

from tests.support import spec
from tests.support.api import LOCAL
from tests.support.calls import names
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "12"))

load_all_checks()

# What says yes to more than the spec (the ids of things that do not exist), or is asked elsewhere with the
# facts at hand: who may do what in test_access_matrix.py, what is refused in test_bad_input.py.
BY_OTHER_TESTS = ("ignored_auth", "use_after_free", "ensure_resource_availability", "positive_data_acceptance")
UNCHECKED = [check for name in BY_OTHER_TESTS for check in CHECKS.get_by_names([name])]


class Server:
    """The application over a database of its own, set up when the first request comes."""

    def __init__(self, *, local: bool) -> None:
        self._local = local

    @cache  # noqa: B019 - lives as long as the module
    def stage(self) -> Stage:
        self._context = set_up_stage()
        return self._context.__enter__()

    def key(self) -> str:
        return self.stage().world.person("admin").key

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._local:
            environ[LOCAL] = True
        elif "HTTP_X_TESTED_WITHOUT_A_KEY" not in environ:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.key()}"
        app = self.stage().world.http.app
        answer: Iterable[bytes] = app(environ, start_response)
        return answer


def bundle(server: Server) -> Any:
    schema = schemathesis.openapi.from_dict(spec.document())
    schema.app = server

    @schema.hook
    def flatmap_path_parameters(context: Any, path_parameters: Any) -> Any:
        # Made-up names lead nowhere: every other time the thing is there.
        there = {
            name: value
            for name, value in names_of(server).items()
            if isinstance(value, str) and name in (path_parameters or {})
        }
        return st.sampled_from([path_parameters, {**(path_parameters or {}), **there}])

    return schema


@cache
def names_of(server: Server) -> dict[str, Any]:
    return dict(server.stage().known)


def check(case: Any) -> None:
    response = case.call()
    case.validate_response(response, excluded_checks=UNCHECKED)


bounded = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
by_operator = bundle(Server(local=True))
by_admin = bundle(Server(local=False))


@by_operator.parametrize()
@bounded
def test_as_operator(case: Any) -> None:
    check(case)


@by_admin.parametrize()
@bounded
def test_as_admin(case: Any) -> None:
    check(case)
