// A WHIP publisher without a face: what it captures outlives the sessions that carry it.

import { capture } from './capture.js';
import { encodings, preferCodec, tune } from './encodings.js';
import { Line } from './line.js';
import { Backoff, isPassing, outcomeOf, pause, tokenOf } from './retry.js';
import { Session } from './session.js';
import { Statistics } from './statistics.js';
import { explain, reasonOf } from './words.js';

/** A session that was so long, in milliseconds, has worked. */
const LASTING = 5_000;

/**
 * | state        | is left for, when                                                                            |
 * |--------------|----------------------------------------------------------------------------------------------|
 * | idle         | asking (preview, start)                                                                      |
 * | asking       | preview, connecting (the media is there), failed (it is not to be had), idle (stop)           |
 * | preview      | connecting (start), asking (other media), idle (stop, or the media ends)                      |
 * | connecting   | live, reconnecting (may work later), failed (will not), idle (stop, or the media ends)        |
 * | live         | reconnecting (session over), idle (stop, or the media ends)                                   |
 * | reconnecting | live, failed (refused), idle (stop, or the media ends)                                        |
 * | failed       | asking (preview, start)                                                                      |
 *
 * `start` while connecting, live or reconnecting does nothing: there is one session at most.
 * Dispatches `statechange`, `mediachange`, `statistics`.
 */
export class Publisher extends EventTarget {
  #run = null;
  #replacing = new AbortController();
  #goesLive = false;
  #given = '';
  #media = null;
  #current = null;
  #muted = { audio: false, video: false };

  /** The WHIP endpoint. */
  src = '';

  /** A bearer token, or a function that returns one, or a promise of one; asked for each attempt. */
  token = '';

  /** What is captured (capture.js), and how it is encoded (encodings.js). */
  settings = { source: 'camera' };

  state = 'idle';
  reason = null;
  message = '';
  liveSince = null;
  statistics = new Statistics('outbound-rtp');

  /** What is captured, or null. */
  get stream() {
    return this.#media?.stream ?? null;
  }

  /** The session's URL, where there is one. Secret: who knows it may end the session. */
  get session() {
    return this.#current?.session.url ?? null;
  }

  get isOnTheAir() {
    return ['connecting', 'live', 'reconnecting'].includes(this.state);
  }

  /**
   * Captures, and shows it to nobody else. While on the air, takes the place of what is published.
   * Resolves with whether the media are those that were asked for.
   */
  async preview() {
    if (this.isOnTheAir) {
      return this.#replaceMedia();
    }
    this.#release();
    await this.#open(false);
    return true;
  }

  /** Captures where that has not been done, and publishes. */
  async start() {
    if (this.state === 'asking') {
      this.#goesLive = true; // There is one question for the camera.
    } else if (!this.isOnTheAir) {
      await this.#open(true);
    }
  }

