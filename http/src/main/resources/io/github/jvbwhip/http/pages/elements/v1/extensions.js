// The extensions of WHEP (draft-ietf-wish-whep, its document on events and layers): server-sent events,
// layer selection.

import { whileSeen } from './feed.js';

const EVENTS = 'urn:ietf:params:whep:ext:core:server-sent-events';
const LAYER = 'urn:ietf:params:whep:ext:core:layer';

const WISHES = ['mediaId', 'rid', 'spatialLayerId', 'temporalLayerId', 'maxWidth', 'maxHeight', 'maxSpatialLayerId', 'maxTemporalLayerId'];

const postJson = (session, url, value) =>
  session.request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });

/**
 * Follows a session's events while the page is seen: POSTs the list of events, then reads the stream.
 *
 * @param {Session} session
 * @param {AbortSignal} signal
 * @param {Object<string, function>} handlers by the names of events; only those that the server has are asked for
 * @param {() => void} broken called when the stream breaks off
 */
export function followEvents(session, signal, handlers, broken) {
  const link = session.links.find(({ rel }) => rel === EVENTS);
  if (!link) {
    return;
  }
  const offered = (link.attributes.events || '').split(',').map((name) => name.trim());
  const wanted = Object.keys(handlers).filter((name) => offered.includes(name));
  whileSeen(link.url, signal, async (ended) => {
    const response = await postJson(session, link.url, wanted).catch(() => null);
    const location = response?.status === 201 && response.headers.get('location');
    if (!location || signal.aborted) {
      return null;
    }
    const stream = new URL(location, response.url).href;
    const events = new EventSource(stream);
    for (const name of wanted) {
      events.addEventListener(name, ({ data }) => {
        try {
          handlers[name](JSON.parse(data));
        } catch (error) {
          console.warn(`The event ${name} cannot be understood:`, error.message);
        }
      });
    }
    events.addEventListener('error', () => {
      broken();
      if (events.readyState === EventSource.CLOSED) {
        ended();
      }
    });
    return () => {
      events.close();
      if (!signal.aborted) {
        session.request(stream, { method: 'DELETE' }).catch(() => {});
      }
    };
  });
}

/**
 * Chooses a layer: an entry of the event `layers`, or any object of the extension; null for automatic
 * selection. Resolves with what is wrong in words, or an empty text.
 */
export async function selectLayer(session, layer) {
  const link = session.links.find(({ rel }) => rel === LAYER);
  if (!link) {
    return layer ? 'This server has no layers to choose from.' : '';
  }
  const wish = Object.fromEntries(WISHES.filter((key) => layer?.[key] !== undefined).map((key) => [key, layer[key]]));
  const response = await postJson(session, link.url, wish).catch(() => null);
  if (response?.ok) {
    return '';
  }
  const problem = await response?.json().catch(() => null);
  return problem?.detail || 'That layer cannot be had now.';
}
