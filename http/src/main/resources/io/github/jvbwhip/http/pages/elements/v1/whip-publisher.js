// <whip-publisher src="https://…/whip/ROOM/STREAM"></whip-publisher>

import { Meter, listDevices } from './capture.js';
import { fill, h, reflect, say, sheet, upgrade } from './dom.js';
import { codecs, warnings } from './encodings.js';
import { Publisher } from './publisher.js';
import { common } from './styles.js';
import { bitrate, clock, milliseconds } from './words.js';

const own = sheet(`
  .settings { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); gap: 0.75rem; }
  .settings label { display: grid; gap: 0.2rem; font-size: 0.9rem; color: var(--soft); align-content: start; }
  .settings select, .settings input { width: 100%; }
  .buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
  meter { width: 6rem; height: 1rem; vertical-align: middle; }
  .warnings { margin: 0; padding: 0.5rem 0.75rem; border-top: 1px solid var(--line); list-style: none; }
  .warnings:empty { display: none; }
  .warnings li::before { content: '⚠ '; }
  .screen.mirrored video { transform: scaleX(-1); }
`);

const SIZES = { '640×360': [640, 360], '1280×720': [1280, 720], '1920×1080': [1920, 1080], '3840×2160': [3840, 2160] };

const SOURCES = { camera: 'Camera and microphone', microphone: 'Microphone alone', screen: 'Screen, with its sound', pattern: 'Test pattern' };

const CONTENT = { '': 'Browser’s choice', motion: 'Motion', detail: 'Detail', text: 'Text' };

const options = (entries) => entries.map(([value, text]) => new Option(text, value));

const menu = (name, entries) => h('select', { part: `field ${name}`, className: name }, ...options(entries));

const field = (text, control) => h('label', { part: 'label' }, text, control);

/**
 * A WHIP publisher with a face. Attributes: `src`, `source`, `codec`, `simulcast`, `height`,
 * `frame-rate`, `bitrate` (bits per second), `content-hint`, `label`. Properties beside: `token`,
 * `stream`, `state`, `reason`, `message`, `liveSince`. Events: `statechange`, `mediachange`,
 * `statistics`. See docs/player.md.
 */
export class WhipPublisher extends HTMLElement {
  static observedAttributes = ['src', 'source', 'codec', 'simulcast', 'height', 'frame-rate', 'bitrate', 'content-hint', 'label'];

