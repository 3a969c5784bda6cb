import '../elements/v1/whep-player.js';
import { $, query, tokenOfAddress } from './page.js';

// The scripts are in a folder beside /embed/, below whatever prefix: /embed/ROOM or /embed/ROOM/STREAM.
const root = new URL('..', import.meta.url);
const place = location.pathname.slice(new URL('embed/', root).pathname.length);
const player = $('player');
for (const flag of ['muted', 'autoplay', 'controls']) {
  player[flag] = query.has(flag);
}
player.token = tokenOfAddress;
player.src = new URL(`whep/${place}`, root).href;
