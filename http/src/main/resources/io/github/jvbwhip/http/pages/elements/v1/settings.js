// What a publisher can choose: fields, and what they say.

import { listDevices } from './capture.js';
import { h } from './dom.js';
import { codecs } from './encodings.js';

const SIZES = { '640×360': [640, 360], '1280×720': [1280, 720], '1920×1080': [1920, 1080], '3840×2160': [3840, 2160] };

const SOURCES = { camera: 'Camera', microphone: 'Microphone', screen: 'Screen', pattern: 'Test pattern' };

const CONTENT = { '': 'Automatic', motion: 'Motion', detail: 'Detail', text: 'Text' };

const UNCHOSEN = ['', 'Automatic'];

const options = (entries) => entries.map(([value, text]) => new Option(text, value));

const menu = (name, entries) => h('select', { part: `field ${name}`, className: name }, ...options(entries));

const field = (text, control) => h('label', { part: 'label' }, text, control);

export class Settings {
  #source = menu('source', Object.entries(SOURCES));
  #cameras = menu('cameras', [UNCHOSEN]);
  #microphones = menu('microphones', [UNCHOSEN]);
  #size = menu('size', Object.entries(SIZES).map(([text, [, height]]) => [height, text]));
  #rate = menu('rate', [15, 24, 30, 60].map((rate) => [rate, `${rate} a second`]));
  #bitrate = h('input', { part: 'field bitrate', className: 'bitrate', type: 'number', min: 100, max: 50_000, step: 100, placeholder: 'as usual' });
  #codec = menu('codec', [UNCHOSEN, ...codecs().map((name) => [name, name])]);
  #simulcast = menu('simulcast', [[1, 'Off'], [2, '2 encodings'], [3, '3 encodings']]);
  #content = menu('content', Object.entries(CONTENT));

  group = h(
    'div',
    { part: 'settings', className: 'panel settings', role: 'group', 'aria-label': 'Settings' },
    field('Source', this.#source), field('Camera', this.#cameras), field('Microphone', this.#microphones),
    field('Resolution', this.#size), field('Frame rate', this.#rate), field('Bitrate (kb/s)', this.#bitrate),
    field('Video codec', this.#codec), field('Simulcast', this.#simulcast), field('What matters', this.#content),
  );

  /** @param {() => void} captureAnew called when other media are chosen */
  constructor(captureAnew) {
    this.#size.value = '720';
    this.#rate.value = '30';
    for (const choice of [this.#source, this.#cameras, this.#microphones, this.#size, this.#rate]) {
      choice.addEventListener('change', captureAnew);
    }
  }

  /** Takes an attribute of the element; null is none. */
  take(name, text) {
    if (name === 'bitrate') {
      this.#bitrate.value = text ? String(Math.round(Number(text) / 1000)) : '';
      return;
    }
    const control = {
      source: this.#source,
      codec: this.#codec,
      simulcast: this.#simulcast,
      height: this.#size,
      'frame-rate': this.#rate,
      'content-hint': this.#content,
    }[name];
    if (!control) {
      return;
    }
    let known = [...control.options].find(({ value }) => value.toLowerCase() === (text ?? '').toLowerCase());
    if (!known && text && name !== 'source') {
      // It may be asked for all the same, and the browser says that it cannot.
      known = new Option(text, text);
      control.append(known);
    }
    if (known) {
      control.value = known.value;
    }
  }

  /** As capture.js and encodings.js take them. */
  values() {
    const [width, height] = Object.values(SIZES).find(([, each]) => String(each) === this.#size.value) ?? [undefined, Number(this.#size.value)];
    return {
      source: this.#source.value,
      camera: this.#cameras.value,
      microphone: this.#microphones.value,
      width,
      height,
      frameRate: Number(this.#rate.value) || 30,
      bitrate: 1000 * Number(this.#bitrate.value),
      codec: this.#codec.value,
      simulcast: Number(this.#simulcast.value) || 1,
      contentHint: this.#content.value,
    };
  }

  /** Goes back to what is captured, when something else was not to be had. */
  takeBack({ source, camera, microphone }) {
    this.#source.value = source;
    this.#cameras.value = camera;
    this.#microphones.value = microphone;
  }

  /** Names cameras and microphones, as far as the browser tells. */
  async listDevices() {
    const { cameras, microphones } = await listDevices().catch(() => ({ cameras: [], microphones: [] }));
    for (const [control, devices] of [[this.#cameras, cameras], [this.#microphones, microphones]]) {
      const chosen = control.value;
      control.replaceChildren(...options([UNCHOSEN, ...devices.map(({ id, label }) => [id, label])]));
      control.value = devices.some(({ id }) => id === chosen) ? chosen : '';
    }
  }

  /** On the air only what is captured can be changed. */
  enable(isOnTheAir) {
    for (const control of [this.#size, this.#rate, this.#bitrate, this.#codec, this.#simulcast, this.#content]) {
      control.disabled = isOnTheAir;
    }
    this.#cameras.disabled = this.#source.value !== 'camera';
    this.#microphones.disabled = !['camera', 'microphone'].includes(this.#source.value);
  }
}