  #publisher = new Publisher();
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
    parts.microphone = h('button', { part: 'button mute-button', type: 'button', className: 'mute', textContent: 'Mute', 'aria-pressed': 'false', disabled: true });
    parts.camera = h('button', { part: 'button camera-button', type: 'button', className: 'hide', textContent: 'Hide picture', 'aria-pressed': 'false', disabled: true });
    parts.badge = h('span', { part: 'badge', className: 'badge', textContent: 'Off air', 'data-off': true });
    parts.time = h('span', { part: 'time', className: 'figure time', role: 'timer' });
    parts.level = h('meter', { part: 'level', className: 'level', min: 0, max: 1, high: 0.95, 'aria-label': 'Sound level' });
    parts.warnings = h('ul', { part: 'warnings', className: 'warnings', 'aria-live': 'polite', 'aria-label': 'Warnings' });
    parts.source = menu('source', Object.entries(SOURCES));
    parts.cameras = menu('cameras', [['', 'Browser’s choice']]);
    parts.microphones = menu('microphones', [['', 'Browser’s choice']]);
    parts.size = menu('size', Object.entries(SIZES).map(([text, [, height]]) => [height, text]));
    parts.size.value = '720';
    parts.rate = menu('rate', [15, 24, 30, 60].map((rate) => [rate, `${rate} a second`]));
    parts.rate.value = '30';
    parts.bitrate = h('input', { part: 'field bitrate', className: 'bitrate', type: 'number', min: 100, max: 50_000, step: 100, placeholder: 'as usual for the size' });
    parts.codec = menu('codec', [['', 'Browser’s choice'], ...codecs().map((name) => [name, name])]);
    parts.simulcast = menu('simulcast', [[1, 'Off'], [2, '2 encodings'], [3, '3 encodings']]);
    parts.content = menu('content', Object.entries(CONTENT));
    parts.settings = h(
      'div',
      { part: 'settings', className: 'panel settings', role: 'group', 'aria-label': 'Settings' },
      field('Source', parts.source), field('Camera', parts.cameras), field('Microphone', parts.microphones),
      field('Resolution', parts.size), field('Frame rate', parts.rate), field('Bitrate (kb/s)', parts.bitrate),
      field('Video codec', parts.codec), field('Simulcast', parts.simulcast), field('What matters', parts.content),
    );
    parts.figures = h('dl', { part: 'figures', className: 'panel figures', hidden: true });
    const bar = h(
      'div',
      { part: 'bar', className: 'bar' },
      parts.badge, parts.time, parts.level,
      h('div', { className: 'buttons end' }, parts.microphone, parts.camera, parts.preview, parts.live),
    );
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [common, own];
    root.append(parts.screen, bar, parts.warnings, parts.settings, parts.figures);
    this.#wire();
  }

  connectedCallback() {
    upgrade(this, 'token', 'src', 'source', 'codec', 'simulcast', 'height', 'bitrate', 'label');
    this.#left = new AbortController();
    const { signal } = this.#left;
    addEventListener('pagehide', () => this.stop(), { signal });
    navigator.mediaDevices?.addEventListener?.('devicechange', () => this.#listDevices(), { signal });
    this.#listDevices();
    this.#show();
  }

  disconnectedCallback() {
    this.#left.abort();
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    const { source, codec, simulcast, size, rate, bitrate: most, content } = this.#parts;
    const control = { source, codec, simulcast, height: size, 'frame-rate': rate, 'content-hint': content }[name];
    if (name === 'bitrate') {
      most.value = after ? String(Math.round(Number(after) / 1000)) : '';
    } else if (control) {
      const known = [...control.options].find(({ value }) => value.toLowerCase() === (after ?? '').toLowerCase());
      if (!known && after) {
        // It may be asked for all the same, and the browser says that it cannot.
        control.append(new Option(after, after));
      }
      control.value = known?.value ?? after ?? '';
    }
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

  /** Captures, and shows it here alone. */
  preview() {
    this.#publisher.settings = this.#settings();
    return this.#publisher.preview();
  }

  /** Goes live. Nothing happens where it is already, or is about to. */
  start() {
    let url;
    try {
      url = new URL(this.src, document.baseURI);
    } catch {
      url = null;
    }
    if (!this.src || !/^https?:$/.test(url?.protocol)) {
      this.#publisher.refuse('no-address');
      return;
    }
    if (!this.#publisher.isOnTheAir) {
      this.#publisher.src = url.href;
      this.#publisher.settings = this.#settings();
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

  #settings() {
    const { source, cameras, microphones, size, rate, bitrate: most, codec, simulcast, content } = this.#parts;
    const [width, height] = Object.values(SIZES).find(([, each]) => String(each) === size.value) ?? [undefined, Number(size.value) || undefined];
    return {
      source: source.value,
      camera: cameras.value,
      microphone: microphones.value,
      width,
      height,
      frameRate: Number(rate.value) || 30,
      bitrate: 1000 * Number(most.value),
      codec: codec.value,
      simulcast: Number(simulcast.value) || 1,
      contentHint: content.value,
    };
  }

  #wire() {
    const { live, preview, microphone, camera, source, cameras, microphones, size, rate } = this.#parts;
    const publisher = this.#publisher;
    live.addEventListener('click', () => (publisher.isOnTheAir || publisher.state === 'asking' ? this.stop() : this.start()));
    preview.addEventListener('click', () => (publisher.state === 'preview' ? this.stop() : this.preview()));
    microphone.addEventListener('click', () => this.mute(!publisher.isMuted('audio')));
    camera.addEventListener('click', () => this.hidePicture(!publisher.isMuted('video')));
    for (const choice of [source, cameras, microphones, size, rate]) {
      choice.addEventListener('change', () => publisher.stream && this.preview());
    }
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
      this.#listDevices();
    }
    screen.classList.toggle('mirrored', this.#publisher.settings.source === 'camera');
  }

  async #listDevices() {
    const { cameras, microphones } = this.#parts;
    const all = await listDevices().catch(() => ({ cameras: [], microphones: [] }));
    for (const [control, devices] of [[cameras, all.cameras], [microphones, all.microphones]]) {
      const chosen = control.value;
      control.replaceChildren(...options([['', 'Browser’s choice'], ...devices.map(({ id, label }) => [id, label])]));
      control.value = devices.some(({ id }) => id === chosen) ? chosen : '';
    }
  }

  #show() {
    const { cover, message, live, preview, microphone, camera, badge, level, settings, video } = this.#parts;
    const { state } = this;
    const { isOnTheAir, stream } = this.#publisher;
    if (this.dataset.state !== state) {
      this.dataset.state = state;
    }
    video.setAttribute('aria-label', this.label || 'Preview of what is published');
    say(message, this.message);
    cover.classList.toggle('low', Boolean(stream));
    say(live, isOnTheAir || state === 'asking' ? 'Stop' : 'Go live');
    preview.hidden = isOnTheAir || state === 'asking';
    say(preview, state === 'preview' ? 'End preview' : 'Preview');
    for (const [button, kind, texts] of [[microphone, 'audio', ['Mute', 'Muted']], [camera, 'video', ['Hide picture', 'Picture hidden']]]) {
      const muted = this.#publisher.isMuted(kind);
      button.disabled = !stream?.getTracks().some((track) => track.kind === kind);
      button.setAttribute('aria-pressed', String(muted));
      say(button, texts[Number(muted)]);
    }
    badge.toggleAttribute('data-off', state !== 'live');
    say(badge, state === 'live' ? 'On air' : 'Off air');
    level.hidden = !stream;
    const { source, cameras, microphones } = this.#parts;
    for (const control of settings.querySelectorAll('select, input')) {
      control.disabled = ![source, cameras, microphones].includes(control) && isOnTheAir;
    }
    cameras.disabled = source.value !== 'camera';
    microphones.disabled = !['camera', 'microphone'].includes(source.value);
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
customElements.define('whip-publisher', WhipPublisher);
