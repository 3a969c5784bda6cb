// What is going on, in words for those who watch and publish. A problem's detail is for whoever writes a
// client, and is shown only where nothing better is known.

/** The reason for a refusal that will not pass. */
export function reasonOf(error, token) {
  switch (error.status) {
    case undefined:
      return error.reason ?? 'broken';
    case 401:
      if (!token) {
        return 'token-missing';
      }
      return /expired/i.test(error.message) ? 'token-expired' : 'token-refused';
    case 403:
      return 'forbidden';
    case 404:
    case 405: // A page, say.
      return 'not-found';
    case 406:
    case 415:
    case 422:
      return 'unsupported';
    default:
      return 'refused';
  }
}

const REFUSALS = {
  'token-missing': 'A token is needed here.',
  'token-refused': 'This token is not valid here.',
  'token-expired': 'This token has expired. Ask for a new one.',
  'bad-answer': 'What the server has answered is no session. Whoever runs it has to look into that.',
};

const CONNECTION = {
  gone: 'The connection to the server was lost.',
  lost: 'The connection was lost.',
  moved: 'The server has asked to connect anew.',
  changed: 'Connecting anew for the other source.',
  unreachable: 'The server does not answer.',
  'no-token': 'There is no token to be had at the moment.',
};

/** Waits that are worth a number, in milliseconds. */
const LONG = 5_000;

// Browsers do not tell a server that is away from one that lets no page of this site in.
function connecting(reason, { detail, delay = 0, endpoint }) {
  const isForeign = reason === 'unreachable' && new URL(endpoint).origin !== location.origin;
  const what = isForeign ? 'The server does not answer, or lets no page of this site in.' : (CONNECTION[reason] ?? detail.replace(/\.?$/, '.'));
  return `${what} ${delay >= LONG ? `Trying again in ${Math.round(delay / 1000)} seconds.` : 'Trying again…'}`;
}

const KINDS = { audio: 'The sound', video: 'The picture' };

function cannotPlay(unsupported) {
  return unsupported
    .map(({ kind, codecs }) => `${KINDS[kind] ?? kind} is sent as ${codecs.join(' or ')}, which this browser does not play.`)
    .join(' ');
}

const CAPTURES = {
  insecure:
    'Browsers give camera, microphone and screen only to pages on https:// or on localhost. Open this page over HTTPS, or choose the test pattern.',
  'not-allowed': 'The browser was not allowed to use the camera, the microphone or the screen. Allow it beside the address of the page, and start again.',
  'no-device': 'There is no such camera or microphone.',
  'device-busy': 'The camera or the microphone is in use by another program.',
  'in-use': 'Somebody else is live under this name. Choose another name, or ask them to stop.',
  'no-address': 'This is no address to publish to: a WHIP URL is needed as src.',
};

function cannotPublish(reason, detail) {
  const more = { forbidden: `You may not publish here. ${detail}`, broken: `This browser cannot publish it: ${detail}` };
  return REFUSALS[reason] ?? CAPTURES[reason] ?? more[reason] ?? detail;
}

/** Functions of state, reason, and the server's own words, the wait in milliseconds, the endpoint. */
export const explain = {
  player(state, reason, more) {
    const { detail, unsupported } = more;
    const unplayable = cannotPlay(unsupported);
    switch (state) {
      case 'connecting':
        return 'Connecting…';
      case 'waiting':
        if (unplayable) {
          return unplayable;
        }
        if (reason === 'quiet') {
          return 'Nothing comes from the publisher at the moment.';
        }
        return reason === 'left'
          ? 'The publisher has gone. The picture comes back by itself.'
          : 'Nobody is on the air here yet. The picture comes by itself.';
      case 'playing':
        return unplayable;
      case 'reconnecting':
        return connecting(reason, more);
      case 'failed':
        return (
          REFUSALS[reason] ??
          {
            forbidden: `You may not watch this. ${detail}`,
            'not-found': `There is nothing of that name here. ${detail}`,
            'no-address': 'This is no address of a stream: the player needs a WHEP URL as its src.',
            broken: `This browser cannot play it: ${detail}`,
          }[reason] ??
          detail
        );
      default:
        return '';
    }
  },

  publisher(state, reason, more) {
    switch (state) {
      case 'asking':
        return 'The browser asks whether this page may have the camera…';
      case 'connecting':
        return 'Connecting…';
      case 'reconnecting':
        return connecting(reason, more);
      case 'failed':
        return cannotPublish(reason, more.detail);
      default:
        // On the air: the other source that was wanted.
        return reason ? `Still the source before. ${cannotPublish(reason, more.detail)}` : '';
    }
  },
};

/** Bits per second for people. */
export function bitrate(bitsPerSecond) {
  if (!Number.isFinite(bitsPerSecond)) {
    return '–';
  }
  return bitsPerSecond >= 1e6 ? `${(bitsPerSecond / 1e6).toFixed(2)} Mb/s` : `${Math.round(bitsPerSecond / 1e3)} kb/s`;
}

/** Milliseconds for people. */
export function milliseconds(value) {
  return Number.isFinite(value) ? `${Math.round(value)} ms` : '–';
}

/** Seconds as a clock shows them. */
export function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
