// The chart of a pair, drawn by Vega without eval, in the colours of the page.

const names = [
  "--verbal-cooperation",
  "--material-cooperation",
  "--material-conflict",
  "--verbal-conflict",
];

function colour(name) {
  // A custom property may hold light-dark(): let the browser work it out.
  const probe = document.createElement("span");
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

async function draw(place) {
  const response = await fetch(place.dataset.spec);
  if (!response.ok) return;
  const spec = await response.json();
  const [ink, soft, rule] = ["--ink", "--soft", "--rule"].map(colour);
  spec.encoding.color.scale.range = names.map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  const text = { labelFont: font, titleFont: font, labelColor: soft, titleColor: soft };
  const config = {
    background: null,
    font,
    view: { stroke: null },
    axis: { ...text, labelFontSize: 13, titleFontSize: 13, titleFontWeight: "normal", gridColor: rule, domainColor: ink, tickColor: rule },
    axisX: { grid: false },
    legend: { ...text, labelFontSize: 13, labelColor: ink },
  };
  const options = { ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false, mode: "vega-lite", config };
  await window.vegaEmbed(place, spec, options);
  place.dataset.drawn = "true";
}

const place = document.getElementById("chart");
if (place && window.vegaEmbed) {
  const again = () => draw(place);
  again();
  document.documentElement.addEventListener("themechange", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
