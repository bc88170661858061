// The game: a team's plan for the year, what its company sees of it, and in the end the truth.

import * as charts from "./charts.js";
import { valueWords } from "./choose.js";
import { byId, choices, field, made, options } from "./parts.js";
import { named, number, span, t, told, UNITS } from "./words.js";

const MILLION = 1e6;
let offered, say;
let room = null;
let built = ""; // for which company the form stands

export function start(offer, send) {
  offered = offer;
  say = send;
  options(byId("game-budget"), Object.keys(offer.game.budgets), budgetWords, "middling");
  options(byId("game-scenario"), offer.scenarios, named, "base");
  byId("game-teams").max = offer.game.most_teams;
  byId("do-game").addEventListener("click", () => say({
    do: "lead", lead: "begin", activity: "game", teams: byId("game-teams").valueAsNumber,
    budget: byId("game-budget").value, scenario: byId("game-scenario").value,
  }));
}

function budgetWords(name) {
  const words = { tight: t("tight"), middling: t("middling"), ample: t("ample") };
  return t("{how}: {n} m DKK a year", { how: words[name], n: number(offered.game.budgets[name] / MILLION, 1) });
}

const team = (side) => t("Team {n}", { n: side });
const plays = () => room?.activity === "game" && room.play;

export function hear(told_) {
  room = told_;
  byId("game").hidden = !plays();
  if (plays()) show();
}

// What the leader's button does next.
export function next() {
  const { phase, round } = room.play;
  if (phase === "planning") return t("Close year {n}", { n: round });
  if (phase === "lived") return round < room.game.rounds ? t("Begin year {n}", { n: round + 1 }) : t("Tell the truth");
  return "";
}

// What is going on, in a sentence.
export function doing() {
  const { phase, round } = room.play;
  if (!room.leads && !room.side) return t("Choose your team.");
  if (phase === "over") return t("What really happened");
  if (phase === "planning") return room.leads ? t("Year {n}: {k} of {of} teams have handed in a plan.", { n: round, k: room.game.handed_in.length, of: room.play.teams }) : t("{team}: your plan for year {n}", { team: team(room.side), n: round });
  const [ready, all] = room.game.done;
  return ready < all ? t("Year {n} is being replayed: {k} of {of} worlds.", { n: round, k: ready, of: all }) : t("Year {n} is over. What does your company see of it?", { n: round });
}

function show() {
  sides();
  const mine = room.game && room.side;
  byId("game-plan").hidden = !mine || room.play.phase !== "planning" || room.paused;
  if (mine && room.play.phase === "planning") plan();
  byId("game-years").hidden = !mine || !room.game.years.length;
  if (mine && room.game.years.length) years();
  byId("game-truth").hidden = room.play.phase !== "over" || !room.game;
  if (room.play.phase === "over" && room.game) truth();
}

function sides() {
  const box = byId("game-sides");
  box.hidden = room.leads || Boolean(room.side && room.play.round > 1);
  const teams = Object.entries(room.sides).map(([side, people]) => [side, t("{team} ({n})", { team: team(side), n: people })]);
  choices(box, teams, room.side, (side) => say({ do: "answer", answer: { side } }));
}

// ---- the plan ----------------------------------------------------------------------------------

const levelOf = (company, discipline) => company[discipline] ?? offered.average[discipline];

function plan() {
  const from = JSON.stringify([room.step, room.play.round, room.side]);
  if (from !== built) build(from);
  const handed = room.game.plan;
  byId("game-handed").textContent = handed ? t("Handed in. You may change it until the year is closed.") : "";
}

function build(from) {
  built = from;
  const company = room.game.company;
  const shown = room.game.plan ?? company;
  const form = byId("game-plan");
  const rows = offered.disciplines.map((discipline) => {
    const now = levelOf(company, discipline);
    const marks = [];
    for (let level = 0; level <= 3; level += offered.step) if (level > now) marks.push(level);
    const price = (level) => ((level - now) * room.game.prices[discipline]) / MILLION;
    const words = (level) => (level === "" ? t("{n}, as it is", { n: number(now, company[discipline] === null ? 2 : 1) }) : t("{n} for {price} m DKK", { n: number(level, 1), price: number(price(level), 1) }));
    const control = made("select", { id: `g-${discipline}`, name: discipline });
    options(control, ["", ...marks], words, shown[discipline] > now ? shown[discipline] : "");
    return field(named(discipline), control);
  });
  const policies = [["returns", t("Web orders can be sent back"), offered.returns], ["bonus", t("Bonuses"), offered.bonuses]];
  for (const dial of Object.keys(offered.dials)) policies.push([dial, named(dial), offered.dials[dial]]);
  for (const [name, label, values] of policies) {
    const words = name in offered.dials ? (v) => valueWords(name, v) : named;
    rows.push(field(label, options(made("select", { id: `g-${name}`, name }), values, words, shown[name])));
  }
  const uses = made("input", { type: "checkbox", id: "g-uses", name: "uses", checked: shown.uses });
  rows.push(made("div", { className: "check" }, uses, made("label", { htmlFor: "g-uses" }, t("Uses what it knows as a leader does"))));
  const cost = made("p", { id: "game-cost", className: "status", role: "status" });
  const hand = made("button", { className: "primary", id: "hand-in" }, t("Hand in"));
  form.replaceChildren(made("div", { className: "two" }, ...rows), cost, made("p", { className: "switch" }, hand, made("span", { id: "game-handed", role: "status" })));
  form.onchange = counted;
  form.onsubmit = (event) => {
    event.preventDefault();
    say({ do: "answer", answer: { move: wanted() } });
  };
  counted();
}

