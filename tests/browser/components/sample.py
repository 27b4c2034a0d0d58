"""Invented conversations for the component's tests: long names, emoji, right-to-left, hostile."""

import random

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

CANNED = {
    "agradece": "Por nada, {primeiro_nome}! {saudacao} e até logo. {atendente}, {loja}",
    "pix": "A chave Pix é atendimento@loja.example. Mande o comprovante por aqui.",
    "rastreio": "{primeiro_nome}, o pedido {pedido} está no código {codigo}.",
}
NAUGHTY = (
    "<script>document.title = 'hit'</script>",
    "<img src=x onerror=\"document.title='hit'\">",
    "<svg/onload=document.title='hit'>",
    "javascript:document.title='hit'",
    "![beacon](https://outside.example/pixel.png)",
    "[link](javascript:alert(1)) <a href='javascript:alert(1)'>x</a>",
    "'; drop table message; --",
    "{{7*7}} ${7*7} <%= 7*7 %> {n} {name}",
    "\u202egnp.exe\u202c normal again",
    "a\u200bb\u200cc\u200dd\ufeffe\u00ad",
    "\u2066\u2067\u2068isolated\u2069",
    "null byte \x00 bell \x07 escape \x1b[31m",
    "\U000e0041\U000e0042 tag characters",
    "T\u0337\u0321\u0322e\u0336\u0322x\u0334\u0321t\u0335",
    "&lt;b&gt; &amp; &#x3c;",
    "\ufdfa \ufdfa \ufdfa",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 123 abc",
    "\u05e9\u05dc\u05d5\u05dd, \u05de\u05d4 \u05e0\u05e9\u05de\u05e2?",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 fam\u00edlia \U0001f3f3\ufe0f\u200d\U0001f308",
    "W" * 400,
    "https://example.com/a?b=1#c, and (https://example.org/x).",
    "https://user:secret@example.com/ http://\u202eexample.com/",
    "line one\nline two\r\nline three\ttab",
    "data:text/html,<script>1</script> vbscript:x file:///etc/passwd",
    'style="position:fixed" class="inbox" id="root" __proto__ constructor',
)

NAMES = (
    "Ana Beatriz Souza",
    "João Pedro Lima",
    "Maria Clara dos Santos Albuquerque de Vasconcelos",
    "Dona Cida 🌻",
    "Zé da Esquina",
    "Fátima Zahra",
    "Comercial Silva & Filhos Ltda.",
    "Ítalo",
    "+55 11 90000-0000",
    "محمد العربي",
    "Ayşe Yılmaz",
    "🦋🦋",
    "Bruna Ferreira",
    "Carlos Eduardo",
    "Débora Nascimento",
    "Elias",
    "Gabriela Rocha",
    "Heitor Campos",
)

TEXTS = (
    "Oi, bom dia! Tudo bem?",
    "Vocês têm o tênis preto no tamanho 39?",
    "Meu pedido ainda não chegou, podem verificar por favor?",
    "Obrigada!! 💚",
    "Ok",
    (
        "Fiz o pagamento por Pix agora há pouco, o comprovante está aqui. Preciso que entreguem até"
        " sexta-feira porque é presente de aniversário."
    ),
    "Qual o prazo de entrega para Belo Horizonte?",
    "👍",
    "Pode me mandar a segunda via do boleto?",
    "Segue o link https://loja.example/pedidos/8841?origem=zap para acompanhar.",
    "Não recebi o código de rastreio 😕",
    "Perfeito, vou passar na loja amanhã às 10h então.",
)

AGENTS = ("Renata Moraes", "Paulo Teixeira", "Luana Prado", "Diego Martins", "Sofia Andrade")
INSTANCES = (("centro", "Loja Centro"), ("online", "Loja Online"), ("atacado", "Atacado"))
LABELS = (("11", "VIP", "#b3261e"), ("12", "Troca", "#0b74c4"), ("13", "Pix", "#14774a"))


def agents():
    """Agents with their load, as the component gets them."""
    loads = (12, 31, 4, 19, 0)
    pairs = zip(AGENTS, loads, strict=True)
    return [{"id": str(i), "name": n, "open_n": load} for i, (n, load) in enumerate(pairs, 1)]


