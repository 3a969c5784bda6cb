package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    List<String> seeds = seeds("offers", ".sdp");
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
    List<String> seeds = seeds("examples", ".sdpfrag");
    Mutations mutations = new Mutations(2);
    int parsed = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      parsed += checkFragment(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(parsed).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  private static List<String> seeds(String directory, String ending) throws IOException {
    List<String> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources", directory))) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
        seeds.add(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return seeds;
  }

  private static boolean checkDescription(String text) throws SdpException {
    SessionDescription parsed;
    try {
      parsed = SessionDescription.parse(text);
    } catch (SdpException e) {
      assertThat(e.line()).isNotNegative();
      return false;
    }
    String written = parsed.write();
    if (fits(written)) {
      assertThat(SessionDescription.parse(written)).isEqualTo(parsed);
    }
    return true;
  }

  private static boolean checkFragment(String text) throws SdpException {
    IceFragment parsed;
    try {
      parsed = IceFragment.parse(text);
    } catch (SdpException e) {
      assertThat(e.line()).isNotNegative();
      return false;
    }
    String written = parsed.write();
    if (fits(written)) {
      assertThat(IceFragment.parse(written)).isEqualTo(parsed);
    }
    return true;
  }

  /** Normalising may lengthen a text that is just within the bounds. */
  private static boolean fits(String written) {
    return written.length() <= SdpLimits.MAX_LENGTH
        && written.lines().allMatch(line -> line.length() <= SdpLimits.MAX_LINE_LENGTH);
  }
}
