// Where a player's picture is seen and its sounds are heard.

import { h } from './dom.js';
import { loadedOrSeen } from './loading.js';

export class Screen {
  #picture = null;
  #sounds = [];
  #paused = false;
  #asked = false;

  video = h('video', { part: 'video', playsInline: true, autoplay: true });
  still = h('canvas', { className: 'still', hidden: true, 'aria-hidden': 'true' });

  constructor() {
    const { video } = this;
    video.addEventListener('volumechange', () => this.#follow());
    video.addEventListener('play', () => {
      this.#paused = false;
      this.#follow();
    });
    video.addEventListener('pause', () => {
      // A stream that has ended is no wish of anybody.
      this.#paused = Boolean(video.srcObject?.active);
      this.#follow();
    });
  }

  // The other sounds do as the picture does.
  #follow() {
    const { video } = this;
    for (const sound of this.#sounds) {
      sound.muted = video.muted;
      sound.volume = video.volume;
      if (this.#paused) {
        sound.pause();
      } else {
        sound.play().catch(() => {});
      }
    }
  }

  /** Takes a track of a connection; those of the connection before give way. */
  async take(track, connection) {
    const { video } = this;
    if (this.#picture?.connection !== connection) {
      this.#clearSounds();
      this.#picture = { connection, stream: new MediaStream() };
    }
    const { stream } = this.#picture;
    if ([stream, ...this.#sounds.map(({ srcObject }) => srcObject)].some((each) => each.getTracks().includes(track))) {
      return;
    }
    // A media element plays one sound: each further one has an element of its own.
    if (track.kind === 'audio' && stream.getAudioTracks().length > 0) {
      const sound = new Audio();
      sound.srcObject = new MediaStream([track]);
      this.#sounds.push(sound);
      this.#follow();
      return;
    }
    stream.addTrack(track);
    if (stream.getAudioTracks().length === 0) {
      await loadedOrSeen(connection);
    }
    if (video.srcObject !== stream && this.#picture?.stream === stream) {
      const paused = this.#paused;
      video.srcObject = stream;
      if (!paused) {
        this.play();
      }
    }
  }

  async play() {
    const { video } = this;
    this.#paused = false;
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

  /** Keeps the last picture of a session that is over: browsers show nothing of tracks that have ended. */
  keep() {
    const { video, still } = this;
    if (video.videoWidth > 0) {
      [still.width, still.height] = [video.videoWidth, video.videoHeight];
      still.getContext('2d').drawImage(video, 0, 0);
      still.hidden = false;
    }
  }

  clear() {
    this.#clearSounds();
    this.#picture = null;
    this.#paused = false;
    this.video.srcObject = null;
    this.still.hidden = true;
  }

  #clearSounds() {
    for (const sound of this.#sounds) {
      sound.pause();
      sound.srcObject = null;
    }
    this.#sounds = [];
  }

  /** Calls back with the latency of the next frame that tells it, in milliseconds, or with null. */
  askLatency(callback) {
    if (this.video.requestVideoFrameCallback && !this.#asked) {
      this.#asked = true;
      this.video.requestVideoFrameCallback((now, { captureTime, expectedDisplayTime }) => {
        this.#asked = false;
        callback(captureTime > 0 ? Math.max(0, expectedDisplayTime - captureTime) : null);
      });
    }
  }
}
