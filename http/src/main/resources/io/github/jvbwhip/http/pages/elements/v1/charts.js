// Graphs of the last two minutes, drawn by uPlot. Loaded when somebody wants to see them.

import { h } from './dom.js';
import { SECONDS } from './statistics.js';
import uPlot from './uplot.js';

const HEIGHT = 110;

const GRAPHS = [
  { key: 'bitrate', title: 'Bitrate (Mb/s)', value: (value) => value / 1e6 },
  { key: 'loss', title: 'Packets lost (%)' },
  { key: 'frameRate', title: 'Frame rate (1/s)' },
  { key: 'jitterBuffer', title: 'Jitter buffer (ms)' },
];

// What a custom property means here and now: canvases know no light-dark().
function colour(place, property) {
  place.style.color = `var(${property})`;
  const { color } = getComputedStyle(place);
  place.style.color = '';
  return color;
}

export class Charts {
  #graphs;

  /**
   * @param {ShadowRoot} root takes the style sheet
   * @param {HTMLElement} place gets one figure for each graph
   */
  constructor(root, place) {
    root.append(h('link', { rel: 'stylesheet', href: new URL('./uplot.css', import.meta.url).href }));
    this.#graphs = GRAPHS.map(({ key, title, value = (same) => same }) => {
      const drawing = h('div', { role: 'img', 'aria-label': `${title}, the last two minutes` });
      place.append(h('figure', {}, h('figcaption', { textContent: title }), drawing));
      const axis = { stroke: () => colour(place, '--soft'), grid: { stroke: () => colour(place, '--line') }, ticks: { show: false }, font: '11px system-ui', size: 40 };
      const plot = new uPlot(
        {
          width: drawing.clientWidth || 280,
          height: HEIGHT,
          legend: { show: false },
          cursor: { show: false },
          scales: { x: { time: false, range: [-SECONDS, 0] }, y: { range: (_, least, most) => [0, Math.max(1, 1.1 * (most ?? 1))] } },
          axes: [{ ...axis, size: 20, values: (_, seconds) => seconds.map((second) => `${second} s`), space: 60 }, axis],
          series: [{}, { stroke: () => colour(place, '--accent'), width: 1.5, points: { show: false } }],
        },
        [[], []],
        drawing,
      );
      new ResizeObserver(() => plot.setSize({ width: drawing.clientWidth, height: HEIGHT })).observe(drawing);
      return { key, value, plot };
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#graphs.forEach(({ plot }) => plot.redraw()));
  }

  show(samples) {
    const newest = samples.at(-1)?.time ?? 0;
    const times = samples.map(({ time }) => time - newest);
    for (const { key, value, plot } of this.#graphs) {
      plot.setData([times, samples.map((sample) => (sample[key] === null ? null : value(sample[key])))]);
    }
  }
}
