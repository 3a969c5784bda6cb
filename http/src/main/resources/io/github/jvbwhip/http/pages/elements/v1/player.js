// A WHEP player without a face: sessions, one after the other, that bring what is on the air.

import { followEvents, selectLayer } from './extensions.js';
import { Line } from './line.js';
import { Backoff, isPassing, outcomeOf, pause, tokenOf } from './retry.js';
import { Session } from './session.js';
import { Statistics } from './statistics.js';
import { explain, reasonOf } from './words.js';

/** What a player has to ask for: AV1 with spatial layers is black without the first (AV1 RTP §4.4). */
const EXTENSIONS = [
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
];

/** Without media for so long, in milliseconds, nobody is on the air any more, or yet. */
const QUIET = 3_000;
const EMPTY = 1_500;

/** What comes so long after the publisher was said to have gone was not on its way; milliseconds. */
const AFTERWARDS = 2_000;

/** A session that was so long, in milliseconds, has worked. */
const LASTING = 5_000;

const isSame = (layer, other) =>
  other !== null && ['rid', 'spatialLayerId', 'temporalLayerId'].every((key) => layer[key] === other[key]);

/** Where a server sends its players: they come there with the query by which they came here, which may have a token. */
const moved = (url, src) => {
  const there = URL.canParse(url, src) ? new URL(url, src) : new URL(src);
  there.search ||= new URL(src).search;
  return there.href;
};

/**
 * | state        | is left for, when                                                                     |
 * |--------------|---------------------------------------------------------------------------------------|
 * | idle         | connecting (start)                                                                    |
 * | connecting   | playing (media comes), waiting (connected, no media for 1.5 s, or inactive),          |
 * |              | reconnecting (may work later), failed (will not), idle (stop)                         |
 * | waiting      | playing (media comes), reconnecting (session over), idle (stop)                        |
 * | playing      | waiting (no media for 3 s, or inactive), reconnecting (session over), idle (stop)      |
 * | reconnecting | playing, waiting (as from connecting), failed (refused), idle (stop)                   |
 * | failed       | connecting (start)                                                                    |
 *
 * `start` in any other state than idle and failed ends what is, and begins anew. Dispatches
 * `statechange`, `layers`, `viewercount`, `speaker`, `statistics`, `track`, `over`.
 */
export class Player extends EventTarget {
  #run = null;
  #current = null;
  #given = '';

  /** The layer that was chosen, for all sessions; null for automatic selection. */
  #choice = null;

  /** The WHEP endpoint. */
  src = '';

  /** A bearer token, or a function that returns one, or a promise of one; asked for each attempt. */
  token = '';

  /** How many sounds are heard at once. */
  sounds = 1;

  /** Whether the smallest layer is wanted where none was chosen. */
  lowest = false;

  state = 'idle';
  reason = null;
  message = '';
  layers = [];
  viewers = null;
  speaker = null;
  unsupported = [];
  statistics = new Statistics('inbound-rtp');

