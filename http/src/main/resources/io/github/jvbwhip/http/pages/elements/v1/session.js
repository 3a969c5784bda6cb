// One WHIP or WHEP session as its client has it: ICE servers, POST, trickled candidates, ICE restart, DELETE.
// WHIP: RFC 9725 §4.2 to §4.6; WHEP: draft-ietf-wish-whep, the same mechanisms.

import { retryAfter, Unreachable } from './retry.js';
import { stereo, surround } from './sound.js';

const TRICKLE = 'application/trickle-ice-sdpfrag';

/** How long a request may take, in milliseconds. */
const PATIENCE = 15_000;

/** How long the question for ICE servers may take: without an answer the POST tells what is wrong. */
const OPTIONS_PATIENCE = 3_000;

/** A refusal, with the words of the problem document (RFC 9457) where the server has one. */
export class ProtocolError extends Error {
  constructor(response, problem) {
    super([problem?.detail, problem?.title].find((text) => typeof text === 'string') ?? `The server answered ${response.status}.`);
    this.name = 'ProtocolError';
    this.status = response.status;
    this.retryAfter = retryAfter(response.headers.get('retry-after'));
  }
}

/** What the server has answered is no session: nobody but who runs it can help. */
function badAnswer(cause) {
  return Object.assign(new Error(cause.message, { cause }), { reason: 'bad-answer' });
}

async function failure(response) {
  const isJson = (response.headers.get('content-type') || '').includes('json');
  return new ProtocolError(response, isJson ? await response.json().catch(() => null) : null);
}

function bearer(token, fields = {}) {
  return token ? { Authorization: `Bearer ${token}`, ...fields } : fields;
}

async function request(url, options) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch (error) {
    throw new Unreachable('unreachable', error);
  }
}

async function textOf(response) {
  try {
    return await response.text();
  } catch (error) {
    throw new Unreachable('unreachable', error);
  }
}

/** The Link header's entries as {url, rel, attributes} (RFC 8288 §3). */
export function links(response, base) {
  const header = response.headers.get('link') || '';
  const found = [];
  const entry = /<([^>]*)>((?:\s*;\s*[\w-]+=(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))*)/g;
  for (const [, url, rest] of header.matchAll(entry)) {
    const attributes = {};
    for (const [, name, quoted, plain] of rest.matchAll(/;\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+))/g)) {
      attributes[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    }
    found.push({ url: /^(stuns?|turns?):/.test(url) ? url : new URL(url, base).href, rel: attributes.rel, attributes });
  }
  return found;
}

function servers(response, base) {
  return links(response, base)
    .filter(({ rel }) => rel === 'ice-server')
    .map(({ url, attributes: { username, credential } }) =>
      username ? { urls: url, username, credential: credential ?? '' } : { urls: url })
    // A connection takes no TURN server without credentials, and would not begin.
    .filter(({ urls, username }) => username || !/^turns?:/.test(urls));
}

// What the endpoint tells before a session: those of the 201 would come after the gathering (RFC 9725 §4.6).
async function iceServers(endpoint, token) {
  try {
    const response = await request(endpoint, {
      method: 'OPTIONS',
      headers: bearer(token),
      signal: AbortSignal.timeout(OPTIONS_PATIENCE),
    });
    return response.ok ? servers(response, response.url) : [];
  } catch {
    return []; // The POST will tell why.
  }
}

export class Session {
  #closed = false;
  #etag = null;
  #pending = [];
  #sending = Promise.resolve();

  /** The session's URL: who knows it may end the session. */
  url = null;

  /** The Link header's entries of the 201. */
  links = [];

  /**
   * @param {RTCPeerConnection} pc
   * @param {string} endpoint the WHIP or WHEP endpoint URL
   * @param {{token?: string, predecessor?: string}} options predecessor: the URL of the session that this one follows
   */
  constructor(pc, endpoint, options = {}) {
    this.pc = pc;
    this.endpoint = endpoint;
    this.token = options.token || '';
    this.predecessor = options.predecessor || null;
    pc.addEventListener('icecandidate', ({ candidate }) => this.#trickle(candidate));
  }

  /** A request about this session, to one of its own URLs. */
  request(url, { headers, ...options }) {
    return request(url, { ...options, headers: bearer(this.token, headers) });
  }

  /**
   * POSTs the offer and applies the answer, or answers a counter-offer. When it was stopped meanwhile,
   * what the server has opened is deleted.
   *
   * @throws {ProtocolError} when the server refuses it
   * @throws {Unreachable} when the server cannot be reached, or does not answer
   */
  async start() {
    const [told, offer] = await Promise.all([iceServers(this.endpoint, this.token), this.pc.createOffer()]);
    if (this.#closed) {
      return;
    }
    this.#learn(told);
    await this.pc.setLocalDescription(this.#described(offer));
    if (this.#closed) {
      return;
    }
    const response = await this.#post();
    const counterOffer = response.status === 406 && (response.headers.get('content-type') || '').startsWith('application/sdp');
    const location = response.headers.get('location');
    if (location && URL.canParse(location, response.url) && (response.status === 201 || counterOffer)) {
      this.url = new URL(location, response.url).href;
    }
    if (this.#closed) {
      await this.#delete();
      return;
    }
    if (response.status >= 400 && !counterOffer) {
      throw await failure(response);
    }
    if (!this.url) {
      throw badAnswer(new Error(`${response.status} without a Location`));
    }
    this.#etag = response.headers.get('etag');
    this.links = links(response, response.url);
    const sdp = await textOf(response);
    if (this.#closed) {
      return; // stop() has deleted it.
    }
    await (counterOffer ? this.#acceptCounterOffer(sdp) : this.#take({ type: 'answer', sdp }));
    this.#learn(servers(response, response.url));
    this.#flush();
  }

  async #post() {
    const post = (fields) =>
      this.request(this.endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', ...fields },
        body: this.pc.localDescription.sdp,
      });
    if (!this.predecessor) {
      return post({});
    }
    try {
      // Whoever knows the URL of a session has opened it (RFC 5829 §3).
      return await post({ Link: `<${this.predecessor}>; rel="predecessor-version"` });
    } catch {
      return post({}); // Servers of another origin may not let pages send that field.
    }
  }

  async #take(description) {
    try {
      await this.pc.setRemoteDescription(description);
    } catch (error) {
      throw badAnswer(error);
    }
  }

