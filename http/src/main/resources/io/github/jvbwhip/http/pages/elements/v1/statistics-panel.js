// What a player's statistics look like: a button, figures, and graphs that are loaded when it is pressed.

import { fill, h } from './dom.js';
import { bitrate, milliseconds } from './words.js';

export class StatisticsPanel {
  #charts = null;
  #figures = h('dl', { part: 'figures', className: 'figures' });
  #place = h('div', { part: 'charts', className: 'charts' });

  toggle = h('button', {
    part: 'button statistics-button',
    type: 'button',
    className: 'toggle',
    textContent: 'Statistics',
    'aria-expanded': 'false',
  });

  panel = h('div', { part: 'statistics', className: 'panel', hidden: true }, this.#figures, this.#place);

  /** @param {ShadowRoot} root where the two are put */
  constructor(root, statistics) {
    this.toggle.addEventListener('click', async () => {
      const { panel, toggle } = this;
      panel.hidden = !panel.hidden;
      toggle.setAttribute('aria-expanded', String(!panel.hidden));
      this.show(statistics);
      if (!panel.hidden && !this.#charts) {
        // Without them the figures have to do.
        const { Charts } = await import('./charts.js').catch(() => ({}));
        this.#charts ??= Charts && new Charts(root, this.#place);
        this.show(statistics);
      }
    });
  }

  show({ now, samples }) {
    if (this.panel.hidden) {
      return;
    }
    const picture = now.video?.[0];
    fill(this.#figures, [
      ['Picture', picture ? `${picture.frameWidth}×${picture.frameHeight}` : '–'],
      ['Codecs', now.codecs?.join(', ') || '–'],
      ['Bitrate', bitrate(now.bitrate)],
      ['Frames', `${now.frames ?? 0}, ${now.dropped ?? 0} dropped`],
      ['Freezes', `${now.freezes ?? 0}, ${(now.frozen ?? 0).toFixed(1)} s`],
      ['Packets lost', `${now.lost ?? 0}, ${now.repaired ?? 0} repaired`],
      ['Jitter buffer', milliseconds(now.jitterBuffer ?? NaN)],
      ['Round trip', milliseconds(now.roundTrip ?? NaN)],
      ['Behind the camera, by its clock', milliseconds(now.behindCamera ?? NaN)],
    ]);
    this.#charts?.show(samples);
  }
}
