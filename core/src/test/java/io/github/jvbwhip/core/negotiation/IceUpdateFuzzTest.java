package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.sdp.Mutations;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every body of a PATCH is an update or refused; an update has only what the port can carry. */
class IceUpdateFuzzTest {
  private static final int MUTATIONS = 6_000;

  @FuzzTest(maxDuration = "30s")
  void every_fragment_is_read_or_refused(byte[] text) throws Exception {
    check(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The same over mutations of the RFC's fragments, in every build. */
  @Test
  void every_mutated_fragment_is_read_or_refused() throws Exception {
    List<String> seeds =
        List.of(
            Fixtures.resource("examples/rfc9725-trickle.sdpfrag"),
            Fixtures.resource("examples/rfc9725-restart-request.sdpfrag"));
    Mutations mutations = new Mutations(4);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      read += check(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  private static boolean check(String text) {
    boolean strict = check(text, SdpReader.STRICT, NegotiationRules.STRICT);
    boolean lenient = check(text, SdpReader.LENIENT, NegotiationRules.LENIENT);
    assertThat(lenient || !strict).isTrue();
    return strict;
  }

  private static boolean check(String text, SdpReader reader, NegotiationRules rules) {
    IceUpdate update;
    try {
      update = IceUpdate.of(reader.fragment(text).value(), rules);
    } catch (SdpException e) {
      return false;
    } catch (NegotiationException e) {
      assertThat(e.detail()).isNotBlank();
      return false;
    }
    assertThat(update.candidates()).doesNotHaveDuplicates();
    for (IceCandidate candidate : update.candidates()) {
      assertThat(candidate.port()).isBetween(1, 65535);
      assertThat(candidate.priority()).isBetween(1L, (1L << 31) - 1);
      assertThat(candidate.address()).isNotEmpty().doesNotContain(" ");
    }
    update
        .credentials()
        .ifPresent(
            credentials -> {
              assertThat(credentials.ufrag()).hasSizeBetween(4, 256);
              assertThat(credentials.pwd()).hasSizeBetween(22, 256);
              assertThat(update.restarts(credentials)).isFalse();
            });
    return true;
  }
}
