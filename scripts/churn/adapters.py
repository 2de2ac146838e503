"""What makes today's server speak tomorrow's wire: a translator for each kind of change.

A case names them with their arguments, such as `{ use = "fields", schema = "Project", names = { owner = "by" } }`,
always from today's word to tomorrow's. Names are exchanged rather than replaced: what only today's wire has reaches
today's server under a name that it does not know, so it is refused as tomorrow's server would refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from churn.wire import Answer, Request, Today, Translator

GONE = "gone-"
"""What stands before a name that tomorrow's wire does not have any more."""

Names = Mapping[str, str]


def made(tables: Sequence[Mapping[str, Any]]) -> list[Translator]:
    """The translators that a case names."""
    return [ADAPTERS[table["use"]](**{key: value for key, value in table.items() if key != "use"}) for table in tables]


def _exchanged(found: dict[str, Any], names: Names) -> dict[str, Any]:
    """A request's names in today's words."""
    back = {new: old for old, new in names.items()}
    return {back.get(name) or (GONE + name if name in names else name): value for name, value in found.items()}


def _is_for(operations: Sequence[str], request: Request) -> bool:
    return not operations or request.operation in operations


def _known(today: Today, request: Request) -> str:
    request.operation = request.operation or today.find(request.method, request.path)
    return request.operation


def objects(
    schema: str, to_today: Callable[[dict[str, Any]], None], to_tomorrow: Callable[[dict[str, Any]], None]
) -> Translator:
    """Every object of a schema, in bodies and in answers."""

    def request(today: Today, sent: Request) -> None:
        name = _known(today, sent)
        for each in today.objects(today.body_schema(name), sent.body, schema) if name else ():
            to_today(each)

    def answer(today: Today, sent: Request, got: Answer) -> None:
        for each in today.objects(today.answer_schema(sent.operation, got.status), got.body, schema):
            to_tomorrow(each)

    return Translator(request, answer)


def fields(schema: str, names: Names) -> Translator:
    """Properties have other names."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        entries = [(names.get(name, name), value) for name, value in found.items()]
        found.clear()
        found.update(entries)

    def to_today(found: dict[str, Any]) -> None:
        entries = _exchanged(found, names)
        found.clear()
        found.update(entries)

    return objects(schema, to_today, to_tomorrow)


def extra(schema: str, values: Mapping[str, Any] | None = None, accepted: Sequence[str] = ()) -> Translator:
    """Answers have properties more, and bodies may have some more."""

    def to_today(found: dict[str, Any]) -> None:
        for name in accepted:
            found.pop(name, None)

    return objects(schema, to_today, lambda found: found.update(values or {}))


def without(schema: str, names: Sequence[str]) -> Translator:
    """Properties are gone; bodies that have one are refused."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        for name in names:
            found.pop(name, None)

    def to_today(found: dict[str, Any]) -> None:
        for name in names:
            if name in found:
                found[GONE + name] = found.pop(name)

    return objects(schema, to_today, to_tomorrow)


def nested(schema: str, names: Sequence[str], into: str) -> Translator:
    """Properties are in an object of their own."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        found[into] = {name: found.pop(name) for name in names if name in found}

    def to_today(found: dict[str, Any]) -> None:
        for name in names:
            if name in found:
                found[GONE + name] = found.pop(name)
        found.update(found.pop(into, {}))

    return objects(schema, to_today, to_tomorrow)


def flat(schema: str, name: str) -> Translator:
    """The properties of an inner object are in the outer one."""
    return objects(schema, lambda found: None, lambda found: found.update(found.pop(name, {})))


def split(schema: str, name: str, into: Sequence[str], separator: str) -> Translator:
    """A text is two texts, or an identifier in two parts."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        if name in found:
            parts = found.pop(name).split(separator, len(into) - 1)
            found.update(zip(into, parts, strict=False))

    def to_today(found: dict[str, Any]) -> None:
        if name in found:
            found[GONE + name] = found.pop(name)
        elif into[0] in found:
            found[name] = separator.join(found.pop(part) for part in into if part in found)

    return objects(schema, to_today, to_tomorrow)


