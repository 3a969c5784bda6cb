// A media element that waits for its first picture keeps its page from being loaded (HTML §4.8.11.5, the
// delaying-the-load-event flag), and the picture may not come for long.

const TICK = 50;

async function decodes(connection) {
  const report = await connection.getStats();
  return [...report.values()].some(({ type, framesDecoded }) => type === 'inbound-rtp' && framesDecoded > 0);
}

/** Resolves as soon as the page is loaded, or the connection has a picture for an element, or is over. */
export async function loadedOrSeen(connection) {
  while (document.readyState !== 'complete' && connection.connectionState !== 'closed' && !(await decodes(connection))) {
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
}
