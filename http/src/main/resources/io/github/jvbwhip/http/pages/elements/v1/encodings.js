// How the picture is encoded: codec, simulcast, bitrate.

/** Bits per second for a picture of that height, where nobody says another one. */
function usualBitrate(height, frameRate) {
  const atThirty = height >= 1080 ? 4_500_000 : height >= 720 ? 2_500_000 : height >= 480 ? 1_200_000 : 600_000;
  return frameRate > 30 ? 1.5 * atThirty : atThirty;
}

/** The smallest encoding first: the order that browsers rank by. */
export function encodings({ simulcast = 1, bitrate, height = 720, frameRate = 30 }) {
  const most = bitrate || usualBitrate(height, frameRate);
  if (simulcast <= 1) {
    return [{ maxBitrate: most, maxFramerate: frameRate }];
  }
  return [
    { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: Math.round(0.08 * most), maxFramerate: frameRate },
    { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: Math.round(0.28 * most), maxFramerate: frameRate },
    { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: most, maxFramerate: frameRate },
  ].slice(-simulcast);
}

/** The codecs that this browser can send, by name. */
export function codecs() {
  const all = RTCRtpSender.getCapabilities?.('video')?.codecs ?? [];
  const names = all.map(({ mimeType }) => mimeType.split('/')[1]);
  return [...new Set(names)].filter((name) => !/^(rtx|red|ulpfec|flexfec-03)$/i.test(name));
}

/**
 * Offers one codec alone.
 *
 * @throws {Error} with the reason `no-codec` where this browser cannot send it
 */
export function preferCodec(transceiver, codec) {
  const capabilities = RTCRtpSender.getCapabilities?.('video');
  if (!codec || !capabilities || !transceiver.setCodecPreferences) {
    return;
  }
  const isIt = ({ mimeType }) => mimeType.toLowerCase() === `video/${codec.toLowerCase()}`;
  const wanted = capabilities.codecs.filter(isIt);
  if (wanted.length === 0) {
    throw Object.assign(new Error(`This browser cannot send ${codec}.`), { reason: 'no-codec' });
  }
  const repair = capabilities.codecs.filter(({ mimeType }) => /\/(rtx|red|ulpfec)$/i.test(mimeType));
  transceiver.setCodecPreferences([...wanted, ...repair]);
}

/** What is given up first when bandwidth or processor do not suffice. */
export async function tune(sender, { contentHint }) {
  const preferences = { motion: 'maintain-framerate', detail: 'maintain-resolution', text: 'maintain-resolution' };
  const preference = preferences[contentHint];
  if (preference) {
    const parameters = sender.getParameters();
    parameters.degradationPreference = preference;
    await sender.setParameters(parameters).catch(() => {}); // Not every browser knows it.
  }
}

/** So many seconds in a row are no accident; a connection takes some to find out what it can carry. */
const LASTING = 6;

const WARNINGS = {
  cpu: 'This computer is too slow for these settings: choose a lower resolution or frame rate, or another codec.',
  bandwidth: 'The connection is too slow for these settings: the picture is sent with fewer bits, or smaller.',
  dropping: 'Frames are dropped before they are sent.',
  losing: 'Many packets are lost on their way: people see it freeze.',
};

/** What keeps the picture from being as it should, in words, where that lasts. */
export function warnings({ samples }) {
  const last = samples.slice(-LASTING);
  const lasts = (trouble) => last.length === LASTING && last.every(({ troubles }) => troubles.includes(trouble));
  return Object.keys(WARNINGS).filter(lasts).map((trouble) => WARNINGS[trouble]);
}
