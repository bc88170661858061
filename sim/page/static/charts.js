// Charts by Plotly, in the page's colours; numbers stand in tables beside them.

import { arm, NAMES, number, separators, short, t, told, UNITS } from "./words.js";

const CONFIG = { displayModeBar: false, responsive: true, staticPlot: false };
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function look() {
  return {
    ink: css("--ink"), muted: css("--muted"), hair: css("--hair"), card: css("--card"),
    ours: css("--ours"), average: css("--average"), shoppers: css("--shoppers"), buyers: css("--buyers"),
    documents: css("--documents"), size: document.documentElement.classList.contains("large") ? 22 : 14,
  };
}

function layout(more) {
  const l = look();
  return {
    font: { family: "Inter, Segoe UI, Helvetica Neue, Arial, sans-serif", size: l.size, color: l.ink },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, separators: separators(),
    margin: { l: 8, r: 8, t: 8, b: 8 }, hoverlabel: { font: { size: l.size } }, ...more,
  };
}

function draw(into, traces, how) {
  if (!window.Plotly) return;
  window.Plotly.react(into, traces, layout(how), CONFIG);
}

// Bars of intervals; none where none is claimed yet. found: [mean, low, high] each.
function intervals(found, thickness, width) {
  const claimed = found.some((f) => f[1] !== null);
  const at = (f, k) => (f[k] === null ? null : Math.abs(f[k] - f[0]));
  return { type: "data", symmetric: false, visible: claimed, color: look().ink, thickness, width, array: found.map((f) => at(f, 2)), arrayminus: found.map((f) => at(f, 1)) };
}

const SHOWN = ["gross_revenue", "net_revenue", "contribution", "nps", "coherent_share"];
const SEGMENTS = ["all", "shoppers", "buyers"];

// One small chart a figure: difference to the average for everybody, shoppers and buyers. ``pointed``
// is told of which figure a bar was clicked.
export function differences(into, figures, pointed) {
  const l = look();
  const colours = [l.ours, l.shoppers, l.buyers];
  const traces = [], annotations = [], axes = {};
  const narrow = into.clientWidth < 560;
  const rowHeight = 1 / SHOWN.length;
  SHOWN.forEach((name, k) => {
    const unit = UNITS[figures[name].unit];
    const id = k ? k + 1 : "";
    const found = SEGMENTS.map((segment) => figures[name][segment].difference.map((v) => (v === null ? null : v * unit.times)));
    traces.push({
      type: "bar", orientation: "h", xaxis: `x${id}`, yaxis: `y${id}`,
      y: SEGMENTS.map((s) => NAMES[s]()), x: found.map((f) => f[0]),
      marker: { color: colours, pattern: { shape: ["", "/", "."], fgcolor: l.card, solidity: 0.25 } },
      error_x: intervals(found, 1.6, 4),
      text: found.map((f) => number(f[0], unit.digits, true)), textposition: "none",
      hovertemplate: "%{y}: %{text}<extra></extra>",
    });
    const top = 1 - k * rowHeight;
    axes[`yaxis${id}`] = { domain: [top - rowHeight * 0.74, top - rowHeight * 0.2], autorange: "reversed", anchor: `x${id}`, fixedrange: true, automargin: true, tickfont: { size: l.size * 0.86 } };
    axes[`xaxis${id}`] = { anchor: `y${id}`, zeroline: true, zerolinecolor: l.ink, zerolinewidth: 1.5, gridcolor: l.hair, fixedrange: true, nticks: narrow ? 4 : 8, tickfont: { size: l.size * 0.8, color: l.muted } };
    const words = (unit.change || unit.words)();
    const at = { xref: "paper", yref: "paper", y: top - rowHeight * 0.02, yanchor: "top", showarrow: false, x: 0, xanchor: "left" };
    annotations.push({ ...at, text: `${short(name)} · ${words}`, font: { size: l.size * (narrow ? 0.82 : 1) } });
  });
  draw(into, traces, { ...axes, annotations, height: l.size * (narrow ? 46 : 48), margin: { l: 8, r: 16, t: 4, b: 28 } });
  if (!into.on || into.classList.contains("asks")) return;
  into.classList.add("asks");
  into.on("plotly_click", (event) => pointed(SHOWN[event.points[0].curveNumber]));
}

