// Taking it home: the link, the strategy as a file, and the report.

import { query } from "./choose.js";
import { byId, made } from "./parts.js";
import { number, t } from "./words.js";

const AGAIN_AFTER = 2000; // milliseconds between two looks at a report that is being made
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
  if (asked === null) return;
  const where = `/report.html?${asked}`;
  const answer = await fetch(where);
  const said = byId("report-said");
  if (answer.status === 200) {
    const open = made("a", { className: "button", href: where, target: "_blank", rel: "noopener" }, t("Open the report"));
    const keep = made("a", { href: where, download: "omnijourney-report.html" }, t("Download it"));
    said.replaceChildren(open, " ", keep);
  } else if (answer.status === 202) {
    const told = await answer.json();
    said.textContent = told.before ? t("{n} reports come first.", { n: told.before }) : t("The report is being made: {n} seconds so far.", { n: number(told.seconds) });
    if (document.documentElement.dataset.view === "home") pending = window.setTimeout(look, AGAIN_AFTER);
  } else {
    said.textContent = t((await answer.text()).trim());
    asked = null;
  }
}
