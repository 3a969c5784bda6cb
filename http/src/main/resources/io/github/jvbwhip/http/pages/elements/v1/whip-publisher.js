// <whip-publisher src="https://…/whip/ROOM/STREAM"></whip-publisher>

import { Meter } from './capture.js';
import { endpointOf, fill, h, reflect, say, sheet, upgrade } from './dom.js';
import { warnings } from './encodings.js';
import { Publisher } from './publisher.js';
import { Settings } from './settings.js';
import { common } from './styles.js';
import { bitrate, clock, milliseconds } from './words.js';

const own = sheet(`
  .settings { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); gap: 0.75rem; }
  .settings label { display: grid; gap: 0.2rem; font-size: 0.9rem; color: var(--soft); align-content: start; }
  .settings select, .settings input { width: 100%; }
  meter { width: 6rem; height: 1rem; vertical-align: middle; }
  .warnings { margin: 0; padding: 0.5rem 0.75rem; border-top: 1px solid var(--line); list-style: none; }
  .warnings:empty { display: none; }
  .warnings li::before { content: '⚠ '; }
  .screen.mirrored video { transform: scaleX(-1); }
`);

/**
 * A WHIP publisher with a face. Attributes: `src`, `source`, `codec`, `simulcast`, `height`,
 * `frame-rate`, `bitrate` (bits per second), `content-hint`, `label`. Properties beside: `token`,
 * `stream`, `state`, `reason`, `message`, `liveSince`. Events: `statechange`, `mediachange`,
 * `statistics`. See docs/player.md.
 */
export class WhipPublisher extends HTMLElement {
  static observedAttributes = ['src', 'source', 'codec', 'simulcast', 'height', 'frame-rate', 'bitrate', 'content-hint', 'label'];

  #publisher = new Publisher();
  #settings = new Settings(() => this.#publisher.stream && this.preview());
  #parts = {};
  #meter = null;
  #timer = null;
  #left = new AbortController();

