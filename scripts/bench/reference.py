"""The reference of `served`: FastAPI doing the same queries, and no checks at all."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from mlsteward_server.accounts import credentials
from mlsteward_server.domains.projects import resource
from pydantic import BaseModel
from sqlalchemy import create_engine

engine = create_engine(f"sqlite:///{os.environ['BENCH_DATABASE']}", connect_args={"check_same_thread": False})
app = FastAPI()


class Project(BaseModel):
    """What is answered, field by field what mlsteward answers."""

    id: str
    workspace: str
    name: str
    handle: str
    key: str
    visibility: str
    roster_policy: str
    description: str
    owner: str | None
    created_at: datetime
    updated_at: datetime


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


# `async def`: FastAPI is faster so, with SQLite, than with its pool of threads.
@app.get("/same-queries/{project}")
async def same_queries(project: str, secret_hash: str = "", caller: str = "") -> Project:
    """Both statements that mlsteward runs for this: whose key it is, and the project with who may see it."""
    with engine.connect() as connection:
        connection.execute(credentials._by_secret.statement, {"secret_hash": secret_hash}).first()
        row = connection.execute(resource._BY["id"].statement, {"reference": project, "caller": caller}).one()
    return _answer(row)


@app.get("/one-query/{project}")
async def one_query(project: str) -> Project:
    """The project alone."""
    with engine.connect() as connection:
        row = connection.execute(resource._BY["id"].statement, {"reference": project, "caller": ""}).one()
    return _answer(row)


def _answer(row: Any) -> Project:
    return Project.model_validate(row._mapping)
