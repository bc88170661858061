// The page: its parts, its link, and the socket through which pictures come.

import * as assess from "./assess.js";
import { buildForm, choices, choose, query } from "./choose.js";
import * as home from "./home.js";
import * as language from "./language.js";
import * as results from "./results.js";
import * as room from "./room.js";
import * as why from "./why.js";
import { spoken, t, useWords } from "./words.js";

const VIEWS = ["where", "bring", "why", "room", "home"];
const root = document.documentElement;
let socket = null;
let tries = 0;
let latest = null; // the newest picture, for when its part of the page is opened
let pending = 0;
let invited = null; // the code of a room in the link
const unsaid = []; // what was done in a room before the connection stood
const MOST_UNSAID = 20; // messages

root.classList.remove("no-js");
await language.start(document.getElementById("language"));
useWords();

const offer = await (await fetch("/offer.json")).json();
buildForm(offer, document.getElementById("choices"), changed);
results.start(offer, askWhy);
why.start(offer, () => ask());
assess.start(offer, document.getElementById("questions"), (levels) => {
  choose({ ...choices(), ...levels });
  open("bring");
}, room.sendAssessment);
room.start(offer, send);
home.start();
readLink();
connect();
document.getElementById("main").inert = false; // nothing is clicked before it is listened to

// ---- the link ----------------------------------------------------------------------------------

function readLink() {
  const [view, told] = location.hash.slice(1).split("?");
  const said = new URLSearchParams(told ?? "");
  if (said.has("code")) invited = said.get("code");
  else if (told !== undefined) choose(Object.fromEntries(said), true);
  open(VIEWS.includes(view) ? view : "bring");
}

function open(view) {
  for (const name of VIEWS) document.getElementById(name).hidden = name !== view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  root.dataset.view = view;
  writeLink(view);
  ask();
  draw();
  if (view === "home") home.show();
}

function writeLink(view = root.dataset.view) {
  const told = query();
  history.replaceState(null, "", `#${view}${told ? `?${told}` : ""}`);
}

window.addEventListener("hashchange", () => {
  readLink();
  if (invited) enter();
  document.getElementById("main").focus({ preventScroll: true });
});

// From a bar to what carries it. The address changes, so that one can go back.
function askWhy(figure) {
  why.choose(figure);
  location.hash = `why${query() ? `?${query()}` : ""}`;
}

function changed() {
  writeLink();
  results.waiting();
  window.clearTimeout(pending);
  pending = window.setTimeout(ask, 120); // while a slider is being moved
}

// ---- the socket --------------------------------------------------------------------------------

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/socket`);
  socket.addEventListener("open", () => {
    tries = 0;
    said("");
    if (invited) enter();
    else room.rejoin();
    for (const message of unsaid.splice(0)) send(message);
    ask();
  });
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    said(t("The connection is gone. Trying again …"));
    tries += 1;
    window.setTimeout(connect, Math.min(500 * tries, 5000));
  });
}

function enter() {
  room.join(invited);
  invited = null;
}

// What is done in a room before the connection stands is said when it does; what one looks at is
// asked again then.
function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  else if (message.room && unsaid.length < MOST_UNSAID) unsaid.push(message);
}

// In the room one looks at what is being guessed, elsewhere at the company of the sliders.
function lookedAt() {
  const asked = root.dataset.view === "room" ? room.question() : null;
  return asked ? asked.choices : query();
}

function ask() {
  const look = Object.fromEntries(new URLSearchParams(lookedAt()));
  const why_ = root.dataset.view === "why";
  send({ look, why: why_, tale: why_ ? why.customer() : "", language: spoken() });
}

function hear(message) {
  if (message.refused) said(t("That cannot be done: {what}.", { what: t(message.refused, message.values) }));
  else if (!message.slower) said("");
  if (message.slower) {
    window.clearTimeout(pending);
    pending = window.setTimeout(ask, 1000);
  }
  if (message.seat) room.seated(message.seat);
  if (message.room !== undefined) {
    const before = room.question()?.choices;
    room.hear(message.room);
    if (root.dataset.view === "room" && room.question()?.choices !== before) ask();
  }
  if (message.picture && message.picture.key === lookedAt()) {
    latest = message.picture;
    draw();
  }
}

function draw() {
  if (root.dataset.view === "bring") results.show(latest);
  if (root.dataset.view === "why") why.show(latest);
  if (root.dataset.view === "room") room.showPicture(latest);
}

function said(text) {
  const banner = document.getElementById("connection");
  banner.hidden = !text;
  banner.textContent = text;
}

// ---- bright or dark, near or far ---------------------------------------------------------------

function toggle(id, name) {
  const button = document.getElementById(id);
  const turn = (on) => {
    root.classList.toggle(name, on);
    button.setAttribute("aria-pressed", String(on));
    draw();
  };
  turn(localStorage.getItem(name) === "1" || (name === "dark" && localStorage.getItem(name) === null && matchMedia("(prefers-color-scheme: dark)").matches));
  button.addEventListener("click", () => {
    turn(!root.classList.contains(name));
    localStorage.setItem(name, root.classList.contains(name) ? "1" : "0");
  });
}

toggle("light", "dark");
toggle("large", "large");
window.addEventListener("load", draw); // Plotly may come after the first picture
