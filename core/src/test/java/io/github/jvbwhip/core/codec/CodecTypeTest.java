package io.github.jvbwhip.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTypeTest {
  @Test
  void a_codec_is_known_by_its_name_in_any_case() {
    assertThat(CodecType.named("vp8")).isEqualTo(CodecType.VP8);
    assertThat(CodecType.named("OPUS")).isEqualTo(CodecType.OPUS);
    assertThat(CodecType.named("ulpfec")).isEqualTo(CodecType.OTHER);
    assertThat(CodecType.named("rtx")).isEqualTo(CodecType.OTHER);
    assertThat(CodecType.named("")).isEqualTo(CodecType.OTHER);
  }

  @Test
  void the_same_name_of_another_kind_is_another_codec() {
    assertThat(CodecType.of(new Codec(MediaKind.AUDIO, "red", 48000, 2, Map.of())))
        .isEqualTo(CodecType.RED);
    assertThat(CodecType.of(new Codec(MediaKind.VIDEO, "red", 90000, 1, Map.of())))
        .isEqualTo(CodecType.OTHER);
  }

  @ParameterizedTest
  @EnumSource(value = CodecType.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void the_usual_formats_of_a_codec_are_of_it(CodecType type) {
    assertThat(type.usual()).isNotEmpty().extracting(CodecType::of).containsOnly(type);
  }

  @Test
  void no_other_source_names_a_codec() throws IOException {
    String names =
        Stream.of(CodecType.values())
            .map(CodecType::encodingName)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining("|"));
    Pattern literal = Pattern.compile("(?i)\"(" + names + "|" + CodecType.RTX + ")\"");
    List<String> found = new ArrayList<>();
    int read = 0;
    for (Path file : mainSources()) {
      read++;
      if (!file.endsWith("CodecType.java") && literal.matcher(Files.readString(file)).find()) {
        found.add(file.toString());
      }
    }

    assertThat(read).isGreaterThan(300);
    assertThat(found).isEmpty();
  }

  /** Those of all modules that are deployed. */
  private static List<Path> mainSources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.toString().startsWith("../benchmarks"))
          .toList();
    }
  }

  @Test
  void canonical_payload_types_are_of_one_codec_each_and_dynamic_or_static() {
    assertThat(CodecType.values())
        .flatExtracting(type -> type.canonicalPayloadType().stream().boxed().toList())
        .doesNotHaveDuplicates()
        .allMatch(
            number ->
                number >= 96 && number < 128 || number >= 35 && number < 64 || isStatic(number))
        .hasSize(9);
    assertThat(CodecType.PCMU.staticPayloadType()).hasValue(0);
    assertThat(CodecType.PCMA.staticPayloadType()).hasValue(8);
    assertThat(CodecType.OPUS.staticPayloadType()).isEmpty();
  }

  private static boolean isStatic(int number) {
    return Stream.of(CodecType.values())
        .anyMatch(type -> type.staticPayloadType().equals(OptionalInt.of(number)));
  }
}
