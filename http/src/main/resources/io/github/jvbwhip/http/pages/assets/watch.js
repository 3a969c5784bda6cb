import { $, bitrate, message, query, segment, show, watchStats } from './page.js';
import { Session } from './session.js';

const EVENTS = 'urn:ietf:params:whep:ext:core:server-sent-events';
const LAYER = 'urn:ietf:params:whep:ext:core:layer';
const WANTED = ['active', 'inactive', 'layers', 'viewercount', 'reconnect'];

// So many of those who speak in a room are heard at once.
const SOUNDS = 4;

let current = null;
let attempts = 0;
let retry = null;

for (const field of ['room', 'stream', 'token']) {
  if (query.has(field)) {
    $(field).value = query.get(field);
  }
}

function endpoint() {
  const room = segment($('room').value);
  const stream = segment($('stream').value);
  return stream ? `whep/${room}/${stream}` : `whep/${room}`;
}

async function start(url = endpoint()) {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const session = new Session(pc, url, { token: $('token').value });
  const mine = { session, events: null, stopStats: () => {}, sounds: [] };
  current = mine;
  const picture = new MediaStream();
  // Not before something comes: with a video track the element waits for a picture, and is silent.
  pc.addEventListener('track', ({ track }) =>
    track.addEventListener('unmute', () => {
      if (track.kind === 'audio' && picture.getAudioTracks().some((other) => other !== track)) {
        playBeside(mine, track);
        return;
      }
      picture.addTrack(track);
      if ($('video').srcObject !== picture) {
        $('video').srcObject = picture;
      }
    }));
  pc.addTransceiver('video', { direction: 'recvonly' });
  for (let i = 0; i < (segment($('stream').value) ? 1 : SOUNDS); i += 1) {
    pc.addTransceiver('audio', { direction: 'recvonly' });
  }
  $('video').srcObject = null;
  show('connecting');
  pc.addEventListener('connectionstatechange', () => {
    if (current !== mine) {
      return;
    }
    if (pc.connectionState === 'connected') {
      attempts = 0;
      show($('video').videoWidth > 0 ? 'playing' : 'waiting');
    } else if (pc.connectionState === 'failed') {
      again();
    }
  });
  mine.stopStats = watchStats(pc, 'inbound-rtp', showStats);
  try {
    await session.start();
    await listen(mine);
  } catch (error) {
    if (current !== mine) {
      return;
    }
    await end();
    const passing = !error.status || error.status === 409 || error.status >= 500;
    if (passing) {
      again(error.retryAfter);
    } else {
      offerStart(true);
      show('failed');
    }
    message(error.message);
  }
}

// A media element plays one sound: each further one has an element of its own.
function playBeside(mine, track) {
  if (current !== mine || mine.sounds.some(({ srcObject }) => srcObject.getTracks().includes(track))) {
    return;
  }
  const sound = new Audio();
  sound.srcObject = new MediaStream([track]);
  sound.muted = $('video').muted;
  mine.sounds.push(sound);
  sound.play().catch(() => {});
}

// draft-ietf-wish-whep, server-sent events: POST the list of events, then read the stream.
async function listen(mine) {
  const { session } = mine;
  const link = session.links.find(({ rel }) => rel === EVENTS);
  if (!link) {
    return;
  }
  const offered = (link.attributes.events || '').split(',').map((name) => name.trim());
  const response = await fetch(link.url, {
    method: 'POST',
    headers: session.headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(WANTED.filter((name) => offered.includes(name))),
  });
  if (response.status !== 201 || session.closed) {
    return;
  }
  const events = new EventSource(new URL(response.headers.get('location'), response.url).href);
  mine.events = events;
  const on = (name, action) => events.addEventListener(name, (event) => action(JSON.parse(event.data)));
  on('active', () => {
    document.documentElement.dataset.publication = 'active';
    message('');
  });
  on('inactive', () => {
    document.documentElement.dataset.publication = 'inactive';
    show('waiting');
    message('The publisher has gone. The picture comes back by itself.');
  });
  on('viewercount', ({ viewercount }) => {
    $('viewers').textContent = viewercount;
  });
  on('layers', showLayers);
  on('reconnect', async ({ url }) => {
    await end();
    start(url || endpoint());
  });
}

