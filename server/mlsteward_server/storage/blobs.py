"""The file storage: a folder, or object storage such as S3, through obstore.

A file is first received into a local folder, and hashed on the way. Then it is stored under its digest: the same
content is stored only once, and a stored file never changes. This happens outside a transaction and can be repeated.
Only then does a transaction record which object the file belongs to. A file without a row belongs to nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime
from heapq import nsmallest
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

PART = 256 * 1024
"""Number of bytes of a file in memory at a time."""
UPLOAD_PART = 8 * 1024 * 1024
"""Size, in bytes, of the parts in which a file is sent to object storage."""
ENVIRONMENT = "MLSTEWARD_FILES"
FOLDER = "sha256"
SHARDS = 256
"""Number of folders of stored files."""


class BlobError(Exception):
    """Files cannot be stored or read. The message says why."""


class Stored(NamedTuple):
    """A stored file.

    Attributes:
        size: Size in bytes.
        stored_at: When its content was last written.
    """

    digest: str
    size: int
    stored_at: datetime


class Staging:
    """A file that is being received. Use it in a `with` block: a file that was not stored is deleted at its end.

    Attributes:
        size: Number of bytes that have arrived.
    """

    def __init__(self, folder: Path) -> None:
        try:
            descriptor, name = tempfile.mkstemp(dir=folder, prefix="upload-")
        except OSError as error:
            raise BlobError(f"cannot create a file: {error.strerror}") from error
        self.path = Path(name)
        self.size = 0
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._digest = hashlib.sha256()

    def write(self, part: bytes) -> None:
        """Add the next part of the file.

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
        """Flush the file to the disk.

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
        """Delete the file, unless it was stored."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Blobs:
    """Files, stored by their digest.

    Args:
        place: A folder, which is created with the first file, or a URL such as `s3://bucket/prefix`. None stores the
            files in a temporary folder until this object is closed.
    """

    def __init__(self, place: str | None) -> None:
        self.place = place
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._opened: Any = None
        self._is_of_parent = False
        self._opening = threading.Lock()
        self._incoming = Path(tempfile.gettempdir())

    def __repr__(self) -> str:
        return f"Blobs({self.place!r})"

    def stage(self) -> Staging:
        """Start to receive a file.

        Raises:
            BlobError: The file cannot be created.
        """
        self._store()
        return Staging(self._incoming)

    def keep(self, staged: Staging) -> None:
        """Store a received file. Storing the same content again changes nothing.

        Raises:
            BlobError: The file cannot be stored.
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
        """Return whether a file is stored.

        Raises:
            BlobError: The storage cannot be read.
        """
        try:
            self._store().head(_name_of(digest))
            return True
        except FileNotFoundError:
            return False
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error

    def check(self) -> None:
        """Check that a folder can take a file, or that an object storage answers.

        Raises:
            BlobError: It cannot.
        """
        if self._is_local:
            self.stage().close()
        else:
            # Nothing is stored there: every check would cost money.
            self.has("0" * 64)

    def page(self, shard: int, after: str, most: int) -> list[Stored]:
        """Return stored files, by digest. The files are in `SHARDS` shards, by the first byte of the digest.

        Args:
            after: Return only files with a greater digest.
            most: Maximum number of files.

        Raises:
            BlobError: The storage cannot be read.
        """
        name = f"{FOLDER}/{shard:02x}"
        try:
            parts = self._store().list(name, offset=f"{name}/{after}" if after else None)
            # A folder is not listed in order.
            found = nsmallest(most, (item for part in parts for item in part), key=itemgetter("path"))
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error
        return [Stored(item["path"].rpartition("/")[2], item["size"], item["last_modified"]) for item in found]

    def abandoned(self, before: datetime) -> list[Path]:
        """Return the files on this machine that were received, and that no process has written to since a time.

        Raises:
            BlobError: The folder cannot be read.
        """
        self._store()
        if not self._is_local:
            return []  # they are among the temporary files of the system
        try:
            found = [path for path in self._incoming.iterdir() if path.stat().st_mtime < before.timestamp()]
        except FileNotFoundError:
            return []  # an upload was finished at that moment
        except OSError as error:
            raise BlobError(_why(error)) from error
        return found

    def remove(self, digest: str) -> None:
        """Delete a file. Succeeds even if the file does not exist.

        Raises:
            BlobError: The file cannot be deleted.
        """
        try:
            self._store().delete(_name_of(digest))
        except FileNotFoundError:
            pass
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error

    def read(self, digest: str) -> Iterator[bytes]:
        """Yield a file in parts. Opens the file immediately and reads the parts as needed.

        Raises:
            BlobError: The file does not exist or cannot be read.
        """
        try:
            stream = self._store().get(_name_of(digest)).stream(min_chunk_size=PART)
        except (OSError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error
        return map(bytes, stream)

    def close(self) -> None:
        """Delete the files of a temporary storage."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = self._opened = None

    def after_fork_in_child(self) -> None:
        """Drop the store of the parent. obstore uses threads, and a forked child does not have them."""
        self._is_of_parent = self._opened is not None
        self._opening = threading.Lock()
        if self._temporary is not None:
            # Otherwise the files of the parent would be deleted when the child ends.
            vars(self._temporary)["_finalizer"].detach()

    @property
    def _is_local(self) -> bool:
        return self.place is None or "://" not in self.place

    def _store(self) -> Any:
        """The store. Opened on first use, because this loads obstore and creates folders."""
        if self._is_of_parent:
            raise BlobError(
                "the parent of this forked process has used them; "
                "fork before files are used, or start processes with multiprocessing's 'spawn'"
            )
        with self._opening:
            return self._opened if self._opened is not None else self._open()

    def _open(self) -> Any:
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
            # On the same disk, so that storing a file only links it.
            self._incoming = root / "incoming"
            self._incoming.mkdir(mode=0o700, exist_ok=True)
            self._opened = LocalStore(root)
        except (OSError, ValueError, _obstore_errors()) as error:
            raise BlobError(_why(error)) from error
        return self._opened


def _name_of(digest: str) -> str:
    # Two levels of folders, because a folder with millions of files is slow on some file systems.
    return f"{FOLDER}/{digest[:2]}/{digest}"


def _obstore_errors() -> type[Exception]:
    from obstore.exceptions import BaseError

    found: type[Exception] = BaseError
    return found


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return str(error.strerror)
    # The rest of obstore's message is for its developers.
    return str(error).partition("\n")[0]


def _put(source: Path, target: Path) -> None:
    """Give a complete file a second name. Keeps the first name, because the file may have to be stored again."""
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
    """Flush a folder to the disk, so that a new file in it survives a power failure."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
