// The boardroom: a role's sheet, the lines of the plan, what plans brought, and the debriefing.

import * as charts from "./charts.js";
import { valueWords } from "./choose.js";
import { byId, choices, made, options } from "./parts.js";
import { number, short, span, t, told, UNITS } from "./words.js";

const SHOWN = ["net_revenue", "contribution", "coherent_share", "nps"];
let offered, say;
let room = null;
let built = ""; // for which round and role the form stands

export function start(offer, send) {
  offered = offer;
  say = send;
  byId("do-boardroom").addEventListener("click", () => say({ do: "lead", lead: "begin", activity: "boardroom" }));
}

const plays = () => room?.activity === "boardroom" && room.play;
const role = (name) => t(offered.boardroom.roles[name].title);
const line = (name) => t(offered.boardroom.lines[name].title);
const millions = (n) => number(n, 1);

export function hear(told_) {
  room = told_;
  byId("boardroom").hidden = !plays();
  if (plays()) show();
}

export function next() {
  const { phase, round, ask } = room.play;
  if (phase === "talking") return t("Close round {n} and replay the plan", { n: round });
  if (phase === "lived") return round < room.game.rounds ? t("Begin round {n}", { n: round + 1 }) : t("Read the card, then replay");
  if (phase === "targets") return t("To the debriefing");
  return ask < offered.boardroom.debriefing.length - 1 ? t("Next question") : "";
}

export function doing() {
  const { phase, round, ask } = room.play;
  if (!room.leads && !room.side) return t("Choose your role.");
  if (phase === "talking") return round === 1 ? t("Round 1: each for itself") : round === 2 ? t("Round 2: trading") : t("Round 3: one plan");
  if (phase === "debriefing") return t(offered.boardroom.debriefing[ask].title);
  const [ready, all] = room.game.done;
  if (ready < all) return t("The plan is being replayed: {k} of {of} worlds.", { k: ready, of: all });
  return phase === "targets" ? t("The same plan, other bonuses") : t("What the plan of round {n} brings", { n: round });
}

function show() {
  const box = byId("board-sides");
  box.hidden = room.leads || Boolean(room.side && room.play.round > 1);
  const roles = Object.entries(room.sides).map(([side, people]) => [side, t("{role} ({n})", { role: role(side), n: people })]);
  choices(box, roles, room.side, (side) => say({ do: "answer", answer: { side } }));
  byId("board-in").hidden = !room.game;
  if (!room.game) return;
  sheet();
  moves();
  board();
  brought();
  card();
  byId("board-questions").replaceChildren(...(room.play.phase === "debriefing" ? offered.boardroom.debriefing[room.play.ask].ask.map((ask) => made("p", { className: "headline" }, t(ask))) : []));
}

// ---- a role ------------------------------------------------------------------------------------

function sheet() {
  const box = byId("board-sheet");
  box.hidden = !room.side;
  if (!room.side || box.dataset.side === room.side) return;
  box.dataset.side = room.side;
  const told_ = room.game.role;
  const parts = told_.sheet.flatMap(({ head, text }) => [made("h2", {}, t(head)), made("p", {}, t(text))]);
  const opened = made("details", { open: true }, made("summary", {}, t("Your role: {role}", { role: role(room.side) })), ...parts);
  const first = told_.first_words ? [made("p", { className: "note" }, t("A sentence to begin with: “{text}”", { text: t(told_.first_words) }))] : [];
  box.replaceChildren(opened, ...first);
}

function moves() {
  const form = byId("board-move");
  form.hidden = !room.side || room.play.phase !== "talking" || room.paused;
  if (form.hidden) return;
  const from = JSON.stringify([room.step, room.play.round, room.side]);
  if (from !== built) build(form, from);
  byId("board-kept").textContent = room.game.has_moved.includes(room.side) ? t("Said. You may change it until the round is closed.") : "";
}

function build(form, from) {
  built = from;
  const mine = room.game.move;
  const rows = Object.entries(offered.boardroom.lines).map(([name, told_]) => {
    const parts = [made("strong", {}, line(name))];
    const asked = told_.needs.includes(room.side);
    if (told_.price > 0) {
      const control = made("input", { type: "number", id: `pay-${name}`, name, min: 0, max: offered.boardroom.roles[room.side].budget, step: 0.1, value: mine.pays[name] ?? 0 });
      parts.push(made("label", { htmlFor: control.id }, t("I pay, of {n} m DKK a step", { n: millions(told_.price) })), control);
    }
    if (asked && name in offered.dials && told_.price === 0) {
      const control = made("select", { id: `set-${name}` });
      const values = ["", ...offered.dials[name]];
      options(control, values, (v) => (v === "" ? t("no wish") : valueWords(name, v)), mine.sets[name] ?? "");
      parts.push(made("label", { htmlFor: control.id }, t("I want")), control);
    }
    if (asked) {
      const control = made("input", { type: "checkbox", id: `yes-${name}`, checked: mine.yes.includes(name) });
      parts.push(made("span", { className: "yes" }, control, made("label", { htmlFor: control.id }, t("Yes, my people do the work"))));
    }
    return made("fieldset", { className: "line", disabled: parts.length === 1 }, made("legend", { className: "hidden" }, line(name)), ...parts);
  });
  const button = made("button", { className: "primary", id: "board-say" }, t("Say it"));
  const left = made("p", { id: "board-left", className: "status", role: "status" });
  form.replaceChildren(...rows.filter((row) => !row.disabled), left, made("p", { className: "switch" }, button, made("span", { id: "board-kept", role: "status" })));
  form.oninput = counted;
  form.onsubmit = (event) => {
    event.preventDefault();
    say({ do: "answer", answer: { move: wanted() } });
  };
  counted();
}

