// What Chromium plays and sends only where its own description says so (RFC 7587 §6.1): it writes
// neither by itself.

/** Opus in two channels. */
export function stereo(sdp) {
  return sdp.replace(/^a=fmtp:(\d+) (?!.*\bstereo=).*/gm, (line, number) =>
    new RegExp(`^a=rtpmap:${number} opus/`, 'm').test(sdp) ? `${line};stereo=1` : line);
}

const SURROUND = ['multiopus/48000/6', 'channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2'];

/** Opus in six channels, for players. */
export function surround(sdp) {
  const used = new Set([...sdp.matchAll(/^a=rtpmap:(\d+)/gm)].map(([, number]) => Number(number)));
  const number = [...Array(128).keys()].findLast((each) => each >= 96 && !used.has(each));
  const [rtpmap, fmtp] = SURROUND;
  return number === undefined || sdp.includes(rtpmap)
    ? sdp
    : sdp.replace(/^(m=audio .*)\r\n((?:[^m].*\r\n)*)/gm, (_, line, rest) =>
        `${line} ${number}\r\n${rest}a=rtpmap:${number} ${rtpmap}\r\na=fmtp:${number} ${fmtp}\r\n`);
}