  async #open(goesLive) {
    this.#end();
    this.#goesLive = goesLive;
    const run = new AbortController();
    this.#run = run;
    try {
      if (!this.#media) {
        this.#enter('asking');
        this.#take(await this.#captured(run.signal));
      }
      if (this.#goesLive) {
        this.#enter('connecting');
        await this.#stay(run.signal);
      } else {
        this.#enter('preview');
      }
    } catch (error) {
      if (!run.signal.aborted) {
        this.#fail(error);
      }
    }
  }

  /** Ends the session and the capture; what was on its way comes to nothing. */
  stop() {
    predecessors.forget(this.src);
    this.leave();
  }

  /** The same of a page that is left: should it come back before the server has heard, the place is its own. */
  leave() {
    this.#end();
    this.#release();
    if (this.state !== 'idle') {
      this.#enter('idle');
    }
  }

  /** Sends silence or black instead, until told otherwise. */
  mute(kind, muted) {
    this.#muted[kind] = muted;
    this.#applyMute();
    this.dispatchEvent(new Event('mediachange'));
  }

  isMuted(kind) {
    return this.#muted[kind];
  }

  /** Ends what is, and says why it will not begin. */
  refuse(reason) {
    this.stop();
    this.#enter('failed', reason);
  }

  #end() {
    this.#run?.abort();
    this.#run = null;
    this.liveSince = null;
    this.#forgetNumbers();
  }

  // Those of one session stay not on the screen of the next.
  #forgetNumbers() {
    this.statistics.clear();
    this.dispatchEvent(new Event('statistics'));
  }

  #release() {
    const media = this.#media;
    this.#media = null;
    media?.stop();
    if (media) {
      this.dispatchEvent(new Event('mediachange'));
    }
  }

  #fail(error) {
    this.#end();
    this.#release();
    const inUse = error.status === 409;
    const reason = error.reason ?? (inUse ? 'in-use' : reasonOf(error, this.#given));
    this.#enter('failed', reason, error.message);
  }

  async #captured(signal) {
    const media = await capture(this.settings);
    if (signal.aborted) {
      media.stop(); // Stopped while the browser asked: nobody is to be seen.
      signal.throwIfAborted();
    }
    return media;
  }

  #take(media) {
    this.#media = media;
    for (const track of media.stream.getTracks()) {
      // Unplugged, or the browser's own "stop sharing".
      track.addEventListener('ended', () => this.#media === media && this.stop());
      if (track.kind === 'video' && this.settings.contentHint) {
        track.contentHint = this.settings.contentHint;
      }
    }
    this.#applyMute();
    this.dispatchEvent(new Event('mediachange'));
  }

  #applyMute() {
    for (const track of this.stream?.getTracks() ?? []) {
      track.enabled = !this.#muted[track.kind];
    }
  }

  // The session goes on, and only its tracks are others, where they are of the same kinds. Of several
  // wishes the last one counts.
  async #replaceMedia() {
    this.#replacing.abort();
    const replacing = new AbortController();
    this.#replacing = replacing;
    const signal = AbortSignal.any([replacing.signal, this.#run.signal]);
    let media;
    try {
      media = await this.#captured(signal);
    } catch (error) {
      if (signal.aborted) {
        return true; // Something else is wanted meanwhile.
      }
      this.#enter(this.state, error.reason, error.message);
      return false;
    }
    const before = this.#media;
    this.#take(media);
    if (this.state === 'live') {
      this.#enter('live');
    }
    await this.#swapTracks(media.stream.getTracks()).catch(() => this.#current?.line.end({ reason: 'changed', atOnce: true }));
    before?.stop();
    return true;
  }

  async #swapTracks(tracks) {
    const senders = this.#current?.session.pc.getSenders() ?? [];
    const kinds = (those) => those.map(({ kind }) => kind).sort().join();
    if (senders.length > 0 && kinds(senders.map(({ track }) => track).filter(Boolean)) !== kinds(tracks)) {
      throw new Error('other kinds of media');
    }
    await Promise.all(senders.map((sender) => sender.replaceTrack(tracks.find(({ kind }) => kind === sender.track.kind))));
  }

  async #stay(signal) {
    const backoff = new Backoff();
    while (!signal.aborted) {
      const begun = performance.now();
      let outcome;
      try {
        outcome = await this.#publish(signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        // A name that somebody else has is free once they stop; we had it, if we were live.
        if (!isPassing(error) || (error.status === 409 && !this.liveSince)) {
          throw error;
        }
        outcome = outcomeOf(error);
      }
      if (signal.aborted) {
        return;
      }
      if (performance.now() - begun > LASTING) {
        backoff.reset();
      }
      const delay = outcome.atOnce ? 0 : backoff.next(outcome.retryAfter);
      this.#forgetNumbers();
      this.#enter('reconnecting', outcome.reason, outcome.detail, delay);
      await pause(delay, signal);
    }
  }

  async #publish(signal) {
    const token = await tokenOf(this.token);
    this.#given = token;
    signal.throwIfAborted();
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const session = new Session(pc, this.src, { token, predecessor: predecessors.get(this.src) });
    const line = new Line(session, {
      onUp: () => {
        this.liveSince ??= Date.now();
        this.#enter('live');
      },
      onReport: (report, now) => {
        this.statistics.add(report, now);
        this.dispatchEvent(new Event('statistics'));
      },
    });
    const closing = new AbortController();
    signal.addEventListener('abort', () => line.end('stopped'), { signal: closing.signal });
    const current = { session, line };
    this.#current = current;
    try {
      await this.#send(pc);
      const started = session.start().then(() => session.url && predecessors.set(this.src, session.url));
      started.catch(() => {}); // Of one that was stopped meanwhile nobody waits for it.
      await Promise.race([started, line.ended]);
      signal.throwIfAborted();
      line.watchTransports();
      const outcome = await line.ended;
      return typeof outcome === 'string' ? { reason: outcome } : outcome;
    } finally {
      line.end('over');
      closing.abort();
      if (this.#current === current) {
        this.#current = null;
      }
      session.stop();
    }
  }

  async #send(pc) {
    const { stream } = this.#media;
    for (const track of stream.getTracks()) {
      const isVideo = track.kind === 'video';
      const transceiver = pc.addTransceiver(track, {
        direction: 'sendonly',
        streams: [stream],
        sendEncodings: isVideo ? encodings(this.settings) : undefined,
      });
      if (isVideo) {
        preferCodec(transceiver, this.settings.codec);
        await tune(transceiver.sender, this.settings);
      }
    }
  }

  #enter(state, reason = null, detail = '', delay = 0) {
    const message = explain.publisher(state, reason, { detail, delay, endpoint: this.src });
    if (state === this.state && reason === this.reason && message === this.message) {
      return;
    }
    Object.assign(this, { state, reason, message });
    this.dispatchEvent(new Event('statechange'));
  }
}

// The sessions of this tab by their endpoints, before it was reloaded or has crashed: who knows a
// session's URL may take its place (RFC 5829 §3). Frames without an origin have no storage.
const predecessors = {
  get(endpoint) {
    try {
      return sessionStorage.getItem(`whip:${endpoint}`);
    } catch {
      return null;
    }
  },
  set(endpoint, url) {
    try {
      sessionStorage.setItem(`whip:${endpoint}`, url);
    } catch {
      // Then a crash costs a second.
    }
  },
  forget(endpoint) {
    try {
      sessionStorage.removeItem(`whip:${endpoint}`);
    } catch {
      // It was never kept.
    }
  },
};
