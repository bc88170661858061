// Small helpers to build parts of the page.

export const byId = (id) => document.getElementById(id);

// An element with properties and children: made("p", { className: "note" }, "text", another).
export function made(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// Buttons of which one is chosen, built anew only when something is otherwise: who has one in focus keeps it.
// entries: key and words of each.
export function choices(box, entries, chosen, pick) {
  const now = JSON.stringify([entries, chosen]);
  if (box.dataset.now === now) return;
  box.dataset.now = now;
  box.replaceChildren(...entries.map(([key, words]) => {
    const button = made("button", { type: "button" }, words);
    button.setAttribute("aria-pressed", String(chosen === key));
    button.addEventListener("click", () => pick(key));
    return button;
  }));
}

// A labelled field, the label before it.
export const field = (label, control) => made("div", { className: "select" }, made("label", { htmlFor: control.id }, label), control);

export function options(control, values, words, value) {
  control.replaceChildren(...values.map((v) => new Option(words(v), v)));
  control.value = value;
  return control;
}
