// Which language a visitor reads: the one chosen here before, or else the browser's.

import { speak } from "./words.js";

const KEY = "language";
const ALSO = { no: "nb", nn: "nb" }; // what a browser in Norway may call its language

const known = (language, offered) => {
  const code = (language ?? "").toLowerCase().split("-")[0];
  return [code, ALSO[code]].find((one) => one in offered);
};

// Speak the reader's language from now on. ``select``: where it is chosen.
export async function start(select) {
  const offered = Object.fromEntries([...select.options].map((option) => [option.value, option.text]));
  const wanted = [localStorage.getItem(KEY), ...navigator.languages, "en"];
  const language = wanted.map((one) => known(one, offered)).find(Boolean);
  speak(language, await (await fetch(`/words/${language}.json`)).json());
  select.value = language;
  for (const link of document.querySelectorAll("a.handouts")) link.href = `/handouts.html?language=${language}`;
  select.addEventListener("change", () => {
    localStorage.setItem(KEY, select.value);
    location.reload(); // what is chosen stands in the link, and who is in a room comes back
  });
}