export function returns(into, arms) {
  const l = look();
  const names = Object.keys(arms);
  const kept = names.map((n) => arms[n].kept.map((v) => (v === null ? null : 100 * v)));
  draw(into, [
    {
      type: "bar", name: t("Measured"), x: names.map(arm), y: kept.map((k) => k[0]), marker: { color: l.ours },
      error_y: intervals(kept, 1.6, 8),
      text: kept.map((k) => (k[0] === null ? "" : number(k[0]))), textposition: "inside", insidetextanchor: "start", textfont: { color: l.card },
      hovertemplate: "%{x}: %{y:.0f}<extra></extra>",
    },
    {
      type: "scatter", mode: "markers+text", name: t("The documents"), x: names.map(arm), y: names.map((n) => 100 * arms[n].documents),
      marker: { symbol: "line-ew-open", size: 46, color: l.documents, line: { width: 4 } },
      text: names.map((n) => number(100 * arms[n].documents)), textposition: "top center", hovertemplate: "%{y:.0f}<extra></extra>",
    },
  ], {
    height: l.size * 21, showlegend: true, legend: { orientation: "h", y: 1.14, x: 0 }, margin: { l: 36, r: 8, t: 30, b: 40 },
    yaxis: { range: [0, 135], gridcolor: l.hair, fixedrange: true }, xaxis: { fixedrange: true, tickangle: 0, tickfont: { size: l.size * (into.clientWidth < 560 ? 0.74 : 1) } },
  });
}

// rows: [step, from, to, share of the step's journeys]; a column of touchpoints for each step.
export function streams(into, rows) {
  const l = look();
  const columns = [];
  const column = (k) => (columns[k] ??= new Map());
  const add = (k, name, share, out) => {
    const now = column(k).get(name) ?? { out: 0, in: 0 };
    now[out ? "out" : "in"] += share;
    column(k).set(name, now);
  };
  for (const [step, from, to, share] of rows) {
    add(step - 1, from, share, true);
    add(step, to, share, false);
  }
  const labels = [], x = [], y = [], at = new Map();
  columns.forEach((names, k) => {
    const sizes = [...names].map(([name, now]) => [name, Math.max(now.in, now.out)]).sort((one, other) => other[1] - one[1]);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0) * 1.45;
    let top = 0.01;
    for (const [name, size] of sizes) {
      at.set(`${k} ${name}`, labels.length);
      labels.push(t(name));
      x.push(0.001 + (0.998 * k) / (columns.length - 1));
      y.push(Math.min(0.999, top + size / total / 2));
      top += size / total + 0.31 / sizes.length;
    }
  });
  const links = rows.map(([step, from, to, share]) => ({ source: at.get(`${step - 1} ${from}`), target: at.get(`${step} ${to}`), share }));
  draw(into, [{
    type: "sankey", arrangement: "fixed",
    node: { label: labels, x, y, pad: 8, thickness: 13, color: l.ours, line: { width: 0 }, hoverinfo: "skip" },
    link: {
      source: links.map((k) => k.source), target: links.map((k) => k.target), value: links.map((k) => k.share),
      customdata: links.map((k) => `${number(100 * k.share, 1)} %`), color: "rgba(125,150,160,.38)",
      hovertemplate: "%{source.label} → %{target.label}: %{customdata}<extra></extra>",
    },
    textfont: { color: l.ink, size: l.size * (into.clientWidth < 560 ? 0.7 : 0.86) },
  }], { height: l.size * 30, margin: { l: 4, r: 4, t: 8, b: 8 } });
}

export function why(into, rows, unit) {
  const l = look();
  const how = UNITS[unit];
  const times = (v) => (v === null ? null : v * how.times);
  draw(into, [{
    type: "bar", orientation: "h", y: rows.map((r) => r.title), x: rows.map((r) => times(r.found[0])), marker: { color: rows.map((r) => (r.clear ? l.ours : l.average)) },
    error_x: intervals(rows.map((r) => r.found.map(times)), 1.4, 3),
    text: rows.map((r) => told(r.found[0], unit, true)), textposition: "none", hovertemplate: "%{y}: %{text}<extra></extra>",
  }], {
    height: l.size * (5 + 2.1 * rows.length), margin: { l: 8, r: 16, t: 4, b: 44 },
    yaxis: { autorange: "reversed", automargin: true, fixedrange: true }, xaxis: { zeroline: true, zerolinecolor: l.ink, gridcolor: l.hair, fixedrange: true, title: { text: (how.change || how.words)(), font: { size: l.size * 0.86 } } },
  });
}