def merged(schema: str, names: Sequence[str], into: str, separator: str) -> Translator:
    """Several texts are one."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        parts = [found.pop(name) for name in names if name in found]
        if parts:
            found[into] = separator.join(parts)

    return objects(schema, lambda found: None, to_tomorrow)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


CONVERTED: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "number": (float, int),
    "text": (str, int),
    "epoch": (lambda text: int(_moment(text)), lambda value: value),
    "fraction": (_moment, lambda value: value),
    "yes or no": (lambda value: "yes" if value else "no", lambda value: value == "yes"),
    "named": (lambda value: {"name": value}, lambda value: value["name"]),
    "coded": (lambda value: {"code": value}, lambda value: value["code"]),
    "list": (lambda value: [value], lambda value: value[0]),
    "day": (lambda text: text[:10], lambda text: text),
    "kibibytes": (lambda value: value / 1024, lambda value: int(value * 1024)),
}
"""By name: from today's value to tomorrow's, and back."""


def values(schema: str, name: str, to: str) -> Translator:
    """A property has values of another type."""
    there, back = CONVERTED[to]

    def convert(found: dict[str, Any], converted: Callable[[Any], Any]) -> None:
        if name in found:
            try:
                found[name] = converted(found[name])
            except (TypeError, KeyError, ValueError, AttributeError):
                # Not a value of tomorrow; today's server has to refuse it too.
                found[GONE + name] = found.pop(name)

    return objects(schema, lambda found: convert(found, back), lambda found: convert(found, there))


def constant(schema: str, name: str, value: Any, only: Any = None) -> Translator:
    """A property of answers has another value, where it has the value `only`, if that is given."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        if name in found and only in (None, found[name]):
            found[name] = value

    return objects(schema, lambda found: None, to_tomorrow)


def words(enum: str, names: Names) -> Translator:
    """An enum has other words, wherever it is used."""

    def request(today: Today, sent: Request) -> None:
        name = _known(today, sent)
        if not name:
            return
        back = {new: old for old, new in names.items()}

        def read(word: Any) -> Any:
            return back.get(word) or (GONE + word if word in names else word)

        if sent.body is not None:
            sent.body = today.mapped(today.body_schema(name), sent.body, enum, read)
        sent.query = [(key, today.mapped(today.parameter(name, key), value, enum, read)) for key, value in sent.query]

    def answer(today: Today, sent: Request, got: Answer) -> None:
        schema = today.answer_schema(sent.operation, got.status)
        got.body = today.mapped(schema, got.body, enum, lambda word: names.get(word, word))

    return Translator(request, answer)


def path(old: str, new: str) -> Translator:
    """Paths that start in some way start in another one. `{name}` stands for one part of a path."""

    def pattern(start: str) -> re.Pattern[str]:
        return re.compile("/".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in start.split("/")))

    new_start, old_start = pattern(new), pattern(old)

    def request(today: Today, sent: Request) -> None:
        if found := new_start.match(sent.path):
            filled = old
            for part in found.groups():
                filled = re.sub(r"\{\w+\}", part.replace("\\", r"\\"), filled, count=1)
            sent.path = filled + sent.path[found.end() :]
        elif old_start.match(sent.path):
            sent.path = f"/{GONE}{sent.path}"

    return Translator(request)


def method(at: str, old: str, new: str) -> Translator:
    """A path takes another method in place of one."""
    pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", at))

    def request(today: Today, sent: Request) -> None:
        if pattern.fullmatch(sent.path) and sent.method in (old, new):
            sent.method = old if sent.method == new else "TRACE"

    return Translator(request)


