// What is published: camera and microphone, the screen with its sound, or a test pattern.

/** What went wrong, as a reason that publishers know words for. */
export class CaptureError extends Error {
  constructor(reason, cause) {
    super(cause?.message ?? reason, { cause });
    this.reason = reason;
  }
}

const REASONS = {
  NotAllowedError: 'not-allowed',
  NotFoundError: 'no-device',
  OverconstrainedError: 'no-device',
  NotReadableError: 'device-busy',
  AbortError: 'device-busy',
};

function devices() {
  // Only secure contexts have them (Media Capture and Streams §9.1).
  if (!navigator.mediaDevices) {
    throw new CaptureError('insecure');
  }
  return navigator.mediaDevices;
}

function videoConstraints({ width, height, frameRate, camera }) {
  const ideal = (value) => (value ? { ideal: value } : undefined);
  return {
    width: ideal(width),
    height: ideal(height),
    frameRate: ideal(frameRate),
    ...(camera ? { deviceId: { exact: camera } } : {}),
  };
}

/**
 * Asks for what is to be published. The stream is the caller's to stop.
 *
 * @param {{source: 'camera'|'microphone'|'screen'|'pattern', width?: number, height?: number, frameRate?: number,
 *     camera?: string, microphone?: string}} wish
 * @throws {CaptureError}
 */
export async function capture(wish) {
  if (wish.source === 'pattern') {
    const { testPattern } = await import('./pattern.js');
    return testPattern(wish);
  }
  try {
    const stream = await (wish.source === 'screen'
      ? devices().getDisplayMedia({ video: { frameRate: wish.frameRate || 30 }, audio: true })
      : devices().getUserMedia({
          video: wish.source === 'microphone' ? false : videoConstraints(wish),
          audio: {
            channelCount: { ideal: 2 },
            ...(wish.microphone ? { deviceId: { exact: wish.microphone } } : {}),
          },
        }));
    return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
  } catch (error) {
    throw error instanceof CaptureError ? error : new CaptureError(REASONS[error.name] ?? 'broken', error);
  }
}

/** Cameras and microphones by kind; their names are told once one of them may be used. */
export async function listDevices() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  const of = (kind) =>
    all
      .filter((device) => device.kind === kind && device.deviceId)
      .map(({ deviceId, label }, index) => ({ id: deviceId, label: label || `${kind === 'videoinput' ? 'Camera' : 'Microphone'} ${index + 1}` }));
  return { cameras: of('videoinput'), microphones: of('audioinput') };
}

/** How loud a stream's sound is, 0 to 1, each time it is asked. */
export class Meter {
  #context = new AudioContext();
  #analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
  #samples = new Float32Array(1024);

  constructor(stream) {
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  level() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, value) => sum + value * value, 0) / this.#samples.length;
    // -60 dBFS is silence.
    return power > 0 ? Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60)) : 0;
  }

  close() {
    this.#context.close();
  }
}
