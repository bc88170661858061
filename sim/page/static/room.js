// Rooms: everybody answers alone, then sees what all have said.

import { fill } from "./assess.js";
import * as charts from "./charts.js";
import * as boardroom from "./boardroom.js";
import { query, valueWords } from "./choose.js";
import * as game from "./game.js";
import { byId } from "./parts.js";
import { arm, named, number, short, t, told, UNITS } from "./words.js";

const KEY = "room";
const LED = "room-led";
let offered, say;
let room = null; // as the server tells it
let picture = null; // of what is guessed
let begun = null; // the step for which the leader's part was folded

const GAMES = { game, boardroom };

export const question = () => (room?.activity === "predict" ? room.question : null);

export function start(offer, send) {
  offered = offer;
  say = (told) => send({ room: told });
  byId("join").addEventListener("submit", (event) => {
    event.preventDefault();
    join(byId("code").value.trim().toUpperCase());
  });
  byId("open-room").addEventListener("click", () => say({ do: "open" }));
  byId("leave").addEventListener("click", () => {
    if (room.leads) localStorage.setItem(LED, localStorage.getItem(KEY)); // who comes back leads again
    localStorage.removeItem(KEY);
    say({ do: "leave" });
  });
  byId("do-assess").addEventListener("click", () => say({ do: "lead", lead: "begin", activity: "assess" }));
  byId("do-predict").addEventListener("click", () => {
    const chosen = byId("ask-what").value;
    const asked = chosen === "sliders" ? { figure: "net_revenue", segment: "all", choices: query() } : offered.ready[Number(chosen)];
    say({ do: "lead", lead: "begin", activity: "predict", question: asked });
  });
  byId("reveal").addEventListener("click", () => say({ do: "lead", lead: "revealed", on: !room.revealed }));
  byId("pause").addEventListener("click", () => say({ do: "lead", lead: "paused", on: !room.paused }));
  byId("set-timer").addEventListener("click", () => say({ do: "lead", lead: "timer", seconds: Math.round(60 * Number(byId("minutes").value)) }));
  byId("guess").addEventListener("submit", (event) => {
    event.preventDefault();
    const value = byId("my-guess").valueAsNumber;
    if (Number.isFinite(value)) say({ do: "answer", answer: question().figure === "kept" ? value : value / UNITS[offered.figures[question().figure]].times });
  });
  byId("save-levels").addEventListener("click", save);
  byId("next").addEventListener("click", () => say({ do: "lead", lead: "next" }));
  for (const each of Object.values(GAMES)) each.start(offer, say);
  const what = byId("ask-what");
  offered.ready.forEach((asked, k) => what.add(new Option(words(asked), k)));
  what.add(new Option(t("the company of the sliders: net revenue"), "sliders"));
  window.setInterval(tick, 500);
}

// After a reload, or when the connection comes back.
export function rejoin() {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (kept) say({ do: "join", ...kept });
}

export function join(code) {
  const kept = [KEY, LED].map((key) => JSON.parse(localStorage.getItem(key) ?? "null")).find((seat) => seat?.code === code);
  say({ do: "join", code, token: kept?.token ?? null });
}

export const seated = (seat) => localStorage.setItem(KEY, JSON.stringify(seat));

export function sendAssessment(answers) {
  if (room?.activity === "assess" && !room.leads) say({ do: "answer", answer: answers });
}

export function hear(told) {
  if (told?.activity === "assess" && told.mine && !room) fill(told.mine); // after a reload
  room = told;
  show();
}

export function showPicture(found) {
  picture = found;
  if (room?.activity === "predict" && room.revealed) reveal();
}

const sorted = (choices) => [...new URLSearchParams(choices)].map((pair) => pair.join("=")).sort().join("&");

function chosenWords(choices) {
  const found = Object.entries(Object.fromEntries(new URLSearchParams(choices))).filter(([name]) => name !== "returns");
  if (sorted(choices) === sorted(offered.leader)) return t("a leader");
  const of = (name, value) => {
    if (name === "uses") return t("uses what it knows");
    if (name === "scenario" || name === "bonus") return named(value);
    return `${named(name)}: ${valueWords(name, Number(value))}`;
  };
  return found.length ? found.map(([name, value]) => of(name, value)).join(", ") : t("the Danish average");
}

function words(asked) {
  const who = chosenWords(asked.choices);
  if (asked.figure === "kept") {
    const returns = new URLSearchParams(asked.choices).get("returns") ?? offered.usual.returns;
    return t("Of 100 kroner ordered online, how many stay? Offer: {offer}. Company: {who}.", { offer: arm(returns), who });
  }
  const unit = UNITS[offered.figures[asked.figure]];
  return t("{figure} against the Danish average, {segment}, {unit}. Company: {who}.", {
    figure: short(asked.figure), segment: named(asked.segment), unit: (unit.change ?? unit.words)(), who,
  });
}