// The choices of the form; a level that stays is what it was.
function wanted() {
  const company = room.game.company;
  const found = { uses: byId("g-uses").checked ? 1 : 0 };
  for (const discipline of offered.disciplines) {
    const level = byId(`g-${discipline}`).value;
    if (level !== "") found[discipline] = Number(level);
    else if (company[discipline] !== null) found[discipline] = company[discipline];
  }
  for (const name of ["returns", "bonus"]) found[name] = byId(`g-${name}`).value;
  for (const dial of Object.keys(offered.dials)) found[dial] = Number(byId(`g-${dial}`).value);
  return found;
}

function counted() {
  const chosen = wanted();
  const company = room.game.company;
  const cost = offered.disciplines.reduce((sum, d) => sum + (levelOf(chosen, d) - levelOf(company, d)) * room.game.prices[d], 0);
  const left = room.game.money - cost;
  const words = { cost: number(cost / MILLION, 1), money: number(room.game.money / MILLION, 1), left: number(Math.abs(left) / MILLION, 1) };
  byId("game-cost").textContent = left < -1 ? t("This costs {cost} of {money} m DKK: {left} too much.", words) : t("This costs {cost} of {money} m DKK; {left} are left for later.", words);
  byId("hand-in").disabled = left < -1;
}

// ---- what is seen ------------------------------------------------------------------------------

const unitOf = (name) => ({ profit: "dkk", value: "customer" })[name] ?? offered.figures[name];
const titled = (name) => ({ profit: t("Profit (contribution, the cost of the change paid)"), value: t("Customer value") })[name] ?? named(name);

function years() {
  const told_ = room.game.years;
  const rows = Object.entries(offered.game.seen_from).map(([name, level]) => {
    const unit = unitOf(name);
    const unseen = t("seen from measurement {n} on", { n: number(level) });
    const cells = told_.map((year) => (!(name in year) ? unseen : year[name] === null ? "…" : told(year[name], unit)));
    return [`${titled(name)}, ${UNITS[unit].words()}`, ...cells];
  });
  const head = [t("What your company sees"), ...told_.map((_, k) => t("Year {n}", { n: k + 1 }))];
  charts.table(byId("game-table"), t("Means over {n} worlds with the same luck for all teams", { n: room.game.worlds }), head, rows);
}

function truth() {
  const found = room.game.truth;
  const teams = Object.entries(found.teams).sort((a, b) => (b[1].profit[0] ?? -Infinity) - (a[1].profit[0] ?? -Infinity));
  const best = found.drawn.best;
  const rows = teams.map(([side, scores]) => [team(side), ...scored(scores), planWords(found.plans[side])]);
  if (best) rows.push([t("The best of {n} plans drawn at random", { n: found.drawn.plans.length }), ...scored(best), planWords(best.plan)]);
  const head = [t("Who"), t("Profit of {n} years, m DKK", { n: room.game.rounds }), t("Customer value in the last year, DKK a customer"), t("What the company came to")];
  charts.table(byId("truth-table"), t("Against the Danish average, left as it is; in brackets 95 % intervals over worlds"), head, rows);
  const drawn = t("{n} of {of} plans drawn at random have been replayed beside the teams'.", { n: found.drawn.plans.length, of: found.drawn.of });
  byId("truth-said").textContent = `${winner(teams)} ${drawn}`;
  charts.leaderboard(byId("chart-truth"), teams.map(([side, scores]) => [team(side), scores]), found.drawn.plans, best);
  byId("chart-truth").setAttribute("aria-label", byId("truth-said").textContent);
}

function winner(teams) {
  const [first, second] = teams;
  if (!first || first[1].profit[0] === null) return t("The last year is being replayed …");
  const words = { team: team(first[0]), n: number(first[1].profit[0], 1, true) };
  const close = second && first[1].profit[1] !== null && second[1].profit[2] >= first[1].profit[1];
  return close ? t("{team} is ahead with {n} m DKK, but its interval and the next one's overlap.", words) : t("{team} is ahead with {n} m DKK.", words);
}

const scored = (scores) => [span(scores.profit, (n) => number(n, 1, true)), span(scores.value, (n) => number(n, 0, true))];

function planWords(plan) {
  const last = new URLSearchParams(plan[plan.length - 1]);
  const levels = offered.disciplines.map((d) => `${named(d)} ${number(last.has(d) ? Number(last.get(d)) : offered.average[d], 1)}`);
  return levels.join(", ");
}
