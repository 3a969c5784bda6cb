// Server-sent events of a session, or of the list of rooms. Over HTTP/1.1 a browser opens six connections
// to a server, whatever the number of its tabs, and each feed has one of them all the time: so tabs that
// nobody sees have none, and of those that are seen four at a time.

import { Backoff, pause } from './retry.js';

const PLACES = 4;

/** How long others have to answer, in milliseconds. */
const ANSWERS = 150;

/** The longest pause between attempts to open a feed, and how long one lasts that works; milliseconds. */
const LONGEST_PAUSE = 60_000;
const LASTING = 5_000;

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
async function inLockedPlace(origin, signal, use) {
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

// Without locks, in contexts that are not secure, those that have places answer who asks. Two who ask at
// the same time may both come in.
const held = new Map();
const channel = new BroadcastChannel('event-streams');
channel.addEventListener('message', ({ data: { asks, origin } }) => {
  if (asks && held.get(origin)) {
    channel.postMessage({ answers: asks, count: held.get(origin) });
  }
});

async function places(origin, signal) {
  const asks = Math.random();
  let others = 0;
  const count = ({ data }) => {
    others += data.answers === asks ? data.count : 0;
  };
  channel.addEventListener('message', count);
  channel.postMessage({ asks, origin });
  await pause(ANSWERS, signal);
  channel.removeEventListener('message', count);
  return PLACES - others - (held.get(origin) ?? 0);
}

async function inAnsweredPlace(origin, signal, use) {
  while ((await places(origin, signal)) <= 0 && !signal.aborted) {
    await pause(ANSWERS * (2 + 8 * Math.random()), signal);
  }
  held.set(origin, (held.get(origin) ?? 0) + 1);
  try {
    await use();
  } finally {
    held.set(origin, held.get(origin) - 1);
  }
}

function inPlace(origin, signal, use) {
  if (isMultiplexed(origin)) {
    return use();
  }
  return navigator.locks ? inLockedPlace(origin, signal, use) : inAnsweredPlace(origin, signal, use);
}

/**
 * Keeps a feed open while the page is seen, until the signal is aborted.
 *
 * @param {string} url any URL of the server
 * @param {AbortSignal} signal
 * @param {(ended: () => void) => Promise<(() => void) | null>} open opens it and returns what closes
 *     it, or null where that did not work; calls `ended` when it has ended by itself
 */
export async function whileSeen(url, signal, open) {
  const { origin } = new URL(url);
  const backoff = new Backoff(LONGEST_PAUSE);
  while (!signal.aborted) {
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
      const opened = performance.now();
      if (close) {
        await Promise.race([hidden(signal), end]);
        close();
        if (document.hidden || performance.now() - opened > LASTING) {
          backoff.reset();
        }
      }
    });
    if (!document.hidden) {
      await pause(backoff.next(), signal);
    }
  }
}
