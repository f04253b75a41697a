// The chart of a pair, drawn by Vega without eval, in the colours of the page.

const names = [
  "--cooperation-words",
  "--material-cooperation",
  "--material-conflict",
  "--conflict-words",
];

const place = document.getElementById("chart");

function colour(name) {
  // A custom property may hold light-dark(): let the browser work it out.
  const probe = document.createElement("span");
  place.append(probe);
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

async function draw() {
  const response = await fetch(place.dataset.spec);
  if (!response.ok) return;
  const spec = await response.json();
  const [ink, soft, rule, paper] = ["--ink", "--soft", "--rule", "--paper"].map(colour);
  spec.encoding.color.scale.range = names.map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  const text = { labelFont: font, titleFont: font, labelColor: soft, titleColor: soft };
  const config = {
    background: null,
    font,
    view: { stroke: null },
    axis: { ...text, labelFontSize: 13, titleFontSize: 13, titleFontWeight: "normal", gridColor: rule, domainColor: ink, tickColor: rule },
    rect: { stroke: paper, strokeWidth: 1 },
    axisX: { grid: false },
    legend: { ...text, columns: place.clientWidth < 520 ? 2 : 4, labelFontSize: 13, labelColor: ink },
  };
  const options = { ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false, mode: "vega-lite", config };
  await window.vegaEmbed(place, spec, options);
  place.dataset.drawn = "true";
}

if (place && window.vegaEmbed) {
  draw();
  document.documentElement.addEventListener("themechange", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