def parameters(names: Names, operations: Sequence[str] = ()) -> Translator:
    """Query parameters have other names."""

    def request(today: Today, sent: Request) -> None:
        _known(today, sent)
        if _is_for(operations, sent):
            back = {new: old for old, new in names.items()}
            sent.query = [(back.get(n) or (GONE + n if n in names else n), value) for n, value in sent.query]

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if "link" in got.headers and _is_for(operations, sent):
            for old, new in names.items():
                got.headers["link"] = re.sub(rf"([?&]){old}=", rf"\g<1>{new}=", got.headers["link"])

    return Translator(request, answer)


def accepted(names: Sequence[str], operations: Sequence[str] = ()) -> Translator:
    """Query parameters and headers that today's server does not know are ignored."""

    def request(today: Today, sent: Request) -> None:
        _known(today, sent)
        if _is_for(operations, sent):
            sent.query = [(name, value) for name, value in sent.query if name not in names]
            sent.headers = {name: value for name, value in sent.headers.items() if name not in names}

    return Translator(request)


def required(operations: Sequence[str], parameter: str = "", field: str = "", header: str = "") -> Translator:
    """Requests without it are refused."""

    def request(today: Today, sent: Request) -> None:
        if _known(today, sent) not in operations:
            return
        if (
            (parameter and parameter not in dict(sent.query))
            or (field and field not in (sent.body or {}))
            or (header and header.lower() not in sent.headers)
        ):
            sent.query.append((f"{GONE}without", "it"))

    return Translator(request)


def in_header(parameter: str, header: str, operations: Sequence[str]) -> Translator:
    """What was a query parameter is a header."""

    def request(today: Today, sent: Request) -> None:
        if _known(today, sent) in operations:
            sent.query = [(GONE + name if name == parameter else name, value) for name, value in sent.query]
            if header.lower() in sent.headers:
                sent.query.append((parameter, sent.headers.pop(header.lower())))

    return Translator(request)


def in_body(parameter: str, field: str, operations: Sequence[str]) -> Translator:
    """What was a query parameter is a property of the body."""

    def request(today: Today, sent: Request) -> None:
        if _known(today, sent) in operations:
            sent.query = [(GONE + name if name == parameter else name, value) for name, value in sent.query]
            if isinstance(sent.body, dict) and field in sent.body:
                sent.query.append((parameter, sent.body.pop(field)))

    return Translator(request)


def headers(names: Names) -> Translator:
    """Headers of requests and of answers have other names."""
    lowered = {old.lower(): new.lower() for old, new in names.items()}

    def request(today: Today, sent: Request) -> None:
        sent.headers = _exchanged(sent.headers, lowered)

    def answer(today: Today, sent: Request, got: Answer) -> None:
        got.headers = {lowered.get(name, name): value for name, value in got.headers.items()}

    return Translator(request, answer)


def scheme(old: str, new: str) -> Translator:
    """The word before an API key is another one."""

    def request(today: Today, sent: Request) -> None:
        word, _, key = sent.headers.get("authorization", "").partition(" ")
        if word:
            sent.headers["authorization"] = f"{old if word == new else GONE} {key}"

    return Translator(request)


def bare(header: str) -> Translator:
    """The API key stands in a header of its own, without a word before it."""

    def request(today: Today, sent: Request) -> None:
        if "authorization" in sent.headers:
            sent.headers["authorization"] = f"{GONE} x"
        key = sent.headers.pop(header.lower(), None)
        if key is not None:
            sent.headers["authorization"] = f"Bearer {key}"

    return Translator(request)


def envelope(items: str, following: str, operations: Sequence[str] = ()) -> Translator:
    """Lists are objects with the items and the cursor of the next page."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if isinstance(got.body, list) and _is_for(operations, sent):
            link = got.headers.pop("link", "")
            cursor = parse_qs(urlsplit(link.partition(">")[0].lstrip("<")).query).get("cursor")
            got.body = {items: got.body, **({following: cursor[0]} if cursor else {})}

    return Translator(answer=answer)


def in_object(operations: Sequence[str], key: str) -> Translator:
    """Answers are in a property of an object."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if got.status < 300 and sent.operation in operations:
            got.body = {key: got.body}

    return Translator(answer=answer)