def row(at: int, now: int) -> dict:
    """The conversation number `at`: newer ones first."""
    chance = random.Random(at)
    agent = chance.choice([*agents(), None])
    waits = chance.random() < 0.45
    last_at = now - at * at * 7_000 - at * 40_000 - chance.randrange(60_000)
    labels = [
        {"name": n, "colour": c} for _, n, c in chance.sample(LABELS, chance.choice((0, 0, 1, 2)))
    ]
    return {
        "id": str(9_000_000 - at),
        "name": NAMES[at % len(NAMES)] if at < 60 else f"{chance.choice(NAMES)} {at}",
        "preview": chance.choice(TEXTS),
        "direction": "in" if waits else chance.choice(("in", "out", "out", "note")),
        "at": last_at,
        "unread": chance.choice((1, 2, 3, 12, 104)) if waits and chance.random() < 0.6 else 0,
        "instance": INSTANCES[at % 3][1],
        "assignee": agent["name"] if agent else None,
        "assignee_id": agent["id"] if agent else None,
        "status": "pending" if waits or chance.random() < 0.6 else "resolved",
        "waiting_since": last_at - chance.randrange(3 * HOUR) if waits else None,
        "labels": labels,
        "version": 1,
        "blocked": False,
    }


def message(number: int, text: str, at: int | None, direction="in", **more) -> dict:
    """One message of a thread."""
    author = {"in": "", "system": "Central"}.get(direction, "Renata Moraes")
    given = {"kind": "text", "author": author, "delivery": None, "reason": None, **more}
    return {
        "type": "message",
        "id": str(number),
        "direction": direction,
        "text": text,
        "at": at,
        **given,
    }


def thread_items(conversation: dict, n: int = 60) -> list[dict]:
    """A thread with everything that can stand in one."""
    chance = random.Random(conversation["id"])
    base, at = int(conversation["id"]) * 1000, conversation["at"] - 3 * DAY
    items = []
    for step in range(n):
        at += (
            chance.randrange(20, 120) * MINUTE
            if step % 9 == 0
            else chance.randrange(10, 400) * 1000
        )
        at = min(at, conversation["at"])
        mine = chance.random() < 0.45
        delivery = chance.choice(("sent", "delivered", "read", "read")) if mine else None
        items.append(
            message(
                base + step, chance.choice(TEXTS), at, "out" if mine else "in", delivery=delivery
            )
        )
    last = conversation["at"]
    return [*items, *_specials(base + n, last)]


def window() -> dict:
    """A window that has closed unless the thread says otherwise, and two templates."""
    empty = {"text": "", "names": []}
    paid = {"text": "Oi, {{1}}! O pedido {{2}} foi pago.", "names": ["1", "2"]}
    again = {"text": "Podemos continuar a conversa?", "names": []}
    track = {"place": 1, "text": "Acompanhar", "n": 1}
    same = {"language": "pt_BR", "header": empty, "footer": {"text": "Loja Ipê", "names": []}}
    templates = [
        {**same, "name": "pedido_pago", "body": paid, "buttons": [track]},
        {**same, "name": "continuar", "body": again, "buttons": []},
    ]
    return {"closes_at": 1, "templates": templates}


def _specials(number: int, at: int) -> list[dict]:
    line = {"type": "line", "at": at - 9 * MINUTE}
    return [
        {**line, "id": str(number), "tone": "assign", "text": "Conversa atribuída a Renata Moraes"},
        message(number + 1, "Cliente pede desconto de 10 %; posso dar?", at - 8 * MINUTE, "note"),
        message(
            number + 2,
            "Seu pedido 8841 saiu para entrega.",
            at - 7 * MINUTE,
            "system",
            delivery="delivered",
        ),
        message(number + 3, "acena para a equipe", at - 6 * MINUTE, "out", kind="action"),
        message(number + 4, "Sem hora conhecida", None),
        message(
            number + 5,
            "Confirmo a entrega amanhã.",
            at - 5 * MINUTE,
            "out",
            delivery="failed",
            reason="O número não está no WhatsApp.",
        ),
        message(number + 6, "Olá! Talvez assim?", at - 4 * MINUTE, "draft"),
        {
            **line,
            "id": str(number + 7),
            "tone": "resolve",
            "text": "Conversa resolvida por Luana Prado",
        },
        {
            **line,
            "id": str(number + 8),
            "tone": "reopen",
            "text": "Conversa reaberta por Ana Beatriz",
        },
        message(number + 9, "Pode ser às 15h?", at - 2 * MINUTE),
        message(
            number + 10,
            "Claro, combinado! Qualquer coisa é só chamar.",
            at - MINUTE,
            "out",
            delivery="accepted",
        ),
        message(number + 11, "😍", at),
    ]
