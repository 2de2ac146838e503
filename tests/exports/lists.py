"""Lists of made-up records, behind both pagers asked in one way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import attrs
from mlsteward import records
from mlsteward.errors import StewardError
from mlsteward.pagination import AsyncPager, Pager

CANARY = "canary-7f3a"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

WORKSPACE = records.Workspace(
    id="w1",
    name="ml-team",
    mode=records.WorkspaceMode.CLOUD,
    plan=records.Plan(allowed_visibilities=(records.Visibility.PRIVATE, "secret"), projects_limit=3),
    created_at=NOON,
)
INVITATION = records.Invitation(
    id="i1",
    role=records.WorkspaceRole.MEMBER,
    status=records.InvitationStatus.PENDING,
    add_to_all_projects=True,
    url=f"https://steward.example.com/accept?token={CANARY}",
    created_at=NOON,
    expires_at=NOON,
    email="zoe@example.com",
    dataset_grants=(records.InvitationDatasetGrant("d1", "signs", records.DatasetPermission.VIEW),),
)
GROUP = records.Group(id="g1", name="labelers", members_count=2, created_at=NOON)
DATASET = records.Dataset("d1", "ml-team", "signs", records.DatasetPermission.VIEW, NOON)
CREATOR = records.DatasetCreator("u1", "jackie", records.WorkspaceRole.ADMIN)
DATASETS = [DATASET, attrs.evolve(DATASET, id="d2", creator=CREATOR)]


class Broken(StewardError):
    """The connection is gone."""


class Pages:
    """A list in pages, as the API has it.

    Args:
        items: All of them.
        size: Number of items in a page.
        fails_at: The page that does not arrive.
    """

    def __init__(self, items: Sequence[Any], size: int = 2, fails_at: int | None = None) -> None:
        self.items = items
        self.size = size
        self.fails_at = fails_at
        self.asked: list[int | None] = []
        self.counted = 0

    def fetch(self, page_size: int | None, cursor: str | None) -> tuple[Sequence[Any], str | None]:
        self.asked.append(page_size)
        if len(self.asked) - 1 == self.fails_at:
            raise Broken("The connection was lost.")
        start = int(cursor or 0)
        end = start + min(page_size or self.size, self.size)
        return self.items[start:end], str(end) if end < len(self.items) else None

    def total(self) -> int:
        self.counted += 1
        return len(self.items)


class Sync:
    """A pager, asked in the one way."""

    def __init__(self, pages: Pages, record_type: type | None = None, **options: Any) -> None:
        self.pager = Pager(pages.fetch, record_type=record_type, total=pages.total, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pager, name)


class Async:
    """An asynchronous pager, asked in the same way."""

    def __init__(self, pages: Pages, record_type: type | None = None, **options: Any) -> None:
        async def fetch(page_size: int | None, cursor: str | None) -> tuple[Sequence[Any], str | None]:
            await asyncio.sleep(0)
            return pages.fetch(page_size, cursor)

        async def total() -> int:
            return pages.total()

        self.pager = AsyncPager(fetch, record_type=record_type, total=total, **options)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.pager, name)

        def call(*arguments: Any, **options: Any) -> Any:
            async def run() -> Any:
                return await method(*arguments, **options)

            return asyncio.run(run())

        return call
