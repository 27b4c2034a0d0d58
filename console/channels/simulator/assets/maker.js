// The dialog that makes a customer.

import { call, element } from "./dom.js";
import { known, phone, say } from "./words.js";

export function openMaker(dialog, made) {
  const name = element("input", { name: "name", required: true, maxLength: 60, autocomplete: "off" });
  const digits = element("input", { name: "phone", inputmode: "tel", autocomplete: "off", placeholder: "11 98765-4321" });
  const hidden = element("input", { type: "checkbox", name: "hidden", onchange: () => (digits.disabled = hidden.checked) });
  const options = known.numbers.map((one) => element("option", { value: one.id }, `${one.name} · ${phone(one.phone)}`));
  const number = element("select", { name: "number" }, ...options);
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const field = (word, input, hint) => element("label", {}, element("span", {}, say(word)), input, hint ? element("small", {}, say(hint)) : null);
  const form = element("form", { method: "dialog" }, element("h2", {}, say("new")), field("name", name), field("phone", digits, "phone_hint"));
  form.append(element("label", { class: "check" }, hidden, element("span", {}, say("hidden"))));
  if (options.length > 1) form.append(field("number", number));
  const cancel = element("button", { type: "button", onclick: () => dialog.close() }, say("cancel"));
  form.append(problem, element("div", { class: "actions" }, cancel, element("button", { class: "primary" }, say("create"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { key } = await call("customers", Object.fromEntries(new FormData(form)));
      dialog.close();
      made(key);
    } catch (error) {
      problem.textContent = say("refused", { why: error.message });
      problem.hidden = false;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}
