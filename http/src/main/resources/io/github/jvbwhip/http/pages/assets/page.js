// What the three pages share: elements by id, states, numbers for people.

export const $ = (id) => document.getElementById(id);

export const query = new URLSearchParams(location.search);

/** Shows a state word and keeps it on the root element, for style sheets and tests. */
export function show(state, text = state) {
  document.documentElement.dataset.state = state;
  const pill = $('state');
  pill.textContent = text;
  pill.dataset.state = state;
}

export function message(text) {
  $('message').textContent = text;
  $('message').hidden = !text;
}

export function bitrate(bitsPerSecond) {
  if (!Number.isFinite(bitsPerSecond)) {
    return '–';
  }
  return bitsPerSecond >= 1e6 ? `${(bitsPerSecond / 1e6).toFixed(2)} Mb/s` : `${Math.round(bitsPerSecond / 1e3)} kb/s`;
}

export const segment = (value) => encodeURIComponent(value.trim());

/** Calls back once a second with the RTP statistics of one direction, and their bitrate. */
export function watchStats(pc, type, callback) {
  let last = null;
  const timer = setInterval(async () => {
    if (pc.connectionState === 'closed') {
      clearInterval(timer);
      return;
    }
    const report = await pc.getStats();
    const streams = [...report.values()].filter((entry) => entry.type === type);
    const key = type === 'outbound-rtp' ? 'bytesSent' : 'bytesReceived';
    const bytes = streams.reduce((sum, entry) => sum + (entry[key] || 0), 0);
    const now = performance.now();
    const rate = last ? ((bytes - last.bytes) * 8000) / (now - last.now) : NaN;
    last = { bytes, now };
    const candidatePair = [...report.values()].find((entry) => entry.type === 'candidate-pair' && entry.nominated);
    callback({ rate, streams, report, roundTrip: candidatePair?.currentRoundTripTime });
  }, 1000);
  return () => clearInterval(timer);
}