  // Those that were not known from OPTIONS are for ICE restarts. What is not named would be reset.
  #learn(told) {
    const configuration = this.pc.getConfiguration();
    const known = configuration.iceServers.flatMap(({ urls }) => urls);
    if (told.some(({ urls }) => !known.includes(urls))) {
      try {
        this.pc.setConfiguration({ ...configuration, iceServers: told });
      } catch {
        // One that no browser takes.
      }
    }
  }

  #described({ type, sdp }) {
    const both = stereo(sdp);
    // Firefox says stereo=1 itself, and knows no surround sound.
    const more = type === 'offer' && both !== sdp && /^a=recvonly/m.test(sdp);
    return { type, sdp: more ? surround(both) : both };
  }

  async #acceptCounterOffer(sdp) {
    await this.pc.setLocalDescription({ type: 'rollback' });
    await this.#take({ type: 'offer', sdp });
    await this.pc.setLocalDescription(this.#described(await this.pc.createAnswer()));
    const response = await this.request(this.url, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/sdp' },
      body: this.pc.localDescription.sdp,
    });
    if (!response.ok) {
      throw await failure(response);
    }
  }

  #trickle(candidate) {
    this.#pending.push(candidate);
    if (this.url && this.pc.remoteDescription) {
      this.#flush();
    }
  }

  // Candidates that arrive together travel together; requests follow one another (RFC 9725 §4.3.1).
  #flush() {
    this.#sending = this.#sending
      .then(async () => {
        const batch = this.#pending.splice(0);
        if (batch.length > 0 && !this.#closed && this.url) {
          await this.#patch(this.#fragment(batch), this.#etag ? { 'If-Match': this.#etag } : {});
        }
      })
      .catch(() => {}); // The server finds the client by its checks; where not, the connection fails.
  }

  #fragment(candidates) {
    const sdp = this.pc.localDescription.sdp;
    const lines = [`a=ice-ufrag:${sdp.match(/a=ice-ufrag:(\S+)/)[1]}`, `a=ice-pwd:${sdp.match(/a=ice-pwd:(\S+)/)[1]}`];
    const kind = sdp.match(/^m=(audio|video)/m)[1];
    const mid = sdp.match(/^a=mid:(\S+)/m)[1];
    // Everything is bundled: the first m-section's transport is the only one.
    lines.push(`m=${kind} 9 RTP/AVP 0`, `a=mid:${mid}`);
    for (const candidate of candidates) {
      lines.push(candidate && candidate.candidate ? `a=${candidate.candidate}` : 'a=end-of-candidates');
    }
    return lines.join('\r\n') + '\r\n';
  }

  async #patch(body, headers) {
    const response = await this.request(this.url, {
      method: 'PATCH',
      headers: { 'Content-Type': TRICKLE, ...headers },
      body,
    });
    if (!response.ok) {
      throw await failure(response);
    }
    return response;
  }

  /**
   * Whether the server still has this session, as far as it tells: true, false, or null.
   *
   * @throws {Unreachable} when the server cannot be reached, or does not answer
   */
  async isAlive() {
    const { ok, status } = await this.request(this.url, { method: 'GET', signal: AbortSignal.timeout(OPTIONS_PATIENCE) });
    return ok ? true : [404, 410].includes(status) ? false : null;
  }

  /** Restarts ICE (RFC 9725 §4.3.2): new credentials on both sides, media goes on meanwhile. */
  async restart() {
    this.#pending = [];
    this.pc.restartIce();
    await this.pc.setLocalDescription(this.#described(await this.pc.createOffer({ iceRestart: true })));
    const response = await this.#patch(this.#fragment([]), { 'If-Match': '*' });
    const fragment = await textOf(response);
    if (this.#closed) {
      return;
    }
    this.#etag = response.headers.get('etag') || this.#etag;
    const line = (name) => fragment.match(new RegExp(`a=${name}:(\\S+)`))[1];
    const candidates = [...fragment.matchAll(/a=candidate:.*/g)].map(([text]) => text.trim());
    const sdp = this.pc.remoteDescription.sdp
      .replace(/a=ice-ufrag:\S+/g, `a=ice-ufrag:${line('ice-ufrag')}`)
      .replace(/a=ice-pwd:\S+/g, `a=ice-pwd:${line('ice-pwd')}`)
      .replace(/a=candidate:.*\r\n/g, '')
      .replace(/a=end-of-candidates\r\n/g, '');
    const [head, first, ...rest] = sdp.split(/(?=^m=)/m);
    const answer = [head, first + candidates.map((text) => `${text}\r\n`).join(''), ...rest].join('');
    await this.pc.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#flush();
  }

  async #delete() {
    const url = this.url;
    this.url = null;
    if (url) {
      await fetch(url, { method: 'DELETE', headers: bearer(this.token), keepalive: true }).catch(() => {});
    }
  }

  /** Ends the session on both sides. What is still on its way is deleted as soon as it is known. */
  async stop() {
    if (!this.#closed) {
      this.#closed = true;
      this.pc.close();
      await this.#delete();
    }
  }
}
