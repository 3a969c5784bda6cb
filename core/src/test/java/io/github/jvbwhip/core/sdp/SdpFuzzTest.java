package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.sdp.SdpReader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary text: parsing fails with its one exception or not at all, and what was parsed is
 * written so that it parses as the same.
 */
class SdpFuzzTest {
  private static final int MUTATIONS = 6_000;

  @FuzzTest(maxDuration = "30s")
  void descriptions_keep_their_properties(byte[] text) throws SdpException {
    checkDescription(new String(text, StandardCharsets.ISO_8859_1));
  }

  @FuzzTest(maxDuration = "30s")
  void fragments_keep_their_properties(byte[] text) throws SdpException {
    checkFragment(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The same over mutations of real texts, in every build. */
  @Test
  void mutated_descriptions_keep_their_properties() throws Exception {
    List<String> seeds = seeds(".sdp", "offers", "odd");
    Mutations mutations = new Mutations(1);
    int parsed = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      parsed += checkDescription(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(parsed).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  /** The same over mutations of real fragments, in every build. */
  @Test
  void mutated_fragments_keep_their_properties() throws Exception {
    List<String> seeds = seeds(".sdpfrag", "examples", "odd");
    Mutations mutations = new Mutations(2);
    int parsed = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      parsed += checkFragment(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(parsed).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  private static List<String> seeds(String ending, String... directories) throws IOException {
    List<String> seeds = new ArrayList<>();
    for (String directory : directories) {
      try (Stream<Path> files = Files.list(Path.of("src/test/resources", directory))) {
        for (Path file : files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
          seeds.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
    }
    return seeds;
  }

  private static boolean checkDescription(String text) throws SdpException {
    Optional<SessionDescription> strict =
        check(text, SdpReader.STRICT::description, SessionDescription::write);
    Optional<SessionDescription> lenient =
        check(text, SdpReader.LENIENT::description, SessionDescription::write);
    if (strict.isPresent()) {
      assertThat(lenient).isPresent();
    }
    return strict.isPresent();
  }

  private static boolean checkFragment(String text) throws SdpException {
    Optional<IceFragment> strict = check(text, SdpReader.STRICT::fragment, IceFragment::write);
    Optional<IceFragment> lenient = check(text, SdpReader.LENIENT::fragment, IceFragment::write);
    if (strict.isPresent()) {
      assertThat(lenient).isPresent();
    }
    return strict.isPresent();
  }

  /** One of the methods that read. */
  private interface Reads<T> {
    Reading<T> read(String text) throws SdpException;
  }

  private static <T> Optional<T> check(String text, Reads<T> reads, Function<T, String> writes)
      throws SdpException {
    Reading<T> reading;
    try {
      reading = reads.read(text);
    } catch (SdpException e) {
      assertThat(e.line()).isNotNegative();
      return Optional.empty();
    }
    String written = writes.apply(reading.value());
    assertThat(written.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
    assertThat(reading.leftOut().first()).hasSizeLessThanOrEqualTo(LeftOut.MAX_KEPT);
    assertThat(reading.leftOut().toString()).hasSizeLessThan(1000).doesNotContain("\n", "\r");
    if (fits(written)) {
      assertThat(reads.read(written).value()).isEqualTo(reading.value());
    }
    return Optional.of(reading.value());
  }

  /** Normalising may lengthen a text that is just within the bounds. */
  private static boolean fits(String written) {
    return written.length() <= SdpLimits.DEFAULT.length()
        && written.lines().allMatch(line -> line.length() <= SdpLimits.DEFAULT.lineLength());
  }
}
