package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.session.EntityTag;
import io.github.jvbwhip.core.session.IfMatch;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Every value of {@code If-Match} is read or refused, and a tag that is read stands in it. */
class EntityTagsFuzzTest {

  /** Lines are field values. */
  @FuzzTest(maxDuration = "30s")
  void every_value_is_read_or_refused(byte[] bytes) {
    List<String> values = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
    if (check(values, false)) {
      assertThat(check(values, true)).isTrue();
    }
  }

  private static boolean check(List<String> values, boolean lenient) {
    IfMatch read;
    try {
      read = EntityTags.parse(values, lenient);
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
      return false;
    }
    assertThat(read.kind()).isNotEqualTo(IfMatch.Kind.ABSENT);
    for (EntityTag tag : read.tags()) {
      assertThat(tag.opaque()).doesNotContain("\"");
      assertThat(values).anyMatch(value -> value.contains(tag.opaque()));
    }
    return true;
  }
}
