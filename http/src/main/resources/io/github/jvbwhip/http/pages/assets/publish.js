import { $, bitrate, message, query, segment, show, watchStats } from './page.js';
import { testPattern } from './pattern.js';
import { Session } from './session.js';

let current = null;

for (const field of ['room', 'stream', 'source', 'codec', 'simulcast', 'token']) {
  if (query.has(field)) {
    $(field).value = query.get(field);
  }
}

async function capture(source) {
  if (source === 'pattern') {
    return testPattern();
  }
  const stream =
    source === 'screen'
      ? await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 30 }, audio: true })
      : await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 }, audio: true });
  return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
}

// The smallest encoding first: the order that browsers rank by.
function encodings(count) {
  const all = [
    { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: 200_000 },
    { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: 700_000 },
    { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 2_500_000 },
  ];
  return count > 1 ? all.slice(-count) : [{ maxBitrate: 2_500_000 }];
}

function prefer(transceiver, codec) {
  const capabilities = RTCRtpSender.getCapabilities('video');
  if (!codec || !capabilities || !transceiver.setCodecPreferences) {
    return;
  }
  const wanted = capabilities.codecs.filter((entry) => entry.mimeType.toLowerCase() === `video/${codec.toLowerCase()}`);
  const repair = capabilities.codecs.filter((entry) => /\/(rtx|red|ulpfec)$/i.test(entry.mimeType));
  if (wanted.length === 0) {
    throw new Error(`This browser cannot send ${codec}.`);
  }
  transceiver.setCodecPreferences([...wanted, ...repair]);
}

async function start() {
  const media = await capture($('source').value);
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const room = segment($('room').value);
  const stream = segment($('stream').value);
  const endpoint = `whip/${room}/${stream}`;
  // Of this tab, before it was reloaded or has crashed.
  const predecessor = sessionStorage.getItem(endpoint);
  const session = new Session(pc, endpoint, { token: $('token').value, predecessor });
  current = { session, media, stopStats: () => {} };
  try {
    for (const track of media.stream.getTracks()) {
      const video = track.kind === 'video';
      const transceiver = pc.addTransceiver(track, {
        direction: 'sendonly',
        streams: [media.stream],
        sendEncodings: video ? encodings(Number($('simulcast').value)) : undefined,
      });
      if (video) {
        prefer(transceiver, $('codec').value);
      }
      track.addEventListener('ended', stop);
    }
    $('preview').srcObject = media.stream;
    show('connecting');
    let restarted = false;
    pc.addEventListener('connectionstatechange', () => {
      if (session.closed) {
        return;
      }
      if (pc.connectionState === 'connected') {
        restarted = false;
        show('live');
      } else if (pc.connectionState === 'failed' && !restarted) {
        restarted = true;
        show('reconnecting');
        session.restart().catch((error) => fail(error));
      } else if (pc.connectionState === 'failed') {
        fail(new Error('The connection was lost.'));
      } else if (pc.connectionState === 'disconnected') {
        show('reconnecting');
      }
    });
    current.stopStats = watchStats(pc, 'outbound-rtp', ({ rate, streams, roundTrip }) => {
      $('bitrate').textContent = bitrate(rate);
      $('round-trip').textContent = roundTrip === undefined ? '–' : `${Math.round(roundTrip * 1000)} ms`;
      $('sizes').textContent =
        streams
          .filter((entry) => entry.kind === 'video' && entry.frameWidth)
          .map((entry) => `${entry.rid ? `${entry.rid}: ` : ''}${entry.frameWidth}×${entry.frameHeight} @ ${Math.round(entry.framesPerSecond || 0)}`)
          .join(', ') || '–';
    });
    await session.start();
    if (session.url) {
      sessionStorage.setItem(endpoint, session.url);
    }
    $('watch-link').href = `watch?room=${room}&stream=${stream}`;
    $('watch-link').hidden = false;
  } catch (error) {
    await fail(error);
  }
}

async function stop() {
  const ended = current;
  current = null;
  if (ended) {
    ended.stopStats();
    ended.media.stop();
    await ended.session.stop();
  }
  $('preview').srcObject = null;
  $('watch-link').hidden = true;
  $('start').hidden = false;
  $('stop').hidden = true;
  show('idle');
}

async function fail(error) {
  await stop();
  show('failed');
  message(error.message);
}

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  message('');
  $('start').hidden = true;
  $('stop').hidden = false;
  try {
    await start();
  } catch (error) {
    await fail(error);
  }
});
$('stop').addEventListener('click', stop);
window.addEventListener('pagehide', stop);

show('idle');
// Nobody goes live with a camera by following a link.
if (query.has('autostart') && $('source').value === 'pattern') {
  $('form').requestSubmit();
}
