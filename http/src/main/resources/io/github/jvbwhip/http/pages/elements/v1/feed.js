// Server-sent events of a session, or of the list of rooms. Over HTTP/1.1 a browser opens six connections
// to a server, whatever the number of its tabs, and each feed has one of them all the time: so tabs that
// nobody sees have none, and of those that are seen four at a time, where the browser has locks for that
// (secure contexts).

import { Backoff, pause } from './retry.js';

const PLACES = 4;
const ATTEMPTS = 8;
const MULTIPLEXED = ['h2', 'h3'];

function visible(signal) {
  return new Promise((resolve) => {
    if (!document.hidden || signal.aborted) {
      resolve();
      return;
    }
    const done = new AbortController();
    const end = () => {
      if (!document.hidden || signal.aborted) {
        done.abort();
        resolve();
      }
    };
    document.addEventListener('visibilitychange', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
  });
}

function hidden(signal) {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = () => {
      if (document.hidden || signal.aborted) {
        done.abort();
        resolve();
      }
    };
    document.addEventListener('visibilitychange', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
    end();
  });
}

function isMultiplexed(origin) {
  return performance
    .getEntriesByType('resource')
    .concat(performance.getEntriesByType('navigation'))
    .some(({ name, nextHopProtocol }) => MULTIPLEXED.includes(nextHopProtocol) && name.startsWith(`${origin}/`));
}

// Asks for all places, takes the first one that is free, and lets the others go.
async function inPlace(origin, signal, use) {
  if (!navigator.locks || isMultiplexed(origin)) {
    await use();
    return;
  }
  const enough = new AbortController();
  signal.addEventListener('abort', () => enough.abort(), { signal: enough.signal });
  let taken = false;
  const places = Array.from({ length: PLACES }, (_, place) =>
    navigator.locks.request(`event-stream-${place}:${origin}`, { signal: enough.signal }, async () => {
      if (!taken && !signal.aborted) {
        taken = true;
        enough.abort();
        await use();
      }
    }));
  await Promise.allSettled(places);
}

/**
 * Keeps a feed open while the page is seen, until the signal is aborted, or it has failed too often.
 *
 * @param {string} url any URL of the server
 * @param {AbortSignal} signal
 * @param {(ended: () => void) => Promise<(() => void) | null>} open opens it and returns what closes
 *     it, or null where that did not work; calls `ended` when it has ended by itself
 */
export async function whileSeen(url, signal, open) {
  const { origin } = new URL(url);
  const backoff = new Backoff();
  for (let failures = 0; failures < ATTEMPTS && !signal.aborted; ) {
    await visible(signal);
    await inPlace(origin, signal, async () => {
      if (document.hidden || signal.aborted) {
        return;
      }
      let ended;
      const end = new Promise((resolve) => {
        ended = resolve;
      });
      const close = await open(ended);
      if (close) {
        failures = 0;
        await Promise.race([hidden(signal), end]);
        close();
      } else {
        failures += 1;
      }
    });
    if (!document.hidden) {
      await pause(backoff.next(), signal);
    }
  }
}
