// Before a page's own scripts: what its elements say and when, what its connections use, which event streams it has.
(() => {
  if (window.said) return; // Two have asked for it.
  /** Each state that an element has entered, on the page's own clock, in milliseconds. */
  window.said = [];
  addEventListener('statechange', ({ target }) => {
    const { state, reason, message } = target;
    const shown = target.shadowRoot.querySelector('.message').textContent;
    window.said.push({ state, reason, message, shown, at: performance.now() });
  });

  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(configuration = {}) {
      super({ ...configuration, ...window.ofAllConnections });
      connections.push(this);
    }
  };
  window.configuration = () => connections.at(-1).getConfiguration();
  /** Of the newest connection: which kind of candidate of its own it sends from. */
  window.candidateType = async () => (await sendingCandidate())?.candidateType ?? 'none';
  /** Likewise: how it speaks to the TURN server. */
  window.relayProtocol = async () => (await sendingCandidate())?.relayProtocol ?? 'none';
  /** Likewise: whether it sends over UDP or TCP. */
  window.pathProtocol = async () => (await sendingCandidate())?.protocol ?? 'none';

  /** How the newest connection fares, for whoever wonders why a test failed. */
  window.connection = async () => {
    const newest = connections.at(-1);
    if (!newest) return 'no connection';
    const streams = [...(await newest.getStats()).values()].filter(({ type }) => /^(in|out)bound-rtp$/.test(type));
    const told = streams.map(({ type, kind, packetsReceived, packetsSent, framesDecoded, framesEncoded }) =>
      `${type} ${kind} ${packetsReceived ?? packetsSent} packets ${framesDecoded ?? framesEncoded ?? 0} frames`);
    return [newest.connectionState, newest.iceConnectionState, ...told].join(', ');
  };

  const sendingCandidate = async () => {
    const report = await connections.at(-1).getStats();
    const transport = [...report.values()].find(({ type }) => type === 'transport');
    const pair = report.get(transport?.selectedCandidatePairId);
    return pair?.nominated ? report.get(pair.localCandidateId) : null;
  };

  const streams = new Set();
  window.EventSource = class extends window.EventSource {
    constructor(...parameters) {
      super(...parameters);
      streams.add(this);
    }
  };
  /** How many event streams are open. */
  window.openStreams = () => [...streams].filter(({ readyState }) => readyState === EventSource.OPEN).length;
  /** How many are open, or wait for a connection. */
  window.wantedStreams = () => [...streams].filter(({ readyState }) => readyState !== EventSource.CLOSED).length;
})();
