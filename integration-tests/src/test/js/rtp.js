// RTP and RTCP as OBS sends them: H264 in single NAL units and FU-A, one-byte header extensions.

const LARGEST_PAYLOAD = 1100;
const NTP_EPOCH_OFFSET = 2208988800;

/** The access units of an Annex B stream: each a list of NAL units, without start codes. */
export function accessUnits(stream) {
  const units = [];
  let current = [];
  for (const unit of nalUnits(stream)) {
    const type = unit[0] & 0x1f;
    const startsPicture = type === 7 || type === 9 || ((type === 1 || type === 5) && (unit[1] & 0x80));
    if (startsPicture && current.some((nal) => [1, 5].includes(nal[0] & 0x1f))) {
      units.push(current);
      current = [];
    }
    current.push(unit);
  }
  units.push(current);
  return units;
}

function* nalUnits(stream) {
  const startCode = Buffer.from([0, 0, 1]);
  let at = stream.indexOf(startCode) + 3;
  while (at >= 3) {
    const next = stream.indexOf(startCode, at);
    let end = next < 0 ? stream.length : next;
    while (stream[end - 1] === 0) end--; // the longer start code
    yield stream.subarray(at, end);
    at = next < 0 ? -1 : next + 3;
  }
}

/** The payloads of one NAL unit (RFC 6184 sections 5.6 and 5.8). */
export function payloads(unit) {
  if (unit.length <= LARGEST_PAYLOAD) return [unit];
  const pieces = [];
  for (let at = 1; at < unit.length; at += LARGEST_PAYLOAD) {
    const piece = unit.subarray(at, at + LARGEST_PAYLOAD);
    const start = at === 1 ? 0x80 : 0;
    const end = at + LARGEST_PAYLOAD >= unit.length ? 0x40 : 0;
    const head = Buffer.from([(unit[0] & 0x60) | 28, start | end | (unit[0] & 0x1f)]);
    pieces.push(Buffer.concat([head, piece]));
  }
  return pieces;
}

/** The packets of Opus in an Ogg file (RFC 7845), none of which goes beyond its page. */
export function oggPackets(file) {
  const packets = [];
  for (let at = 0; at < file.length; ) {
    const segments = file.subarray(at + 27, at + 27 + file[at + 26]);
    let begin = at + 27 + segments.length;
    at = begin;
    for (const length of segments) {
      at += length;
      if (length < 255) {
        packets.push(file.subarray(begin, at));
        begin = at;
      }
    }
  }
  return packets.slice(2); // the headers come first
}

/** One stream of packets: numbers, counters, and the extensions that go with each packet. */
export class Stream {
  constructor({ ssrc, payloadType, clockRate, extensions = {} }) {
    Object.assign(this, { ssrc, payloadType, clockRate });
    this.extensions = extensionBlock(extensions);
    this.sequence = ssrc & 0x7fff;
    this.base = ssrc >>> 1;
    this.packets = 0;
    this.octets = 0;
  }

  timestamp(seconds) {
    return (this.base + Math.round(seconds * this.clockRate)) >>> 0;
  }

  packet(payload, seconds, marker) {
    const head = Buffer.alloc(12);
    head[0] = this.extensions.length > 0 ? 0x90 : 0x80;
    head[1] = (marker ? 0x80 : 0) | this.payloadType;
    head.writeUInt16BE(this.sequence, 2);
    head.writeUInt32BE(this.timestamp(seconds), 4);
    head.writeUInt32BE(this.ssrc, 8);
    this.sequence = (this.sequence + 1) & 0xffff;
    this.packets++;
    this.octets += payload.length;
    return Buffer.concat([head, this.extensions, payload]);
  }

  /** A sender report (RFC 3550 section 6.4.1). */
  report(seconds) {
    const now = Date.now() / 1000 + NTP_EPOCH_OFFSET;
    const report = Buffer.alloc(28);
    report.writeUInt32BE(0x80c80006, 0);
    report.writeUInt32BE(this.ssrc, 4);
    report.writeUInt32BE(Math.floor(now), 8);
    report.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), 12);
    report.writeUInt32BE(this.timestamp(seconds), 16);
    report.writeUInt32BE(this.packets, 20);
    report.writeUInt32BE(this.octets, 24);
    return report;
  }
}

function extensionBlock(extensions) {
  const values = Object.entries(extensions).map(([id, text]) =>
    Buffer.concat([Buffer.from([(id << 4) | (text.length - 1)]), Buffer.from(text)]),
  );
  if (values.length === 0) return Buffer.alloc(0);
  const body = Buffer.concat(values);
  const words = Math.ceil(body.length / 4);
  const block = Buffer.alloc(4 + 4 * words);
  block.writeUInt16BE(0xbede, 0);
  block.writeUInt16BE(words, 2);
  body.copy(block, 4);
  return block;
}
