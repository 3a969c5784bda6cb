package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StanzaReadingTest {
  private static Stream<Arguments> stanzas() {
    return Stream.of(
        Arguments.of(
            "<iq id='1' type=\"set\" from='r@m/a&apos;b'><a/></iq>",
            "<iq id='1' type=\"set\" from='r@m/a&apos;b'/>"),
        Arguments.of(
            "<presence a='>' x:from='x' b=\"from='y' \"\n from = 'z'/>", "<presence from='z'/>"),
        Arguments.of("<message from='a", "<message/>"),
        Arguments.of("<message><iq from='a'/></message>", "<message/>"),
        Arguments.of("from='a'", "<message/>"));
  }

  @ParameterizedTest
  @MethodSource("stanzas")
  void a_first_tag_says_whose_it_is(String stanza, String tag) {
    assertThat(StanzaReading.firstTag(stanza)).isEqualTo(tag);
    String attributes = " a=''".repeat(20_000);
    assertThat(StanzaReading.firstTag(stanza.replaceFirst("^(<[a-z]+)", "$1" + attributes)))
        .isEqualTo(tag);
  }
}
