// What came of the choices: a sentence, how sure it is, and the charts.

import * as charts from "./charts.js";
import { arm, named, number, t, told, UNITS } from "./words.js";

let offered;
let last = null;
let whyAsked = null; // called with the figure of which somebody asks why

export function start(offer, asked) {
  offered = offer;
  whyAsked = asked;
  for (const radio of document.querySelectorAll('input[name="whose"]')) radio.addEventListener("change", () => show(last));
}

// The picture is of other choices than those on the sliders: say so until a new one comes.
export function waiting() {
  document.getElementById("status").textContent = t("Replaying …");
  document.querySelector(".results").classList.add("old");
}

export function show(picture) {
  if (!picture) return;
  last = picture;
  const failed = document.getElementById("failed");
  failed.hidden = !picture.failed;
  failed.textContent = picture.failed ? t(picture.failed) : "";
  document.getElementById("status").textContent = status(picture);
  if (picture.figures) {
    document.querySelector(".results").classList.remove("old");
    document.getElementById("headline").textContent = headline(picture);
    const chart = document.getElementById("chart-differences");
    charts.differences(chart, picture.figures, whyAsked);
    chart.setAttribute("aria-label", headline(picture));
    differencesTable(picture);
  }
  if (picture.returns) showReturns(picture);
  document.querySelector('[data-show="streams"]').hidden = !picture.streams;
  if (picture.streams) showStreams(picture);
}

export function status(picture) {
  if (picture.failed) return "";
  if (picture.warming !== undefined) return t("Letting the common past go by: {n} %", { n: number(100 * picture.warming) });
  if (!picture.worlds) {
    return t("First world, {n} % of its year lived. No interval is claimed yet.", { n: number(100 * picture.lived) });
  }
  if (picture.worlds < 3) return t("{n} of {of} worlds. No interval is claimed yet.", { n: picture.worlds, of: picture.of });
  const more = picture.worlds < picture.of ? ` ${t("More are on their way.")}` : "";
  return t("{n} of {of} worlds. Lines: 95 % intervals over worlds.", { n: picture.worlds, of: picture.of }) + more;
}

function headline(picture) {
  if (/^(scenario=\w+)?$/.test(picture.key)) return t("This is the Danish average itself.");
  const [mean, low, high] = picture.figures.net_revenue.all.difference;
  if (mean === null) return "";
  const words = { n: number(mean, 0, true), low: number(low, 0, true), high: number(high, 0, true), m: number((mean * offered.people) / 1e6, 1, true), customers: number(offered.customers) };
  const year = t("That is {m} m DKK a year for a company with {customers} active customers.", words);
  if (low === null) return `${t("Net revenue {n} DKK a person and year against the Danish average, so far.", words)} ${year}`;
  if (low <= 0 && high >= 0) return t("Net revenue {n} DKK a person and year ({low} to {high}) against the Danish average: they cannot be told apart.", words);
  return `${t("Net revenue {n} DKK a person and year ({low} to {high}) against the Danish average.", words)} ${year}`;
}

const SEGMENTS = ["all", "shoppers", "buyers"];

function differencesTable(picture) {
  const rows = [];
  for (const name of Object.keys(offered.figures)) {
    const unit = picture.figures[name].unit;
    for (const segment of SEGMENTS) {
      const found = picture.figures[name][segment];
      const [mean, low, high] = found.difference;
      const interval = low === null ? "–" : `${told(low, unit, true)} ${t("to")} ${told(high, unit, true)}`;
      const asks = segment === "all" && name !== "cost_change" ? whyButton(name) : "";
      rows.push([`${named(name)}, ${named(segment)}`, UNITS[unit].words(), told(found.average, unit), told(found.ours, unit), told(mean, unit, true), interval, asks]);
    }
  }
  const into = document.getElementById("table-differences");
  const focused = into.contains(document.activeElement) ? document.activeElement.dataset.figure : null;
  charts.table(into, t("All figures"), [t("Figure"), t("Unit"), t("Danish average"), t("Our company"), t("Difference"), t("95 % interval"), t("What does it")], rows);
  if (focused) into.querySelector(`[data-figure="${focused}"]`).focus();
}

// What carries a figure is told for everybody: one button a figure.
function whyButton(name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "evening";
  button.dataset.figure = name;
  button.textContent = t("Why?");
  button.setAttribute("aria-label", t("Why? {figure}", { figure: named(name) }));
  button.addEventListener("click", () => whyAsked(name));
  return button;
}

function showReturns(picture) {
  const arms = picture.returns;
  const chart = document.getElementById("chart-returns");
  const said = document.getElementById("said-returns");
  const known = Object.values(arms).filter((arm) => arm.kept[0] !== null);
  chart.closest(".card").classList.toggle("empty", !known.length);
  if (!known.length) {
    said.textContent = t("The three return offers are replayed after the first whole year.");
    return;
  }
  charts.returns(chart, arms);
  const words = Object.entries(arms).map(([name, found]) => `${arm(name)} ${found.kept[0] === null ? "–" : number(100 * found.kept[0])}`);
  chart.setAttribute("aria-label", `${t("Measured")}: ${words.join(", ")}. ${t("The documents")}: 77, 95, 107.`);
  const least = Math.min(...Object.values(arms).map((arm) => arm.worlds));
  said.textContent = t("The company of the sliders with each return offer, {n} of {of} worlds; marked beside them what the documents say.", { n: least, of: offered.worlds });
}

function showStreams(picture) {
  const whose = document.querySelector('input[name="whose"]:checked').value;
  const rows = picture.streams[whose];
  const chart = document.getElementById("chart-streams");
  charts.streams(chart, rows);
  chart.setAttribute("aria-label", t("From touchpoint to touchpoint, the first steps of journeys in one world. The table below has the shares."));
  const words = rows.filter((row) => row[0] === 1).sort((a, b) => b[3] - a[3]).map(([, from, to, share]) => [t(from), t(to), `${number(100 * share, 1)} %`]);
  charts.table(document.getElementById("table-streams"), t("First step, share of journeys"), [t("From"), t("To"), t("Share")], words);
}
