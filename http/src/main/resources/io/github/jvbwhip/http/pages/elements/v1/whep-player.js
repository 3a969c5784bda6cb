// <whep-player src="https://…/whep/ROOM" autoplay muted controls></whep-player>

import { endpointOf, h, reflect, say, sheet, upgrade } from './dom.js';
import { Player } from './player.js';
import { Screen } from './screen.js';
import { StatisticsPanel } from './statistics-panel.js';
import { common } from './styles.js';
import { bitrate, milliseconds } from './words.js';

/** So many of those who speak in a room are heard at once; one stream has one sound. */
const SOUNDS_OF_A_STAGE = 4;

/** How long something is said in the place of what goes on; milliseconds. */
const NOTICE = 6_000;

const own = sheet(`
  .still { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; background: #000000; pointer-events: none; }
  .play { font-size: 1.1rem; padding: 0.5rem 1.6rem; }
  .screen > .sound { position: absolute; inset: 0.75rem auto auto 0.75rem; }
  label { display: inline-flex; align-items: center; gap: 0.5rem; font-size: 0.9rem; color: var(--soft); }
`);

/**
 * A WHEP player with a face. Attributes: `src`, `autoplay`, `muted`, `controls`, `layer` (`lowest`, or
 * nothing for automatic selection), `sounds`, `label`. Properties beside: `token`, `video`, `state`,
 * `reason`, `message`, `layers`, `viewers`, `speaker`, `latency`. Events: `statechange`, `layers`,
 * `viewercount`, `speaker`, `statistics`. See docs/player.md.
 */
export class WhepPlayer extends HTMLElement {
  static observedAttributes = ['src', 'controls', 'muted', 'label', 'layer'];

  #player = new Player();
  #parts = {};
  #screen = new Screen();
  #panel;

  /** What is said for a moment in the place of what goes on. */
  #notice = '';
  #noticeTimer = null;
  #left = new AbortController();
  #isIn = false; // In a page, with all that was set before it was defined: not before does it play.

