// Somebody in a meeting, by lib-jitsi-meet, which the page has loaded too: sends a picture of one colour and the sound of
// the fake microphone, and shows the others.

window.meeting = {
  /** When each person was seen to leave, by display name. */
  left: {},

  /** Joins; resolves when it is in. */
  async join({ webSocket, room, name, colour, calls }) {
    JitsiMeetJS.setLogLevel('error');
    JitsiMeetJS.init({ disableAudioLevels: true });
    const connection = new JitsiMeetJS.JitsiConnection(null, null, {
      hosts: { domain: 'meet.test', muc: 'conference.meet.test', focus: 'focus.meet.test' },
      serviceUrl: `${webSocket}?room=${room}`,
      websocketKeepAlive: -1,
    });
    await this.event(connection, JitsiMeetJS.events.connection.CONNECTION_ESTABLISHED, () => connection.connect());
    this.conference = connection.initJitsiConference(room, {
      openBridgeChannel: 'websocket',
      p2p: { enabled: calls, backToP2PDelay: 1 },
    });
    const { conference, left } = this;
    const events = JitsiMeetJS.events.conference;
    conference.on(events.TRACK_ADDED, (track) => !track.isLocal() && this.show(track));
    conference.on(events.TRACK_REMOVED, (track) => track.containers?.forEach((element) => element.remove()));
    conference.on(events.USER_LEFT, (id, person) => (left[person.getDisplayName()] = Date.now()));
    conference.setDisplayName(name);
    [this.microphone] = await JitsiMeetJS.createLocalTracks({ devices: ['audio'] });
    await this.microphone.mute();
    await conference.addTrack(this.microphone);
    await conference.addTrack(this.picture(colour, 'camera'));
    await this.event(conference, events.CONFERENCE_JOINED, () => conference.join());
    conference.setReceiverConstraints({ lastN: -1, defaultConstraints: { maxHeight: 360 } });
  },

  event(emitter, name, begin) {
    return new Promise((resolve) => {
      emitter.addEventListener(name, resolve);
      begin();
    });
  },

  /** A drawing of that colour, of which an edge moves. */
  picture(colour, videoType) {
    // Large enough for several layers.
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const pen = canvas.getContext('2d');
    let at = 0;
    setInterval(() => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = 'white';
      pen.fillRect((at += 8) % canvas.width, 0, 20, 10);
    }, 66);
    const stream = canvas.captureStream(15);
    const [track] = JitsiMeetJS.createLocalTracksFromMediaStreams([
      { stream, mediaType: 'video', videoType, sourceType: 'canvas' },
    ]);
    return track;
  },

  show(track) {
    const element = document.createElement(track.getType());
    Object.assign(element, { autoplay: true, playsInline: true });
    element.id = track.getSourceName();
    document.body.append(element);
    track.attach(element);
  },

  speak(loud) {
    return loud ? this.microphone.unmute() : this.microphone.mute();
  },

  async share(colour) {
    this.screen = this.picture(colour, 'desktop');
    await this.conference.addTrack(this.screen);
  },

  unshare() {
    return this.screen.dispose();
  },

  /** The participant of that display name. */
  person(name) {
    return this.conference.getParticipants().find((each) => each.getDisplayName() === name);
  },

  track(name, kind) {
    return this.person(name)?.getTracksByMediaType(kind)[0];
  },

  isMuted(name, kind) {
    return this.track(name, kind)?.isMuted();
  },

  /** Mutes somebody, as a moderator may. */
  mute(name, kind) {
    this.conference.muteParticipant(this.person(name).getId(), kind);
  },

  /** Removes somebody, as a moderator may. */
  remove(name) {
    this.conference.kickParticipant(this.person(name).getId());
  },

  /** What the browser says of somebody's track, with the codec's name. */
  async received(name, kind) {
    const track = this.track(name, kind)?.getTrack();
    for (const { peerconnection } of this.conference.rtc.peerConnections.values()) {
      const receiver = peerconnection.getReceivers().find((each) => each.track === track);
      const report = await receiver?.getStats();
      for (const entry of report?.values() ?? []) {
        if (entry.type === 'inbound-rtp') return { ...entry, codec: report.get(entry.codecId)?.mimeType };
      }
    }
    return {};
  },

  async summary() {
    const people = this.conference?.getParticipants() ?? [];
    const lines = people.map(async (person) => {
      const name = person.getDisplayName();
      const video = await this.received(name, 'video');
      const audio = await this.received(name, 'audio');
      return (
        `${name} (${person.getRole()}): ${video.codec} ${video.frameWidth}x${video.frameHeight}, ` +
        `${video.framesDecoded} of ${video.framesReceived} frames decoded, muted ${this.isMuted(name, 'video')}; ` +
        `${audio.codec}, ${audio.packetsReceived} packets, energy ${audio.totalAudioEnergy}, ` +
        `muted ${this.isMuted(name, 'audio')}`
      );
    });
    return (await Promise.all(lines)).join('; ');
  },
};
