// Which group of capabilities does it: the company without one of them after the other.

import * as charts from "./charts.js";
import { named, number, t, told } from "./words.js";

let offered;
let last = null;

export function start(offer) {
  offered = offer;
  const figure = document.getElementById("why-figure");
  for (const name of Object.keys(offer.figures)) if (name !== "cost_change") figure.add(new Option(named(name), name));
  figure.value = "net_revenue";
  figure.addEventListener("change", () => show(last));
}

export function show(picture) {
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
