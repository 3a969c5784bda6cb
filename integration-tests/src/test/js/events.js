// A WHEP player that listens to events, with what the browser itself offers: fetch and EventSource.

const EVENTS = /<([^>]+)>; rel="urn:ietf:params:whep:ext:core:server-sent-events"; events="([^"]*)"/;

window.player = {
  /** The names of the events so far, in their order. */
  names: [],
  /** The newest data of each event, as text. */
  data: {},

  /** Plays Opus and one video codec, and listens to all that there is; not named: by onmessage only. */
  async start(endpoint, codec, named) {
    const connection = new RTCPeerConnection();
    for (const [kind, name] of [['audio', 'opus'], ['video', codec]]) {
      const transceiver = connection.addTransceiver(kind, { direction: 'recvonly' });
      const { codecs } = RTCRtpReceiver.getCapabilities(kind);
      transceiver.setCodecPreferences(
        codecs.filter(({ mimeType }) => mimeType === `${kind}/${name}`),
      );
    }
    await connection.setLocalDescription();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: connection.localDescription.sdp,
    });
    if (response.status !== 201) throw new Error(`POST was answered with ${response.status}`);
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    const [, link, list] = response.headers.get('Link').match(EVENTS);
    await this.listen(new URL(link, response.url), list.split(','), named);
  },

  async listen(url, names, named) {
    const response = await fetch(named ? url : `${url}?named=0`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(names),
    });
    if (response.status !== 201) throw new Error(`the events were answered with ${response.status}`);
    this.source = new EventSource(new URL(response.headers.get('Location'), response.url));
    if (named) {
      for (const name of names) {
        this.source.addEventListener(name, ({ data }) => this.heard(name, data));
      }
    } else {
      this.source.onmessage = ({ data: text }) => {
        const { event, data } = JSON.parse(text);
        this.heard(event, typeof data === 'string' ? data : JSON.stringify(data));
      };
    }
  },

  heard(name, data) {
    this.names.push(name);
    this.data[name] = data;
  },
};
