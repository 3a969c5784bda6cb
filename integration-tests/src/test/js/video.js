// Before a page's own scripts: what its connections send and receive of video, for failure messages.
(() => {
  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...configuration) {
      super(...configuration);
      connections.push(this);
    }
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
