// What RTCPeerConnection.getStats tells, over the last two minutes (W3C webrtc-stats).

/** How long samples are kept. */
export const SECONDS = 120;

const PERIOD = 950;

/** From 1900, where the clock of NTP begins, to 1970; milliseconds. */
const NTP_TO_UNIX = 2_208_988_800_000;

// By sender reports (RFC 3550 §6.4.1): right as far as both computers' clocks are.
function behindCamera(video) {
  const { timestamp, estimatedPlayoutTimestamp: played } = video.find(({ estimatedPlayoutTimestamp }) => estimatedPlayoutTimestamp) ?? {};
  return played ? timestamp + NTP_TO_UNIX - played : null;
}

const total = (streams, key) => streams.reduce((sum, entry) => sum + (entry[key] || 0), 0);

/** Of one direction: `inbound-rtp` or `outbound-rtp`. A new session begins anew. */
export class Statistics {
  #type;
  #last = null;

  /** One a second, at most for two minutes: {time, bitrate, loss, frameRate, jitterBuffer, roundTrip}. */
  samples = [];

  /** The newest sample's numbers, and those since the session began. */
  now = {};

  /** Grows while something is decoded or encoded. */
  media = 0;

  /** {milliseconds, since: 'capture' | 'bridge'}; null where nothing is known. */
  latency = null;

  /** Latency from the capture, as frames have told it; milliseconds. */
  captured = null;

  constructor(type) {
    this.#type = type;
  }

  clear() {
    this.#last = null;
    this.samples = [];
    this.now = {};
    this.media = 0;
    this.latency = null;
    this.captured = null;
  }

  add(report, time) {
    const entries = [...report.values()];
    const streams = entries.filter(({ type }) => type === this.#type);
    const video = streams.filter(({ kind }) => kind === 'video');
    const audio = streams.filter(({ kind }) => kind === 'audio');
    const frames = total(video, 'framesDecoded') + total(video, 'framesEncoded');
    this.media = frames + total(audio, 'packetsReceived');
    if (this.#last && time - this.#last.time < PERIOD) {
      return;
    }
    const pair = entries.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state !== 'failed');
    const remote = entries.filter(({ type }) => type === 'remote-inbound-rtp');
    const current = {
      time,
      bytes: total(streams, 'bytesReceived') + total(streams, 'bytesSent'),
      packets: total(streams, 'packetsReceived') + total(streams, 'packetsSent'),
      lost: total(streams, 'packetsLost') + total(remote, 'packetsLost'),
      frames,
      buffered: total(video, 'jitterBufferDelay'),
      emitted: total(video, 'jitterBufferEmittedCount'),
    };
    const before = this.#last;
    this.#last = current;
    const codecOf = ({ codecId }) => report.get(codecId)?.mimeType.split('/')[1];
    this.now = {
      ...this.now,
      streams,
      video: video.filter(({ frameWidth }) => frameWidth),
      codecs: [...new Set(streams.filter((entry) => entry.packetsReceived || entry.packetsSent).map(codecOf).filter(Boolean))],
      frames,
      dropped: total(video, 'framesDropped'),
      freezes: total(video, 'freezeCount'),
      frozen: total(video, 'totalFreezesDuration'),
      lost: current.lost,
      repaired: total(streams, 'retransmittedPacketsReceived') + total(streams, 'retransmittedPacketsSent'),
      behindCamera: behindCamera(video),
      source: entries.find(({ type, kind }) => type === 'media-source' && kind === 'video'),
      available: pair?.availableOutgoingBitrate,
    };
    if (before) {
      this.#sample(before, current, pair);
    }
  }

  #sample(before, current, pair) {
    const seconds = (current.time - before.time) / 1000;
    const emitted = current.emitted - before.emitted;
    const expected = current.packets - before.packets + current.lost - before.lost;
    const sample = {
      time: current.time / 1000,
      bitrate: ((current.bytes - before.bytes) * 8) / seconds,
      loss: expected > 0 ? Math.max(0, (100 * (current.lost - before.lost)) / expected) : 0,
      frameRate: (current.frames - before.frames) / seconds,
      jitterBuffer: emitted > 0 ? (1000 * (current.buffered - before.buffered)) / emitted : null,
      roundTrip: pair?.currentRoundTripTime === undefined ? null : 1000 * pair.currentRoundTripTime,
    };
    sample.troubles = this.#troubles(sample);
    this.samples.push(sample);
    this.samples.splice(0, this.samples.length - SECONDS);
    Object.assign(this.now, sample);
    this.#measureLatency(sample);
  }

  #troubles({ frameRate, loss }) {
    const { video, source } = this.now;
    const troubles = new Set(video.map(({ qualityLimitationReason }) => qualityLimitationReason));
    // Of simulcast each encoding counts.
    if (source?.framesPerSecond > 5 && frameRate < 0.75 * source.framesPerSecond * video.length) {
      troubles.add('dropping');
    }
    if (loss > 5) {
      troubles.add('losing');
    }
    return [...troubles];
  }

  #measureLatency({ jitterBuffer, roundTrip }) {
    if (this.captured !== null) {
      this.latency = { milliseconds: this.captured, since: 'capture' };
    } else if (jitterBuffer !== null && roundTrip !== null) {
      this.latency = { milliseconds: jitterBuffer + roundTrip / 2, since: 'bridge' };
    } else {
      this.latency = null;
    }
  }
}
