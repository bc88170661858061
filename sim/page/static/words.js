// Texts and numbers in the reader's language. English texts are their own keys.

let catalogue = {};
let language = "en";

export function t(text, values = {}) {
  const said = catalogue[text] || text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function number(value, digits = 0, signed = false) {
  if (value === null || value === undefined) return "–";
  const rounded = Number(value.toFixed(digits));
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? "exceptZero" : "auto",
  }).format(rounded === 0 ? 0 : rounded).replace("-", "−");
}

// What a figure is counted in: how much a number is multiplied, how many digits, and its words.
export const UNITS = {
  dkk: { times: 1, digits: 0, words: () => t("DKK a person and year") },
  share: { times: 100, digits: 1, words: () => t("%"), change: () => t("points") },
  points: { times: 1, digits: 1, words: () => t("points") },
  count: { times: 1, digits: 2, words: () => t("a person and year") },
  customer: { times: 1, digits: 0, words: () => t("DKK a customer and year") },
  efficiency: { times: 1, digits: 2, words: () => t("per 1,000 DKK of cost") },
};

export function told(value, unit, signed = false) {
  const how = UNITS[unit];
  return value === null || value === undefined ? "–" : number(value * how.times, how.digits, signed);
}

// A day of the simulation as a date; its years have 365 days.
export function dated(day) {
  const when = new Date(Date.UTC(2023, 0, 1 + (day % 365)));
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", timeZone: "UTC" }).format(when);
}

// A mean with its bounds, where they are claimed.
export function span([mean, low, high], say) {
  if (mean === null) return "…";
  return low === null ? say(mean) : t("{mean} ({low} to {high})", { mean: say(mean), low: say(low), high: say(high) });
}

export function useWords(root = document) {
  for (const element of root.querySelectorAll("[data-t]")) {
    element.dataset.en ??= element.textContent.trim();
    element.textContent = t(element.dataset.en);
  }
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.dataset.enLabel ??= element.getAttribute("aria-label");
    element.setAttribute("aria-label", t(element.dataset.enLabel));
  }
}

export const spoken = () => language;

// The signs of a decimal and of thousands, as charts want them.
export function separators() {
  const parts = new Intl.NumberFormat(language).formatToParts(12345.6);
  return ["decimal", "group"].map((kind) => parts.find((part) => part.type === kind).value).join("");
}

export function speak(chosen, texts) {
  language = chosen;
  catalogue = texts;
  document.documentElement.lang = chosen;
}

// Names of things that the server calls by a key.
export const NAMES = {
  recognition: () => t("Recognition and permission"),
  collection: () => t("Data collection"),
  analysis: () => t("Data analysis"),
  communication: () => t("Communication and service"),
  measurement: () => t("Measurement"),
  organisation: () => t("Organisation"),
  gross_revenue: () => t("Gross revenue"),
  net_revenue: () => t("Net revenue after returns"),
  contribution: () => t("Contribution (profit before rent, payroll and head office)"),
  cost_change: () => t("Cost of the change, once"),
  orders: () => t("Orders"),
  nps: () => t("Net promoter score"),
  share_of_wallet: () => t("Share of wallet"),
  coherent_share: () => t("Coherent cross-channel journeys"),
  coherent_journeys: () => t("Coherent journeys for their cost"),
  known_sales: () => t("Sales to people we know"),
  all: () => t("Everybody"),
  shoppers: () => t("Shoppers"),
  buyers: () => t("Buyers"),
  mail: () => t("by mail only"),
  store: () => t("by mail or in a store"),
  pickup: () => t("the same, and picked up in a store"),
  channel: () => t("each channel for itself"),
  shared: () => t("shared targets"),
  customer: () => t("one customer account"),
  base: () => t("the market as it is"),
  covid: () => t("Covid: stores close in spring"),
  price_war: () => t("a competitor's price war"),
  parcel_strike: () => t("a parcel strike"),
  no_cookies: () => t("browsers forget cookies"),
  crisis: () => t("a crisis of confidence"),
  rival_matures: () => t("the competitor matures"),
  fashion: () => t("a sudden fashion"),
  newsletters: () => t("Newsletters a week"),
  brand: () => t("Media money for the brand, not for offers"),
  staff: () => t("People at the customer centre, of those the rule asks for"),
  fee: () => t("Fee for a return by mail, DKK"),
};

export const named = (key) => (NAMES[key] ? NAMES[key]() : key.replaceAll("_", " "));

// What a bar of the return offers is called.
const ARMS = { mail: () => t("Mail only"), store: () => t("+ return in store"), pickup: () => t("+ pick-up in store") };
export const arm = (key) => ARMS[key]();

// A shorter name, where there is little room.
const SHORT = {
  contribution: () => t("Contribution"),
  net_revenue: () => t("Net revenue"),
  coherent_share: () => t("Coherent journeys"),
};
export const short = (key) => (SHORT[key] ?? NAMES[key])();
