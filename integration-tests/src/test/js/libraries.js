// Client libraries of others, behind a few functions that are the same for all. Bundled for Chromium.

import { WHIPClient as EyevinnPublisher } from '@eyevinn/whip-web-client';
import { WebRTCPlayer as EyevinnPlayer } from '@eyevinn/webrtc-player';
import { WHEPClient } from 'whip-whep/whep.js';
import { WHIPClient } from 'whip-whep/whip.js';
import { watch } from './janus.js';

const connections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...options) {
    super(...options);
    connections.push(this);
  }
};

const answers = [];
const realFetch = window.fetch;
window.fetch = async (resource, options = {}) => {
  const response = await realFetch(resource, options);
  answers.push(`${options.method ?? 'GET'} ${response.status}`);
  return options.headers?.['If-Match'] === '*' ? oneCandidate(response) : response;
};

// whip-whep 1.2.0 can take one candidate when it restarts ICE: it puts commas between several.
async function oneCandidate(response) {
  const { status, headers } = response;
  if (status !== 200) return response;
  let count = 0;
  const lines = (await response.text())
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || count++ === 0);
  return new Response(lines.join('\r\n'), { status, headers });
}

const played = () => document.querySelector('#played');

const publishers = {
  async 'whip-whep'(endpoint, stream) {
    const connection = new RTCPeerConnection();
    for (const track of stream.getTracks()) {
      connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    }
    const client = new WHIPClient();
    await client.publish(connection, endpoint);
    return [client, () => client.stop()];
  },

  async '@eyevinn/whip-web-client'(endpoint, stream) {
    const client = new EyevinnPublisher({ endpoint, opts: { iceServers: [] } });
    await client.ingest(stream);
    await client.getResourceUrl();
    return [client, () => client.destroy()];
  },
};

const players = {
  async 'whip-whep'(endpoint) {
    const connection = new RTCPeerConnection();
    connection.addTransceiver('audio', { direction: 'recvonly' });
    connection.addTransceiver('video', { direction: 'recvonly' });
    connection.ontrack = ({ streams }) => (played().srcObject = streams[0]);
    const client = new WHEPClient();
    await client.view(connection, endpoint);
    return [client, () => client.stop()];
  },

  async '@eyevinn/webrtc-player'(endpoint) {
    const client = new EyevinnPlayer({ video: played(), type: 'whep', iceServers: [] });
    await client.load(new URL(endpoint));
    return [client, () => client.unload()];
  },

  async janus(endpoint) {
    return [await watch(endpoint, played(), answers), () => {}];
  },
};

window.libraries = {
  answers,

  async publish(library, endpoint) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    [this.client, this.stop] = await publishers[library](endpoint, stream);
  },

  async play(library, endpoint) {
    [this.client, this.stop] = await players[library](endpoint);
  },

  state() {
    return connections.at(-1)?.connectionState;
  },

  async decoded() {
    const report = await connections.at(-1).getStats();
    return [...report.values()]
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      .reduce((sum, { framesDecoded }) => sum + framesDecoded, 0);
  },
};
