package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** WHEP events document: the data of each event, with its own examples where it has one. */
class EventDataTest {
  @Test
  void layers_of_simulcast_with_temporal_scalability() {
    LayerInfo inactive =
        new LayerInfo(
            Optional.of("2"),
            OptionalInt.of(0),
            OptionalInt.of(1),
            0,
            OptionalLong.of(2_000_000),
            OptionalInt.of(1280),
            OptionalInt.of(720));
    LayerInfo active =
        new LayerInfo(
            Optional.of("1"),
            OptionalInt.of(0),
            OptionalInt.of(0),
            343_592,
            OptionalLong.empty(),
            OptionalInt.of(640),
            OptionalInt.of(360));

    assertThat(EventData.layers(List.of(1), List.of(List.of(inactive, active))))
        .isEqualTo(
            "{\"1\":[{\"rid\":\"2\",\"spatialLayerId\":0,\"temporalLayerId\":1,\"bitrate\":0,"
                + "\"targetBitrate\":2000000,\"width\":1280,\"height\":720},"
                + "{\"rid\":\"1\",\"spatialLayerId\":0,\"temporalLayerId\":0,\"bitrate\":343592,"
                + "\"width\":640,\"height\":360}]}");
  }

  /** "MUST contain at least one of the rid, spatialLayerId or temporalLayerId". */
  @Test
  void layers_without_any_id_are_told_by_their_rank() {
    assertThat(EventData.layers(List.of(0), List.of(List.of(anonymous(7), anonymous(5)))))
        .isEqualTo(
            "{\"0\":[{\"spatialLayerId\":1,\"bitrate\":7},"
                + "{\"spatialLayerId\":0,\"bitrate\":5}]}");
  }

  private static LayerInfo anonymous(long bitrate) {
    return new LayerInfo(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        bitrate,
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  @Test
  void the_viewer_count_of_the_example() {
    assertThat(EventData.viewerCount(3)).isEqualTo("{\"viewercount\":3}");
  }

  @Test
  void reconnect_with_and_without_a_url() {
    assertThat(EventData.reconnect(Optional.empty())).isEqualTo("{}");
    assertThat(EventData.reconnect(Optional.of("https://whep-backup.example.com/whep/endpoint/")))
        .isEqualTo("{\"url\":\"https://whep-backup.example.com/whep/endpoint/\"}");
  }

  @Test
  void the_speaker_may_be_nobody() {
    assertThat(EventData.speaker(Optional.of(new StreamName("alice")), Optional.empty()))
        .isEqualTo("{\"stream\":\"alice\"}");
    assertThat(EventData.speaker(Optional.empty(), Optional.empty()))
        .isEqualTo("{\"stream\":null}");
  }

  @Test
  void the_speaker_may_have_a_name_that_people_know() {
    assertThat(
            EventData.speaker(Optional.of(new StreamName("abcd1234")), Optional.of("Alice \"A\"")))
        .isEqualTo("{\"stream\":\"abcd1234\",\"displayName\":\"Alice \\\"A\\\"\"}");
  }

  @Test
  void statistics_have_the_round_trip_time_in_seconds() {
    EndpointStats stats = new EndpointStats(true, 1, 2, 3, 4, 5, 6, OptionalLong.of(12_500));
    assertThat(EventData.stats(stats))
        .isEqualTo(
            "{\"connected\":true,\"packetsSent\":3,\"bytesSent\":4,\"packetsLost\":5,"
                + "\"packetsRetransmitted\":6,\"roundTripTime\":0.0125}");
  }

  @Test
  void without_names_the_name_is_in_the_data() {
    assertThat(EventData.unnamed(EventType.VIEWERCOUNT, "{\"viewercount\":3}"))
        .isEqualTo("{\"event\":\"viewercount\",\"data\":{\"viewercount\":3}}");
    assertThat(EventData.unnamed(EventType.SCTE35, "/DA8AA=="))
        .isEqualTo("{\"event\":\"scte35\",\"data\":\"/DA8AA==\"}");
  }
}
