// The coordinators' pages: charts drawn from the tables of the page, numbers
// that refresh themselves, addresses to copy. Without this file everything is
// still there, as tables.

const RENEW = 10_000; // milliseconds between two looks at the server
const library = "./vendor/echarts/echarts.common.min.js";
const charts = new Map(); // element → chart

const token = (name, element = document.documentElement) =>
  getComputedStyle(element).getPropertyValue(name).trim();

// ---- Reading a table -------------------------------------------------------

// written is the number in a cell as people read it, without the mark before
// it or the line under it.
const written = (td) => [...td?.childNodes ?? []].find((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())?.data.trim() ?? "";

// readTable returns what a chart needs from a table: its categories and its
// series. The words of a cell label its bar, so both always say the same.
function readTable(table) {
  const cell = (row, column) => row.querySelector(`[data-column="${column}"]`);
  const columns = table.dataset.series.split(" ").filter(Boolean);
  // A row that shows no number at all has nothing to draw.
  const speaks = (row) => table.dataset.chart === "timeline" || columns.some((c) => cell(row, c)?.dataset.value !== undefined);
  const rows = [...table.tBodies[0].rows].filter((r) => !r.matches(".outside, .total") && speaks(r));
  return {
    kind: table.dataset.chart,
    title: table.caption.textContent,
    categories: rows.map((r) => cell(r, table.dataset.label)?.textContent.trim() ?? ""),
    series: columns.map((column) => {
      const head = table.tHead.querySelector(`[data-column="${column}"]`);
      return {
        name: head.firstChild.textContent.trim(),
        share: head.dataset.kind === "share",
        audience: head.dataset.audience ?? "",
        hue: token("--hue", head),
        cells: rows.map((r) => {
          const td = cell(r, column);
          const shown = td?.dataset.value !== undefined;
          const hue = r.dataset.audience ? token("--hue", r) : null;
          return { hue, value: shown ? Number(td.dataset.value) : null, text: written(td) };
        }),
      };
    }),
  };
}

// ---- Drawing ---------------------------------------------------------------

const textStyle = () => ({ color: token("--ink"), fontFamily: token("--font"), fontSize: 14 });

// Shades of one hue for a scale with several answers: light to dark, no darker
// than the screen's own background bears.
function shade(hue, i, count) {
  const step = i / Math.max(1, count - 1);
  const night = matchMedia("(prefers-color-scheme: dark)").matches && !document.documentElement.matches(".paper");
  const [pivot, deepest] = night ? [0.75, 0.75] : [0.5, 0.4];
  const mix = (c) => Math.round(step <= pivot
    ? 255 - (255 - c) * (0.25 + 0.75 * (step / pivot))
    : c * (1 - (1 - deepest) * ((step - pivot) / (1 - pivot))));
  return [1, 3, 5].map((at) => mix(parseInt(hue.slice(at, at + 2), 16)));
}

// The ink that reads best on a colour (relative luminance of WCAG 2).
function inkOn(rgb) {
  const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#1a1f24" : "#fff";
}

// Light patterns over the colours, so that no meaning rests on colour alone.
const decals = [
  { symbol: "none" },
  { color: "rgba(255,255,255,.45)", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { color: "rgba(255,255,255,.5)", symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], symbolSize: 0.7 },
  { color: "rgba(255,255,255,.45)", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 4 },
];

function base(data, width) {
  const many = data.series.length > 1;
  return {
    animation: false,
    textStyle: textStyle(),
    aria: { enabled: true, label: { enabled: false }, decal: { show: many && data.kind !== "stacked", decals } },
    legend: many
      ? { top: 0, left: 0, itemGap: 18, itemWidth: 22, textStyle: textStyle(), selectedMode: false, width: width - 8 }
      : { show: false },
  };
}

const plainAxis = () => ({ type: "value", min: 0, axisLabel: { show: false }, splitLine: { show: false } });

function categoryAxis(data, width, extra) {
  return {
    type: "category", data: data.categories, axisTick: { show: false },
    axisLine: { lineStyle: { color: token("--line") } },
    axisLabel: { color: token("--ink"), fontSize: width < 480 ? 12 : 14, lineHeight: 17, ...extra },
  };
}

const bar = (series, label) => ({
  type: "bar", name: series.name,
  data: series.cells.map((c) => ({ value: c.value ?? 0, ...(c.hue && !series.audience && { itemStyle: { color: c.hue } }) })),
  itemStyle: { color: series.hue, borderRadius: 2 },
  label: { color: token("--ink"), fontSize: 13, formatter: (p) => series.cells[p.dataIndex].text, ...label },
});

// Horizontal bars, one series or one an audience.
function horizontal(data, width) {
  const room = Math.min(300, Math.round(width * 0.4));
  const letter = width < 480 ? 6.4 : 7.4;
  const lines = Math.max(...data.categories.map((c) => Math.ceil((c.length * letter) / room)), 1);
  const many = data.series.length > 1;
  const row = Math.max(many ? data.series.length * 19 + 14 : 34, Math.min(lines, 4) * 17 + 12);
  const top = many ? (width < 480 ? 62 : 36) : 4;
  return {
    height: data.categories.length * row + top + 8,
    option: {
      ...base(data, width),
      grid: { left: room + 10, right: width < 480 ? 54 : 96, top, bottom: 4 },
      xAxis: plainAxis(),
      yAxis: categoryAxis(data, width, { width: room, overflow: "break", interval: 0 }),
      series: data.series.map((s) => ({ ...bar(s, { show: true, position: "right" }), barMaxWidth: many ? 16 : 24, barGap: "12%" })),
    },
    inverse: "yAxis",
  };
}

// 100 % stacked bars: one line an item, one shade an answer of the scale.
function stacked(data, width) {
  const drawn = horizontal({ ...data, series: data.series.slice(0, 1) }, width);
  const hue = data.series[0].hue;
  const top = width < 480 ? 20 + Math.ceil(data.series.length / 2) * 32 : 40;
  drawn.height += top;
  drawn.option = {
    ...drawn.option, ...base(data, width),
    grid: { ...drawn.option.grid, top, right: 12 },
    xAxis: { ...plainAxis(), max: 1 },
    series: data.series.map((s, i) => {
      const colour = shade(hue, i, data.series.length);
      return {
        ...bar({ ...s, hue: `rgb(${colour})` }, { show: true, position: "inside", color: inkOn(colour) }),
        stack: "all", barMaxWidth: 26,
      };
    }),
  };
  // A label stays inside its part or is left to the table.
  const narrowest = 36 / (width - drawn.option.grid.left - drawn.option.grid.right);
  drawn.option.series.forEach((one, i) => {
    one.itemStyle = { ...one.itemStyle, borderColor: token("--surface"), borderWidth: 1 };
    one.label.formatter = ({ dataIndex }) => {
      const cell = data.series[i].cells[dataIndex];
      return (cell.value ?? 0) < narrowest ? "" : cell.text;
    };
  });
  return drawn;
}

// Vertical columns: a distribution, in order.
function columns(data, width) {
  const slot = width / data.categories.length;
  const crowded = Math.max(...data.categories.map((c) => c.length)) * 7.4 > slot;
  const series = data.series.map((s) => ({ ...bar(s, { show: slot > 34, position: "top" }), barMaxWidth: 44 }));
  return {
    height: 300,
    option: {
      ...base(data, width),
      grid: { left: 6, right: 6, top: data.series.length > 1 ? 56 : 24, bottom: 4, outerBoundsMode: "same" },
      xAxis: categoryAxis(data, width, { interval: 0, ...(crowded && { hideOverlap: true, width: Math.max(30, slot - 6), overflow: "break" }) }),
      yAxis: plainAxis(), series,
    },
  };
}

// Days, stacked by audience.
function timeline(data, width) {
  return {
    height: 320,
    option: {
      ...base(data, width),
      grid: { left: 44, right: 8, top: width < 480 ? 62 : 40, bottom: 30 },
      xAxis: categoryAxis(data, width, { hideOverlap: true }),
      yAxis: {
        type: "value", minInterval: 1, axisLabel: { color: token("--soft"), fontSize: 13 },
        splitLine: { lineStyle: { color: token("--line") } },
      },
      // Drawn in the picture: the policy of the site lets no style in by text.
      tooltip: {
        trigger: "axis", renderMode: "richText", backgroundColor: token("--surface"), borderColor: token("--line"),
        textStyle: textStyle(), axisPointer: { type: "shadow" },
      },
      series: data.series.map((s) => ({ ...bar(s, { show: false }), stack: "all", barMaxWidth: 28 })),
    },
  };
}

const drawings = { bars: horizontal, clustered: horizontal, stacked, columns, timeline };

async function draw(element) {
  const table = document.getElementById(element.dataset.chartFor);
  const data = table && readTable(table);
  if (!data || !drawings[data.kind] || data.categories.length < 2) return;
  await import(library);
  const figure = element.closest(".figure");
  element.hidden = false;
  figure.classList.add("drawn");
  const width = element.clientWidth;
  const drawn = drawings[data.kind](data, width);
  if (drawn.inverse) drawn.option[drawn.inverse].inverse = true;
  element.style.height = `${drawn.height}px`;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", `Graphique : ${data.title}. Les valeurs sont dans le tableau.`);
  let chart = charts.get(element);
  if (!chart) {
    chart = globalThis.echarts.init(element, null, { renderer: "svg" });
    charts.set(element, chart);
    watchSize(element);
  }
  chart.resize({ width, height: drawn.height });
  chart.setOption(drawn.option, true);
}

const redraw = () => [...charts.keys()].forEach(draw);

const widths = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (widths.get(target) === contentRect.width) continue;
    widths.set(target, contentRect.width);
    draw(target);
  }
});
function watchSize(element) {
  widths.set(element, element.clientWidth);
  sizes.observe(element);
}

