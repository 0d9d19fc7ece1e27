"""The keys of a settings file: what each means, what it may hold, and what it is where nobody sets it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from pushlint.draft import FOOTERS, PROFILES, STAGES, TAG_TYPES
from pushlint.settings import ALL, SKIPPED_FOLDERS, FailOn, Level

Selectors = list[str]


class TagSettings(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, rename="kebab"):
    """What is known of a merge tag."""

    type: Annotated[str | None, Meta(description="What it is filled with.", examples=["person"])] = None
    samples: Annotated[
        list[str], Meta(description="Values that it may have, for grammar to be tried with.", examples=[["retail"]])
    ] = []
    may_be_empty: Annotated[
        bool, Meta(description="Whether a value may be missing; where not, no fallback is asked for.", examples=[False])
    ] = True


class PerFile(Struct, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    """What holds for some files."""

    select: Annotated[
        Selectors | None, Meta(description="Rules to use for these files, instead of others.", examples=[["POL"]])
    ] = None
    extend_select: Annotated[
        Selectors, Meta(description="Rules to use for these files besides the others.", examples=[["CLR"]])
    ] = []
    ignore: Annotated[Selectors, Meta(description="Rules to leave out for these files.", examples=[["LST"]])] = []
    levels: Annotated[
        dict[str, Level], Meta(description="Levels of rules for these files.", examples=[{"CLR": "info"}])
    ] = {}
    stage: Annotated[
        str | None, Meta(description="The stage of these drafts that do not say it.", examples=["reply"])
    ] = None
    profile: Annotated[
        str | None, Meta(description="The profile of these drafts that do not say it.", examples=["newsletter"])
    ] = None
    footer: Annotated[
        str | None, Meta(description="Where the footer of these drafts comes from.", examples=["injected"])
    ] = None
    dialect: Annotated[
        str | None, Meta(description="The tool whose merge tags these drafts have.", examples=["klaviyo"])
    ] = None
    format: Annotated[
        str | None, Meta(description="The format to read these files in, whatever their names.", examples=["html"])
    ] = None


class Config(Struct, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    """Settings of pushlint: pushlint.toml, .pushlint.toml, or the table [tool.pushlint] of pyproject.toml."""

    extend: Annotated[
        str | None,
        Meta(
            description="A settings file to build on, relative to this one; what is said here goes before it.",
            examples=["../pushlint.toml"],
        ),
    ] = None
    required_version: Annotated[
        str | None, Meta(description="The versions of pushlint that may read this file.", examples=[">=0.1,<1"])
    ] = None
    select: Annotated[
        Selectors,
        Meta(
            description="Rules to use: ALL, prefixes of codes, codes or names.",
            examples=[["CLO", "PRI", "hard-to-read"]],
            extra_json_schema={"default": [ALL]},
        ),
    ] = field(default_factory=lambda: [ALL])
    extend_select: Annotated[
        Selectors, Meta(description="Rules to use besides those of select and of the base.", examples=[["CLR003"]])
    ] = []
    ignore: Annotated[
        Selectors,
        Meta(description="Rules to leave out; of select and ignore the more specific wins.", examples=[["CLR"]]),
    ] = []
    levels: Annotated[
        dict[str, Level],
        Meta(
            description="Levels of rules, by prefix, code or name: error, warning, info or off.",
            examples=[{"CLO": "error", "long-subject": "info"}],
        ),
    ] = {}
    per_file: Annotated[
        dict[str, PerFile],
        Meta(
            description="What holds for files of a pattern, relative to this file; of several the last wins.",
            examples=[{"newsletters/**": {"profile": "newsletter", "ignore": ["LST"]}}],
        ),
    ] = {}
    fail_on: Annotated[
        FailOn,
        Meta(description="The least level of a finding that makes the exit code 1.", examples=["error"]),
    ] = "warning"
    max_warnings: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Meta(description="How many warnings there may be before the exit code is 1.", examples=[20]),
    ] = None
    rules: Annotated[
        list[str],
        Meta(
            description="Folders of rules of your own, relative to this file, in the same repository.",
            examples=[["rules"]],
        ),
    ] = []
    tags: Annotated[
        list[str] | dict[str, list[str] | TagSettings],
        Meta(
            description="Your merge tags: names, or each with sample values, or with type and may-be-empty.",
            examples=[{"first_name": {"type": "person", "may-be-empty": False}, "industry": ["retail", "e-commerce"]}],
        ),
    ] = {}
    terms: Annotated[
        list[str],
        Meta(description="Words never to flag, such as names of products; in either case.", examples=[["Close CRM"]]),
    ] = []
    stage: Annotated[
        str | None, Meta(description="The stage of drafts that do not say it.", examples=["first-touch"])
    ] = None
    profile: Annotated[str | None, Meta(description="The profile of drafts that do not say it.", examples=["cold"])] = (
        None
    )
    footer: Annotated[
        str | None,
        Meta(
            description="Whether the footer is written in the drafts, or injected by the tool that sends them.",
            examples=["injected"],
        ),
    ] = None
    dialect: Annotated[
        str | None,
        Meta(
            description="The tool whose merge tags the drafts have, where they do not say it.", examples=["instantly"]
        ),
    ] = None
    exclude: Annotated[
        list[str],
        Meta(
            description="Files and folders to leave alone, by patterns; dotted ones always are.",
            examples=[["archive/", "*.draft.md"]],
            extra_json_schema={"default": list(SKIPPED_FOLDERS)},
        ),
    ] = field(default_factory=lambda: list(SKIPPED_FOLDERS))
    extend_exclude: Annotated[
        list[str],
        Meta(description="Files and folders to leave alone besides those of exclude.", examples=[["archive/"]]),
    ] = []
    extensions: Annotated[
        dict[str, str],
        Meta(description="Ends of file names, with the format to read them in.", examples=[{"tpl": "html"}]),
    ] = {}
    output_format: Annotated[str, Meta(description="How to print the findings.", examples=["concise"])] = "full"
    cache: Annotated[
        bool | str,
        Meta(
            description="Whether to keep results between runs; or the folder to keep them in, relative to this file.",
            examples=[False],
        ),
    ] = True
    jobs: Annotated[
        Annotated[int, Meta(ge=1)] | Literal["auto"],
        Meta(description="How many processes lint many drafts; auto: as many as pay off here.", examples=["auto"]),
    ] = 1
    server: Annotated[
        bool,
        Meta(
            description="Whether a helper in the background does the work in this folder; never in CI.", examples=[True]
        ),
    ] = False
    server_idle: Annotated[
        Annotated[int, Meta(ge=1)],
        Meta(description="Minutes without work after which the helper ends.", examples=[30]),
    ] = 10


@cache
def choices(key: str) -> tuple[str, ...]:
    """The words that a key may hold where its type does not tell; empty for other keys."""
    known: dict[str, Callable[[], Iterable[str]]] = {
        "stage": lambda: STAGES,
        "profile": lambda: PROFILES,
        "footer": lambda: FOOTERS,
        "dialect": _dialects,
        "type": lambda: TAG_TYPES,
        "output-format": _output_formats,
        "format": _formats,
        "extensions": _formats,
    }
    return tuple(known[key]()) if key in known else ()


# Each imports what it needs when it is asked: readers and reports take their time, and few settings name them.
def _dialects() -> Iterable[str]:
    from pushlint.resources import dialect_names

    return dialect_names()


def _formats() -> Iterable[str]:
    from pushlint.formats import FORMATS

    return sorted(set(FORMATS.values()))


def _output_formats() -> Iterable[str]:
    from pushlint.reports import FORMATS

    return FORMATS


def fields(of: type[Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The keys of a table, by the name they have in the file."""
    return {field.encode_name: field for field in msgspec.structs.fields(of)}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a settings file, for editors to complete and check by."""
    schema = msgspec.json.schema(Config)
    for table in schema["$defs"].values():
        for key, told in table["properties"].items():
            _without_null(told)
            if key == "extensions":
                told["additionalProperties"] = {"enum": list(choices(key))}
            elif choices(key):
                told["enum"] = list(choices(key))
    return schema


def _without_null(told: dict[str, Any]) -> None:
    """TOML has no null: a key without a value is left out."""
    kinds = [kind for kind in told.pop("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        told.update(kinds[0])
    elif kinds:
        told["anyOf"] = kinds
    if told.get("enum"):
        told["enum"] = [word for word in told["enum"] if word is not None]
    if told.get("default", ...) is None:
        del told["default"]
