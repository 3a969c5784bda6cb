package io.github.jvbwhip.jvb.scenario;

import java.util.List;

/** Sends frames of some encodings; a keyframe of one where that was asked for. */
final class Camera implements Runnable {
  private final ScenarioPeer peer;
  private final List<RtpStream> streams;
  private final int[] answered;
  private int frames;

  Camera(ScenarioPeer peer, RtpStream... streams) {
    this.peer = peer;
    this.streams = List.of(streams);
    this.answered = new int[streams.length];
  }

  /** How many it has sent of each encoding. */
  int frames() {
    return frames;
  }

  @Override
  public void run() {
    frames++;
    for (int i = 0; i < streams.size(); i++) {
      RtpStream stream = streams.get(i);
      int asked = 1 + (int) peer.keyframesAsked().stream().filter(s -> s == stream.ssrc()).count();
      peer.send(stream.frame(asked > answered[i]));
      answered[i] = asked;
    }
  }
}
