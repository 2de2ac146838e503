"""The marker for "not given" where None is a value of its own, such as "no limit"."""

from typing import Final, Literal


class NotGiven:
    """The type of `NOT_GIVEN`."""

    _one: "NotGiven | None" = None

    def __new__(cls) -> "NotGiven":
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __reduce__(self) -> "tuple[type[NotGiven], tuple[()]]":
        # There is only one, also after pickling: it is compared by `is`.
        return NotGiven, ()


NOT_GIVEN: Final = NotGiven()