// A chart is drawn when its figure comes near the screen.
function startCharts() {
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      near.unobserve(entry.target);
      draw(entry.target.querySelector(".chart"));
    }
  }, { rootMargin: "600px" });
  document.querySelectorAll(".figure:has(> .chart)").forEach((f) => near.observe(f));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // Paper is white: the charts already drawn change their ink before printing.
  addEventListener("beforeprint", () => { document.documentElement.classList.add("paper"); redraw(); });
  addEventListener("afterprint", () => { document.documentElement.classList.remove("paper"); redraw(); });
}

// ---- Numbers that refresh themselves ---------------------------------------

const say = (text) => { const place = document.querySelector("[data-announce]"); if (place) place.textContent = text; };
const total = (root) => root.querySelector("[data-total]")?.dataset.total ?? "";

// replaceLive puts the new content of every live region in its place, and
// leaves alone the one somebody is reading with the keyboard.
function replaceLive(fresh) {
  for (const old of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    const busy = old !== document.activeElement && old.contains(document.activeElement);
    if (!next || busy || next.innerHTML === old.innerHTML) continue;
    old.replaceChildren(...next.childNodes);
    const chart = document.querySelector(`[data-chart-for="${CSS.escape(old.dataset.live)}"]`);
    if (charts.has(chart)) draw(chart);
  }
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (answer.redirected) return stop();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = total(document), after = total(fresh);
  if (fresh.querySelectorAll("[data-live]").length !== document.querySelectorAll("[data-live]").length) {
    return location.reload(); // a table came or went
  }
  replaceLive(fresh);
  if (after !== before) say(`${after} réponses`);
}

