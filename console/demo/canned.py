"""The canned replies of the demo's shop."""

from __future__ import annotations

from typing import Final

CANNED: Final = {
    "ola": "{saudacao}, {primeiro_nome}! Aqui é {atendente}, da {loja}. Como posso ajudar?",
    "pix": "{primeiro_nome}, a chave Pix é financeiro@casaipe.example. "
    "Assim que pagar, mande o comprovante por aqui.",
    "prazo": "O prazo de entrega para o seu CEP é de {dias} dias úteis, a contar da confirmação do "
    "pagamento.",
    "rastreio": "O seu pedido {pedido} já saiu! Acompanhe com o código {codigo} no site dos "
    "Correios.",
    "troca": "Você pode trocar em até 7 dias depois de receber, com a etiqueta e a nota. "
    "Quer que eu gere o código de postagem?",
    "horario": "Atendemos de segunda a sexta das 8h às 18h, e aos sábados das 8h às 13h.",
    "aguarde": "Só um momento, {primeiro_nome}, já estou verificando para você.",
    "endereco": "Para eu calcular o frete, me mande o CEP e o número, por favor.",
    "agradece": "Por nada, {primeiro_nome}! A {loja} agradece. {saudacao} e até logo!",
    "nf": "A nota fiscal segue por e-mail no dia do envio. Se preferir, mando por aqui.",
}
