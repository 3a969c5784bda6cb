// A WHIP and WHEP client of some lines, for a page that has none of its own. Runs in Chromium.

window.client = {
  /**
   * Publishes the fake camera; codec is a name such as "VP8" or empty for all, encodings the number of layers. A single
   * one has the size that Chromium begins with, so that its estimate of the bandwidth has no say in it;
   * it may have layers, "L1T2" and the like.
   */
  async publish(endpoint, codec, encodings, scalabilityMode) {
    const [width, height] = encodings > 1 ? [1280, 720] : [640, 360];
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width, height } });
    const connection = this.open();
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    connection.addTransceiver(audio, { direction: 'sendonly', streams: [stream] });
    const layers = ['l', 'm', 'h'].slice(-encodings).map((rid, index) => ({
      rid,
      scaleResolutionDownBy: 2 ** (encodings - 1 - index),
    }));
    const transceiver = connection.addTransceiver(video, {
      direction: 'sendonly',
      streams: [stream],
      sendEncodings: encodings > 1 ? layers : scalabilityMode ? [{ scalabilityMode }] : [],
    });
    if (codec) this.prefer(transceiver, RTCRtpSender.getCapabilities('video'), codec);
    await this.signal(endpoint);
  },

  /**
   * Publishes the fake camera as a client that takes no request for a keyframe, but makes one each so many seconds,
   * or when the test asks for it (0).
   * At this size there are two encodings at most, the RIDs m and h.
   */
  async publishDeaf(endpoint, codec, encodings, seconds) {
    const video = { width: 640, height: 360 };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    const connection = this.open();
    const layers = [{ rid: 'm', scaleResolutionDownBy: 2 }, { rid: 'h' }];
    for (const track of stream.getTracks()) {
      const sendEncodings = track.kind === 'video' && encodings > 1 ? layers : [];
      const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [stream], sendEncodings });
      if (track.kind === 'video') this.prefer(transceiver, RTCRtpSender.getCapabilities('video'), codec);
    }
    await this.signal(endpoint, (sdp) => sdp.replace(/a=rtcp-fb:\d+ (nack pli|ccm fir)\r\n/g, ''));
    if (seconds > 0) setInterval(() => this.makeKeyframe(), 1000 * seconds);
  },

  async makeKeyframe() {
    const sender = this.connection.getSenders().find(({ track }) => track?.kind === 'video');
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    await sender.setParameters(parameters, { encodingOptions });
  },

  /** Publishes a tone in one of so many channels, and silence in the others; 2 is stereo, 6 surround. */
  async publishTone(endpoint, codec, channels, loud) {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    const merger = new ChannelMergerNode(context, { numberOfInputs: channels });
    const output = new MediaStreamAudioDestinationNode(context, { channelCount: channels });
    tone.connect(new GainNode(context, { gain: 0.5 })).connect(merger, 0, loud);
    merger.connect(output);
    tone.start();
    const connection = this.open();
    const [track] = output.stream.getTracks();
    const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [output.stream] });
    this.prefer(transceiver, RTCRtpSender.getCapabilities('audio'), codec);
    await this.signal(endpoint, (sdp) => this.withChannels(sdp, channels));
  },

  /** Chromium sends and plays stereo, and surround, only when its own description says so. */
  withChannels(sdp, channels) {
    if (channels === 1) return sdp;
    if (channels === 2) return sdp.replace('a=fmtp:111 ', 'a=fmtp:111 stereo=1;sprop-stereo=1;');
    return sdp
      .replace(/m=audio (\d+) UDP\/TLS\/RTP\/SAVPF .*/, 'm=audio $1 UDP/TLS/RTP/SAVPF 115')
      .replace(/a=(rtpmap|fmtp|rtcp-fb):(?!111 ).*\r\n/g, '')
      .replace('a=rtpmap:111 opus/48000/2', 'a=rtpmap:115 multiopus/48000/6')
      .replace(/a=fmtp:111 /, 'a=fmtp:115 channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2;')
      .replace(/a=rtcp-fb:111/g, 'a=rtcp-fb:115');
  },

  /** Publishes microphone and camera as MediaStreams of their own, beside a data channel. */
  async publishWithData(endpoint) {
    const connection = this.open();
    connection.createDataChannel('chat');
    for (const kind of ['audio', 'video']) {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
      connection.addTransceiver(stream.getTracks()[0], { direction: 'sendonly', streams: [stream] });
    }
    await this.signal(endpoint);
  },

  /** Publishes microphone and camera, 640 pixels wide, and a tone and a drawing of 320 pixels as second tracks. */
  async publishTwoOfEach(endpoint) {
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
    const pen = canvas.getContext('2d');
    let hue = 0;
    setInterval(() => {
      pen.fillStyle = `hsl(${hue++} 80% 50%)`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }, 50);
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    const sound = new MediaStreamAudioDestinationNode(context);
    tone.connect(sound);
    tone.start();
    const screen = new MediaStream([...sound.stream.getTracks(), ...canvas.captureStream(20).getTracks()]);
    const connection = this.open();
    for (const stream of [camera, screen]) {
      for (const track of stream.getTracks()) {
        connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      }
    }
    await this.signal(endpoint);
  },

  /** Plays so many m-sections of each kind, without an element. */
  async playSections(endpoint, sounds, videos) {
    const connection = this.open();
    for (let i = 0; i < sounds; i++) connection.addTransceiver('audio', { direction: 'recvonly' });
    for (let i = 0; i < videos; i++) connection.addTransceiver('video', { direction: 'recvonly' });
    await this.signal(endpoint);
  },

  /** The m-sections in order in which there is sound, or pictures and of which width. */
  async sections() {
    const report = await this.connection.getStats();
    return [...report.values()]
      .filter(({ type, kind, packetsReceived, framesDecoded }) =>
        type === 'inbound-rtp' && (kind === 'audio' ? packetsReceived > 20 : framesDecoded > 20))
      .sort((a, b) => a.mid - b.mid)
      .map(({ kind, frameWidth }) => (kind === 'audio' ? kind : `${kind} ${frameWidth}`))
      .join(', ');
  },

  /** Plays into a video element of its own, with further m-sections beside those that it needs. */
  async play(endpoint, furtherVideos = 0, data = false) {
    const connection = this.open();
    if (data) connection.createDataChannel('chat');
    const element = document.createElement('video');
    Object.assign(element, { autoplay: true, muted: true, playsInline: true, id: 'played' });
    document.body.append(element);
    element.srcObject = new MediaStream();
    element.requestVideoFrameCallback(() => (this.shownAt = performance.now()));
    connection.ontrack = ({ track }) => element.srcObject.addTrack(track);
    connection.addTransceiver('audio', { direction: 'recvonly' });
    for (let i = 0; i <= furtherVideos; i++) {
      connection.addTransceiver('video', { direction: 'recvonly' });
    }
    await this.signal(endpoint);
  },

  open() {
    this.connection = new RTCPeerConnection();
    return this.connection;
  },

  prefer(transceiver, { codecs }, name) {
    const wanted = [`video/${name}`, `audio/${name}`].map((mime) => mime.toLowerCase());
    const helpers = ['video/rtx', 'video/red', 'video/ulpfec'];
    transceiver.setCodecPreferences(
      codecs.filter(({ mimeType }) => [...wanted, ...helpers].includes(mimeType.toLowerCase())),
    );
  },

  async signal(endpoint, change = (sdp) => sdp) {
    const { connection } = this;
    const offer = await connection.createOffer();
    await connection.setLocalDescription({ type: 'offer', sdp: change(offer.sdp) });
    if (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.onicegatheringstatechange = () =>
          connection.iceGatheringState === 'complete' && resolve();
      });
    }
    this.postedAt = performance.now();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: connection.localDescription.sdp,
    });
    const body = await response.text();
    if (response.status !== 201) throw new Error(`POST was answered with ${response.status}: ${body}`);
    this.session = new URL(response.headers.get('Location'), response.url);
    await connection.setRemoteDescription({ type: 'answer', sdp: body });
  },

  /** A number among the statistics of one type and kind, summed up over its streams. */
  async stat(type, kind, name) {
    const report = await this.connection.getStats();
    return [...report.values()]
      .filter((stats) => stats.type === type && stats.kind === kind)
      .reduce((sum, stats) => sum + (stats[name] ?? 0), 0);
  },

  /** Milliseconds from the POST to the first picture that was shown; NaN before. */
  firstPicture() {
    return this.shownAt - this.postedAt;
  },

  /** The MIME type of the video codec that the statistics of this type name. */
  async codec(type) {
    const report = await this.connection.getStats();
    const stream = [...report.values()].find((stats) => stats.type === type && stats.kind === 'video');
    return report.get(stream.codecId).mimeType;
  },

  /** What is received, for whoever has to find out why a test failed. */
  async summary() {
    const report = await this.connection.getStats();
    return [...report.values()]
      .filter(({ type }) => type === 'inbound-rtp')
      .map((stats) =>
        ['kind', 'packetsReceived', 'framesReceived', 'framesDecoded', 'frameWidth', 'pliCount']
          .map((name) => `${name} ${stats[name]}`)
          .join(' '),
      )
      .join('; ');
  },

  async scaleDown(factor) {
    const sender = this.connection.getSenders().find(({ track }) => track?.kind === 'video');
    const parameters = sender.getParameters();
    parameters.encodings[0].scaleResolutionDownBy = factor;
    await sender.setParameters(parameters);
  },

  /** Sends a voice instead of the microphone, or next to nothing. */
  async speak(loud) {
    if (!this.volume) {
      const context = new AudioContext();
      const { sampleRate } = context;
      const buffer = context.createBuffer(1, 2 * sampleRate, sampleRate);
      // Noise, with a breath every two seconds: what is loud all the time is no speech to a bridge.
      const samples = buffer.getChannelData(0);
      for (let i = 0; i < samples.length; i++) {
        const breath = i > 1.75 * sampleRate;
        samples[i] = (breath ? 0.01 : 0.6) * (2 * Math.random() - 1);
      }
      const voice = new AudioBufferSourceNode(context, { buffer, loop: true });
      this.volume = new GainNode(context);
      const output = new MediaStreamAudioDestinationNode(context);
      voice.connect(this.volume).connect(output);
      voice.start();
      const sender = this.connection.getSenders().find(({ track }) => track?.kind === 'audio');
      await sender.replaceTrack(output.stream.getAudioTracks()[0]);
    }
    this.volume.gain.value = loud ? 1 : 0.0001;
  },

  /** Selects a layer; resolves with the status of the answer. */
  async select(layer) {
    const response = await fetch(`${this.session}/layer`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: layer,
    });
    return response.status;
  },

  state() {
    return this.connection.connectionState;
  },

  async hangUp() {
    this.connection.close();
    await fetch(this.session, { method: 'DELETE' });
  },
};
