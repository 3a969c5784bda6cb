package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the bridge sends to a player of the stage, as it says itself. */
@RequiresJvb
class StageJvbTest {
  private static final int LOUD = 10;
  private static final int QUIET = 70;
  private static final int SYLLABLE_FRAMES = 6;

  private static final Pattern SOURCE = Pattern.compile("[^\\[\\], ]+");

  private final String room = Peers.newRoom();

  @Test
  void what_is_not_shown_is_not_sent() throws Exception {
    try (JvbProcess bridge =
            JvbProcess.start(
                JvbHome.orSkip(), Optional.of(JvbProcess.dropInJar()), JvbProcess.BOTH_ON);
        TestPeer first = connected(bridge.url("/whip/" + room + "/1"), publisher());
        TestPeer second = connected(bridge.url("/whip/" + room + "/2"), publisher());
        TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
      BridgeState state = new BridgeState(bridge);
      List<MediaSender> sounds = List.of(start(first), start(second));
      List<String> shown = new ArrayList<>();
      for (int speaker : new int[] {0, 1, 0}) {
        speak(sounds.get(1 - speaker), false);
        speak(sounds.get(speaker), true);
        eventually(
            "only speaker " + speaker,
            () -> {
              Sent now = sent(state);
              return now.isOfOneEndpoint() && !shown.equals(now.video());
            });
        shown.clear();
        shown.addAll(sent(state).video());
      }
      assertThat(player.received().malformed()).isZero();
    }
  }

  /**
   * The names of the sources that the bridge forwards to anybody; bridges before June 2026 do not
   * tell which audio that is.
   */
  private record Sent(List<String> video, Optional<List<String>> audio) {
    boolean isOfOneEndpoint() {
      return video.size() == 1
          && audio.orElse(List.of(sound(video.get(0)))).equals(List.of(sound(video.get(0))));
    }

    private static String sound(String picture) {
      return picture.replace("-v0", "-a0");
    }
  }

  private static OfferSpec publisher() {
    return OfferSpec.publisher(Codec.VP8);
  }

  private static MediaSender start(TestPeer publisher) {
    publisher.video(VideoSettings.defaults()).start();
    MediaSender sound = publisher.audio();
    speak(sound, false);
    sound.start();
    return sound;
  }

  private static void speak(MediaSender sound, boolean loud) {
    sound
        .encoding()
        .setAudioLevels(frame -> loud && frame / SYLLABLE_FRAMES % 2 == 0 ? LOUD : QUIET);
  }

  private static Sent sent(BridgeState state) throws Exception {
    JsonNode conference = state.json("/debug?full=true").path("conferences").elements().next();
    List<String> video = new ArrayList<>();
    for (JsonNode endpoint : conference.path("endpoints")) {
      String forwarded = endpoint.path("bitrate_controller").path("forwarded_sources").asText();
      SOURCE.matcher(forwarded).results().map(MatchResult::group).forEach(video::add);
    }
    JsonNode subscriptions = conference.path("audio_subscriptions");
    if (subscriptions.isMissingNode()) {
      return new Sent(video, Optional.empty());
    }
    List<String> audio = new ArrayList<>();
    subscriptions.path("subscribed_local_sources").fieldNames().forEachRemaining(audio::add);
    return new Sent(video, Optional.of(audio));
  }
}
