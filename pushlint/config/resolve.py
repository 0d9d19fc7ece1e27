"""What holds for each file that is linted: the settings file closest to it, under what the command line says."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pushlint.config import toml
from pushlint.config.file import find, read_chain, user_file
from pushlint.config.layer import Layer, shown
from pushlint.draft import KnownTag, TagType
from pushlint.errors import InputError
from pushlint.globs import Glob
from pushlint.settings import SKIPPED_FOLDERS, Selection, Settings, Unsaid

if TYPE_CHECKING:
    from pushlint.config.schema import TagSettings


@dataclass(frozen=True)
class Governing:
    """What governs the files of a folder: what its settings file and those it extends say, the base first."""

    layers: tuple[Layer, ...] = ()
    resolved: dict[tuple[int, ...], Settings] = field(default_factory=dict)

    def entries(self, path: str) -> tuple[tuple[int, Layer], ...]:
        """The entries of `per-file` for an absolute path, each with its number."""
        every = (entry for layer in self.layers for entry in layer.entries)
        return tuple((number, layer) for number, (glob, layer) in enumerate(every) if glob.matches(path))


class Configuration:
    """The settings of every file of a run.

    `flags` is what the command line says, by the keys of a settings file and as their types want it; `config` are the
    values of `--config`: the path of a settings file that governs all files, or `KEY=VALUE` in TOML. `base` has the
    choices that no settings file can make. `isolated` leaves all settings files out of account.

    Raises InputError for a `config` that cannot be used; for a settings file that is found and cannot be, it is raised
    when a file is asked for that this one governs, the same one each time.
    """

    def __init__(
        self,
        flags: Mapping[str, Any] | None = None,
        config: Sequence[str] = (),
        base: Settings = Settings(),  # noqa: B008 - frozen
    ) -> None:
        self._base = base
        self._cwd = Path.cwd()
        said = {key: value for key, value in (flags or {}).items() if value not in (None, (), [], {})}
        files = [word for word in config if _is_file(word)]
        inline = [self._inline(word) for word in config if word not in files]
        self.command_line = (*inline, Layer("the command line", said, self._cwd))
        if len(files) > 1:
            raise InputError("--config names two settings files", hint="let one of them extend the other")
        self._fixed = Governing(_checked(read_chain(Path(files[0])))) if files else None
        if base.isolated and not files:
            self._fixed = Governing()
        self._folders: dict[str, Governing | InputError] = {}

    def of(self, path: str) -> Settings:
        """The settings for a file, which need not exist. Raises InputError for a settings file that cannot be used."""
        governing, entries = self._governed(path)
        numbers = tuple(number for number, _ in entries)
        if numbers not in governing.resolved:
            governing.resolved[numbers] = self._resolve(governing.layers, [layer for _, layer in entries])
        return governing.resolved[numbers]

    def of_run(self, paths: Iterable[str]) -> tuple[Settings, InputError | None]:
        """The settings of the run as a whole: those for the folder that all the paths are in; where the settings file
        of that cannot be used, the command line's alone, and the error."""
        folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
        try:
            common = os.path.commonpath(folders) if folders else os.getcwd()
        except ValueError:  # on several drives
            common = os.getcwd()
        try:
            return self.of(os.path.join(common, "*")), None
        except InputError as error:
            return self._resolve((), ()), error

    def layers(self, path: str) -> tuple[Layer, ...]:
        """All that is said of a file, in the order in which one overrules the other."""
        governing, entries = self._governed(path)
        return (*governing.layers, *(layer for _, layer in entries), *self.command_line)

    def judges(self) -> tuple[list[str], list[Path]]:
        """The settings files that were read so far, and the folders of rules that were asked for."""
        known = [self._fixed] if self._fixed else list(self._folders.values())
        read = [layer.name for one in known if isinstance(one, Governing) for layer in one.layers]
        broken = [one.path for one in known if isinstance(one, InputError) and one.path]
        settings = (each for one in known if isinstance(one, Governing) for each in one.resolved.values())
        return list(dict.fromkeys(read + broken)), list(dict.fromkeys(path for one in settings for path in one.rules))

    def _governed(self, path: str) -> tuple[Governing, tuple[tuple[int, Layer], ...]]:
        """What governs a file, and the entries of `per-file` for it."""
        absolute = os.path.normpath(os.path.join(self._cwd, path))
        governing = self._fixed or self._governing(os.path.dirname(absolute))
        return governing, governing.entries(absolute.replace(os.sep, "/"))

    def _governing(self, folder: str) -> Governing:
        """What governs a folder: its own settings file, or that of the closest folder above it, or the user's."""
        passed = []
        while folder not in self._folders:
            passed.append(folder)
            above = os.path.dirname(folder)
            found = self._found(folder, last=above == folder)
            if found is not None:
                self._folders[folder] = found
            else:
                folder = above
        known = self._folders[folder]
        self._folders.update(dict.fromkeys(passed, known))
        if isinstance(known, InputError):
            raise known
        return known

    def _found(self, folder: str, last: bool) -> Governing | InputError | None:
        """What the settings file in a folder says, if there is one; in the `last`, what the user's says, if any."""
        try:
            if path := find(folder):
                return Governing(_checked(read_chain(path)))
            if not last:
                return None
            path = user_file()
            layers = _checked(read_chain(path, user=True)) if path else ()
            return Governing(tuple(replace(layer, folder=self._cwd, rules_folder=layer.folder) for layer in layers))
        except InputError as error:
            return error

    def _inline(self, word: str) -> Layer:
        """`KEY=VALUE` as a layer."""
        from pushlint.config.values import converted  # here, as the types of the settings take time to import

        name = f"--config {word}"
        if "=" not in word:
            raise InputError(f"--config: there is no file {word!r}", hint="give a settings file, or KEY=VALUE in TOML")
        try:
            data = toml.parse(word, name)
        except InputError as error:
            raise InputError(f"{name}: {error.message}", hint=error.hint) from None
        if any(key in data for key in ("extend", "required-version", "per-file")):
            raise InputError(f"{name}: this belongs in a settings file", hint="give the file with --config FILE")
        raw = Layer(name, data, self._cwd)
        return replace(raw, values=converted(raw))

    def _resolve(self, files: Sequence[Layer], entries: Sequence[Layer]) -> Settings:
        """The settings by what the files, the entries of their `per-file` and the command line say."""
        asked = self.command_line
        every = (*files, *asked)
        base = self._base
        own = [_selection(layer) for layer in asked]
        select = [one.select for one in own if one.select is not None]
        started = max((at for at, one in enumerate(own) if one.select is not None), default=0)
        return replace(
            base,
            select=select[-1] if select else base.select,
            extend_select=tuple(word for one in own[started:] for word in one.extend_select),
            ignore=tuple(word for one in own[started:] for word in one.ignore),
            levels={key: level for one in own for key, level in one.levels.items()},
            from_files=tuple(map(_selection, files)),
            per_file=tuple(map(_selection, entries)),
            rules=tuple(_folder(layer, path) for layer in every for path in layer.values.get("rules", ())),
            stage=_last(asked, "stage"),
            profile=_last(asked, "profile"),
            footer=_last(asked, "footer"),
            dialect=_last(asked, "dialect"),
            tags=_tags(asked),
            unsaid=Unsaid(
                stage=_last((*files, *entries), "stage"),
                profile=_last((*files, *entries), "profile"),
                footer=_last((*files, *entries), "footer"),
                dialect=_last((*files, *entries), "dialect"),
                tags=_tags(files),
            ),
            terms=tuple(term for layer in every for term in layer.values.get("terms", ())),
            format=_last(entries, "format"),
            extensions=tuple(_extensions(every).items()),
            exclude=self._excluded(every),
            fail_on=_last(every, "fail-on") or base.fail_on,
            max_warnings=_last(every, "max-warnings"),
            output_format=_last(every, "output-format") or base.output_format,
            cache=_cache(every),
            jobs=_last(every, "jobs") or base.jobs,
        )

    def _excluded(self, layers: Sequence[Layer]) -> tuple[Glob, ...]:
        closest = next((layer for layer in reversed(layers) if "exclude" in layer.values), None)
        if closest is None:
            globs = [Glob(name, self._cwd.as_posix()) for name in SKIPPED_FOLDERS]
        else:
            globs = [Glob(pattern, closest.folder.as_posix()) for pattern in closest.values["exclude"]]
        more = [
            Glob(pattern, layer.folder.as_posix())
            for layer in layers
            for pattern in layer.values.get("extend-exclude", ())
        ]
        return (*globs, *more)


