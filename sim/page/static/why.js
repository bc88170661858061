// Which group of capabilities does it: the company without one of them after the other.

import * as charts from "./charts.js";
import { named, number, t, told } from "./words.js";

let offered;
let last = null;
let shown = null; // of which company and customer the tale on show is

export function start(offer, asked) {
  offered = offer;
  const figure = document.getElementById("why-figure");
  for (const name of Object.keys(offer.figures)) if (name !== "cost_change") figure.add(new Option(named(name), name));
  figure.value = "net_revenue";
  figure.addEventListener("change", () => show(last));
  const who = document.getElementById("tale-who");
  who.add(new Option(t("nobody"), ""));
  for (const [name, story] of Object.entries(offer.stories)) who.add(new Option(story.name, name));
  who.addEventListener("change", () => {
    showTale(null);
    asked();
  });
}

export const customer = () => document.getElementById("tale-who").value;

export function show(picture) {
  showTale(picture);
  if (!picture?.why) return;
  last = picture;
  const name = document.getElementById("why-figure").value;
  const unit = offered.figures[name];
  const rows = Object.entries(picture.why)
    .filter(([, found]) => found[name][0] !== null)
    .map(([group, found]) => ({ title: t(offered.groups[group]), found: found[name], worlds: found.worlds }))
    .map((row) => ({ ...row, clear: row.found[1] !== null && (row.found[1] > 0 || row.found[2] < 0) }))
    .sort((a, b) => b.found[0] - a.found[0]);
  const least = Math.min(...Object.values(picture.why).map((found) => found.worlds));
  document.getElementById("why-status").textContent = t(
    "{n} of {of} worlds without each. Coloured: beyond its 95 % interval; grey: it may be nothing.",
    { n: least, of: offered.group_worlds },
  );
  if (!rows.length) return;
  const chart = document.getElementById("chart-why");
  charts.why(chart, rows, unit);
  chart.setAttribute("aria-label", `${named(name)}: ${rows.slice(0, 3).map((r) => `${r.title} ${told(r.found[0], unit, true)}`).join(", ")}`);
  charts.table(
    document.getElementById("table-why"), named(name), [t("Without it"), t("What is missing"), t("95 % interval")],
    rows.map((r) => [r.title, told(r.found[0], unit, true), r.found[1] === null ? "–" : `${told(r.found[1], unit, true)} ${t("to")} ${told(r.found[2], unit, true)}`]),
  );
}

// Two columns where the years differ, one where they are the same.
function showTale(picture) {
  const tale = picture?.tale;
  const who = customer();
  document.getElementById("tale-sentence").textContent = who ? `${offered.stories[who].name} ${t(offered.stories[who].who)}` : "";
  const status = document.getElementById("tale-status");
  const into = document.getElementById("tale");
  if (!tale || tale.customer !== who) {
    status.textContent = who ? t("Waiting for a free hand …") : "";
    into.replaceChildren();
    shown = null;
    return;
  }
  if (tale.failed) status.textContent = t(tale.failed);
  else if (!tale.rows) status.textContent = t("{n} % of the year lived under both", { n: number(100 * tale.share) });
  const which = `${picture.key} ${who}`;
  if (!tale.rows || shown === which) return;
  shown = which;
  status.textContent = "";
  const table = document.createElement("table");
  table.className = "tale";
  table.createCaption().textContent = t("What happened, day by day; marked: where the two worlds part, and why");
  const head = table.createTHead().insertRow();
  for (const word of [t("Day"), ...tale.titles]) head.append(cell("th", word, "col"));
  const body = table.createTBody();
  for (const [label, left, right, parts] of tale.rows) {
    const row = body.insertRow();
    row.classList.toggle("parts", parts);
    row.append(cell("th", label, "row"));
    if (left === right) {
      const both = cell("td", left);
      both.colSpan = 2;
      row.append(both);
    } else row.append(cell("td", left || "–"), cell("td", right || "–"));
  }
  for (const [what, left, right] of tale.numbers) {
    const row = body.insertRow();
    row.className = "numbers";
    row.append(cell("th", what, "row"), cell("td", left), cell("td", right));
  }
  into.replaceChildren(table);
}

function cell(kind, text, scope = "") {
  const made = document.createElement(kind);
  if (scope) made.scope = scope;
  made.textContent = text;
  return made;
}