// Guesses as dots in heaps, and what was measured as a line with its interval.
export function guesses(into, said, found, unit) {
  const l = look();
  const all = [...said, ...found.filter((v) => v !== null)];
  const [least, most] = all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const width = (most - least || 1) / 28;
  const heaps = new Map();
  const dots = said.map((v) => {
    const bin = Math.round(v / width);
    heaps.set(bin, (heaps.get(bin) ?? 0) + 1);
    return [bin * width, heaps.get(bin)];
  });
  const top = Math.max(4, ...heaps.values()) + 1;
  const shapes = [];
  if (found[1] !== null) shapes.push({ type: "rect", xref: "x", yref: "paper", x0: found[1], x1: found[2], y0: 0, y1: 1, fillcolor: l.documents, opacity: 0.16, line: { width: 0 } });
  if (found[0] !== null) shapes.push({ type: "line", xref: "x", yref: "paper", x0: found[0], x1: found[0], y0: 0, y1: 1, line: { color: l.documents, width: 4 } });
  draw(into, [{
    type: "scatter", mode: "markers", x: dots.map((d) => d[0]), y: dots.map((d) => d[1]), customdata: said.map((v) => number(v, 1)),
    marker: { size: l.size, color: l.ours, line: { color: l.card, width: 1.5 } }, hovertemplate: "%{customdata}<extra></extra>",
  }], {
    shapes, height: l.size * 22, margin: { l: 12, r: 12, t: 12, b: 44 },
    xaxis: { title: { text: unit }, gridcolor: l.hair, fixedrange: true, range: [least - 2 * width, most + 2 * width] },
    yaxis: { visible: false, range: [0, top], fixedrange: true },
  });
}

// Each person's level, the mean and the Danish average, discipline by discipline.
export function agreement(into, disciplines, levels, average) {
  const l = look();
  const y = disciplines.map((d) => NAMES[d]());
  const each = { x: [], y: [] };
  disciplines.forEach((d, row) => levels[d].each.forEach((level, k) => {
    each.x.push(level);
    each.y.push(row + 0.3 - (0.6 * ((k * 7) % 10)) / 9);
  }));
  const row = disciplines.map((d, k) => k);
  draw(into, [
    { type: "scatter", mode: "markers", ...each, marker: { size: l.size * 0.55, color: l.shoppers, opacity: 0.75 }, hoverinfo: "x" },
    { type: "scatter", mode: "markers", x: disciplines.map((d) => average[d]), y: row, marker: { symbol: "square-open", size: l.size * 1.1, color: l.average, line: { width: 2.5 } }, hoverinfo: "x" },
    { type: "scatter", mode: "markers", x: disciplines.map((d) => levels[d].mean), y: row, marker: { size: l.size * 1.35, color: l.ours, line: { color: l.card, width: 2 } }, hoverinfo: "x" },
  ], {
    height: l.size * 28, margin: { l: 8, r: 16, t: 8, b: 36 },
    xaxis: { range: [0, 3], dtick: 1, gridcolor: l.hair, fixedrange: true },
    yaxis: { tickvals: row, ticktext: y, autorange: "reversed", automargin: true, gridcolor: l.hair, zeroline: false, fixedrange: true },
  });
}

// A table in place of a chart. head: words; rows: lists of words, or of elements.
export function table(into, caption, head, rows) {
  const made = document.createElement("table");
  made.createCaption().textContent = caption;
  const top = made.createTHead().insertRow();
  for (const word of head) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = word;
    top.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((word, k) => {
      const cell = document.createElement(k ? "td" : "th");
      if (!k) cell.scope = "row";
      cell.append(word);
      line.append(cell);
    });
  }
  into.replaceChildren(made);
}

// Profit and customer value: teams with their names, plans drawn at random as faint dots.
export function leaderboard(into, teams, drawn, best) {
  const l = look();
  const point = (scores) => [scores.profit[0], scores.value[0]];
  const shown = teams.filter(([, scores]) => scores.profit[0] !== null);
  const cloud = (scores, name, color, size, symbol) => ({
    type: "scatter", mode: "markers", name, x: scores.map((s) => point(s)[0]), y: scores.map((s) => point(s)[1]),
    marker: { size, color, symbol, line: { color: l.card, width: 1 } }, hovertemplate: `${name}: %{x:.1f}, %{y:.0f}<extra></extra>`,
  });
  draw(into, [
    cloud(drawn, t("Drawn at random"), l.average, l.size * 0.6, "circle-open"),
    ...(best ? [cloud([best], t("The best of them"), l.documents, l.size, "diamond")] : []),
    {
      type: "scatter", mode: "markers+text", x: shown.map(([, s]) => point(s)[0]), y: shown.map(([, s]) => point(s)[1]),
      text: shown.map(([name]) => name), textposition: "top center", textfont: { size: l.size },
      error_x: intervals(shown.map(([, s]) => s.profit), 1.2, 4), error_y: intervals(shown.map(([, s]) => s.value), 1.2, 4),
      marker: { size: l.size, color: l.ours }, hovertemplate: "%{text}: %{x:.1f}, %{y:.0f}<extra></extra>",
    },
  ], {
    height: l.size * 28, margin: { l: 64, r: 20, t: 16, b: 56 },
    xaxis: { title: { text: t("Profit of all years, m DKK against the Danish average left as it is") }, zeroline: true, zerolinecolor: l.ink, gridcolor: l.hair, fixedrange: true },
    yaxis: { title: { text: t("Customer value, DKK a customer") }, zeroline: true, zerolinecolor: l.ink, gridcolor: l.hair, fixedrange: true },
  });
}
