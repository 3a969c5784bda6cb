import '../elements/v1/whep-player.js';
import { $, query, tokenOfAddress } from './page.js';

// /embed/ROOM or /embed/ROOM/STREAM, below whatever prefix.
const [, prefix, place] = location.pathname.match(/^(.*)\/embed\/(.+)$/);
const player = $('player');
for (const flag of ['muted', 'autoplay', 'controls']) {
  player[flag] = query.has(flag);
}
player.token = tokenOfAddress;
player.src = `${prefix}/whep/${place}`;
