// The self-assessment: plain questions, and one's own company over the Danish average.

import { bullseye } from "./bullseye.js";
import { named, number, t } from "./words.js";

const BAND = [0.5, 1.5, 2.5]; // what an answer stands for: the middle of its band
let offered;
let answers = {};
let benchmark = null; // another company's, or a room's, loaded from a file

export function start(offer, form, carryOver, whenAnswered) {
  offered = offer;
  for (const discipline of offer.disciplines) form.append(asked(discipline));
  form.addEventListener("change", (event) => {
    answers[event.target.name] = Number(event.target.value);
    show();
    whenAnswered(answers);
  });
  document.getElementById("benchmark").addEventListener("change", async (event) => {
    try {
      const told = JSON.parse(await event.target.files[0].text());
      const levels = Object.fromEntries(offer.disciplines.map((d) => [d, Number(told.levels[d])]));
      if (!Object.values(levels).every((level) => level >= 0 && level <= 3)) throw new RangeError();
      benchmark = { name: t("Benchmark"), levels, kind: "one" };
    } catch {
      benchmark = null;
      event.target.value = "";
    }
    show();
  });
  document.getElementById("carry-over").addEventListener("click", () => carryOver(onTheGrid()));
  show();
}

function asked(discipline) {
  const part = document.createElement("section");
  part.className = "card";
  const title = document.createElement("h2");
  title.textContent = named(discipline);
  part.append(title);
  offered.questions[discipline].forEach((question, k) => {
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = t(question.ask);
    set.append(legend);
    question.answers.forEach((answer, band) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: `${discipline}-${k}`, value: band });
      label.append(input, ` ${t(answer)}`);
      set.append(label);
    });
    if (question.survey) {
      const said = document.createElement("p");
      said.className = "note";
      said.textContent = t(question.survey.says);
      set.append(said);
    }
    part.append(set);
  });
  return part;
}

// Levels so far: the mean of the answered questions of each discipline.
export function levels() {
  const found = {};
  for (const discipline of offered.disciplines) {
    const given = Object.entries(answers).filter(([name]) => name.startsWith(`${discipline}-`)).map(([, band]) => BAND[band]);
    if (given.length) found[discipline] = given.reduce((a, b) => a + b, 0) / given.length;
  }
  return found;
}

// Take over answers that were given before: by question, the band.
export function fill(given) {
  answers = { ...given };
  for (const [name, band] of Object.entries(given)) {
    const input = document.querySelector(`#questions input[name="${name}"][value="${band}"]`);
    if (input) input.checked = true;
  }
  show();
}

function onTheGrid() {
  return Object.fromEntries(Object.entries(levels()).map(([d, level]) => [d, Math.round(level / offered.step) * offered.step]));
}

export function show() {
  const ours = levels();
  const complete = offered.disciplines.every((d) => d in ours);
  const sets = [{ name: t("The Danish average"), levels: offered.average, kind: "average" }];
  if (Object.keys(ours).length) sets.push({ name: t("Our company"), levels: { ...offered.average, ...ours }, kind: "ours" });
  if (benchmark) sets.push(benchmark);
  bullseye(document.getElementById("target"), offered.disciplines, sets);
  document.getElementById("carry-over").disabled = !Object.keys(ours).length;
  const said = document.getElementById("target-said");
  if (!complete) {
    const open = offered.disciplines.filter((d) => !(d in ours)).map(named);
    said.textContent = Object.keys(ours).length ? t("Still open: {what}.", { what: open.join(", ") }) : t("Squares: the mean of 113 Danish firms, 2015.");
    return;
  }
  const ahead = offered.disciplines.filter((d) => ours[d] > offered.average[d]).map((d) => `${named(d)} (${number(ours[d], 1)})`);
  said.textContent = ahead.length ? t("Ahead of the Danish average in: {what}.", { what: ahead.join(", ") }) : t("Behind the Danish average in all six.");
}