def _is_file(word: str) -> bool:
    return os.path.lexists(word) or ("=" not in word and word.endswith(".toml"))


def _checked(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers, the folders of rules that they name all there and theirs to name."""
    for layer in layers:
        for number, path in enumerate(layer.values.get("rules", ())):
            folder = _folder(layer, path)
            if layer.root is not None and not Path(os.path.realpath(folder)).is_relative_to(
                os.path.realpath(layer.root)
            ):
                hint = "take them into it, or name them on the command line, --rules, or in settings of your own"
                message = (
                    f'rules: "{path}" is outside of {_named(layer.root)}, which all rules of a settings file are in'
                )
                raise layer.error(message, "rules", number, hint=hint)
            if not folder.is_dir():
                raise layer.error(
                    f'rules: there is no folder "{path}"', "rules", number, hint=f"looked for {shown(folder)}"
                )
    return layers


def _named(root: Path) -> str:
    return "the repository" if (root / ".git").exists() else f"the folder {shown(root)}"


def _folder(layer: Layer, path: str | Path) -> Path:
    return Path(path) if isinstance(path, Path) else Path(os.path.normpath(layer.rules_from / os.path.expanduser(path)))


def _selection(layer: Layer) -> Selection:
    values = layer.values
    return Selection(
        select=tuple(values["select"]) if "select" in values else None,
        extend_select=tuple(values.get("extend-select", ())),
        ignore=tuple(values.get("ignore", ())),
        levels=values.get("levels", {}),
        complain=lambda key, selector, hint: _no_rule(layer, key, selector, hint),
    )


def _no_rule(layer: Layer, key: str, selector: str, hint: str | None) -> InputError:
    step = selector if key == "levels" else list(layer.values[key]).index(selector)
    return layer.error(f'{key}: there is no rule "{selector}"', key, step, hint=hint)


def _last(layers: Sequence[Layer], key: str) -> Any:
    return next((layer.values[key] for layer in reversed(layers) if key in layer.values), None)


def _tags(layers: Sequence[Layer]) -> dict[str, KnownTag] | None:
    """The tags of all layers, of two of a name the later one; None where none speaks of tags."""
    tags: dict[str, KnownTag] = {}
    for layer in layers:
        said = layer.values.get("tags", {})
        tags.update((name, _tag(said[name] if isinstance(said, Mapping) else None)) for name in said)
    return tags or None


def _tag(said: "list[str] | TagSettings | KnownTag | None") -> KnownTag:
    if isinstance(said, KnownTag):
        return said
    if said is None or isinstance(said, list):
        return KnownTag(tuple(said or ()))
    return KnownTag(tuple(said.samples), cast("TagType | None", said.type), said.may_be_empty)


def _extensions(layers: Sequence[Layer]) -> dict[str, str]:
    said = {end: format for layer in layers for end, format in dict(layer.values.get("extensions", {})).items()}
    return {f".{end.lstrip('.').lower()}": format for end, format in said.items()}


def _cache(layers: Sequence[Layer]) -> bool | Path:
    closest = next((layer for layer in reversed(layers) if "cache" in layer.values), None)
    if closest is None:
        return True
    said = closest.values["cache"]
    return said if isinstance(said, bool) else closest.folder / os.path.expanduser(said)
