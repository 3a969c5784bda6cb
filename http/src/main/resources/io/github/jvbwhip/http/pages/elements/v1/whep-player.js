// <whep-player src="https://…/whep/ROOM" autoplay muted controls></whep-player>

import { h, reflect, say, sheet, upgrade } from './dom.js';
import { Player } from './player.js';
import { StatisticsPanel } from './statistics-panel.js';
import { common } from './styles.js';
import { bitrate, milliseconds } from './words.js';

/** So many of those who speak in a room are heard at once; one stream has one sound. */
const SOUNDS_OF_A_STAGE = 4;

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
  #picture = null;
  #sounds = [];
  #panel;
  #chosen = null;
  #left = new AbortController();

  constructor() {
    super();
    const parts = this.#parts;
    parts.video = h('video', { part: 'video', playsInline: true, autoplay: true });
    parts.still = h('canvas', { className: 'still', hidden: true, 'aria-hidden': 'true' });
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
      h('label', { className: 'end' }, 'Layer', parts.layer),
      this.#panel.toggle, parts.stop,
    );
    parts.cover = h('div', { className: 'cover' }, parts.message, parts.play);
    root.adoptedStyleSheets = [common, own];
    root.append(h('div', { part: 'screen', className: 'screen' }, parts.video, parts.still, parts.cover, parts.sound), parts.bar, this.#panel.panel);
    this.#wire();
  }

  connectedCallback() {
    upgrade(this, 'token', 'src', 'autoplay', 'muted', 'controls', 'layer', 'label', 'sounds');
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
    this.#parts.video.muted = this.muted;
    this.#show();
    if (this.autoplay && this.src) {
      this.play();
    }
  }

  disconnectedCallback() {
    this.#left.abort();
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    const { video } = this.#parts;
    if (name === 'muted') {
      video.muted = after !== null;
    } else if (name === 'src' && this.isConnected && before !== after) {
      if (this.autoplay || !['idle', 'failed'].includes(this.state)) {
        this.play();
      }
    } else if (name === 'layer') {
      this.#followLayerAttribute();
    }
    this.#show();
  }

  /** A bearer token, or a function that returns one or a promise of one. Never an attribute. */
  get token() {
    return this.#player.token;
  }

  set token(token) {
    this.#player.token = token ?? '';
  }

  /** The `<video>` that plays. */
  get video() {
    return this.#parts.video;
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
    let url;
    try {
      url = new URL(this.src, document.baseURI);
    } catch {
      url = null;
    }
    if (!this.src || !/^https?:$/.test(url?.protocol)) {
      this.#player.refuse('no-address');
      return;
    }
    if (this.#player.src !== url.href) {
      this.#clearPicture(); // Of another stream.
    }
    this.#player.src = url.href;
    this.#player.sounds = Number(this.getAttribute('sounds')) || (/\/whep\/[^/]+\/?$/.test(url.pathname) ? SOUNDS_OF_A_STAGE : 1);
    this.#chosen = null;
    this.#player.start();
  }

  /** Ends the session. */
  stop() {
    this.#player.stop();
    this.#clearPicture();
  }

  /** Chooses an entry of `layers`, or null for automatic selection; resolves with what is wrong in words. */
  async selectLayer(layer) {
    const problem = await this.#player.select(layer);
    say(this.#parts.message, problem || this.message);
    return problem;
  }

  #wire() {
    const { video, still, play, sound, stop, layer } = this.#parts;
    const player = this.#player;
    play.addEventListener('click', () => {
      this.play();
      video.focus();
    });
    stop.addEventListener('click', () => {
      this.stop();
      play.focus();
    });
    sound.addEventListener('click', () => {
      video.muted = false;
      this.#playVideo();
      video.focus();
    });
    layer.addEventListener('change', () => {
      this.#chosen = layer.value;
      this.selectLayer(this.layers[layer.value] ?? null);
    });
    video.addEventListener('volumechange', () => {
      for (const each of this.#sounds) {
        each.muted = video.muted;
        each.volume = video.volume;
        each.play().catch(() => {});
      }
      this.#show();
    });
    for (const name of ['resize', 'loadeddata']) {
      video.addEventListener(name, () => player.seen());
    }
    player.addEventListener('track', ({ detail }) => this.#take(detail));
    player.addEventListener('over', () => this.#keepPicture());
    player.addEventListener('layers', () => this.#showLayers());
    player.addEventListener('statistics', () => this.#showStatistics());
    player.addEventListener('statechange', () => {
      still.hidden ||= !['connecting', 'reconnecting'].includes(this.state);
    });
    for (const name of ['statechange', 'layers', 'viewercount', 'speaker', 'statistics']) {
      player.addEventListener(name, () => this.#show());
      player.addEventListener(name, () => this.dispatchEvent(new Event(name, { bubbles: true, composed: true })));
    }
  }

  // The last picture of a session that is over stays until the next one has another: browsers show
  // nothing of tracks that have ended.
  #keepPicture() {
    const { video, still } = this.#parts;
    if (this.state === 'playing' && video.videoWidth > 0) {
      [still.width, still.height] = [video.videoWidth, video.videoHeight];
      still.getContext('2d').drawImage(video, 0, 0);
      still.hidden = false;
    }
  }

  #take({ track, connection }) {
    const { video } = this.#parts;
    if (this.#picture?.connection !== connection) {
      this.#clearSounds();
      this.#picture = { connection, stream: new MediaStream() };
    }
    const { stream } = this.#picture;
    if (stream.getTracks().includes(track) || this.#sounds.some(({ srcObject }) => srcObject.getTracks().includes(track))) {
      return;
    }
    // A media element plays one sound: each further one has an element of its own.
    if (track.kind === 'audio' && stream.getAudioTracks().length > 0) {
      const sound = new Audio();
      sound.srcObject = new MediaStream([track]);
      sound.muted = video.muted;
      sound.volume = video.volume;
      this.#sounds.push(sound);
      sound.play().catch(() => {});
      return;
    }
    stream.addTrack(track);
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      this.#playVideo();
    }
  }

  async #playVideo() {
    const { video } = this.#parts;
    try {
      await video.play();
    } catch (error) {
      // Browsers play sound only after a click; the picture may come before.
      if (error.name === 'NotAllowedError' && !video.muted) {
        video.muted = true;
        await video.play().catch(() => {});
      }
    }
  }

  #clearSounds() {
    for (const sound of this.#sounds) {
      sound.pause();
      sound.srcObject = null;
    }
    this.#sounds = [];
  }

  #clearPicture() {
    this.#clearSounds();
    this.#picture = null;
    this.#parts.video.srcObject = null;
    this.#parts.still.hidden = true;
  }

  #show() {
    const { video, cover, message, play, sound, stop, bar, badge, viewers, speaker } = this.#parts;
    const { state } = this;
    const stopped = state === 'idle' || state === 'failed';
    if (this.dataset.state !== state) {
      this.dataset.state = state;
    }
    video.controls = this.controls && !stopped;
    video.setAttribute('aria-label', this.label || 'Live stream');
    say(message, this.message);
    cover.classList.toggle('low', state === 'playing');
    play.hidden = !stopped;
    say(play, state === 'failed' ? 'Try again' : 'Play');
    sound.hidden = stopped || !video.muted || (this.muted && !this.controls);
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
    menu.value = this.#chosen !== null && this.layers[this.#chosen] ? this.#chosen : '';
    menu.disabled = options.length === 0;
    this.#followLayerAttribute();
  }

  // Once for each session, as soon as there is a choice.
  #followLayerAttribute() {
    if (this.layer === 'lowest' && this.#chosen === null && this.layers.length > 1) {
      const sent = this.layers.filter(({ bitrate: rate }) => rate > 0);
      const lowest = sent.sort((a, b) => (a.height || a.bitrate) - (b.height || b.bitrate))[0];
      if (lowest) {
        this.#chosen = String(this.layers.indexOf(lowest));
        this.selectLayer(lowest);
      }
    }
  }

  #showStatistics() {
    const { video, latency } = this.#parts;
    const { statistics } = this;
    if (video.requestVideoFrameCallback && this.state === 'playing') {
      video.requestVideoFrameCallback((now, frame) => {
        statistics.captured = frame.captureTime > 0 ? Math.max(0, frame.expectedDisplayTime - frame.captureTime) : null;
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