def in_list(operations: Sequence[str]) -> Translator:
    """Answers are in a list."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if got.status < 300 and sent.operation in operations:
            got.body = [got.body]

    return Translator(answer=answer)


def without_body(operations: Sequence[str]) -> Translator:
    """Operations succeed without a body."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if got.status < 300 and sent.operation in operations:
            got.body = None

    return Translator(answer=answer)


def weak_tags() -> Translator:
    """Entity tags are weak ones."""

    def request(today: Today, sent: Request) -> None:
        if "if-match" in sent.headers:
            sent.headers["if-match"] = sent.headers["if-match"].removeprefix("W/")

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if "etag" in got.headers:
            got.headers["etag"] = f"W/{got.headers['etag']}"

    return Translator(request, answer)


def removed(operations: Sequence[str]) -> Translator:
    """Operations are gone."""

    def request(today: Today, sent: Request) -> None:
        if _known(today, sent) in operations:
            sent.path, sent.operation = f"/{GONE}{sent.path}", ""

    return Translator(request)


def own_path(old: str, new: str, parameter: str, value: str) -> Translator:
    """What one value of a query parameter asked for has a path of its own, and the parameter is gone."""

    def request(today: Today, sent: Request) -> None:
        if sent.path == old:
            sent.query = [(GONE + name if name == parameter else name, given) for name, given in sent.query]
        elif sent.path == new:
            sent.path, sent.operation = old, ""
            sent.query.append((parameter, value))

    return Translator(request)


def success(operations: Sequence[str], status: int, body: Any = None) -> Translator:
    """Operations succeed with another status, and with a body where there was none."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if got.status < 300 and sent.operation in operations:
            got.status = status
            got.body = body if body is not None else got.body
            if status == 204:
                got.body = None

    return Translator(answer=answer)


def problem_status(code: str, status: int) -> Translator:
    """A problem has another status."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        if isinstance(got.body, dict) and got.body.get("code") == code:
            got.status = got.body["status"] = status

    return Translator(answer=answer)


def answer_headers(add: Names | None = None, drop: Sequence[str] = ()) -> Translator:
    """Answers have headers more, or less."""

    def answer(today: Today, sent: Request, got: Answer) -> None:
        got.headers.update({name.lower(): value for name, value in (add or {}).items()})
        for name in drop:
            got.headers.pop(name.lower(), None)

    return Translator(answer=answer)


def turned() -> Translator:
    """Objects have their properties in another order."""

    def turn(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: turn(inner) for name, inner in reversed(value.items())}
        return [turn(item) for item in value] if isinstance(value, list) else value

    def answer(today: Today, sent: Request, got: Answer) -> None:
        got.body = turn(got.body)

    return Translator(answer=answer)


def nulls(schema: str, names: Sequence[str]) -> Translator:
    """Properties that were absent are null."""

    def to_tomorrow(found: dict[str, Any]) -> None:
        for name in names:
            found.setdefault(name, None)

    return objects(schema, lambda found: None, to_tomorrow)


ADAPTERS: Mapping[str, Callable[..., Translator]] = {
    adapter.__name__: adapter
    for adapter in (
        accepted,
        answer_headers,
        bare,
        constant,
        envelope,
        extra,
        fields,
        flat,
        headers,
        in_body,
        in_header,
        in_list,
        in_object,
        merged,
        method,
        nested,
        nulls,
        own_path,
        parameters,
        path,
        problem_status,
        removed,
        required,
        scheme,
        split,
        success,
        turned,
        values,
        weak_tags,
        without,
        without_body,
        words,
    )
}
