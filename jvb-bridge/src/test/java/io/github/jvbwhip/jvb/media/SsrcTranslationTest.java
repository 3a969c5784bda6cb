package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcTranslationTest {
  private static final long OWN = 1;

  @Test
  void there_and_back() {
    SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
    long translated = ssrcs.add(OWN);

    assertThat(translated).isBetween(1L, 0xFFFFFFFFL).isNotEqualTo(OWN);
    assertThat(ssrcs.toConference(OWN)).isEqualTo(translated);
    assertThat(ssrcs.toPublisher(translated)).isEqualTo(OWN);
    assertThat(ssrcs.toConference(2)).isEqualTo(SsrcTranslation.NONE);
    assertThat(ssrcs.toPublisher(OWN)).isEqualTo(SsrcTranslation.NONE);
  }

  @Test
  void equal_ssrcs_of_two_publishers_become_different_ones() {
    Random random = new Random(1);

    assertThat(SsrcTranslation.random(random).add(OWN))
        .isNotEqualTo(SsrcTranslation.random(random).add(OWN));
  }

  @Test
  void what_is_in_use_keeps_its_translation_whatever_comes() {
    SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
    long translated = ssrcs.add(OWN);
    for (int other = 2; other < 5000; other++) {
      ssrcs.add(other);
      assertThat(ssrcs.add(OWN)).isEqualTo(translated);
    }

    assertThat(ssrcs.toConference(2)).as("long out of use").isEqualTo(SsrcTranslation.NONE);
    assertThat(ssrcs.toConference(4999)).isNotEqualTo(SsrcTranslation.NONE);
  }

  @Test
  void the_identity_keeps_them() {
    SsrcTranslation ssrcs = SsrcTranslation.identity();

    assertThat(ssrcs.add(OWN)).isEqualTo(OWN);
    assertThat(ssrcs.toPublisher(OWN)).isEqualTo(OWN);
  }
}
