import type { Statistics, Token } from './whep-player.js';

export type { Sample, Statistics, Token } from './whep-player.js';

export type PublisherState = 'idle' | 'asking' | 'preview' | 'connecting' | 'live' | 'reconnecting' | 'failed';

/** Why it connects anew or has failed; `null` where nothing is wrong. */
export type PublisherReason =
  | 'gone' | 'lost' | 'changed' | 'unreachable' | 'no-token' | 'refused'
  | 'insecure' | 'not-allowed' | 'no-device' | 'device-busy' | 'no-codec' | 'in-use'
  | 'token-missing' | 'token-refused' | 'token-expired' | 'forbidden' | 'not-found' | 'unsupported'
  | 'bad-answer' | 'no-address' | 'broken';

/** `<whip-publisher>`. To be used on the page's own thread. */
export class WhipPublisher extends HTMLElement {
  src: string;
  /** `camera`, `microphone`, `screen` or `pattern`. */
  source: string;
  /** The only video codec that is offered; empty for the browser's choice. */
  codec: string;
  /** Encodings: 1 to 3. */
  simulcast: string;
  /** Pixels: 360, 720, 1080 or 2160. */
  height: string;
  /** Bits per second of the largest encoding; empty for what is usual for its size. */
  bitrate: string;
  /** The accessible name of the preview. */
  label: string;
  token: Token;
  readonly state: PublisherState;
  readonly reason: PublisherReason | null;
  /** What is going on, in words for those who publish; may be empty. */
  readonly message: string;
  /** When it went live, in milliseconds since 1970; null when it is not. */
  readonly liveSince: number | null;
  readonly stream: MediaStream | null;
  readonly statistics: Statistics;
  /** Captures, and shows it here alone. On the air: publishes what is chosen now in the place of what was. */
  preview(): Promise<void>;
  /** Goes live. Nothing happens where it is already, or is about to. */
  start(): void;
  /** Ends session and capture. */
  stop(): void;
  /** Sends silence, or sound again. */
  mute(muted?: boolean): void;
  /** Sends a black picture, or the true one again. */
  hidePicture(hidden?: boolean): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'whip-publisher': WhipPublisher;
  }
}