export function show() {
  byId("outside").hidden = Boolean(room);
  byId("inside").hidden = !room;
  if (!room) return;
  byId("room-code").textContent = room.code;
  byId("room-people").textContent = room.activity === "none" || GAMES[room.activity] ? t("{n} here", { n: room.members }) : t("{a} of {n} have answered", { a: room.answered, n: room.members });
  byId("leading").hidden = !room.leads;
  byId("controls").hidden = !room.leads;
  if (room.step !== begun) byId("leading").open = room.activity === "none"; // out of the way of what has begun
  begun = room.step;
  byId("qr").src = room.leads ? `/code.svg?room=${room.code}` : "";
  byId("qr").alt = t("Code to scan: it leads into the room");
  byId("room-address").textContent = `${location.host} · ${room.code}`;
  byId("reveal").setAttribute("aria-pressed", String(room.revealed));
  byId("pause").setAttribute("aria-pressed", String(room.paused));
  for (const each of Object.values(GAMES)) each.hear(room);
  const play = GAMES[room.activity];
  const asked = question();
  byId("doing").textContent = doing(asked);
  byId("guess").hidden = !asked || room.leads || room.revealed || room.paused;
  byId("reveal").hidden = !["predict", "assess"].includes(room.activity);
  byId("next").hidden = !room.leads || !play || !play.next();
  byId("next").textContent = play && room.leads ? play.next() : "";
  byId("go-assess").hidden = room.activity !== "assess" || room.leads;
  if (asked) {
    const unit = UNITS[offered.figures[asked.figure]];
    byId("guess-unit").textContent = asked.figure === "kept" ? t("kroner") : (unit.change ?? unit.words)();
  }
  byId("guess-kept").textContent = room.mine !== null && asked ? t("Kept. You may change it until it is revealed.") : "";
  byId("revealed").hidden = !room.revealed;
  if (room.revealed) reveal();
  tick();
}

function doing(asked) {
  if (room.paused) return t("Paused: eyes to the front.");
  if (asked) return words(asked);
  if (GAMES[room.activity]) return GAMES[room.activity].doing();
  if (room.activity === "assess") return t("Everybody answers the questions of “Where are we?” alone.");
  return room.leads ? t("Choose what everybody does.") : t("You are in. Wait for what comes.");
}

function reveal() {
  byId("save-benchmark").hidden = room.activity !== "assess" || !room.leads;
  byId("disagree").replaceChildren();
  if (room.activity === "assess") return revealAssessment();
  if (room.activity === "predict") revealGuesses();
}

function measured(asked) {
  if (!picture) return [null, null, null];
  if (asked.figure !== "kept") return picture.figures?.[asked.figure]?.[asked.segment]?.difference ?? [null, null, null];
  const returns = new URLSearchParams(asked.choices).get("returns") ?? offered.usual.returns;
  return (picture.returns?.[returns]?.kept ?? [null, null, null]).map((v) => (v === null ? null : 100 * v));
}

function revealGuesses() {
  const asked = question();
  const found = measured(asked);
  const kept = asked.figure === "kept";
  const unit = kept ? { times: 1, digits: 0 } : UNITS[offered.figures[asked.figure]];
  const scaled = (v) => (v === null ? null : v * unit.times);
  charts.guesses(byId("chart-room"), room.said.map(scaled), found.map(scaled), kept ? t("kroner") : (unit.change ?? unit.words)());
  const say = (v) => number(scaled(v), unit.digits, !kept);
  const middle = room.said.length ? room.said[Math.floor(room.said.length / 2)] : null;
  const all = room.said.length ? t("{n} guesses, the middle one {m}.", { n: room.said.length, m: say(middle) }) : t("Nobody has guessed.");
  const truth = found[0] === null ? t("The replay is still running …") : found[1] === null ? t("Measured so far: {n}.", { n: say(found[0]) }) : t("Measured: {n} ({low} to {high}).", { n: say(found[0]), low: say(found[1]), high: say(found[2]) });
  byId("said-room").textContent = `${all} ${truth}`;
  byId("chart-room").setAttribute("aria-label", `${all} ${truth}`);
}

function revealAssessment() {
  const said = room.said;
  charts.agreement(byId("chart-room"), offered.disciplines, said.levels, offered.average);
  const means = offered.disciplines.filter((d) => said.levels[d].mean !== null).map((d) => `${named(d)} ${number(said.levels[d].mean, 1)}`);
  byId("said-room").textContent = t("{n} answered. Large marks: the mean; small ones: each of you; squares: the Danish average.", { n: said.people });
  byId("chart-room").setAttribute("aria-label", means.join(", "));
  const most = Object.entries(said.questions).filter(([, found]) => found.spread > 0).sort((a, b) => b[1].spread - a[1].spread).slice(0, 4);
  const list = byId("disagree");
  if (!most.length) return;
  const title = document.createElement("h2");
  title.textContent = t("Where you disagree most");
  list.append(title);
  for (const [name, found] of most) {
    const [discipline, k] = name.split("-");
    const asked = offered.questions[discipline][Number(k)];
    const p = document.createElement("p");
    p.textContent = t(asked.ask);
    const ul = document.createElement("ul");
    asked.answers.forEach((answer, band) => {
      const li = document.createElement("li");
      li.textContent = `${found.counts[band]} × ${t(answer)}`;
      ul.append(li);
    });
    list.append(p, ul);
  }
}

function save() {
  const mean = Object.fromEntries(offered.disciplines.map((d) => [d, room.said.levels[d].mean]));
  const blob = new Blob([JSON.stringify({ omnijourney: "benchmark", people: room.said.people, levels: mean }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "benchmark.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

function tick() {
  const left = room?.ends ? Math.max(0, Math.round(room.ends - Date.now() / 1000)) : null;
  byId("room-timer").textContent = left === null ? "" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
