import UPlot from 'uplot';

const HEIGHT = 180;
const COLORS = ['#2f7ed8', '#e0652b', '#2ca25f', '#8e5bd0', '#c9a227', '#7f8c8d'];

/** Lines over time in an element that may change its width. */
export function timeChart(parent) {
  let plot;
  let shown = '';
  new ResizeObserver(() => plot?.setSize({ width: parent.clientWidth, height: HEIGHT })).observe(parent);

  /** @param lines of { label, values }; times are in seconds */
  return function draw(times, lines) {
    const labels = JSON.stringify(lines.map((line) => line.label));
    if (labels !== shown) {
      plot?.destroy();
      plot = new UPlot(optionsOf(parent, lines), [[]], parent);
      shown = labels;
    }
    plot.setData([times, ...lines.map((line) => line.values)]);
  };
}

function optionsOf(parent, lines) {
  const color = getComputedStyle(parent).color;
  const axis = { stroke: color, grid: { stroke: 'rgba(128, 128, 128, 0.2)' }, ticks: { show: false } };
  return {
    width: parent.clientWidth,
    height: HEIGHT,
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { range: (plot, first, last) => (first === last ? [first - 60, last + 60] : [first, last]) },
      y: { range: (plot, low, high) => [Math.min(0, low ?? 0), Math.max(1, (high ?? 0) * 1.1)] },
    },
    axes: [axis, { ...axis, size: 60 }],
    series: [{}, ...lines.map(({ label }, i) => ({ label, stroke: COLORS[i % COLORS.length], width: 2 }))],
  };
}
