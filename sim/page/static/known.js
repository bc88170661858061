// What either company has on file of a customer on the evening of a day, beside what is true.

import { dated, t } from "./words.js";

// known: { day, changes: one list a company of [day, what, on file, true, right] }.
// What stands on an evening: what changed last on that day or before.
function standing(changes, day) {
  const found = new Map();
  for (const [when, what, onFile, truth, right] of changes) {
    if (when > day) break;
    found.set(what, { onFile, truth, right });
  }
  return found;
}

export function table(tale, day) {
  const [one, other] = tale.known.changes.map((changes) => standing(changes, day));
  const made = document.createElement("table");
  made.className = "known";
  made.createCaption().textContent = t("{name} on the evening of {date}: what each company has on file, and what is true. ✓: as it is, ✗: it is otherwise", { name: tale.name, date: dated(day) });
  const head = made.createTHead().insertRow();
  for (const word of ["", ...tale.titles.map((title) => t("On file: {company}", { company: title })), t("In truth")]) {
    const cell = document.createElement(word ? "th" : "td");
    if (word) cell.scope = "col";
    cell.textContent = word;
    head.append(cell);
  }
  const body = made.createTBody();
  for (const [what, mine] of one) {
    const theirs = other.get(what);
    const row = body.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = what;
    const truth = document.createElement("td");
    truth.textContent = mine.truth === theirs.truth ? mine.truth : t("{one}; in the other world {other}", { one: mine.truth, other: theirs.truth });
    row.append(name, filed(mine), filed(theirs), truth);
  }
  return made;
}

function filed(known) {
  const cell = document.createElement("td");
  if (known.right !== null) cell.className = known.right ? "right" : "wrong";
  const mark = { true: "✓ ", false: "✗ ", null: "" }[known.right];
  cell.textContent = mark + known.onFile;
  return cell;
}

// A row of the tale that opens what was known that evening beneath itself.
export function opener(row, label, tale, day) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "evening";
  button.textContent = label;
  button.setAttribute("aria-label", t("{label}: what was known on the evening of {date}", { label, date: dated(day) }));
  button.setAttribute("aria-expanded", "false");
  let beneath = null;
  button.addEventListener("click", () => {
    if (beneath) beneath.remove();
    else {
      beneath = document.createElement("tr");
      const cell = document.createElement("td");
      cell.colSpan = 3;
      cell.append(table(tale, day));
      beneath.append(cell);
      row.after(beneath);
    }
    if (!beneath.isConnected) beneath = null;
    button.setAttribute("aria-expanded", String(beneath !== null));
  });
  return button;
}
