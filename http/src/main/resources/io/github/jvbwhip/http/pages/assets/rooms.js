import { $, bitrate, message, segment, show } from './page.js';

function cell(...children) {
  const element = document.createElement('td');
  element.append(...children);
  return element;
}

function link(href, text) {
  const element = document.createElement('a');
  element.href = href;
  element.textContent = text;
  return element;
}

function row(room, stream) {
  const element = document.createElement('tr');
  const at = `room=${segment(room.name)}&stream=${segment(stream.name)}`;
  const best = stream.layers.find((layer) => layer.bitrate > 0);
  const total = stream.layers.reduce((sum, layer) => sum + (layer.bitrate || 0), 0);
  element.append(
    cell(link(`watch?${at}`, stream.name)),
    cell(stream.active.length > 0 ? stream.active.join(' + ') : 'no media yet'),
    cell(best?.width ? `${best.width}×${best.height}` : '–'),
    cell(stream.layers.length > 1 ? `${stream.layers.length} layers` : '–'),
    cell(total ? bitrate(total) : '–'),
  );
  return element;
}

function section(room) {
  const element = document.createElement('section');
  element.className = 'card';
  const head = document.createElement('header');
  const title = document.createElement('h2');
  title.append(link(`watch?room=${segment(room.name)}`, room.name));
  const viewers = document.createElement('span');
  viewers.textContent = `${room.viewers} watching`;
  head.append(title, viewers);
  const table = document.createElement('table');
  const body = table.createTBody();
  body.append(...room.streams.map((stream) => row(room, stream)));
  element.append(head, table);
  return element;
}

function render({ rooms }) {
  $('rooms').replaceChildren(...rooms.map(section));
  $('empty').hidden = rooms.length > 0;
  show('live');
}

// The event source does not tell why the server refuses it.
async function refused() {
  const { status } = await fetch('api/rooms').catch(() => ({}));
  show('failed');
  message(
    status === 401 || status === 403
      ? 'This server does not show its rooms to everybody. To watch one, open Watch, and enter its name and your token.'
      : 'The list of rooms is not available on this server.',
  );
}

const events = new EventSource('api/rooms/events');
events.addEventListener('rooms', (event) => {
  message('');
  render(JSON.parse(event.data));
});
events.addEventListener('error', () => {
  if (events.readyState === EventSource.CLOSED) {
    refused();
  } else {
    show('reconnecting');
  }
});
show('connecting');
