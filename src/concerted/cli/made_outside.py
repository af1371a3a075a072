"""What the people of a scene do about pieces that no worker makes: files come in, a change holds them, another file is the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from concerted.cli.script import Filed

if TYPE_CHECKING:
    from concerted.cli.demo import Scene

Report: TypeAlias = dict[str, Any]


def say_slots(scene: Scene, planned: Report) -> tuple[str, ...]:
    """Say who makes what no worker makes, and give its ids."""
    slots = {row["id"]: row for row in planned["slots"]}
    if slots:
        makers = " and ".join(dict.fromkeys(row["who"] for row in slots.values()))
        scene.lines("", f"{len(slots)} pieces are made outside, by {makers}: no worker writes them, and each waits for its file.")
    return tuple(slots)


def hand_in_file(scene: Scene, filed: Filed, day: str = "") -> None:
    """Put a file into its slot, with the words that are in it."""
    from concerted.conductor.slots import Said, hand_in

    said = Said(filed.words, filed.alt, filed.rights, filed.expires, filed.shows)
    hand_in(scene.session(filed.by, day), filed.asset, scene.folder / filed.file, said)
    scene.lines(f"concerted slot {filed.asset} {filed.file}   {filed.by}: “{filed.words}”")


def new_files(scene: Scene, row: Report) -> tuple[Filed, ...]:
    """Find the files with which the people of the scene answer a question about earlier ones."""
    asked = {item["asset"] for item in row["items"]} if row["kind"] == "file" else set[str]()
    return tuple(filed for filed in scene.script.new_files if filed.asset in asked)


def sign_new_files(scene: Scene) -> None:
    """Have everybody sign who has to: a signature under a file does not go over to another one."""
    from concerted.conductor import people

    ids = tuple(filed.asset for row in scene.asked for filed in new_files(scene, row))
    for who in scene.script.signers if ids else ():
        signed = people.approve(scene.session(who), ids)["done"]
        scene.lines(f"Another file is signed for anew: {who} approved {', '.join(signed)}.")
