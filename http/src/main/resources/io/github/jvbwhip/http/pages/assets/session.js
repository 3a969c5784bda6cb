// One WHIP or WHEP session seen from the client: the POST, trickled candidates, ICE restart, DELETE.
// WHIP: RFC 9725 §4.2 to §4.4; WHEP: draft-ietf-wish-whep, the same mechanisms.

const TRICKLE = 'application/trickle-ice-sdpfrag';

export class ProtocolError extends Error {
  constructor(response, problem) {
    super(problem?.detail || problem?.title || `The server answered ${response.status}.`);
    this.status = response.status;
    this.retryAfter = Number(response.headers.get('retry-after')) || null;
  }
}

async function failure(response) {
  let problem = null;
  if ((response.headers.get('content-type') || '').includes('json')) {
    problem = await response.json().catch(() => null);
  }
  return new ProtocolError(response, problem);
}

/** The Link header's entries as {url, rel, attributes}. */
export function links(response, base) {
  const header = response.headers.get('link') || '';
  const found = [];
  const entry = /<([^>]*)>((?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s",;]+))*)/g;
  for (const [, url, rest] of header.matchAll(entry)) {
    const attributes = {};
    for (const [, name, quoted, plain] of rest.matchAll(/;\s*([\w-]+)=(?:"([^"]*)"|([^\s",;]+))/g)) {
      attributes[name.toLowerCase()] = quoted ?? plain;
    }
    found.push({ url: /^(stun|turns?):/.test(url) ? url : new URL(url, base).href, rel: attributes.rel, attributes });
  }
  return found;
}

function iceServers(response, base) {
  return links(response, base)
    .filter((link) => link.rel === 'ice-server')
    .map(({ url, attributes }) =>
      attributes.username ? { urls: url, username: attributes.username, credential: attributes.credential } : { urls: url });
}

// Chromium encodes and decodes Opus with one channel, unless its own description has stereo=1, which it
// never writes by itself (RFC 7587 §6.1).
function withStereo(sdp) {
  return sdp.replace(/^a=fmtp:(\d+) (?!.*\bstereo=).*/gm, (line, number) =>
    new RegExp(`^a=rtpmap:${number} opus/`, 'm').test(sdp) ? `${line};stereo=1` : line);
}

// Surround sound, which Chromium plays where its own description has it.
const SURROUND = ['multiopus/48000/6', 'channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2'];

function withSurround(sdp) {
  const used = new Set([...sdp.matchAll(/^a=rtpmap:(\d+)/gm)].map(([, number]) => Number(number)));
  const number = [...Array(128).keys()].findLast((each) => each >= 96 && !used.has(each));
  const [rtpmap, fmtp] = SURROUND;
  return number === undefined || sdp.includes(rtpmap)
    ? sdp
    : sdp.replace(/^(m=audio .*)\r\n((?:[^m].*\r\n)*)/m, `$1 ${number}\r\n$2a=rtpmap:${number} ${rtpmap}\r\na=fmtp:${number} ${fmtp}\r\n`);
}