function wanted() {
  const found = { pays: {}, yes: [], sets: {} };
  for (const name of Object.keys(offered.boardroom.lines)) {
    const amount = byId(`pay-${name}`)?.valueAsNumber;
    if (amount > 0) found.pays[name] = amount;
    if (byId(`yes-${name}`)?.checked) found.yes.push(name);
    const value = byId(`set-${name}`)?.value;
    if (value) found.sets[name] = Number(value);
  }
  return found;
}

function counted() {
  const budget = offered.boardroom.roles[room.side].budget;
  const left = budget - Object.values(wanted().pays).reduce((sum, n) => sum + n, 0);
  byId("board-left").textContent = left < -0.005 ? t("That is {n} m DKK more than your budget.", { n: millions(-left) }) : t("{n} of {of} m DKK are left.", { n: millions(left), of: millions(budget) });
  byId("board-say").disabled = left < -0.005;
}

// ---- what all see ------------------------------------------------------------------------------

function board() {
  const rows = Object.entries(room.game.board).filter(([, told_]) => told_.wanted).map(([name, told_]) => {
    const pays = Object.entries(told_.pays).map(([who, n]) => `${role(who)} ${millions(n)}`).join(", ");
    const missing = told_.missing.map(role).join(", ");
    const value = told_.value === null ? "" : valueWords(name, told_.value);
    const steps = told_.in_plan && told_.steps > 1 ? ` × ${told_.steps}` : "";
    return [`${line(name)}${steps} ${value}`.trim(), pays || "–", told_.yes.map(role).join(", ") || "–", missing || "–", told_.in_plan ? t("in the plan") : t("left lying")];
  });
  const caption = rows.length ? t("The plan so far") : t("Nothing has been said yet.");
  charts.table(byId("board-lines"), caption, [t("Line"), t("Paid by, m DKK"), t("Yes"), t("No yes yet"), t("So it is")], rows);
}

const planName = (name) => (name === "alone" ? t("Marketing alone, round 1") : name === "card" ? t("The signed plan, one customer account") : t("The plan of round {n}", { n: name.split(" ")[1] }));

const sure = (found, name) => span(found[name], (n) => told(n, offered.figures[name], true));

function countedIn(name) {
  const unit = UNITS[offered.figures[name]];
  return `${short(name)}, ${(unit.change ?? unit.words)()}`;
}

function brought() {
  const found = room.game.found;
  byId("board-brought").hidden = !Object.keys(found).length;
  if (byId("board-brought").hidden) return;
  const columns = Object.keys(found);
  const rows = SHOWN.map((name) => [countedIn(name), ...columns.map((plan) => sure(found[plan], name))]);
  charts.table(byId("board-figures"), t("Against the company at the start; in brackets 95 % intervals over {n} worlds", { n: room.game.worlds }), [t("Figure"), ...columns.map(planName)], rows);
  const roles = Object.entries(offered.boardroom.roles).map(([name, told_]) => {
    const cells = columns.map((plan) => (told_.figure === "budget_left" ? t("{n} m DKK left", { n: millions(room.game.left_over[plan][name]) }) : verdict(found[plan].roles[name])));
    return [`${role(name)}: ${t(told_.paid_for)}`, ...cells];
  });
  charts.table(byId("board-roles"), t("Each role's own figure, as its bonus counts it, DKK a person and year"), [t("Role"), ...columns.map(planName)], roles);
}

function verdict([mean, low, high]) {
  if (mean === null) return "…";
  const n = number(mean, 1, true);
  if (low === null) return n;
  return low > 0 ? t("better: {n}", { n }) : high < 0 ? t("worse: {n}", { n }) : t("cannot be told: {n}", { n });
}

function card() {
  const shown = room.play.phase === "targets";
  byId("board-card").hidden = !shown;
  if (!shown) return;
  const rows = SHOWN.map((name) => [countedIn(name), sure(room.game.by_card, name)]);
  const table = made("div", { className: "scroll", tabIndex: 0 });
  charts.table(table, t("What the bonuses alone change: the signed plan with the card against the same plan without"), [t("Figure"), t("Difference")], rows);
  byId("board-card").replaceChildren(made("blockquote", {}, t(offered.boardroom.card)), table);
}
