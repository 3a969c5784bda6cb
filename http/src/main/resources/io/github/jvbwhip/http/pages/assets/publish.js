import '../elements/v1/whip-publisher.js';
import { $, keepFields, query, root, segment, showLines, takeFields } from './page.js';

const publisher = $('publisher');

function place() {
  return [$('room'), $('stream')].map(({ value }) => segment(value)).join('/');
}

function show() {
  const url = `${root}whip/${place()}`;
  const token = $('token').value ? 'TOKEN' : '';
  publisher.src = url;
  publisher.token = $('token').value;
  $('watch-link').href = `watch?${new URLSearchParams({ room: $('room').value.trim(), stream: $('stream').value.trim() })}`;
  showLines($('lines'), [
    ['WHIP URL', url],
    [
      'OBS (30 or later): Settings',
      `Stream: Service WHIP, Server ${url}${token ? ', Bearer Token TOKEN' : ''}\nOutput: H.264, keyframe interval 2 s, B-frames 0, Opus`,
    ],
    [
      'FFmpeg (8.0 or later)',
      `ffmpeg -re -i INPUT -c:v libx264 -profile:v baseline -pix_fmt yuv420p -bf 0 -g 60 -c:a libopus -ar 48000 -ac 2 -f whip ${token ? `-authorization ${token} ` : ''}${url}`,
    ],
    [
      'GStreamer (1.22 or later, with gst-plugins-rs)',
      `gst-launch-1.0 whipclientsink name=ws signaller::whip-endpoint=${url} ${token ? `signaller::auth-token=${token} ` : ''}v4l2src ! videoconvert ! ws. autoaudiosrc ! audioconvert ! ws.`,
    ],
  ]);
}

takeFields('room', 'stream');
for (const setting of ['source', 'codec', 'simulcast', 'height', 'bitrate']) {
  if (query.has(setting)) {
    publisher.setAttribute(setting, query.get(setting));
  }
}
show();
$('form').addEventListener('input', show);
$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  publisher.start();
});
publisher.addEventListener('statechange', () => {
  const onTheAir = ['connecting', 'live', 'reconnecting'].includes(publisher.state);
  for (const name of ['room', 'stream', 'token']) {
    $(name).readOnly = onTheAir;
  }
  if (publisher.state === 'live') {
    keepFields('room', 'stream');
  }
  if (publisher.reason?.startsWith('token-')) {
    $('token').focus();
  }
});
// Nobody goes live with a camera by following a link.
if (query.has('autostart') && query.get('source') === 'pattern') {
  publisher.start();
}
