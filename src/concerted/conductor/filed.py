"""What is to say about a file that was handed in: how it is spelled, and what stands against it as it lies there today."""

from collections.abc import Iterator
from dataclasses import replace

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.finding import Finding
from concerted.campaign.outside import ALT, PICTURE, HandedFile
from concerted.conductor.findings import Report
from concerted.conductor.session import Session
from concerted.planning.build import Built

PICTURED = ("mail", "post", "card", "ads", "page", "article")
"""Previews of channels on which readers see a picture, and some of them hear its text instead."""


def file_row(file: HandedFile) -> Report:
    """Spell a file."""
    return {
        "name": file.name, "path": file.path, "sha256": file.sha256, "size": file.size, "kind": file.kind, "width": file.width,
        "height": file.height, "rights": file.rights, "expires": file.expires, "shows": list(file.shows), "by": file.by, "at": file.at,
    }  # fmt: skip


def doubts(session: Session, built: Built, asset: str, draft: Draft) -> tuple[Finding, ...]:
    """Say what stands against a file as it lies there: changed, missing, out of rights on the day it runs, no text in its place."""
    file, made = draft.file, built.deliverables.get(asset)
    if file is None or made is None:
        return ()
    return tuple(replace(finding, asset=asset) for finding in _doubts(session, built, (made, draft, file)))


def _doubts(session: Session, built: Built, slot: tuple[Deliverable, Draft, HandedFile]) -> Iterator[Finding]:
    from concerted.folder.handed import state_of

    made, draft, file = slot
    again = f"Hand in a new one: concerted slot {made.id} FILE"
    match state_of(file, session.folder):
        case "missing":
            yield Finding("file", "release", f"{file.name} is no longer where it was handed in ({file.path}).", f"Put it back. {again}", field="file")
        case "altered":
            yield Finding("file", "release", f"{file.name} was changed after it was handed in.", f"Put the old one back. {again}", field="file")
        case "untouched":
            pass
    runs = max(made.publish, session.today)
    if file.expires and file.expires < runs:
        yield Finding(
            "rights",
            "release",
            f"the rights to {file.name} end on {file.expires}, and it runs on {runs}.",
            f"{again[0].upper()}{again[1:]}",
            field="file",
        )
    if not file.rights:
        yield Finding("rights", "advice", f"nobody has said who holds the rights to {file.name}.", "Hand it in again with --rights.", field="file")
    if not draft.values.get(ALT) and (seen := _seen_on(session, built, made)):
        said = f"{file.name} has no text in place of the picture, and readers of {seen} see it."
        yield Finding("alt-text", "release", said, 'Hand it in again with --alt "what the picture shows".', field=ALT)


def _seen_on(session: Session, built: Built, made: Deliverable) -> str:
    """Name the channel on which readers see a picture; empty where none does."""
    if made.type != PICTURE:
        return ""
    channels = session.catalog.channels()
    places = [made.channel, *(other.channel for other in built.deliverables.values() if made.id in other.media)]
    return next((channels[slug].name for slug in places if slug in channels and channels[slug].preview in PICTURED), "")
