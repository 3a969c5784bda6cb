import '../elements/v1/whep-player.js';
import { $, keepFields, query, root, segment, showLines, takeFields } from './page.js';

const player = $('player');

function place() {
  return [$('room'), $('stream')].map(({ value }) => segment(value)).filter(Boolean).join('/');
}

function show() {
  const at = place();
  const watch = new URLSearchParams({ room: $('room').value.trim(), ...($('stream').value.trim() ? { stream: $('stream').value.trim() } : {}) });
  showLines($('lines'), [
    ['Link', `${root}watch?${watch}`],
    ['WHEP URL, for any player', `${root}whep/${at}`],
    ['In a frame', `<iframe src="${root}embed/${at}?muted&autoplay&controls" allow="autoplay; fullscreen; picture-in-picture" width="640" height="420"></iframe>`],
    ['As an element', `<script type="module" src="${root}elements/v1/whep-player.js"></script>\n<whep-player src="${root}whep/${at}" muted autoplay controls></whep-player>`],
  ]);
}

function watch() {
  if (!$('form').reportValidity()) {
    return;
  }
  const src = `whep/${place()}`;
  const isOther = player.src !== src;
  player.token = $('token').value;
  player.src = src;
  // Another stream begins by itself where one plays.
  if (!isOther || player.state === 'idle' || player.state === 'failed') {
    player.play();
  }
}

takeFields('room', 'stream');
if (query.has('room') && !query.has('noautostart')) {
  watch();
} else {
  player.src = `whep/${place()}`;
}
show();
// By the player's own button, too, what the fields say is watched.
$('form').addEventListener('input', () => {
  show();
  player.token = $('token').value;
  if (player.state === 'idle' || player.state === 'failed') {
    player.src = `whep/${place()}`;
  }
});
$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepFields('room', 'stream');
  watch();
});
player.addEventListener('statechange', () => {
  if (player.reason?.startsWith('token-')) {
    $('token').focus();
  }
});