  constructor() {
    super();
    const parts = this.#parts;
    parts.video = h('video', { part: 'video', playsInline: true, autoplay: true, muted: true });
    parts.message = h('p', { part: 'message', className: 'message', role: 'status' });
    parts.cover = h('div', { className: 'cover' }, parts.message);
    parts.screen = h('div', { part: 'screen', className: 'screen' }, parts.video, parts.cover);
    parts.live = h('button', { part: 'button live-button', type: 'button', className: 'primary live', textContent: 'Go live' });
    parts.preview = h('button', { part: 'button preview-button', type: 'button', className: 'preview', textContent: 'Preview' });
    parts.microphone = h('button', { part: 'button mute-button', type: 'button', className: 'mute', textContent: 'Mute', disabled: true });
    parts.camera = h('button', { part: 'button camera-button', type: 'button', className: 'hide', textContent: 'Hide picture', disabled: true });
    parts.badge = h('span', { part: 'badge', className: 'badge', textContent: 'Off air', 'data-off': true });
    parts.time = h('span', { part: 'time', className: 'figure time', role: 'timer' });
    parts.level = h('meter', { part: 'level', className: 'level', min: 0, max: 1, high: 0.95, 'aria-label': 'Sound level' });
    parts.warnings = h('ul', { part: 'warnings', className: 'warnings', 'aria-live': 'polite', 'aria-label': 'Warnings' });
    parts.figures = h('dl', { part: 'figures', className: 'panel figures', hidden: true });
    const bar = h(
      'div',
      { part: 'bar', className: 'bar' },
      parts.badge, parts.time, parts.level,
      h('div', { className: 'buttons end' }, parts.microphone, parts.camera, parts.preview, parts.live),
    );
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [common, own];
    root.append(parts.screen, bar, parts.warnings, this.#settings.group, parts.figures);
    this.#wire();
  }

  connectedCallback() {
    upgrade(this, 'token', 'src', 'source', 'codec', 'simulcast', 'height', 'bitrate', 'label');
    this.#left = new AbortController();
    const { signal } = this.#left;
    addEventListener('pagehide', () => this.#publisher.leave(), { signal });
    navigator.mediaDevices?.addEventListener?.('devicechange', () => this.#settings.listDevices(), { signal });
    this.#settings.listDevices();
    this.#show();
  }

  disconnectedCallback() {
    this.#left.abort();
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    this.#settings.take(name, after);
    this.#show();
  }

  /** A bearer token, or a function that returns one or a promise of one. Never an attribute. */
  get token() {
    return this.#publisher.token;
  }

  set token(token) {
    this.#publisher.token = token ?? '';
  }

  get state() {
    return this.#publisher.state;
  }

  get reason() {
    return this.#publisher.reason;
  }

  get message() {
    return this.#publisher.message;
  }

  /** When it went live, in milliseconds since 1970; null when it is not. */
  get liveSince() {
    return this.#publisher.liveSince;
  }

  /** What is captured, or null. */
  get stream() {
    return this.#publisher.stream;
  }

  /** The numbers of the last two minutes. */
  get statistics() {
    return this.#publisher.statistics;
  }

  /** Captures, and shows it here alone; on the air, publishes it in the place of what was. */
  async preview() {
    const publisher = this.#publisher;
    const before = publisher.settings;
    publisher.settings = this.#settings.values();
    if (!(await publisher.preview())) {
      publisher.settings = before;
      this.#settings.takeBack(before);
      this.#show();
    }
  }

  /** Goes live. Nothing happens where it is already, or is about to. */
  start() {
    const url = endpointOf(this.src);
    if (!url) {
      this.#publisher.refuse('no-address');
    } else if (!this.#publisher.isOnTheAir) {
      this.#publisher.src = url.href;
      this.#publisher.settings = this.#settings.values();
      this.#publisher.start();
    }
  }

  /** Ends session and capture. */
  stop() {
    this.#publisher.stop();
  }

  mute(muted = true) {
    this.#publisher.mute('audio', muted);
  }

  hidePicture(hidden = true) {
    this.#publisher.mute('video', hidden);
  }

  #wire() {
    const { live, preview, microphone, camera } = this.#parts;
    const publisher = this.#publisher;
    // The second of a double click would take back what the first one wanted.
    const onClick = (button, act) => button.addEventListener('click', ({ detail }) => detail < 2 && act());
    onClick(live, () => (publisher.isOnTheAir || publisher.state === 'asking' ? this.stop() : this.start()));
    onClick(preview, () => (publisher.state === 'preview' ? this.stop() : this.preview()));
    microphone.addEventListener('click', () => this.mute(!publisher.isMuted('audio')));
    camera.addEventListener('click', () => this.hidePicture(!publisher.isMuted('video')));
    publisher.addEventListener('mediachange', () => this.#showMedia());
    publisher.addEventListener('statistics', () => this.#showStatistics());
    for (const name of ['statechange', 'mediachange', 'statistics']) {
      publisher.addEventListener(name, () => this.#show());
      publisher.addEventListener(name, () => this.dispatchEvent(new Event(name, { bubbles: true, composed: true })));
    }
  }

  #showMedia() {
    const { video, screen } = this.#parts;
    const { stream } = this;
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      this.#meter?.close();
      this.#meter = stream?.getAudioTracks().length ? new Meter(stream) : null;
      this.#settings.listDevices();
    }
    screen.classList.toggle('mirrored', this.#publisher.settings.source === 'camera');
  }

  #show() {
    const { cover, message, live, preview, microphone, camera, badge, level, video } = this.#parts;
    const { state } = this;
    const { isOnTheAir, stream } = this.#publisher;
    if (this.dataset.state !== state) {
      this.dataset.state = state;
    }
    video.setAttribute('aria-label', this.label || 'Preview of what is published');
    say(message, this.message);
    cover.classList.toggle('low', Boolean(stream));
    say(live, isOnTheAir || state === 'asking' ? 'Stop' : 'Go live');
    const losesFocus = this.shadowRoot.activeElement === preview;
    preview.hidden = isOnTheAir || state === 'asking';
    if (losesFocus && preview.hidden) {
      live.focus();
    }
    say(preview, state === 'preview' ? 'End preview' : 'Preview');
    for (const [button, kind] of [[microphone, 'audio'], [camera, 'video']]) {
      button.disabled = !stream?.getTracks().some((track) => track.kind === kind);
      const muted = this.#publisher.isMuted(kind);
      button.toggleAttribute('data-on', muted);
      say(button, kind === 'audio' ? (muted ? 'Unmute' : 'Mute') : muted ? 'Show picture' : 'Hide picture');
    }
    badge.toggleAttribute('data-off', state !== 'live');
    say(badge, state === 'live' ? 'On air' : 'Off air');
    level.hidden = !stream;
    this.#settings.enable(isOnTheAir);
    this.#runClock(Boolean(stream));
  }

  #runClock(runs) {
    if (runs && !this.#timer) {
      this.#timer = setInterval(() => this.#tick(), 100);
    } else if (!runs) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    this.#tick();
  }

  #tick() {
    const { level, time } = this.#parts;
    level.value = this.stream ? (this.#meter?.level() ?? 0) : 0;
    say(time, this.liveSince === null ? '' : clock((Date.now() - this.liveSince) / 1000));
  }

  #showStatistics() {
    const { figures, warnings: list } = this.#parts;
    const { statistics } = this;
    const { now } = statistics;
    figures.hidden = statistics.samples.length === 0;
    const sizes = (now.video ?? []).map(
      ({ rid, frameWidth, frameHeight, framesPerSecond }) => `${rid ? `${rid}: ` : ''}${frameWidth}×${frameHeight} @ ${Math.round(framesPerSecond || 0)}`,
    );
    fill(figures, [
      ['Bitrate', bitrate(now.bitrate)],
      ['Picture', sizes.join(', ') || '–'],
      ['Codecs', now.codecs?.join(', ') || '–'],
      ['Round trip', milliseconds(now.roundTrip ?? NaN)],
      ['Packets lost', `${now.lost ?? 0}, ${now.repaired ?? 0} sent again`],
    ]);
    const texts = this.state === 'live' ? warnings(statistics) : [];
    if ([...list.children].map(({ textContent }) => textContent).join() !== texts.join()) {
      list.replaceChildren(...texts.map((text) => h('li', { textContent: text })));
    }
  }
}

reflect(WhipPublisher, { src: false, source: false, codec: false, simulcast: false, height: false, bitrate: false, label: false });
// Another server's page may have brought it.
if (!customElements.get('whip-publisher')) {
  customElements.define('whip-publisher', WhipPublisher);
}