export class Session {
  /**
   * @param {RTCPeerConnection} pc
   * @param {string} endpoint the WHIP or WHEP endpoint URL
   * @param {{token?: string, predecessor?: string}} options predecessor: the URL of the session that this one follows
   */
  constructor(pc, endpoint, options = {}) {
    this.pc = pc;
    this.endpoint = new URL(endpoint, document.baseURI).href;
    this.token = options.token || '';
    this.predecessor = options.predecessor || null;
    this.url = null;
    this.etag = null;
    this.links = [];
    this.pending = [];
    this.sending = Promise.resolve();
    this.closed = false;
    pc.addEventListener('icecandidate', ({ candidate }) => this.#trickle(candidate));
  }

  headers(extra = {}) {
    return this.token ? { Authorization: `Bearer ${this.token}`, ...extra } : extra;
  }

  /** POSTs the offer and applies the answer (or answers a counter-offer). */
  async start() {
    await this.pc.setLocalDescription(this.#described(await this.pc.createOffer()));
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: this.headers({
        'Content-Type': 'application/sdp',
        // Whoever knows the URL of a session has opened it (RFC 5829 §3).
        ...(this.predecessor ? { Link: `<${this.predecessor}>; rel="predecessor-version"` } : {}),
      }),
      body: this.pc.localDescription.sdp,
    });
    const counterOffer = response.status === 406 && (response.headers.get('content-type') || '').startsWith('application/sdp');
    if (response.status === 401) {
      // The problem's detail is for whoever writes a client.
      const detail = this.token ? 'This token is not valid here.' : 'The server asks for a token: enter it, and start again.';
      throw new ProtocolError(response, { detail });
    }
    if (response.status !== 201 && !counterOffer) {
      throw await failure(response);
    }
    this.url = new URL(response.headers.get('location'), response.url).href;
    this.etag = response.headers.get('etag');
    this.links = links(response, response.url);
    const servers = iceServers(response, response.url);
    if (servers.length > 0) {
      this.pc.setConfiguration({ iceServers: servers });
    }
    const sdp = await response.text();
    if (this.closed) {
      await this.#delete();
      return;
    }
    if (counterOffer) {
      await this.#acceptCounterOffer(sdp);
    } else {
      await this.pc.setRemoteDescription({ type: 'answer', sdp });
    }
    this.#flush();
  }

  #described({ type, sdp }) {
    const stereo = withStereo(sdp);
    // Firefox says stereo=1 itself, and knows no surround sound.
    const surround = type === 'offer' && stereo !== sdp && /^a=recvonly/m.test(sdp);
    return { type, sdp: surround ? withSurround(stereo) : stereo };
  }

  async #acceptCounterOffer(sdp) {
    await this.pc.setLocalDescription({ type: 'rollback' });
    await this.pc.setRemoteDescription({ type: 'offer', sdp });
    await this.pc.setLocalDescription(this.#described(await this.pc.createAnswer()));
    const response = await fetch(this.url, {
      method: 'PATCH',
      headers: this.headers({ 'Content-Type': 'application/sdp' }),
      body: this.pc.localDescription.sdp,
    });
    if (!response.ok) {
      throw await failure(response);
    }
  }

  #trickle(candidate) {
    this.pending.push(candidate);
    if (this.url && this.pc.remoteDescription) {
      this.#flush();
    }
  }

  // Candidates that arrive together travel together; requests follow one another (RFC 9725 §4.3.1).
  #flush() {
    this.sending = this.sending
      .then(async () => {
        const batch = this.pending.splice(0);
        if (batch.length === 0 || this.closed || !this.url) {
          return;
        }
        await this.#patch(this.#fragment(batch), this.etag ? { 'If-Match': this.etag } : {});
      })
      .catch((error) => console.warn('candidates were not delivered:', error.message));
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
    const response = await fetch(this.url, {
      method: 'PATCH',
      headers: this.headers({ 'Content-Type': TRICKLE, ...headers }),
      body,
    });
    if (!response.ok) {
      throw await failure(response);
    }
    return response;
  }

  /** Restarts ICE (RFC 9725 §4.3.2): new credentials on both sides, media goes on meanwhile. */
  async restart() {
    this.pending = [];
    this.pc.restartIce();
    await this.pc.setLocalDescription(this.#described(await this.pc.createOffer({ iceRestart: true })));
    const response = await this.#patch(this.#fragment([]), { 'If-Match': '*' });
    const fragment = await response.text();
    this.etag = response.headers.get('etag') || this.etag;
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
    if (!this.url) {
      return;
    }
    const url = this.url;
    this.url = null;
    await fetch(url, { method: 'DELETE', headers: this.headers(), keepalive: true }).catch(() => {});
  }

  /** Ends the session on both sides. */
  async stop() {
    if (this.closed) {
      return;
    }
    this.closed = true;
    this.pc.close();
    await this.#delete();
  }
}
