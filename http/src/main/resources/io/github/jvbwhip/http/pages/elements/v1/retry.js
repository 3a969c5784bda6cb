// When to try again, for players and publishers.

const FIRST = 250;
const LONGEST = 3_000;

/** Bounds of what a server may ask for, in seconds. */
const [LEAST, MOST] = [1, 60];

/** How long who gives tokens may take, in milliseconds. */
const PATIENCE = 15_000;

/** Longer each time, and not at the same time as all others who have lost the server. */
export class Backoff {
  #delay = FIRST;
  #longest;

  /** @param {number} longest in milliseconds */
  constructor(longest = LONGEST) {
    this.#longest = longest;
  }

  /**
   * Milliseconds to wait before the next attempt.
   *
   * @param {number | null} retryAfter seconds that the server has asked for
   */
  next(retryAfter = null) {
    const delay = retryAfter === null ? this.#delay * (0.75 + Math.random() / 2) : 1000 * Math.min(MOST, Math.max(LEAST, retryAfter));
    this.#delay = Math.min(this.#longest, 2 * this.#delay);
    return delay;
  }

  reset() {
    this.#delay = FIRST;
  }
}

/** Seconds of a Retry-After field, which has seconds or a date (RFC 9110 §10.2.3); null where there is none. */
export function retryAfter(text) {
  if (!text) {
    return null;
  }
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

/** Resolves after so many milliseconds, or when the machine is on the network again, or when the signal is aborted. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = () => {
      done.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
    if (signal.aborted) {
      end();
    }
  });
}

/** Somebody does not answer: `reason` is `unreachable` (the server) or `no-token` (who gives tokens). */
export class Unreachable extends Error {
  constructor(reason, cause) {
    super(cause?.message ?? String(cause), { cause });
    this.name = 'Unreachable';
    this.reason = reason;
  }
}

/** Whether it may work the next time: the server is away, full, or has nothing yet. */
export function isPassing(error) {
  return error instanceof Unreachable || [408, 409, 425, 429].includes(error.status) || error.status >= 500;
}

/** What is told of an error that may pass. */
export function outcomeOf(error) {
  return error instanceof Unreachable
    ? { reason: error.reason }
    : { reason: 'refused', detail: error.message, retryAfter: error.retryAfter };
}

/**
 * A bearer token, from a value or a function that may take its time.
 *
 * @throws {Unreachable} when the function fails, or takes too long
 * @throws {Error} with the reason `token-refused` when it is none (RFC 6750 §2.1)
 */
export async function tokenOf(source) {
  let token = source;
  if (typeof source === 'function') {
    let timer;
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('it takes too long')), PATIENCE);
    });
    try {
      token = await Promise.race([source(), late]);
    } catch (error) {
      throw new Unreachable('no-token', error);
    } finally {
      clearTimeout(timer);
    }
  }
  const text = String(token ?? '').trim();
  if (!/^[\x21-\x7e]*$/.test(text)) {
    throw Object.assign(new Error('A token has no spaces, and no letters beyond ASCII.'), { reason: 'token-refused' });
  }
  return text;
}
