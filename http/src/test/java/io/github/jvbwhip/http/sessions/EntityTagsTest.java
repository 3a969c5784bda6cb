package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.session.EntityTag;
import io.github.jvbwhip.core.session.IfMatch;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The values of {@code If-Match}, as anybody may write them. */
class EntityTagsTest {
  private static final String CHARACTERS = "\"\"\"\"WW//,, \t*a\u00ff\\";

  @Test
  void lists_may_be_split_over_fields_and_have_empty_members() throws Exception {
    assertThat(EntityTags.parse(List.of("\"a\" ,, \"b,c\"", "W/\"weak\", \"d\""), false))
        .isEqualTo(tags("a", "b,c", "d"));
  }

  @Test
  void weak_tags_alone_match_nothing() throws Exception {
    assertThat(EntityTags.parse(List.of("W/\"a\""), true)).isEqualTo(tags());
  }

  @Test
  void an_asterisk_wins_wherever_it_stands_alone() throws Exception {
    assertThat(EntityTags.parse(List.of("\"a\"", " * "), false)).isEqualTo(IfMatch.ANY);
    assertThat(EntityTags.parse(List.of("\"*\""), false)).isEqualTo(IfMatch.ANY);
    assertThat(EntityTags.parse(List.of(), false)).isEqualTo(IfMatch.ABSENT);
  }

  @Test
  void a_tag_without_quotes_is_taken_leniently_and_alone() throws Exception {
    assertThat(EntityTags.parse(List.of(" a1 "), true)).isEqualTo(tags("a1"));
    assertThat(refused("a1", false)).isTrue();
    assertThat(refused("\"a\", b", true)).isTrue();
    assertThat(refused("\"a", true)).isTrue();
    assertThat(refused("W/", false)).isTrue();
  }

  /** Every value is read or refused, and what is read is written and read as the same. */
  @Test
  void random_values_are_read_or_refused() throws Exception {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        value.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
      boolean lenient = random.nextBoolean();
      if (refused(value.toString(), lenient)) {
        continue;
      }
      read++;
      IfMatch ifMatch = EntityTags.parse(List.of(value.toString()), lenient);
      if (ifMatch.kind() == IfMatch.Kind.TAGS && !ifMatch.tags().isEmpty()) {
        List<String> written = ifMatch.tags().stream().map(EntityTag::headerValue).toList();
        assertThat(EntityTags.parse(List.of("W/\"\", " + String.join(",", written)), false))
            .isEqualTo(ifMatch);
      }
    }
    assertThat(read).isBetween(5_000, 45_000);
  }

  private static boolean refused(String value, boolean lenient) {
    try {
      EntityTags.parse(List.of(value), lenient);
      return false;
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
      return true;
    }
  }

  private static IfMatch tags(String... opaque) {
    Set<EntityTag> tags = new HashSet<>();
    for (String tag : opaque) {
      tags.add(new EntityTag(tag));
    }
    return IfMatch.oneOf(tags);
  }
}
