// Before a page's own scripts: what its connections send and receive.
(() => {
  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...configuration) {
      super(...configuration);
      connections.push(this);
    }
  };
  /** How many sounds have been coming in for a second or more. */
  window.sounds = async () => {
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    return reports
      .flatMap((report) => [...report.values()])
      .filter(({ type, kind, packetsReceived }) => type === 'inbound-rtp' && kind === 'audio' && packetsReceived >= 50)
      .length;
  };
  window.videoStatistics = async () => {
    const lines = [];
    for (const connection of connections) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.kind === 'video' && /bound-rtp$/.test(entry.type) && !/^remote/.test(entry.type)) {
          const frames = entry.framesEncoded ?? entry.framesDecoded;
          lines.push(
            `${entry.rid || entry.type} ${entry.frameWidth}x${entry.frameHeight} @ ${entry.framesPerSecond}, ` +
              `${frames} frames, active ${entry.active}, limited by ${entry.qualityLimitationReason}, target ${entry.targetBitrate}`,
          );
        } else if (entry.availableOutgoingBitrate) {
          lines.push(`available ${entry.availableOutgoingBitrate}`);
        }
      }
    }
    return lines.join('; ');
  };
})();
