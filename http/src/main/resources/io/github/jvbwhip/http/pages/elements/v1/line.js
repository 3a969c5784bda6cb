// Whether a session still carries media. A transport that closes says so; a server that was killed does
// not, and ICE takes 5 to 30 seconds to notice: so silence makes the line ask the server over HTTP.

const TICK = 250;

/**
 * Silence after which the server is asked, in milliseconds: where reports are rarer, as those of sound
 * alone, after half as much again as the longest that was usual.
 */
const SILENCE = 700;

/** The longest pause between questions. */
const LONGEST_PAUSE = 30_000;

/** How long a connection may take to come up: permission prompts of networks, TURN over TLS, slow phones. */
const CONNECT = 20_000;

/**
 * Follows one session until it is to be replaced. Calls back with each report of statistics; `ended`
 * resolves with what has happened: `gone` (the server has ended it, or is away), `lost` (no path to it),
 * or what {@link Line#end} was given.
 */
export class Line {
  #session;
  #onReport;
  #onUp;
  #resolve;
  #timer;
  #stop = new AbortController();
  #begun = performance.now();
  #bytes = 0;
  #heard = performance.now();
  #usual = 0;
  #pause = SILENCE;
  #asked = 0;
  #asking = false;
  #restarting = false;
  #up = false;

  /** Whether the server tells of this session when it is asked: not every server does. */
  #telling = false;

  constructor(session, { onUp = () => {}, onReport = () => {} } = {}) {
    this.#session = session;
    this.#onUp = onUp;
    this.#onReport = onReport;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const { signal } = this.#stop;
    session.pc.addEventListener('connectionstatechange', () => this.#connectionChanged(), { signal });
    addEventListener('online', () => this.ask(), { signal });
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  /** To be called once there are transports. */
  watchTransports() {
    const { pc } = this.#session;
    const transports = new Set([...pc.getSenders(), ...pc.getReceivers()].map(({ transport }) => transport).filter(Boolean));
    for (const transport of transports) {
      transport.addEventListener(
        'statechange',
        () => {
          if (transport.state === 'closed' || transport.state === 'failed') {
            this.end('gone');
          }
        },
        { signal: this.#stop.signal },
      );
    }
  }

  /** Whether media or its reports come as usual. */
  get #isHeard() {
    return performance.now() - this.#heard < Math.max(SILENCE, 1.5 * this.#usual);
  }

  #connectionChanged() {
    const { connectionState } = this.#session.pc;
    if (connectionState === 'connected') {
      this.#restarting = false;
      this.#heard = performance.now();
      if (!this.#up) {
        this.#up = true;
        this.#onUp();
        this.#session.isAlive().then(
          (alive) => {
            this.#telling = alive === true;
          },
          () => {},
        );
      }
    } else if (connectionState === 'failed') {
      this.ask();
    }
  }

  async #tick() {
    const { pc } = this.#session;
    if (!this.#up) {
      if (performance.now() - this.#begun > CONNECT) {
        this.end('lost');
      }
      return;
    }
    const report = await pc.getStats();
    if (this.#stop.signal.aborted) {
      return;
    }
    const bytes = received(report);
    const now = performance.now();
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#usual = Math.max(0.9 * this.#usual, now - this.#heard);
      this.#heard = now;
      this.#pause = Math.max(SILENCE, 1.5 * this.#usual);
    } else if (now - Math.max(this.#heard, this.#asked) > this.#pause) {
      this.#pause = Math.min(LONGEST_PAUSE, 2 * this.#pause);
      this.ask();
    }
    this.#onReport(report, now);
  }

  /** Asks the server whether it has the session, unless it is being asked. */
  async ask() {
    const session = this.#session;
    if (this.#asking || !session.url) {
      return;
    }
    this.#asking = true;
    try {
      if ((await session.isAlive()) === false && this.#telling) {
        this.end('gone');
      } else {
        await this.#repair();
      }
    } catch {
      // HTTP alone may be away, behind a proxy: what is heard goes on.
      if (this.#telling && !this.#isHeard) {
        this.end('gone');
      } else {
        await this.#repair();
      }
    } finally {
      this.#asking = false;
      this.#asked = performance.now();
    }
  }

  async #repair() {
    const { connectionState } = this.#session.pc;
    if (connectionState !== 'failed' && connectionState !== 'disconnected') {
      return;
    }
    if (this.#restarting) {
      if (connectionState === 'failed') {
        this.end('lost');
      }
      return;
    }
    this.#restarting = true;
    await this.#session.restart().catch(() => this.end('lost'));
  }

  /** Ends it with this outcome; what comes later means nothing. */
  end(outcome) {
    clearInterval(this.#timer);
    this.#stop.abort();
    this.#resolve(outcome);
  }
}

function received(report) {
  let bytes = 0;
  for (const entry of report.values()) {
    // Firefox has no transport; a publisher's reports come as remote-inbound-rtp there.
    if (entry.type === 'transport' || entry.type === 'inbound-rtp') {
      bytes += entry.bytesReceived || 0;
    } else if (entry.type === 'remote-inbound-rtp') {
      bytes += entry.timestamp || 0;
    }
  }
  return bytes;
}