  constructor() {
    super();
    const parts = this.#parts;
    parts.message = h('p', { part: 'message', className: 'message', role: 'status' });
    parts.play = h('button', { part: 'button play-button', type: 'button', className: 'primary play', textContent: 'Play' });
    parts.sound = h('button', { part: 'button sound-button', type: 'button', className: 'primary sound', textContent: 'Sound on', hidden: true });
    parts.badge = h('span', { part: 'badge', className: 'badge', textContent: 'Live' });
    parts.viewers = h('span', { part: 'viewers', className: 'figure viewers' });
    parts.speaker = h('span', { part: 'speaker', className: 'figure speaker' });
    parts.latency = h('span', { part: 'latency', className: 'figure latency' });
    parts.layer = h('select', { part: 'layers', className: 'layer', disabled: true }, h('option', { value: '', textContent: 'Automatic' }));
    parts.stop = h('button', { part: 'button stop-button', type: 'button', className: 'stop', textContent: 'Stop', hidden: true });
    const root = this.attachShadow({ mode: 'open' });
    this.#panel = new StatisticsPanel(root, this.statistics);
    parts.bar = h(
      'div',
      { part: 'bar', className: 'bar' },
      parts.badge, parts.viewers, parts.speaker, parts.latency,
      h('div', { className: 'buttons end' }, h('label', {}, 'Layer', parts.layer), this.#panel.toggle, parts.stop),
    );
    parts.cover = h('div', { className: 'cover' }, parts.message, parts.play);
    root.adoptedStyleSheets = [common, own];
    root.append(h('div', { part: 'screen', className: 'screen' }, this.#screen.video, this.#screen.still, parts.cover, parts.sound), parts.bar, this.#panel.panel);
    this.#wire();
  }

  connectedCallback() {
    upgrade(this, 'token', 'src', 'autoplay', 'muted', 'controls', 'layer', 'label');
    this.#isIn = true;
    this.#left = new AbortController();
    const { signal } = this.#left;
    // A page that is kept for going back ends its session, and begins anew when it is shown again.
    let resumes = false;
    addEventListener(
      'pagehide',
      () => {
        resumes = !['idle', 'failed'].includes(this.state);
        this.#player.stop();
      },
      { signal },
    );
    addEventListener('pageshow', ({ persisted }) => persisted && resumes && this.play(), { signal });
    this.video.muted = this.muted;
    this.#show();
    if (this.autoplay && this.src) {
      this.play();
    }
  }

  disconnectedCallback() {
    this.#isIn = false;
    this.#left.abort();
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    if (name === 'muted') {
      this.video.muted = after !== null;
    } else if (name === 'src' && this.#isIn && before !== after) {
      if (this.autoplay || !['idle', 'failed'].includes(this.state)) {
        this.play();
      }
    } else if (name === 'layer') {
      this.#player.wantLowest(after === 'lowest');
    }
    this.#show();
  }

  /** A bearer token, or a function that returns one or a promise of one. Never an attribute. */
  get token() {
    return this.#player.token;
  }

  set token(token) {
    this.#player.token = token ?? '';
    // By a script that comes after that of the element, the first attempt was without.
    if (this.autoplay && this.#isIn && (this.state === 'connecting' || this.reason?.startsWith('token-'))) {
      this.play();
    }
  }

  /** The `<video>` that plays. */
  get video() {
    return this.#screen.video;
  }

  get state() {
    return this.#player.state;
  }

  get reason() {
    return this.#player.reason;
  }

  get message() {
    return this.#player.message;
  }

  get layers() {
    return this.#player.layers;
  }

  get viewers() {
    return this.#player.viewers;
  }

  get speaker() {
    return this.#player.speaker;
  }

  get latency() {
    return this.#player.statistics.latency;
  }

  /** The numbers of the last two minutes. */
  get statistics() {
    return this.#player.statistics;
  }

  /** Begins to play, or begins anew. */
  play() {
    const url = endpointOf(this.src);
    if (!url) {
      this.#player.refuse('no-address');
      return;
    }
    if (this.#player.src !== url.href) {
      this.#screen.clear(); // Of another stream.
      this.#player.src = url.href;
    }
    this.#player.sounds = Number(this.getAttribute('sounds')) || (/\/whep\/[^/]+\/?$/.test(url.pathname) ? SOUNDS_OF_A_STAGE : 1);
    this.#player.start();
  }

  /** Ends the session. */
  stop() {
    this.#player.stop();
    this.#screen.clear();
  }

  /** Chooses an entry of `layers`, or null for automatic selection; resolves with what is wrong in words. */
  async selectLayer(layer) {
    const problem = await this.#player.select(layer);
    this.#notify(problem);
    this.#showLayers();
    return problem;
  }

  #notify(text) {
    clearTimeout(this.#noticeTimer);
    this.#notice = text;
    this.#noticeTimer = text ? setTimeout(() => this.#notify(''), NOTICE) : null;
    this.#show();
  }

  #wire() {
    const { play, sound, stop, layer } = this.#parts;
    const { video, still } = this.#screen;
    const player = this.#player;
    play.addEventListener('click', () => {
      this.play();
      video.focus();
    });
    stop.addEventListener('click', () => this.stop());
    sound.addEventListener('click', () => {
      video.muted = false;
      this.#screen.play();
      video.focus();
    });
    layer.addEventListener('change', () => this.selectLayer(this.layers[layer.value] ?? null));
    video.addEventListener('volumechange', () => this.#show());
    for (const name of ['resize', 'loadeddata']) {
      video.addEventListener(name, () => player.seen());
      video.addEventListener(name, () => this.#show());
    }
    player.addEventListener('track', ({ detail }) => this.#screen.take(detail.track, detail.connection));
    player.addEventListener('over', () => this.state === 'playing' && this.#screen.keep());
    player.addEventListener('layers', () => this.#showLayers());
    player.addEventListener('statistics', () => this.#showStatistics());
    player.addEventListener('statechange', () => {
      still.hidden ||= !['connecting', 'reconnecting'].includes(this.state);
      this.#notify('');
    });
    for (const name of ['statechange', 'layers', 'viewercount', 'speaker', 'statistics']) {
      player.addEventListener(name, () => this.#show());
      player.addEventListener(name, () => this.dispatchEvent(new Event(name, { bubbles: true, composed: true })));
    }
  }

  #show() {
    const { video } = this;
    const { cover, message, play, sound, stop, bar, badge, viewers, speaker } = this.#parts;
    const { state } = this;
    const stopped = state === 'idle' || state === 'failed';
    if (this.dataset.state !== state) {
      this.dataset.state = state;
    }
    const losesFocus = stopped && [video, stop].includes(this.shadowRoot.activeElement);
    // The browser's take time to be made, in which the picture could come.
    video.controls = this.controls && !stopped && (video.controls || video.readyState > 1);
    video.tabIndex = video.controls ? 0 : -1; // To have the focus after *Play* all the same.
    video.setAttribute('aria-label', this.label || 'Live stream');
    say(message, this.#notice || this.message);
    cover.classList.toggle('low', state === 'playing');
    play.hidden = !stopped;
    say(play, state === 'failed' ? 'Try again' : 'Play');
    if (losesFocus) {
      play.focus();
    }
    sound.hidden = state !== 'playing' || !video.muted || (this.muted && !this.controls);
    stop.hidden = stopped;
    bar.hidden = !this.controls;
    badge.toggleAttribute('data-off', state !== 'playing');
    say(badge, state === 'playing' ? 'Live' : 'Off air');
    say(viewers, this.viewers === null ? '' : `${this.viewers} watching`);
    say(speaker, this.speaker ? `On stage: ${this.speaker.displayName || this.speaker.stream}` : '');
  }

  #showLayers() {
    const { layer: menu } = this.#parts;
    const options = this.layers.map((layer, index) =>
      h('option', {
        value: String(index),
        textContent: `${layer.width ? `${layer.width}×${layer.height}` : layer.rid || `layer ${index + 1}`}, ${layer.bitrate ? bitrate(layer.bitrate) : 'inactive'}`,
      }));
    menu.replaceChildren(h('option', { value: '', textContent: 'Automatic' }), ...options);
    const { chosen } = this.#player;
    menu.value = chosen ? String(this.layers.indexOf(chosen)) : '';
    menu.disabled = options.length === 0;
  }

  #showStatistics() {
    const { latency } = this.#parts;
    const { statistics } = this;
    if (this.state === 'playing') {
      this.#screen.askLatency((milliseconds) => {
        statistics.captured = milliseconds;
      });
    }
    const known = statistics.latency;
    const since = { capture: 'behind the camera', bridge: 'behind the bridge' };
    say(latency, known ? `${milliseconds(known.milliseconds)} ${since[known.since]}` : '');
    this.#panel.show(statistics);
  }
}

reflect(WhepPlayer, { src: false, label: false, layer: false, autoplay: true, muted: true, controls: true });
// Another server's page may have brought it.
if (!customElements.get('whep-player')) {
  customElements.define('whep-player', WhepPlayer);
}
