// Taking it home: the link, the strategy as a file, and the report.

import { query } from "./choose.js";
import { byId, made } from "./parts.js";
import { spoken, t } from "./words.js";

const AGAIN_AFTER = 2000; // milliseconds between two looks at a report that is being made
const GONE = 0; // instead of a code: the server was not reached
let asked = null; // the choices of the report that is waited for
let pending = 0;

export function start() {
  byId("copy").addEventListener("click", copy);
  byId("make-report").addEventListener("click", () => {
    asked = query();
    look();
  });
}

export async function show() {
  const told = query();
  byId("link").value = `${location.origin}/#bring${told ? `?${told}` : ""}`;
  byId("yaml").href = `/ours.yaml?${told}`;
  if (asked !== told) {
    asked = null;
    byId("report-said").replaceChildren();
  } else look();
  byId("yaml-text").textContent = await (await fetch(`/ours.yaml?${told}`)).text();
}

async function copy() {
  const link = byId("link");
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
  } catch {
    document.execCommand("copy"); // http on a local network has no clipboard
  }
}

// How far the report is; asked again while this part of the page is open.
async function look() {
  window.clearTimeout(pending);
  const wanted = asked;
  if (wanted === null) return;
  const where = `/report.html?${[wanted, `language=${spoken()}`].filter(Boolean).join("&")}`;
  const { code, told } = await answerOf(where);
  if (asked !== wanted) return; // another company is on the sliders by now
  const said = byId("report-said");
  if (code === 200) {
    const open = made("a", { className: "button", href: where, target: "_blank", rel: "noopener" }, t("Open the report"));
    const keep = made("a", { href: where, download: "omnijourney-report.html" }, t("Download it"));
    said.replaceChildren(open, " ", keep);
  } else if (code === 202 || code === GONE) {
    said.textContent = code === GONE ? t("The connection is gone. Trying again …") : progress(told);
    window.clearTimeout(pending);
    if (document.documentElement.dataset.view === "home") pending = window.setTimeout(look, AGAIN_AFTER);
  } else {
    said.textContent = t(told);
    asked = null;
  }
}

async function answerOf(where) {
  try {
    const answer = await fetch(where);
    if (answer.status === 202) return { code: 202, told: await answer.json() };
    if (!answer.ok) return { code: answer.status, told: (await answer.text()).trim() };
    await answer.body.cancel(); // it is read where it is opened
    return { code: 200 };
  } catch {
    return { code: GONE };
  }
}

function progress({ before, share }) {
  if (before) return t("{n} reports come first.", { n: before });
  return t("The report is being made: {n} % so far.", { n: Math.floor(100 * share) });
}
