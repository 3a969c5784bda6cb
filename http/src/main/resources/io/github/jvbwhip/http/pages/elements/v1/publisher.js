// A WHIP publisher without a face: what it captures outlives the sessions that carry it.

import { capture } from './capture.js';
import { encodings, preferCodec, tune } from './encodings.js';
import { Line } from './line.js';
import { Backoff, isPassing, outcomeOf, pause, tokenOf } from './retry.js';
import { connection, Session } from './session.js';
import { Statistics } from './statistics.js';
import { explain, reasonOf } from './words.js';

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

  /** Captures, and shows it to nobody else. While on the air, takes the place of what is published. */
  async preview() {
    if (this.isOnTheAir) {
      await this.#replaceMedia();
      return;
    }
    const run = this.#begin();
    await this.#guard(run, async () => {
      await this.#capture(run.signal);
      this.#enter('preview');
    });
  }

  /** Captures where that has not been done, and publishes. */
  async start() {
    if (this.isOnTheAir) {
      return;
    }
    const run = this.#begin();
    await this.#guard(run, async () => {
      if (!this.#media) {
        await this.#capture(run.signal);
      }
      this.#enter('connecting');
      await this.#stay(run.signal);
    });
  }

  /** Ends the session and the capture; what was on its way comes to nothing. */
  stop() {
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

  #begin() {
    this.#end();
    this.#run = new AbortController();
    return this.#run;
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

  async #guard(run, action) {
    try {
      await action();
    } catch (error) {
      if (!run.signal.aborted) {
        this.#fail(error);
      }
    }
  }

  #fail(error) {
    this.#end();
    this.#release();
    const inUse = error.status === 409;
    const reason = error.reason ?? (inUse ? 'in-use' : reasonOf(error, this.token));
    this.#enter('failed', reason, error.message);
  }

  async #capture(signal) {
    this.#release();
    this.#enter('asking');
    const media = await capture(this.settings);
    if (signal.aborted) {
      media.stop(); // Stopped while the browser asked: nobody is to be seen.
      signal.throwIfAborted();
    }
    this.#take(media);
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

  // The session goes on, and only its tracks are others, where they are of the same kinds.
  async #replaceMedia() {
    const run = this.#run;
    let media;
    try {
      media = await capture(this.settings);
    } catch (error) {
      this.#enter(this.state, error.reason, explain.publisher('failed', error.reason, error.message));
      return;
    }
    if (run.signal.aborted) {
      media.stop();
      return;
    }
    const before = this.#media;
    this.#take(media);
    const senders = this.#current?.session.pc.getSenders() ?? [];
    const tracks = media.stream.getTracks();
    const kinds = (those) => those.map(({ kind }) => kind).sort().join();
    if (kinds(senders.map(({ track }) => track).filter(Boolean)) === kinds(tracks)) {
      await Promise.all(senders.map((sender) => sender.replaceTrack(tracks.find(({ kind }) => kind === sender.track.kind))));
    } else {
      this.#current?.line.end({ reason: 'changed', atOnce: true });
    }
    before?.stop();
  }

  async #stay(signal) {
    const backoff = new Backoff();
    while (!signal.aborted) {
      let outcome;
      try {
        outcome = await this.#publish(signal, backoff);
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
      this.#forgetNumbers();
      this.#enter('reconnecting', outcome.reason, outcome.detail);
      if (!outcome.atOnce) {
        await pause(backoff.next(outcome.retryAfter), signal);
      }
    }
  }

  async #publish(signal, backoff) {
    const token = await tokenOf(this.token);
    signal.throwIfAborted();
    const pc = await connection(this.src, token, signal);
    const session = new Session(pc, this.src, { token, predecessor: predecessors.get(this.src) });
    const line = new Line(session, {
      onUp: () => {
        backoff.reset();
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

  #enter(state, reason = null, detail = '') {
    const message = state === 'failed' || detail === '' || state === 'reconnecting' ? explain.publisher(state, reason, detail) : detail;
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
};
