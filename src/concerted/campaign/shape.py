"""The schema as a walkable tree, built once from the models: fields, maps of entries, leaves.

Knows pydantic's way of declaring fields, so that nothing else has to.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeAlias, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from concerted.campaign.leaf import Group, Leaf


@dataclass(frozen=True)
class Slot:
    """Where a leaf may stand: what the schema says about it, and the type of its text."""

    leaf: Leaf
    annotation: Any

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The type that a text must have here; leading and trailing space never counts."""
        return TypeAdapter(self.annotation, config={"str_strip_whitespace": True})

    @cached_property
    def many(self) -> bool:
        """Whether a list of texts stands here."""
        return get_origin(_without_none(self.annotation)[0]) is list


@dataclass(frozen=True)
class Fields:
    """A part with fixed fields, in the order in which a person would be asked."""

    noun: str
    about: str
    fields: Mapping[str, Shape]
    required: frozenset[str]


@dataclass(frozen=True)
class Entries:
    """A map keyed by short names that people choose."""

    group: Group
    of: Shape
    key: Any

    @cached_property
    def key_adapter(self) -> TypeAdapter[Any]:
        """The type that a short name must have here."""
        return TypeAdapter(self.key)


Shape: TypeAlias = Fields | Entries | Slot


def shape_of(model: type[BaseModel]) -> Fields:
    """Build the shape of a model and of everything below it."""
    fields: dict[str, Shape] = {}
    ordered = sorted(model.model_fields.items(), key=lambda item: item[0] == "was")
    for name, info in ordered:
        annotation = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
        fields[info.alias or name] = _shape(annotation)
    noun = str(getattr(model, "noun", "this part"))
    required = frozenset(info.alias or name for name, info in model.model_fields.items() if info.is_required())
    return Fields(noun, (model.__doc__ or "").strip().splitlines()[0], fields, required)


def _shape(annotation: Any) -> Shape:
    bare, metadata = _without_none(annotation)
    leaf = next((item for item in metadata if isinstance(item, Leaf)), None)
    if leaf is not None:
        return Slot(leaf, annotation)
    if get_origin(bare) is dict:
        group = next((item for item in metadata if isinstance(item, Group)), Group(""))
        key, value = get_args(bare)
        return Entries(group, _shape(value), key)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return shape_of(bare)
    raise TypeError(f"the schema has a leaf without questions: {annotation}")


def _without_none(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take off `| None` and the metadata around it."""
    metadata: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *found = get_args(annotation)
            metadata += tuple(found)
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(item for item in get_args(annotation) if item is not type(None))
        else:
            return annotation, metadata


def below(shape: Shape, keys: Sequence[str]) -> Shape | None:
    """Follow keys down from a shape; None where the schema has no such place."""
    for key in keys:
        found = shape.of if isinstance(shape, Entries) else shape.fields.get(key) if isinstance(shape, Fields) else None
        if found is None:
            return None
        shape = found
    return shape


def leaves(shape: Shape, path: str = "") -> Iterable[tuple[str, Leaf]]:
    """List every leaf under a shape as `(path, leaf)`; `*` stands for a short name."""
    match shape:
        case Slot():
            yield path, shape.leaf
        case Entries():
            yield from leaves(shape.of, f"{path}.*")
        case Fields():
            for name, part in shape.fields.items():
                yield from leaves(part, f"{path}.{name}" if path else name)


def standing_at(shape: Shape, tree: Mapping[str, Any]) -> Iterable[tuple[tuple[str, ...], Slot, object]]:
    """List every leaf that a tree fills in as `(keys, slot, value)`; what the schema does not know is passed over."""
    for key, value in tree.items():
        part = below(shape, (key,))
        if isinstance(part, Slot):
            yield (key,), part, value
        elif part is not None and isinstance(value, Mapping):
            for keys, slot, inner in standing_at(part, cast(Mapping[str, Any], value)):
                yield (key, *keys), slot, inner
