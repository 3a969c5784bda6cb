// When to try again, for players and publishers.

const FIRST = 250;
const LONGEST = 3_000;

/** Longer each time, up to three seconds, and not at the same time as all others who have lost the server. */
export class Backoff {
  #delay = FIRST;

  /** Milliseconds to wait before the next attempt. */
  next(retryAfterSeconds) {
    const delay = retryAfterSeconds ? retryAfterSeconds * 1000 : this.#delay * (0.75 + Math.random() / 2);
    this.#delay = Math.min(LONGEST, 2 * this.#delay);
    return delay;
  }

  reset() {
    this.#delay = FIRST;
  }
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
    super(cause.message, { cause });
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
 * @throws {Unreachable} when the function fails
 */
export async function tokenOf(source) {
  try {
    return (typeof source === 'function' ? await source() : source) || '';
  } catch (error) {
    throw new Unreachable('no-token', error);
  }
}
