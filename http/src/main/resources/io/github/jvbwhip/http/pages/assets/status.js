// The operator's page: what the API tells, again and again while it is seen.

import { h, say } from '../elements/v1/dom.js';
import { bitrate } from '../elements/v1/words.js';
import { $, root, segment, showLines, tokenOfAddress } from './page.js';

const EACH = 2_000;
const SHOWN_ENDS = 50;
const KEPT = 'operator-token';

let token = tokenOfAddress || sessionStorage.getItem(KEPT) || '';
let before = new Map();
let fault = '';
let pressed = false;

class Refused extends Error {}

async function ask(path, method = 'GET', body) {
  const response = await fetch(`operator/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json' }) },
    body: typeof body === 'string' ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status === 401) {
    throw new Refused();
  } else if (!response.ok) {
    throw new Error(JSON.parse(text || '{}').detail ?? `The server answers ${response.status}.`);
  }
  return text ? JSON.parse(text) : null;
}

// What is done by a button: its fault is said until the next one, and the page is up to date at once.
async function act(work) {
  fault = '';
  try {
    await work();
    await look();
  } catch (error) {
    fault = error instanceof Refused || error instanceof TypeError ? '' : error.message;
    fail(error);
  }
}

function fail(error) {
  if (error instanceof Refused) {
    forget(token ? 'The token is not valid here.' : '');
  } else {
    say($('message'), error instanceof TypeError ? 'The server does not answer. Trying again…' : error.message);
  }
}

function forget(words) {
  token = '';
  sessionStorage.removeItem(KEPT);
  $('status').hidden = true;
  $('sign-in').hidden = false;
  say($('message'), words);
}

function ago(time, now) {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(time)) / 1000));
  const parts = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([size]) => seconds >= size);
  if (first < 0) {
    return '0 s';
  }
  const [size, unit] = parts[first];
  const rest = parts[first + 1];
  const more = rest ? Math.floor((seconds % size) / rest[0]) : 0;
  return `${Math.floor(seconds / size)} ${unit}${more ? ` ${more} ${rest[1]}` : ''}`;
}

// Bits per second since the last look.
function rate(session, now) {
  const { bytesReceived, bytesSent } = session.stats ?? { bytesReceived: 0, bytesSent: 0 };
  const bytes = session.protocol === 'whip' ? bytesReceived : bytesSent;
  const last = before.get(session.session);
  before.set(session.session, { bytes, now });
  const millis = last ? now - last.now : 0;
  return millis > 0 ? bitrate(((bytes - last.bytes) * 8_000) / millis) : '';
}

function picture(session) {
  const layers = [...(session.tracks ?? []).flatMap((track) => track.layers), ...(session.videos ?? [])].filter((layer) => layer.bitrate > 0);
  const best = layers.find((layer) => layer.width);
  return [best && `${best.width}×${best.height}`, layers.length > 1 && `${layers.length} ${session.videos ? 'videos' : 'encodings'}`].filter(Boolean).join(', ');
}

// How often a player has lost the picture.
function requests(session) {
  const count = (session.videos ?? []).reduce((sum, video) => sum + video.keyframeRequests, 0);
  return count && `asked for ${count} keyframe${count === 1 ? '' : 's'}`;
}

function way({ pair }) {
  return pair && `${pair.remote} → ${pair.local} (${pair.protocol}, ${pair.remoteType})`;
}

function figures(session, now) {
  const { stats } = session;
  return [
    session.state === 'connected' ? '' : session.state,
    (session.tracks ? [...new Set(session.tracks.flatMap((track) => track.codecs))] : session.codecs).join(' '),
    picture(session),
    rate(session, now),
    requests(session),
    stats?.packetsLost ? `${stats.packetsLost} lost` : '',
    stats?.roundTripMillis ? `${Math.round(stats.roundTripMillis)} ms` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function button(label, words, work) {
  const element = h('button', { type: 'button', textContent: label, 'aria-label': words });
  element.addEventListener('click', () => act(work));
  return element;
}

function sure(words, work) {
  return () => (confirm(words) ? work() : undefined);
}

function row(session, time, now) {
  const what = session.protocol === 'whip' ? session.stream : session.stream ? `watches ${session.stream}` : 'watches the stage';
  return h(
    'li',
    { 'data-session': session.session },
    h('strong', { textContent: session.displayName ? `${what} (${session.displayName})` : what }),
    h('span', { className: 'soft', textContent: `${figures(session, now)} · ${ago(session.begun, time)}` }),
    ...(session.notices ?? []).map((notice) => h('span', { className: 'notice', textContent: notice })),
    h('span', { className: 'soft', textContent: [session.address, session.client, session.userAgent, way(session)].filter(Boolean).join(' · ') }),
    button('End', `End the session of ${what} from ${session.address}`, () => ask(`sessions/${session.session}`, 'DELETE')),
  );
}

// Nothing is sent where no message is given.
function sendScte35(room) {
  const message = prompt(`An SCTE 35 message in base64, for the players of ${room.name}:`)?.trim();
  return message ? ask(`rooms/${segment(room.name)}/scte35`, 'POST', message) : undefined;
}

function roomCard(room, time, now) {
  const closing = sure(`Close ${room.name} for ten minutes, and end all its sessions?`, () => ask(`rooms/${segment(room.name)}?seconds=600`, 'DELETE'));
  const closed = room.closedUntil ? `closed until ${new Date(room.closedUntil).toLocaleTimeString()}` : '';
  return h(
    'section',
    { className: 'card', 'data-room': room.name },
    h('header', {}, h('h2', {}, h('a', { href: `watch?room=${segment(room.name)}`, textContent: room.name })), h('span', { textContent: [`${room.viewers} watching`, closed].filter(Boolean).join(' · ') })),
    h('ul', { className: 'plain', 'aria-label': 'Publishers' }, ...room.publishers.map((each) => row(each, time, now))),
    h('details', { 'data-keep': `players-${room.name}` }, h('summary', { textContent: room.players.length === 1 ? '1 player' : `${room.players.length} players` }), h('ul', { className: 'plain' }, ...room.players.map((each) => row(each, time, now)))),
    button('SCTE 35', `Send an SCTE 35 message to the players of ${room.name}`, () => sendScte35(room)),
    button('Close room', `Close room ${room.name}`, closing),
  );
}

function reopen(closed, rooms) {
  return Object.entries(closed)
    .filter(([name]) => !rooms.some((room) => room.name === name && room.publishers.length + room.players.length > 0))
    .map(([name, until]) => h('p', { 'data-closed': name }, `${name} is closed until ${new Date(until).toLocaleTimeString()} `, button('Open', `Open ${name}`, () => ask(`rooms/${segment(name)}?seconds=0`, 'DELETE'))));
}

function showToken(endpoint) {
  say($('once'), `${endpoint.name}: the token is shown this once.`);
  showLines($('made'), [
    ['URL', new URL(`whip/@${endpoint.name}`, root).href],
    ['Token', endpoint.token],
  ]);
}

function minutes(seconds) {
  return seconds % 60 ? `${seconds} s` : `${seconds / 60} min`;
}

function limits({ maxBitrate, maxSeconds }) {
  const most = [maxBitrate && bitrate(maxBitrate), maxSeconds && minutes(maxSeconds)].filter(Boolean);
  return most.length > 0 ? `at most ${most.join(', ')}` : '';
}

function endpointRow(endpoint) {
  const path = `endpoints/${segment(endpoint.name)}`;
  const { room, stream, displayName, maxSeconds, maxBitrate } = endpoint;
  const change = { room, stream, displayName, maxSeconds, maxBitrate, enabled: !endpoint.enabled };
  return h(
    'tr',
    { 'data-endpoint': endpoint.name },
    h('th', { scope: 'row', textContent: endpoint.name }),
    h('td', {}, h('span', { textContent: `${room}/${stream}` }), h('span', { className: 'soft', textContent: limits(endpoint) })),
    h('td', { textContent: endpoint.enabled ? (endpoint.session ? 'live' : 'open') : 'closed' }),
    h(
      'td',
      {},
      button(endpoint.enabled ? 'Close' : 'Open', `${endpoint.enabled ? 'Close' : 'Open'} ${endpoint.name}`, () => ask(path, 'PUT', change)),
      button('Restart', `Restart ${endpoint.name}`, () => ask(`${path}/restart`, 'POST')),
      button('New token', `New token for ${endpoint.name}`, sure(`The old token of ${endpoint.name} will be no good any more.`, async () => showToken(await ask(`${path}/token`, 'POST')))),
      button('Destroy', `Destroy ${endpoint.name}`, sure(`Destroy ${endpoint.name}? Its stream is like any other then.`, () => ask(path, 'DELETE'))),
    ),
  );
}

function endedRow(end) {
  const what = `${end.room}${end.stream ? `/${end.stream}` : ''}`;
  return h('li', {}, h('strong', { textContent: what }), h('span', { className: 'soft', textContent: `${end.protocol} · ${end.reason} (${end.detail}) · ${Math.round(end.seconds)} s · ${end.address} · ${new Date(end.ended).toLocaleTimeString()}` }));
}

function counted(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function memberRow(member) {
  const full = member.maxPlayers ? ` of ${member.maxPlayers}` : '';
  const words = member.healthy ? [member.state, `home of ${counted(member.rooms, 'room')}`, full ? `${member.players}${full} players` : counted(member.players, 'player')] : ['does not answer'];
  return h('li', { 'data-member': member.url }, h('strong', { textContent: member.url }), h('span', { className: member.healthy ? 'soft' : 'notice', textContent: words.join(' · ') }));
}

function linkRow(link, now) {
  const way = link.direction === 'up' ? 'from' : 'to';
  const key = `link ${link.link}`;
  const bytes = link.direction === 'up' ? link.bytesReceived : link.bytesSent;
  const last = before.get(key);
  before.set(key, { bytes, now });
  const words = [
    link.connected ? '' : 'not connected',
    link.depth ? `${link.depth} from the home` : 'no way to the home',
    counted(link.viewers, 'viewer'),
    last && now > last.now ? bitrate(((bytes - last.bytes) * 8_000) / (now - last.now)) : '',
    link.roundTripMillis ? `${link.roundTripMillis.toFixed(1)} ms` : '',
  ];
  return h('li', { 'data-link': link.link }, h('strong', { textContent: `${link.room} ${way} ${link.peer}` }), h('span', { className: 'soft', textContent: words.filter(Boolean).join(' · ') }));
}

function nameOf(element) {
  return element.getAttribute('aria-label') ?? element.parentElement.dataset.keep ?? element.textContent;
}

// What somebody has opened, stands on, or is about to click, stays so.
function replace(parent, children) {
  if (pressed) {
    return;
  }
  const open = new Set([...parent.querySelectorAll('details[open][data-keep]')].map((each) => each.dataset.keep));
  const focused = parent.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  parent.replaceChildren(...children);
  parent.querySelectorAll('details[data-keep]').forEach((each) => (each.open = open.has(each.dataset.keep)));
  if (focused) {
    [...parent.querySelectorAll('a, button, summary')].find((each) => nameOf(each) === focused)?.focus();
  }
}

async function look() {
  const [server, rooms, ends] = await Promise.all([ask(''), ask('rooms'), ask(`ends?limit=${SHOWN_ENDS}`)]);
  const endpoints = server.endpoints ? await ask('endpoints') : [];
  const { members, links } = server.cluster ? await ask('cluster') : { members: [], links: [] };
  const now = performance.now();
  const seen = new Set([...rooms.flatMap((room) => [...room.publishers, ...room.players]).map((each) => each.session), ...links.map((link) => `link ${link.link}`)]);
  before = new Map([...before].filter(([id]) => seen.has(id)));
  const terms = [
    ['Bridge', server.bridge],
    ['New sessions', server.state === 'accepting' ? 'are taken' : `are not taken: ${server.detail}`],
    ['Publishers', server.publishers],
    ['Players', server.players],
    ['Running for', ago(server.since, server.time)],
  ];
  $('server').replaceChildren(...terms.flatMap(([term, value]) => [h('dt', { textContent: term }), h('dd', { textContent: String(value) })]));
  replace($('rooms'), [...rooms.map((room) => roomCard(room, server.time, now)), ...reopen(server.closed, rooms)]);
  $('endpoints').hidden = !server.endpoints;
  replace($('endpoint-rows'), endpoints.map(endpointRow));
  $('cluster').hidden = !server.cluster;
  replace($('members'), members.map(memberRow));
  replace($('links'), links.map((link) => linkRow(link, now)));
  $('ends').replaceChildren(...ends.map(endedRow));
  $('sign-in').hidden = true;
  $('status').hidden = false;
  say($('message'), fault ? fault : rooms.length === 0 ? 'Nothing is on the air.' : '');
}

async function follow() {
  for (;;) {
    if (token && document.visibilityState === 'visible') {
      await look().catch(fail);
    }
    await new Promise((done) => setTimeout(done, EACH));
  }
}

addEventListener('pointerdown', () => (pressed = true));
['pointerup', 'pointercancel'].forEach((end) => addEventListener(end, () => (pressed = false)));

$('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  token = $('token').value.trim();
  sessionStorage.setItem(KEPT, token);
  $('token').value = '';
  act(() => {});
});

$('make').addEventListener('submit', (event) => {
  event.preventDefault();
  const wish = Object.fromEntries(
    [
      ['name', 'endpoint-name'],
      ['room', 'endpoint-room'],
      ['stream', 'endpoint-stream'],
      ['displayName', 'endpoint-display'],
      ['token', 'endpoint-token'],
    ]
      .map(([member, id]) => [member, $(id).value.trim()])
      .filter(([, value]) => value),
  );
  const [megabits, most] = ['endpoint-megabits', 'endpoint-minutes'].map((id) => $(id).valueAsNumber);
  Object.assign(wish, megabits && { maxBitrate: Math.round(megabits * 1_000_000) }, most && { maxSeconds: most * 60 });
  act(async () => {
    showToken(await ask('endpoints', 'POST', wish));
    event.target.reset();
  });
});

if (tokenOfAddress) {
  sessionStorage.setItem(KEPT, token);
  history.replaceState(null, '', location.pathname + location.search);
} else if (!token) {
  forget('');
}
follow();
