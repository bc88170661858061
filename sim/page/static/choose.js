// The sliders and policies: what a visitor has chosen, and its place in the link.

import { named, number, t } from "./words.js";

let offered;
let chosen = {};
let changed = () => {};

export const choices = () => ({ ...chosen });

export function query() {
  return new URLSearchParams(Object.entries(chosen).map(([k, v]) => [k, v === true ? 1 : v]).sort()).toString();
}

// Take over choices of a link or of the self-assessment; what is not on offer is left out.
export function choose(given, quiet = false) {
  chosen = {};
  for (const [name, value] of Object.entries(given)) set(name, value);
  show();
  if (!quiet) changed();
}

function set(name, value) {
  const usual = offered.usual[name];
  if (offered.disciplines.includes(name)) {
    const level = Number(value);
    if (value !== "" && level >= 0 && level <= 3 && (level * 2) % 1 === 0) chosen[name] = level;
    else delete chosen[name];
    return;
  }
  if (name in offered.dials) {
    if (offered.dials[name].includes(Number(value))) chosen[name] = Number(value);
  } else if (name === "uses") {
    chosen[name] = value === true || value === "1" || value === 1;
  } else if (offered[{ returns: "returns", bonus: "bonuses", scenario: "scenarios" }[name]]?.includes(value)) {
    chosen[name] = value;
  }
  if (chosen[name] === usual) delete chosen[name];
}

export function level(discipline) {
  return chosen[discipline] ?? offered.average[discipline];
}

export function buildForm(offer, form, whenChanged) {
  offered = offer;
  changed = whenChanged;
  form.append(heading(t("Maturity, 0 to 3")), note(t("They start at the mean of 113 Danish firms.")));
  for (const discipline of offer.disciplines) form.append(slider(discipline));
  form.append(heading(t("Policies")));
  form.append(select("returns", t("Web orders can be sent back"), offer.returns, named));
  for (const dial of ["newsletters", "brand", "staff", "fee"]) {
    form.append(select(dial, named(dial), offer.dials[dial], (v) => dialWords(dial, v)));
  }
  form.append(select("bonus", t("Bonuses"), offer.bonuses, named));
  form.append(uses());
  form.append(heading(t("The world")));
  form.append(select("scenario", t("Scenario"), offer.scenarios, named));
  const again = document.createElement("button");
  again.type = "button";
  again.id = "reset";
  again.textContent = t("Back to the Danish average");
  again.addEventListener("click", () => choose({}));
  form.append(again);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

// A value of a slider or policy in words.
export function valueWords(name, value) {
  return offered.disciplines.includes(name) ? number(value, 1) : dialWords(name, value);
}

function dialWords(dial, value) {
  return dial === "brand" || dial === "staff" ? `${number(100 * value)} %` : number(value, value % 1 ? 1 : 0);
}

function heading(text) {
  const h = document.createElement("h2");
  h.textContent = text;
  return h;
}

function note(text) {
  const p = document.createElement("p");
  p.className = "note";
  p.textContent = text;
  return p;
}

function slider(discipline) {
  const row = document.createElement("div");
  row.className = "slider";
  row.innerHTML = `<label for="s-${discipline}"></label><output id="o-${discipline}" for="s-${discipline}"></output>
    <input type="range" id="s-${discipline}" name="${discipline}" min="0" max="3" step="${offered.step}" list="levels">
    <p class="band" id="b-${discipline}"></p>`;
  row.querySelector("label").textContent = named(discipline);
  row.querySelector("input").setAttribute("aria-describedby", `b-${discipline}`);
  row.querySelector("input").addEventListener("input", (event) => {
    set(discipline, event.target.value);
    show();
    changed();
  });
  return row;
}

function select(name, label, values, words) {
  const row = document.createElement("div");
  row.className = "select";
  row.innerHTML = `<label for="p-${name}"></label><select id="p-${name}" name="${name}"></select>`;
  row.querySelector("label").textContent = label;
  for (const value of values) row.querySelector("select").add(new Option(words(value), value));
  row.querySelector("select").addEventListener("change", (event) => {
    set(name, event.target.value);
    show();
    changed();
  });
  return row;
}

function uses() {
  const row = document.createElement("div");
  row.className = "check";
  row.innerHTML = '<input type="checkbox" id="p-uses" name="uses"><label for="p-uses"></label>';
  row.querySelector("label").textContent = t(
    "Uses what it knows as a leader does: reminders to whom they move, interviews, a panel, product managers measured on reviews, no ads to new people for its own customers",
  );
  row.querySelector("input").addEventListener("change", (event) => {
    set("uses", event.target.checked);
    show();
    changed();
  });
  return row;
}

function show() {
  for (const discipline of offered.disciplines) {
    const input = document.getElementById(`s-${discipline}`);
    if (!input) return;
    const now = level(discipline);
    input.value = now;
    const usual = !(discipline in chosen);
    document.getElementById(`o-${discipline}`).textContent = number(now, usual ? 2 : 1);
    input.closest(".slider").classList.toggle("usual", usual);
    const band = offered.questions.bands?.[discipline]?.[Math.min(2, Math.max(0, Math.ceil(now) - 1))] ?? "";
    document.getElementById(`b-${discipline}`).textContent = usual ? `${t(band)} · ${t("the Danish average")}` : t(band);
    input.setAttribute("aria-valuetext", `${number(now, 2)}, ${t(band)}`);
  }
  for (const name of ["returns", "bonus", "scenario", ...Object.keys(offered.dials)]) {
    document.getElementById(`p-${name}`).value = chosen[name] ?? offered.usual[name];
  }
  document.getElementById("p-uses").checked = Boolean(chosen.uses);
}
