// Which group of capabilities does it: the company without one of them after the other.

import * as charts from "./charts.js";
import * as known from "./known.js";
import { named, number, short, t, told, UNITS } from "./words.js";

let offered;
let last = null;
let shown = null; // of which company and customer the tale on show is
const turns = {}; // of each kind of simulated customers the one whose turn it is
const LEAST_WORLDS = 3; // for an interval

export function start(offer, asked) {
  offered = offer;
  const figure = document.getElementById("why-figure");
  for (const name of Object.keys(offer.figures)) if (name !== "cost_change") figure.add(new Option(named(name), name));
  figure.value = "net_revenue";
  figure.addEventListener("change", () => show(last));
  const who = document.getElementById("tale-who");
  who.add(new Option(t("nobody"), ""));
  for (const [name, story] of Object.entries(offer.stories)) who.add(new Option(story.name, name));
  const kinds = { shopper: t("Somebody: a shopper"), buyer: t("Somebody: a buyer") };
  for (const [kind, names] of Object.entries(offer.somebody)) who.add(new Option(kinds[kind], names[0]));
  who.addEventListener("change", () => another(asked));
  document.getElementById("tale-next").addEventListener("click", () => {
    const kind = kindOf(who.value);
    turns[kind] = ((turns[kind] ?? 0) + 1) % offer.somebody[kind].length;
    who.selectedOptions[0].value = offer.somebody[kind][turns[kind]];
    another(asked);
  });
}

function another(asked) {
  document.getElementById("tale-next").hidden = !kindOf(customer());
  showTale(null);
  asked();
}

const kindOf = (name) => Object.keys(offered.somebody).find((kind) => offered.somebody[kind].includes(name));

export const customer = () => document.getElementById("tale-who").value;

// The figure of which somebody asks why.
export function choose(figure) {
  document.getElementById("why-figure").value = figure;
}

export function show(picture) {
  showTale(picture);
  if (!picture?.why) return;
  last = picture;
  const name = document.getElementById("why-figure").value;
  const unit = offered.figures[name];
  const rows = Object.entries(picture.why)
    .filter(([, found]) => found[name][0] !== null)
    .map(([group, found]) => ({ title: t(offered.groups[group]), does: t(offered.does[group]), found: found[name], worlds: found.worlds }))
    .map((row) => ({ ...row, clear: row.found[1] !== null && (row.found[1] > 0 || row.found[2] < 0) }))
    .sort((a, b) => b.found[0] - a.found[0]);
  const least = Math.min(...Object.values(picture.why).map((found) => found.worlds));
  document.getElementById("why-status").textContent = t(
    "{n} of {of} worlds without each. Coloured: beyond its 95 % interval; grey: it may be nothing.",
    { n: least, of: offered.group_worlds },
  );
  document.getElementById("why-said").textContent = sentence(name, unit, rows, least, picture.key);
  document.getElementById("chart-why").closest(".card").classList.toggle("empty", !rows.length);
  if (!rows.length) return;
  const chart = document.getElementById("chart-why");
  charts.why(chart, rows, unit);
  chart.setAttribute("aria-label", `${named(name)}: ${rows.slice(0, 3).map((r) => `${r.title} ${told(r.found[0], unit, true)}`).join(", ")}`);
  charts.table(
    document.getElementById("table-why"), named(name), [t("Without it"), t("What it does"), t("What is missing"), t("95 % interval")],
    rows.map((r) => [r.title, r.does, told(r.found[0], unit, true), r.found[1] === null ? "–" : `${told(r.found[1], unit, true)} ${t("to")} ${told(r.found[2], unit, true)}`]),
  );
}

// Which group carries most of a figure, as far as it can be told.
export function sentence(name, unit, rows, worlds, key) {
  const figure = short(name);
  if (/^(scenario=\w+)?$/.test(key)) return t("This is the Danish average itself: there is nothing that it could be without.");
  if (worlds < LEAST_WORLDS) return t("{figure}: nothing can be told apart yet. That takes {least} worlds.", { figure, least: LEAST_WORLDS });
  const clear = rows.filter((row) => row.clear);
  if (!clear.length) return t("{figure}: of no group can it be said that it carries anything; each may as well be nothing.", { figure });
  const [first] = clear;
  const most = first.found[0] > 0 ? first : clear[clear.length - 1];
  const [low, n, high] = most.found.map((v) => Math.abs(v)).sort((a, b) => a - b).map((v) => told(v, unit));
  const words = { figure, group: most.title, does: most.does, unit: (UNITS[unit].change || UNITS[unit].words)(), n, low, high };
  if (first.found[0] > 0) return t("{figure}: of what can be told apart, most is carried by “{group}”. {does} Without it our company would have {n} less ({low} to {high}; {unit}).", words);
  return t("{figure}: no group can be seen to add to it, and “{group}” takes from it. {does} Without it our company would have {n} more ({low} to {high}; {unit}).", words);
}

// Two columns where the years differ, one where they are the same.
function showTale(picture) {
  const tale = picture?.tale;
  const who = customer();
  const story = offered.stories[who];
  document.getElementById("tale-sentence").textContent = story ? `${story.name} ${t(story.who)}` : "";
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
  let opened = null;
  for (const [label, left, right, parts, day] of tale.rows) {
    const row = body.insertRow();
    row.classList.toggle("parts", parts);
    row.append(cell("th", day === null ? label : "", "row"));
    if (day !== null) {
      const button = known.opener(row, label, tale, day);
      row.cells[0].append(button);
      if (day === tale.known.day) opened = button;
    }
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
  opened?.click();
}

function cell(kind, text, scope = "") {
  const made = document.createElement(kind);
  if (scope) made.scope = scope;
  made.textContent = text;
  return made;
}
