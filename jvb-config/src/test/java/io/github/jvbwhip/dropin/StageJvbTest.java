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
            JvbHome.orSkip(), Optional.of(JvbProcess.dropInJar()), JvbProcess.BOTH_ON)) {
      BridgeState state = new BridgeState(bridge);
      eventually("the plugin has warmed up", state::isWarm);
      try (TestPeer first = connected(bridge.url("/whip/" + room + "/1"), publisher())) {
        String firstId = endpoints(state).get(0);
        try (TestPeer second = connected(bridge.url("/whip/" + room + "/2"), publisher())) {
          String secondId =
              endpoints(state).stream().filter(id -> !id.equals(firstId)).findFirst().orElseThrow();
          try (TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
            assertThatWhoSpeaksIsSent(
                state, List.of(firstId, secondId), List.of(start(first), start(second)));
            assertThat(player.received().malformed()).isZero();
          }
        }
      }
    }
  }

  private static void assertThatWhoSpeaksIsSent(
      BridgeState state, List<String> ids, List<MediaSender> sounds) throws Exception {
    for (int speaker : new int[] {0, 1, 0}) {
      speak(sounds.get(1 - speaker), false);
      speak(sounds.get(speaker), true);
      eventually("only " + ids.get(speaker), () -> sent(state), now -> now.isOf(ids.get(speaker)));
    }
  }

  private static List<String> endpoints(BridgeState state) throws Exception {
    List<String> ids = new ArrayList<>();
    conference(state).path("endpoints").fieldNames().forEachRemaining(ids::add);
    return ids;
  }

  private static JsonNode conference(BridgeState state) throws Exception {
    return state.debug().path("conferences").elements().next();
  }

  /**
   * The names of the sources that the bridge forwards to anybody; bridges before June 2026 do not
   * tell which audio that is.
   */
  private record Sent(List<String> video, Optional<List<String>> audio) {
    boolean isOf(String endpoint) {
      return video.equals(List.of(endpoint + "-v0"))
          && audio.filter(heard -> !heard.equals(List.of(endpoint + "-a0"))).isEmpty();
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
    JsonNode conference = conference(state);
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
