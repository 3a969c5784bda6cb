import '../elements/v1/whep-player.js';
import { h, say } from '../elements/v1/dom.js';
import { whileSeen } from '../elements/v1/feed.js';
import { bitrate } from '../elements/v1/words.js';
import { $, segment } from './page.js';

let rooms = [];

const at = (room, stream) => `watch?room=${segment(room)}${stream ? `&stream=${segment(stream)}` : ''}`;

// A muted player of the smallest layer, while somebody points at it: it costs nothing before.
function look(thumbnail, room, stream) {
  if (!thumbnail.querySelector('whep-player')) {
    const player = h('whep-player', { label: `${stream} in ${room}` });
    player.muted = true;
    player.autoplay = true;
    player.setAttribute('layer', 'lowest');
    player.setAttribute('sounds', '1');
    player.src = `whep/${segment(room)}/${segment(stream)}`;
    thumbnail.prepend(player);
  }
}

function lookAway(thumbnail) {
  thumbnail.querySelector('whep-player')?.remove();
}

function describe({ active, layers }) {
  const best = layers.find((layer) => layer.bitrate > 0);
  const total = layers.reduce((sum, layer) => sum + (layer.bitrate || 0), 0);
  return [
    active.length > 0 ? active.join(' + ') : 'no media yet',
    best?.width ? `${best.width}×${best.height}` : '',
    layers.length > 1 ? `${layers.length} layers` : '',
    total ? bitrate(total) : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function tile(room, stream) {
  const element = h('li', { className: 'tile', 'data-stream': stream.name });
  const button = h('button', { type: 'button', textContent: 'Look', 'aria-pressed': 'false', 'aria-label': `Look at ${stream.name} in ${room.name}` });
  const thumbnail = h('div', { className: 'thumbnail' }, button);
  element.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && look(thumbnail, room.name, stream.name));
  const isPressed = () => button.getAttribute('aria-pressed') === 'true';
  element.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && !isPressed() && lookAway(thumbnail));
  thumbnail.addEventListener('click', ({ target }) => target !== button && button.click());
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(!isPressed()));
    (isPressed() ? look : lookAway)(thumbnail, room.name, stream.name);
  });
  element.append(thumbnail, h('a', { href: at(room.name, stream.name) }), h('span', { className: 'stage-mark' }), h('span', { className: 'soft' }));
  return element;
}

function section(room) {
  return h(
    'section',
    { className: 'card', 'data-room': room.name },
    h('header', {}, h('h2', {}, h('a', { href: at(room.name), textContent: room.name })), h('span', { className: 'viewers' })),
    h('ul', { className: 'tiles' }),
  );
}

// In place: a thumbnail that somebody looks at goes on.
function merge(parent, items, key, name, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset[key], child]));
  const wanted = items.map((item) => {
    const element = known.get(item[name]) ?? make(item);
    update(element, item);
    known.delete(item[name]);
    return element;
  });
  known.forEach((element) => element.remove());
  wanted.forEach((element, i) => {
    if (parent.children[i] !== element) {
      parent.insertBefore(element, parent.children[i] ?? null);
    }
  });
}

function matches(text, room, stream) {
  return [room.name, stream.name, stream.displayName ?? ''].some((name) => name.toLowerCase().includes(text));
}

function render() {
  const text = $('search').value.trim().toLowerCase();
  const shown = rooms
    .map((room) => ({ ...room, streams: room.streams.filter((stream) => matches(text, room, stream)) }))
    .filter((room) => room.streams.length > 0 || room.name.toLowerCase().includes(text));
  merge($('rooms'), shown, 'room', 'name', section, (element, room) => {
    say(element.querySelector('.viewers'), `${room.viewers} watching`);
    merge(element.querySelector('ul'), room.streams, 'stream', 'name', (stream) => tile(room, stream), (child, stream) => {
      say(child.querySelector('a'), stream.displayName ?? stream.name);
      say(child.querySelector('.stage-mark'), room.stage === stream.name ? 'On stage' : '');
      say(child.querySelector('.soft'), describe(stream));
    });
  });
  if (rooms.length === 0) {
    $('message').replaceChildren('Nothing is on the air. ', h('a', { href: 'publish', textContent: 'Publish' }), ' something.');
  } else {
    say($('message'), shown.length === 0 ? 'No room or stream has such a name.' : '');
  }
}

function enter(state, text) {
  document.documentElement.dataset.state = state;
  if (text !== undefined) {
    say($('message'), text);
  }
}

// An event source does not tell why the server refuses it: null where it may work later.
async function refusal() {
  const response = await fetch('api/rooms').catch(() => null);
  if (!response || response.ok || response.status >= 500 || response.status === 429) {
    return null;
  }
  return response.status === 401 || response.status === 403
    ? 'This server does not show its rooms to everybody. To watch one, open Watch, and enter its name and your token.'
    : 'The list of rooms is not available on this server.';
}

const over = new AbortController();

async function follow(ended) {
  const events = new EventSource('api/rooms/events');
  events.addEventListener('rooms', ({ data }) => {
    ({ rooms } = JSON.parse(data));
    enter('live');
    render();
  });
  events.addEventListener('error', async () => {
    enter('reconnecting', 'The server does not answer. Trying again…');
    if (events.readyState === EventSource.CLOSED) {
      const words = await refusal();
      if (words) {
        enter('failed', words);
        over.abort();
      }
      ended();
    }
  });
  return () => events.close();
}

$('search').addEventListener('input', render);
enter('connecting');
whileSeen(location.href, over.signal, follow);
