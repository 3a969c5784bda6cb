package io.github.jvbwhip.jvb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.FeedPool;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.room.LayerChoice;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlayerSlotTest {
  private static final Codec AV1 = new Codec(MediaKind.VIDEO, "AV1", 90_000, 1, Map.of());
  private static final Codec VP9 = new Codec(MediaKind.VIDEO, "VP9", 90_000, 1, Map.of());
  private static final NegotiatedExtension DESCRIPTOR =
      new NegotiatedExtension(5, HeaderExtensionType.DEPENDENCY_DESCRIPTOR);

  @Test
  void a_player_without_descriptor_is_sent_the_lowest_spatial_layer_of_av1() {
    assertThat(limit(AV1, List.of())).isEqualTo(180);
  }

  @Test
  void a_player_that_can_decode_all_layers_is_sent_what_fits() {
    assertThat(limit(AV1, List.of(DESCRIPTOR))).isEqualTo(LayerChoice.UNLIMITED);
    assertThat(limit(VP9, List.of())).isEqualTo(LayerChoice.UNLIMITED);
  }

  private static int limit(Codec codec, List<NegotiatedExtension> extensions) {
    NegotiatedCodec negotiated =
        new NegotiatedCodec(45, codec, OptionalInt.empty(), EnumSet.noneOf(Feedback.class));
    EgressMedia media = new EgressMedia("0", MediaKind.VIDEO, List.of(negotiated), extensions);
    PlayerSlot slot =
        new PlayerSlot(
            media,
            new SentSource("0", 1, OptionalLong.empty(), "c"),
            new SlotRewriter(media, ConferenceNumbers.usual(), 1, new Random(1)),
            new FeedPool());
    slot.show(shown(codec), Set.of(), 0);
    return slot.wanted().stream().map(EgressLink.Video::maxHeight).findFirst().orElseThrow();
  }

  /** Three spatial layers, the lowest of 180 lines. */
  private static PlayerSlot.Shown shown(Codec codec) {
    StreamView.SourceEncoding encoding =
        new StreamView.SourceEncoding(Optional.empty(), true, 1_000_000, 1280, 720, 0, 2);
    StreamView.Track track =
        new StreamView.Track(
            MediaKind.VIDEO,
            List.of(codec),
            true,
            List.of(new StreamView.Source("e-v0", 7, List.of(encoding), 180)));
    StreamView stream = new StreamView(new StreamName("main"), "e", List.of(codec), List.of(track));
    return new PlayerSlot.Shown(stream, track);
  }
}
