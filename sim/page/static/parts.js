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

// A labelled field, the label before it.
export const field = (label, control) => made("div", { className: "select" }, made("label", { htmlFor: control.id }, label), control);

export function options(control, values, words, value) {
  control.replaceChildren(...values.map((v) => new Option(words(v), v)));
  control.value = value;
  return control;
}