  /** Ends what is, and begins anew. */
  start() {
    this.#end();
    const run = new AbortController();
    this.#run = run;
    this.#enter('connecting');
    this.#stay(run.signal).catch((error) => {
      if (!run.signal.aborted) {
        this.#fail(error);
      }
    });
  }

  /** Ends the session; what was on its way comes to nothing. */
  stop() {
    this.#end();
    if (this.state !== 'idle') {
      this.#enter('idle');
    }
  }

  /** Ends what is, and says why it will not begin. */
  refuse(reason) {
    this.stop();
    this.#enter('failed', reason);
  }

  /** The session's URL, where there is one. Secret: who knows it may end the session. */
  get session() {
    return this.#current?.session.url ?? null;
  }

  async #stay(signal) {
    const backoff = new Backoff();
    let url = this.src;
    while (!signal.aborted) {
      const begun = performance.now();
      let outcome;
      try {
        outcome = await this.#watch(signal, url);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!isPassing(error)) {
          throw error;
        }
        outcome = outcomeOf(error);
      }
      if (signal.aborted) {
        return;
      }
      if (performance.now() - begun > LASTING) {
        backoff.reset();
      } else {
        // A server that sends everybody away, and takes them again, is not to be asked without end.
        outcome.atOnce = false;
      }
      const delay = outcome.atOnce ? 0 : backoff.next(outcome.retryAfter);
      this.#forget();
      this.#enter('reconnecting', outcome.reason, outcome.detail, delay);
      url = moved(outcome.url || this.src, this.src);
      await pause(delay, signal);
    }
  }

  /** One session, until it is to be replaced: by what, and why. */
  async #watch(signal, url) {
    const token = await tokenOf(this.token);
    this.#given = token;
    signal.throwIfAborted();
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const session = new Session(pc, url, { token });
    const current = { session, publication: 'unknown', left: 0, heard: 0, media: 0, hasChosen: false, closing: new AbortController() };
    const line = new Line(session, {
      onUp: () => {
        current.heard = performance.now();
      },
      onReport: (report, now) => this.#report(current, report, now),
    });
    signal.addEventListener('abort', () => line.end('stopped'), { signal: current.closing.signal });
    this.#current = current;
    try {
      this.#receive(pc, signal);
      const started = session.start();
      started.catch(() => {}); // Of one that was stopped meanwhile nobody waits for it.
      await Promise.race([started, line.ended]);
      signal.throwIfAborted();
      line.watchTransports();
      this.#follow(current, line);
      const outcome = await line.ended;
      return typeof outcome === 'string' ? { reason: outcome } : { ...outcome };
    } finally {
      line.end('over');
      current.closing.abort();
      if (this.#current === current) {
        this.#current = null;
      }
      if (!signal.aborted) {
        this.dispatchEvent(new Event('over')); // While its last picture can be had.
      }
      session.stop();
    }
  }

  #receive(pc, signal) {
    pc.addEventListener('track', ({ track }) => {
      // Not before something comes: with a video track an element waits for a picture, and is silent.
      const take = () => signal.aborted || this.dispatchEvent(new CustomEvent('track', { detail: { track, connection: pc } }));
      track.addEventListener('unmute', take);
      if (!track.muted) {
        take();
      }
    });
    const video = pc.addTransceiver('video', { direction: 'recvonly' });
    if (video.getHeaderExtensionsToNegotiate) {
      video.setHeaderExtensionsToNegotiate(
        video.getHeaderExtensionsToNegotiate().map((extension) =>
          EXTENSIONS.includes(extension.uri) ? { ...extension, direction: 'sendrecv' } : extension),
      );
    }
    for (let i = 0; i < this.sounds; i += 1) {
      pc.addTransceiver('audio', { direction: 'recvonly' });
    }
  }

  #follow(current, line) {
    const handlers = {
      active: () => {
        current.publication = 'active';
      },
      inactive: () => {
        current.publication = 'inactive';
        current.left = performance.now();
        this.#enter('waiting', 'left');
      },
      layers: (byMedia) => this.#takeLayers(byMedia),
      viewercount: ({ viewercount }) => this.#learn('viewers', viewercount, 'viewercount'),
      reconnect: ({ url }) => line.end({ reason: 'moved', url, atOnce: true }),
      // Nobody is a speaker without a stream.
      speaker: (speaker) => this.#learn('speaker', speaker.stream ? speaker : null, 'speaker'),
      unsupported: (kinds) => {
        this.unsupported = Object.entries(kinds).map(([kind, codecs]) => ({ kind, codecs: [codecs].flat() }));
        this.#enter(this.state, this.reason);
      },
    };
    followEvents(current.session, current.closing.signal, handlers, () => line.ask());
  }

  #learn(name, value, event) {
    this[name] = value;
    this.dispatchEvent(new Event(event));
  }

  #takeLayers(byMedia) {
    const [mediaId, layers] = Object.entries(byMedia)[0] || [];
    this.layers = (layers || []).map((layer) => ({ ...layer, mediaId }));
    this.#chooseAgain();
    this.dispatchEvent(new Event('layers'));
  }

  // Once for each session, as soon as there is a choice.
  #chooseAgain() {
    const current = this.#current;
    const sent = this.layers.filter(({ bitrate }) => bitrate > 0);
    const size = ({ height, bitrate }) => height || bitrate;
    const wanted = this.#choice
      ? this.layers.find((layer) => isSame(layer, this.#choice))
      : this.lowest && sent.length > 1 && sent.sort((a, b) => size(a) - size(b))[0];
    if (current && !current.hasChosen && wanted) {
      current.hasChosen = true;
      selectLayer(current.session, wanted);
    }
  }

  /** The entry of `layers` that was chosen, or null. */
  get chosen() {
    return this.layers.find((layer) => isSame(layer, this.#choice)) ?? null;
  }

  /** Chooses an entry of `layers`, or null for automatic selection; resolves with what is wrong in words. */
  async select(layer) {
    const current = this.#current;
    const problem = current ? await selectLayer(current.session, layer) : '';
    if (!problem) {
      this.#choice = layer;
      if (current) {
        current.hasChosen = true;
      }
    }
    return problem;
  }

  /** Whether the smallest layer is wanted, from now on. */
  async wantLowest(lowest) {
    this.lowest = lowest;
    if (this.#current && !this.#choice) {
      this.#current.hasChosen = false;
      await (lowest ? this.#chooseAgain() : selectLayer(this.#current.session, null));
    }
  }

  #report(current, report, now) {
    this.statistics.add(report, now);
    const { media } = this.statistics;
    if (media > current.media) {
      current.media = media;
      current.heard = now;
      this.seen();
    } else if (this.state === 'playing' && now - current.heard > QUIET) {
      this.#enter('waiting', current.publication === 'active' ? 'quiet' : 'left');
    } else if (this.state !== 'playing' && this.state !== 'waiting' && now - current.heard > EMPTY) {
      this.#enter('waiting', current.publication === 'active' ? 'quiet' : 'empty');
    }
    this.dispatchEvent(new Event('statistics'));
  }

  /** To be called when something is seen or heard, which statistics show later. */
  seen() {
    const current = this.#current;
    const isOver = current?.publication === 'inactive' && performance.now() - current.left < AFTERWARDS;
    // A path that is being repaired may bring something, too.
    const isOpen = ['connected', 'disconnected'].includes(current?.session.pc.connectionState);
    if (isOpen && !isOver) {
      current.heard = performance.now();
      this.#enter('playing');
    }
  }

  #end() {
    this.#run?.abort();
    this.#run = null;
    this.#forget();
  }

  #fail(error) {
    this.#end();
    this.#enter('failed', reasonOf(error, this.#given), error.message);
  }

  // Of the session that is over: numbers of one stay not on the screen of the next.
  #forget() {
    this.layers = [];
    this.viewers = null;
    this.speaker = null;
    this.unsupported = [];
    this.statistics.clear();
    for (const name of ['layers', 'viewercount', 'speaker', 'statistics']) {
      this.dispatchEvent(new Event(name));
    }
  }

  #enter(state, reason = null, detail = '', delay = 0) {
    const message = explain.player(state, reason, { detail, delay, unsupported: this.unsupported, endpoint: this.src });
    if (state === this.state && reason === this.reason && message === this.message) {
      return;
    }
    Object.assign(this, { state, reason, message });
    this.dispatchEvent(new Event('statechange'));
  }
}
