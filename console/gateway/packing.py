"""From a message of the store to what a channel sends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from console.channels.base import MediaOut, Outbound, Rejected, TemplateOut
from console.channels.inbound import Kind, PeerId
from console.domain.contact import Address
from console.domain.ids import Instant
from console.domain.template import template_in
from console.gateway.linked import Linked
from console.store import sending
from console.store.files import FileStore
from console.store.outbox import Claim
from console.store.sending import FileToSend, Parcel
from console.store.templates import names_of
from console.store.work import Store


def pack(
    store: Store, linked: Linked, found: Parcel, claimed: Claim, folder: Path, now: Instant
) -> Outbound | Rejected:
    """The message ready to be sent; its file goes up first where the provider wants it so."""
    out = _with_names(store, packed(claimed, found), claimed.instance_id)
    if found.file is None:
        return out
    media = media_of(found.file, folder)
    with store.read() as connection:
        known = sending.uploaded(connection, claimed.instance_id, found.file, now)
    if known:
        return replace(out, media=replace(media, provider_id=known))
    given = linked.channel.upload(media, now)
    if given is None:
        return replace(out, media=media)
    if isinstance(given, Rejected):
        return given
    file, at = found.file, given.expires_at
    name = given.provider_id
    store.write(lambda c: sending.note_upload(c, claimed.instance_id, file, name, at))
    return replace(out, media=replace(media, provider_id=name))


def _with_names(store: Store, out: Outbound, instance_id: int) -> Outbound:
    """Values of a template that names them go by these names."""
    if out.template is None:
        return out
    with store.read() as connection:
        names = names_of(connection, instance_id, out.template.name, out.template.language)
    header, body = names
    return replace(out, template=replace(out.template, header_names=header, body_names=body))


def packed(claimed: Claim, found: Parcel) -> Outbound:
    """The message without its file."""
    message = found.message
    call = template_in(claimed.payload)
    template = (
        TemplateOut(call.name, call.language, call.header, call.body, call.buttons)
        if call
        else None
    )
    return Outbound(
        outbox_id=str(claimed.id),
        to=peer_of(found.addresses),
        text=message.text,
        template=template,
        reply_to=message.quoted,
        reply_to_is_ours=found.quoted_is_ours,
    )


def peer_of(addresses: tuple[Address, ...]) -> PeerId:
    """Whom it goes to: the form each provider gave, the address used last first."""
    given = {a.kind: a.send_value for a in reversed(addresses)}
    return PeerId(
        phone=given.get("phone"),
        bsuid=given.get("bsuid"),
        lid=given.get("lid"),
        group=given.get("group"),
    )


def media_of(file: FileToSend, folder: Path) -> MediaOut:
    """The file as a channel takes it."""
    return MediaOut(
        Kind(file.kind),
        FileStore(folder).path_of(file.sha256),
        file.mime,
        file.filename,
        file.size_n,
        file.sha256,
    )