function showLayers(byMedia) {
  const [mediaId, layers] = Object.entries(byMedia)[0] || [];
  const menu = $('layer');
  const chosen = menu.value;
  const entries = (layers || []).map((layer) => {
    const wish = { mediaId };
    for (const key of ['rid', 'spatialLayerId', 'temporalLayerId']) {
      if (layer[key] !== undefined) {
        wish[key] = layer[key];
      }
    }
    const size = layer.width ? `${layer.width}×${layer.height}` : layer.rid || 'layer';
    return { value: JSON.stringify(wish), text: `${size}, ${layer.bitrate ? bitrate(layer.bitrate) : 'inactive'}` };
  });
  menu.replaceChildren(new Option('Automatic', JSON.stringify({ mediaId })), ...entries.map(({ text, value }) => new Option(text, value)));
  if ([...menu.options].some((option) => option.value === chosen)) {
    menu.value = chosen;
  }
  menu.disabled = entries.length === 0;
}

async function choose() {
  const link = current?.session.links.find(({ rel }) => rel === LAYER);
  if (!link) {
    return;
  }
  const response = await fetch(link.url, {
    method: 'POST',
    headers: current.session.headers({ 'Content-Type': 'application/json' }),
    body: $('layer').value,
  });
  const problem = response.ok ? null : await response.json().catch(() => null);
  message(response.ok ? '' : problem?.detail || 'That layer cannot be had now.');
}

function showStats({ rate, streams, roundTrip }) {
  const video = streams.find(({ kind }) => kind === 'video');
  const heard = streams.reduce((sum, entry) => sum + ((entry.kind === 'audio' && entry.packetsReceived) || 0), 0);
  $('bitrate').textContent = bitrate(rate);
  const lines = [
    ['Video', video?.frameWidth ? `${video.frameWidth}×${video.frameHeight} @ ${Math.round(video.framesPerSecond || 0)}` : '–'],
    ['Decoded', video?.framesDecoded ?? 0],
    ['Dropped', video?.framesDropped ?? 0],
    ['Lost', streams.reduce((sum, entry) => sum + (entry.packetsLost || 0), 0)],
    ['Repaired', streams.reduce((sum, entry) => sum + (entry.retransmittedPacketsReceived || 0), 0)],
    ['Jitter buffer', video?.jitterBufferEmittedCount ? `${Math.round((1000 * video.jitterBufferDelay) / video.jitterBufferEmittedCount)} ms` : '–'],
    ['Round trip', roundTrip === undefined ? '–' : `${Math.round(roundTrip * 1000)} ms`],
    ['Audio', heard ? `${heard} packets` : '–'],
  ];
  $('stats').replaceChildren(
    ...lines.flatMap(([name, value]) => {
      const term = document.createElement('dt');
      term.textContent = name;
      const detail = document.createElement('dd');
      detail.textContent = value;
      return [term, detail];
    }),
  );
}

function offerStart(offered) {
  $('start').hidden = !offered;
  $('stop').hidden = offered;
}

async function end() {
  clearTimeout(retry);
  const ended = current;
  current = null;
  if (ended) {
    ended.stopStats();
    ended.events?.close();
    ended.sounds.forEach((sound) => sound.pause());
    await ended.session.stop();
  }
}

// Waits a little longer each time, up to ten seconds.
async function again(seconds) {
  await end();
  show('reconnecting');
  attempts += 1;
  const delay = seconds ? seconds * 1000 : Math.min(10_000, 500 * 2 ** Math.min(attempts, 5));
  retry = setTimeout(() => start(), delay);
}

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  message('');
  offerStart(false);
  await start();
});
$('stop').addEventListener('click', async () => {
  await end();
  $('video').srcObject = null;
  offerStart(true);
  show('idle');
});
$('layer').addEventListener('change', choose);
$('unmute').addEventListener('click', () => {
  $('video').muted = false;
  $('unmute').hidden = true;
});
$('video').addEventListener('volumechange', () =>
  current?.sounds.forEach((sound) => {
    sound.muted = $('video').muted;
    sound.volume = $('video').volume;
    sound.play().catch(() => {});
  }));
$('show-stats').addEventListener('click', () => {
  $('stats').hidden = !$('stats').hidden;
});
$('video').addEventListener('resize', () => {
  if (current) {
    show('playing');
  }
});
$('video').addEventListener('timeupdate', () => {
  if (current && current.session.pc.connectionState === 'connected' && document.documentElement.dataset.publication !== 'inactive') {
    show('playing');
  }
});
window.addEventListener('pagehide', end);

show('idle');
if (query.has('room') && !query.has('noautostart')) {
  $('form').requestSubmit();
}
