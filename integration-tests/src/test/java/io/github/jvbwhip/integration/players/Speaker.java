package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** A publisher of marked sound and picture that speaks or does not. */
record Speaker(TestPeer peer, MediaSender audio, MediaSender video, int mark) {
  private static final int SYLLABLE_FRAMES = 12;

  /** Starts to send, quietly. */
  static Speaker start(TestPeer peer, int mark, int keyframeInterval) {
    MediaSender audio = peer.audio();
    MediaSender video = peer.video(VideoSettings.defaults().withKeyframeInterval(keyframeInterval));
    Speaker speaker = new Speaker(peer, audio, video, mark);
    speaker.beQuiet();
    audio.mark(mark);
    video.mark(mark);
    audio.start();
    video.start();
    return speaker;
  }

  /** Speech: syllables, loud by turns, with a breath in between. */
  void speak() {
    Random random = new Random(mark);
    IntUnaryOperator level =
        frame -> frame / SYLLABLE_FRAMES % 6 == 5 ? 70 : 12 + random.nextInt(20);
    audio.encoding().setAudioLevels(level);
  }

  /** A room's noise; not 127, which is silence, and which a Jitsi Videobridge does not forward. */
  void beQuiet() {
    audio.encoding().setAudioLevels(frame -> 96 + frame % 4);
  }

  void leave() {
    peer.hangUp();
    peer.close();
  }
}
