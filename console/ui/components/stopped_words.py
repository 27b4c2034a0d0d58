"""The words of instances that send nothing now."""

from typing import Final

from console.i18n import Text

STOPPED_WORDS: Final[dict[str, Text]] = {
    "stopped_paused": Text(
        "{name}: envio pausado desde {since}.",
        "{name}: sending paused since {since}.",
        "{name}: envío en pausa desde {since}.",
    ),
    "stopped_auth": Text(
        "{name}: o provedor recusa o acesso desde {since}; nada é enviado.",
        "{name}: the provider has refused access since {since}; nothing is sent.",
        "{name}: el proveedor rechaza el acceso desde {since}; no se envía nada.",
    ),
    "stopped_disconnected": Text(
        "{name}: telefone desconectado desde {since}; nada é enviado.",
        "{name}: phone offline since {since}; nothing is sent.",
        "{name}: teléfono desconectado desde {since}; no se envía nada.",
    ),
    "stopped_held": Text(
        "{name}: o provedor pediu para esperar até {until}.",
        "{name}: the provider asked to wait until {until}.",
        "{name}: el proveedor pidió esperar hasta {until}.",
    ),
    "stopped_waits_one": Text(
        "{n} mensagem espera há {age}.",
        "{n} message has waited for {age}.",
        "{n} mensaje espera hace {age}.",
    ),
    "stopped_waits_many": Text(
        "{n} mensagens esperam, a mais antiga há {age}.",
        "{n} messages wait, the oldest for {age}.",
        "{n} mensajes esperan, el más antiguo hace {age}.",
    ),
    "stopped_more_one": Text(
        "Mais {n} instância parada.", "{n} more stopped instance.", "{n} instancia parada más."
    ),
    "stopped_more_many": Text(
        "Mais {n} instâncias paradas.", "{n} more stopped instances.", "{n} instancias paradas más."
    ),
}
