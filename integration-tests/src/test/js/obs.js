// A stand-in for OBS Studio: its WebRTC library (libdatachannel), the shape of its offer, and its
// habits: no candidates in the offer, no trickle, deaf to PLI, SPS, PPS and slices in packets of their
// own, DTLS closed before the DELETE.
//
//   node obs.js <WHIP endpoint> <frames per second> <Opus file> <H264 file for each layer, the largest first>
//
// TOKEN in the environment is its Bearer token. It reports lines "@key value" and takes its leave when its standard input ends.

import { readFileSync } from 'node:fs';
import nodeDataChannel from 'node-datachannel';
import { Stream, accessUnits, oggPackets, payloads } from './rtp.js';

const [endpoint, rate, sound, ...files] = process.argv.slice(2);
const framesPerSecond = Number(rate);
const rids = files.length > 1 ? files.map((_, index) => String(index)) : [];
const base = Math.floor(Math.random() * 0x7fffffff);
const authorization = process.env.TOKEN ? { Authorization: `Bearer ${process.env.TOKEN}` } : {};

const say = (key, value) => process.stdout.write(`@${key} ${value}\n`);

nodeDataChannel.initLogger('Warning', (level, message) => process.stderr.write(`${level} ${message}\n`));
const connection = new nodeDataChannel.PeerConnection('obs', {
  iceServers: [],
  disableAutoNegotiation: true,
  disableAutoGathering: false,
});
connection.onStateChange((state) => {
  say('state', state);
  if (state === 'connected') start();
});

const audio = new nodeDataChannel.Audio('0', 'SendOnly');
audio.addOpusCodec(111, 'minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1');
audio.addSSRC(base, 'cnameABCDEFGHIJK', 'msidABCDEFGHIJKL', 'msidABCDEFGHIJKL-audio');
const audioTrack = connection.addTrack(audio);

const video = new nodeDataChannel.Video('1', 'SendOnly');
video.addH264Codec(96, 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1');
video.parseSdpLine('a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid');
video.parseSdpLine('a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id');
if (rids.length === 0) {
  video.addSSRC(base + 1, 'cnameABCDEFGHIJK', 'msidABCDEFGHIJKL', 'msidABCDEFGHIJKL-video');
}
const videoTrack = connection.addTrack(video);

const offer = await new Promise((resolve) => {
  connection.onLocalDescription((sdp) => resolve(sdp));
  connection.setLocalDescription('offer');
});
const response = await fetch(endpoint, {
  method: 'POST',
  headers: { 'Content-Type': 'application/sdp', ...authorization },
  body: shape(offer),
});
say('status', response.status);
const answer = await response.text();
if (response.status !== 201 || answer === '') {
  process.stderr.write(`${answer}\n`);
  process.exit(1);
}
const session = new URL(response.headers.get('location'), response.url);
if (rids.length > 0 && !answer.match(/^a=simulcast:recv ([^\r\n;]+;){2}[^\r\n;]+\r?$/m)) {
  process.stderr.write(`the answer does not take ${rids.length} layers\n${answer}\n`);
  process.exit(1);
}
connection.setRemoteDescription(answer, 'answer');

/** The offer without candidates, and with OBS's simulcast lines in place of SSRCs. */
function shape(sdp) {
  const lines = sdp.split('\r\n').filter((line) => !line.match(/^a=(candidate|end-of-candidates)/));
  if (rids.length > 0) {
    const simulcast = ['a=msid:msidABCDEFGHIJKL msidABCDEFGHIJKL-video'];
    simulcast.push(...rids.map((rid) => `a=rid:${rid} send`));
    simulcast.push(`a=simulcast:send ${rids.join(';')}`);
    lines.splice(lines.lastIndexOf('a=sendonly') + 1, 0, ...simulcast);
  }
  return lines.join('\r\n');
}

function start() {
  const opus = oggPackets(readFileSync(sound)); // 20 ms each
  const audioStream = new Stream({ ssrc: base, payloadType: 111, clockRate: 48000 });
  const layers = files.map((file, index) => ({
    pictures: accessUnits(readFileSync(file)),
    stream: new Stream({
      ssrc: base + 1 + index,
      payloadType: 96,
      clockRate: 90000,
      extensions: { 1: '1', 2: String(index) },
    }),
  }));
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  let pictures = 0;
  let sounds = 0;
  setInterval(() => {
    for (; sounds / 50 <= seconds(); sounds++) {
      send(audioTrack, audioStream.packet(opus[sounds % opus.length], sounds / 50, sounds === 0));
    }
    for (; pictures / framesPerSecond <= seconds(); pictures++) {
      layers.forEach(({ pictures: all, stream }) =>
        sendPicture(stream, all[pictures % all.length], pictures / framesPerSecond),
      );
    }
    say('frames', pictures);
  }, 10);
  setInterval(() => {
    send(audioTrack, audioStream.report(seconds()));
    layers.forEach(({ stream }) => send(videoTrack, stream.report(seconds())));
  }, 1000);
}

function sendPicture(stream, units, seconds) {
  units.forEach((unit, index) => {
    const pieces = payloads(unit);
    pieces.forEach((payload, piece) => {
      const last = index === units.length - 1 && piece === pieces.length - 1;
      send(videoTrack, stream.packet(payload, seconds, last));
    });
  });
}

function send(track, packet) {
  if (track.isOpen()) track.sendMessageBinary(packet);
}

process.stdin.resume();
process.stdin.on('end', async () => {
  connection.close(); // as it stops ICE at once, its DTLS alert rarely gets out
  const gone = await fetch(session, { method: 'DELETE', headers: authorization }).catch((error) => ({ status: error.message }));
  say('deleted', gone.status);
  process.exit(0);
});
