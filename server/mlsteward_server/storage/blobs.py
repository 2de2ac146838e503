"""Where files are kept: a folder, or object storage such as S3, through obstore.

A file is received into a folder of this machine first, and hashed on the way. Then it is kept under its digest: the
same content is stored once, and what is kept never changes. All of that happens outside a transaction, and can be
repeated. Only then does a transaction say whose it is; what no row speaks of is nobody's.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PART = 256 * 1024
"""How many bytes of a file are in memory at a time."""
UPLOAD_PART = 8 * 1024 * 1024
"""The size of the parts in which a file is sent to object storage."""
ENVIRONMENT = "MLSTEWARD_FILES"


class BlobError(Exception):
    """Files cannot be kept or read; the message says why."""


class Staging:
    """A file that is being received. Use it in a `with` block: what is not kept is removed at its end.

    Attributes:
        size: How many bytes have arrived.
    """

    def __init__(self, folder: Path) -> None:
        try:
            descriptor, name = tempfile.mkstemp(dir=folder, prefix="upload-")
        except OSError as error:
            raise BlobError(f"no file can be made: {error.strerror}") from error
        self.path = Path(name)
        self.size = 0
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._digest = hashlib.sha256()

    def write(self, part: bytes) -> None:
        """Add what has arrived.

        Raises:
            BlobError: The disk is full.
        """
        try:
            rest = memoryview(part)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise BlobError(_why(error)) from error
        self._digest.update(part)
        self.size += len(part)

    def finish(self) -> str:
        """Make sure that it is on the disk.

        Returns:
            The SHA-256 of the file, in hexadecimal.
        """
        if not self._file.closed:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise BlobError(_why(error)) from error
            self._file.close()
        return self._digest.hexdigest()

    def close(self) -> None:
        """Remove it, unless it was kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Blobs:
    """Files by their digest.

    Args:
        place: A folder, which is made when the first file is kept, or a URL such as `s3://bucket/prefix`.
            None keeps files until this is closed.
    """

    def __init__(self, place: str | None) -> None:
        self.place = place
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._opened: Any = None
        self._is_of_parent = False
        self._incoming = Path(tempfile.gettempdir())

    def __repr__(self) -> str:
        return f"Blobs({self.place!r})"

    def stage(self) -> Staging:
        """Begin to receive a file.

        Raises:
            BlobError: There is no room for one.
        """
        self._store()
        return Staging(self._incoming)

    def keep(self, staged: Staging) -> None:
        """Keep a file that has arrived. Keeping the same content again changes nothing.

        Raises:
            BlobError: It cannot be stored.
        """
        name = _name_of(staged.finish())
        store = self._store()
        try:
            if self._is_local:
                target: Path = store.prefix / name
                target.parent.mkdir(parents=True, exist_ok=True)
                _put(staged.path, target)
                _sync(target.parent)
            else:
                with staged.path.open("rb") as file:
                    store.put(name, file, chunk_size=UPLOAD_PART, max_concurrency=2)
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error

    def has(self, digest: str) -> bool:
        """Whether a file is there.

        Raises:
            BlobError: That cannot be found out.
        """
        try:
            self._store().head(_name_of(digest))
            return True
        except FileNotFoundError:
            return False
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error

    def remove(self, digest: str) -> None:
        """Remove a file, if it is there.

        Raises:
            BlobError: It cannot be removed.
        """
        try:
            self._store().delete(_name_of(digest))
        except FileNotFoundError:
            pass
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error

    def read(self, digest: str) -> Iterator[bytes]:
        """A file in parts. It is opened at once and read as far as it is asked for.

        Raises:
            BlobError: It is not there, or cannot be read.
        """
        try:
            stream = self._store().get(_name_of(digest)).stream(min_chunk_size=PART)
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error
        return map(bytes, stream)

    def close(self) -> None:
        """Forget what was only to be kept until now."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = self._opened = None

    def after_fork_in_child(self) -> None:
        """Let go of what belongs to the parent. obstore works in threads, and a child has none of them."""
        self._is_of_parent = self._opened is not None
        if self._temporary is not None:
            # Or the files of the parent would go when the child ends.
            vars(self._temporary)["_finalizer"].detach()

    @property
    def _is_local(self) -> bool:
        return self.place is None or "://" not in self.place

    def _store(self) -> Any:
        """The store, opened when it is first needed: that loads obstore, and makes folders."""
        if self._is_of_parent:
            raise BlobError(
                "this process was forked from one that had used them; "
                "fork before files are used, or start processes with multiprocessing's 'spawn'"
            )
        if self._opened is None:
            from obstore.store import LocalStore, from_url

            try:
                if not self._is_local:
                    assert self.place is not None
                    self._opened = from_url(self.place)
                    return self._opened
                if self.place is None:
                    self._temporary = tempfile.TemporaryDirectory(prefix="mlsteward-files-")
                    root = Path(self._temporary.name)
                else:
                    root = Path(self.place)
                    root.mkdir(mode=0o700, exist_ok=True)
                # On the same disk, so that keeping a file only renames it.
                self._incoming = root / "incoming"
                self._incoming.mkdir(mode=0o700, exist_ok=True)
                self._opened = LocalStore(root)
            except (OSError, ValueError, _obstore_errors()) as error:
                raise BlobError(_why(error)) from error
        return self._opened


def _name_of(digest: str) -> str:
    # Two levels, because a folder with millions of files is slow on some file systems.
    return f"sha256/{digest[:2]}/{digest}"


def _obstore_errors() -> type[Exception]:
    from obstore.exceptions import BaseError

    found: type[Exception] = BaseError
    return found


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno).lower() if error.errno == errno.ENOSPC else str(error.strerror)
    # The rest of the text of obstore is for its developers.
    return str(error).partition("\n")[0]


def _put(source: Path, target: Path) -> None:
    """Give a complete file a second name. The first one stays: the file may have to be kept again."""
    try:
        os.link(source, target)
    except FileExistsError:
        pass  # the same content
    except OSError:
        # A file system without links.
        copy = source.with_name(f"{source.name}.copy")
        shutil.copyfile(source, copy)
        os.replace(copy, target)


def _sync(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
