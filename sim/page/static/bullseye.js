// The Customer Bullseye, drawn like a target: 0 at the rim, 3 in the centre.

import { named, number, t } from "./words.js";

const SIZE = 360, MIDDLE = SIZE / 2, RIM = 128, CENTRE = 14;
const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function point(k, n, level) {
  const angle = (2 * Math.PI * k) / n - Math.PI / 2;
  const radius = RIM - ((RIM - CENTRE) * level) / 3;
  return [MIDDLE + radius * Math.cos(angle), MIDDLE + radius * Math.sin(angle)];
}

function shape(levels) {
  return levels.map((level, k) => point(k, levels.length, level).map((v) => v.toFixed(1)).join(",")).join(" ");
}

// sets: [{name, levels: {discipline: 0-3}, kind: "ours" | "average" | "one"}]
export function bullseye(into, disciplines, sets) {
  const svg = element("svg", { viewBox: `-66 -8 ${SIZE + 132} ${SIZE + 16}`, role: "img" });
  const said = sets
    .filter((set) => set.kind !== "one")
    .map((set) => `${set.name}: ${disciplines.map((d) => `${named(d)} ${number(set.levels[d], 1)}`).join(", ")}`)
    .join(". ");
  svg.setAttribute("aria-label", `${t("The Customer Bullseye")}. ${said}`);
  for (let ring = 0; ring <= 3; ring += 1) {
    const radius = RIM - ((RIM - CENTRE) * ring) / 3;
    svg.append(element("circle", { cx: MIDDLE, cy: MIDDLE, r: radius.toFixed(1), class: `ring ring-${ring}` }));
    svg.append(element("text", { x: MIDDLE + 3, y: MIDDLE - radius + 12, class: "ring-name" }, String(ring)));
  }
  disciplines.forEach((discipline, k) => {
    const [x, y] = point(k, disciplines.length, -0.28);
    const [x0, y0] = point(k, disciplines.length, 0);
    svg.append(element("line", { x1: x0, y1: y0, x2: MIDDLE, y2: MIDDLE, class: "spoke" }));
    const anchor = Math.abs(x - MIDDLE) < 20 ? "middle" : x > MIDDLE ? "start" : "end";
    const words = named(discipline).split(/ (?=and |og |och )/);
    const label = element("text", { x, y: y + (words.length > 1 ? -2 : 4), "text-anchor": anchor, class: "discipline" });
    words.forEach((word, line) => {
      label.append(element("tspan", { x, dy: line ? 14 : 0 }, word));
    });
    svg.append(label);
  });
  for (const set of sets) {
    const levels = disciplines.map((d) => set.levels[d] ?? 0);
    svg.append(element("polygon", { points: shape(levels), class: `hit ${set.kind}` }));
    if (set.kind === "one") continue;
    levels.forEach((level, k) => {
      const [cx, cy] = point(k, levels.length, level);
      if (set.kind === "average") svg.append(element("rect", { x: cx - 4, y: cy - 4, width: 8, height: 8, class: `dot ${set.kind}` }));
      else svg.append(element("circle", { cx, cy, r: 5.5, class: `dot ${set.kind}` }));
    });
  }
  into.replaceChildren(svg);
}
