/** A bearer token, or a function that returns one or a promise of one; called anew for each attempt. */
export type Token = string | (() => string | Promise<string>);

export type PlayerState = 'idle' | 'connecting' | 'waiting' | 'playing' | 'reconnecting' | 'failed';

/** Why it waits, connects anew or has failed; `null` where nothing is wrong. */
export type PlayerReason =
  | 'empty' | 'left' | 'quiet'
  | 'gone' | 'lost' | 'moved' | 'unreachable' | 'no-token' | 'refused'
  | 'token-missing' | 'token-refused' | 'token-expired' | 'forbidden' | 'not-found' | 'unsupported'
  | 'bad-answer' | 'no-address' | 'broken';

/** An entry of the event `layers` (WHEP, server-sent events), of the m-line `mediaId`. */
export interface Layer {
  mediaId: string;
  rid?: string;
  spatialLayerId?: number;
  temporalLayerId?: number;
  /** Bits per second; 0 or missing where it is not sent now. */
  bitrate?: number;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** Numbers of one second. */
export interface Sample {
  /** Seconds, on the page's own clock. */
  time: number;
  /** Bits per second. */
  bitrate: number;
  /** Per cent of the packets. */
  loss: number;
  /** Frames per second. */
  frameRate: number;
  /** Milliseconds; `null` where nothing is known. */
  jitterBuffer: number | null;
  roundTrip: number | null;
}

export interface Statistics {
  /** One a second, of the last two minutes. */
  readonly samples: Sample[];
  /** The newest sample, and totals since the session began. */
  readonly now: Partial<Sample> & {
    frames?: number; dropped?: number; freezes?: number;
    /** Seconds. */
    frozen?: number;
    /** Milliseconds, by sender reports: right as far as both computers' clocks are. */
    behindCamera?: number | null;
    lost?: number; repaired?: number; codecs?: string[];
  };
}

export interface Latency {
  milliseconds: number;
  /** From the capture, where frames tell its time; otherwise from the bridge: jitter buffer and half a round trip. */
  since: 'capture' | 'bridge';
}

/** `<whep-player>`. To be used on the page's own thread. */
export class WhepPlayer extends HTMLElement {
  src: string;
  autoplay: boolean;
  muted: boolean;
  controls: boolean;
  /** `lowest`, or empty for automatic selection. */
  layer: string;
  /** The accessible name of the picture. */
  label: string;
  token: Token;
  readonly video: HTMLVideoElement;
  readonly state: PlayerState;
  readonly reason: PlayerReason | null;
  /** What is going on, in words for those who watch; may be empty. */
  readonly message: string;
  readonly layers: Layer[];
  readonly viewers: number | null;
  readonly speaker: { stream: string; displayName?: string } | null;
  readonly latency: Latency | null;
  readonly statistics: Statistics;
  /** Begins to play, or begins anew. What goes wrong is told by `statechange`. */
  play(): void;
  /** Ends the session. */
  stop(): void;
  /** Chooses a layer, or null for automatic selection; resolves with what is wrong in words, or an empty text. */
  selectLayer(layer: Layer | null): Promise<string>;
}

declare global {
  interface HTMLElementTagNameMap {
    'whep-player': WhepPlayer;
  }
}