let timer;
function stop() {
  clearInterval(timer);
  const place = document.querySelector("[data-refreshing]");
  if (place) place.textContent = " – votre session est terminée : rechargez la page pour continuer.";
}

function startRefresh() {
  if (!document.querySelector("[data-refresh]")) return;
  // A network that fails once is tried again at the next turn.
  const turn = () => { if (!document.hidden) refresh().catch(() => {}); };
  timer = setInterval(turn, RENEW);
  document.addEventListener("visibilitychange", turn);
}

// ---- Small things ----------------------------------------------------------

function startCopy() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      // Without permission the address stays selected, for the keyboard.
      const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
      button.textContent = copied ? "Copié" : "Ctrl + C";
      say(copied ? "Adresse copiée" : "Adresse sélectionnée : Ctrl + C pour la copier");
      setTimeout(() => { button.textContent = "Copier"; }, 2000);
    });
  }
}

function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

// The list of questions folds on a phone and follows the reading on a desk.
function startQuestions() {
  const list = document.querySelector(".questions");
  if (!list) return;
  list.open = matchMedia("(min-width: 64rem)").matches;
  const links = new Map([...list.querySelectorAll("a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    const entry = entries.find((e) => e.isIntersecting);
    if (!entry) return;
    links.forEach((a, id) => a.toggleAttribute("aria-current", false) || (id === entry.target.id && a.setAttribute("aria-current", "true")));
    if (list.open) follow(list, links.get(entry.target.id));
  }, { rootMargin: "-10% 0px -75% 0px" });
  links.forEach((a, id) => { const figure = document.getElementById(id); if (figure) seen.observe(figure); });
}

function follow(list, link) {
  const top = link.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - 60) list.scrollTop = top - list.clientHeight / 3;
}

// A table that fits needs no place in the order of the keyboard.
function startScrolls() {
  const fit = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
    scrolls ? target.setAttribute("tabindex", "0") : target.removeAttribute("tabindex");
  }));
  document.querySelectorAll(".scroll").forEach((s) => fit.observe(s));
}

startCharts();
startScrolls();
startRefresh();
startCopy();
startPrint();
startQuestions();
