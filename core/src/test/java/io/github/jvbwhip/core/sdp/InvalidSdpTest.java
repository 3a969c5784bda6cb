package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no session description, with the line that is blamed. */
class InvalidSdpTest {
  private static final String HEAD = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";

  static Stream<Arguments> invalid() {
    return Stream.of(
        arguments("nothing", "", 1),
        arguments("empty lines only", "\r\n\r\n", 1),
        arguments("an empty line first", "\n" + HEAD, 1),
        arguments("more than a version", "v=0 \n", 1),
        arguments("another version", "v=1\n", 1),
        arguments("version not first", "o=-\nv=0\n", 1),
        arguments("json", "{\"type\":\"offer\"}", 1),
        arguments("no origin", "v=0\ns=-\nt=0 0\n", 0),
        arguments("no session name", "v=0\no=-\nt=0 0\n", 0),
        arguments("no times", "v=0\no=-\ns=-\n", 0),
        arguments("origin in a section only", "v=0\ns=-\nt=0 0\nm=audio 9 RTP/AVP 0\no=-\n", 0),
        arguments("a second version", HEAD + "v=0\n", 5),
        arguments("an empty line inside", HEAD + "\na=mid:0\n", 5),
        arguments("no equals sign", HEAD + "a:mid\n", 5),
        arguments("a letter alone", HEAD + "a\n", 5),
        arguments("a letter alone at the end", HEAD + "a", 5),
        arguments("an upper-case letter", HEAD + "A=mid:0\n", 5),
        arguments("a brace", HEAD + "{=x\n", 5),
        arguments("a digit", HEAD + "1=x\n", 5),
        arguments("a space before the letter", HEAD + " a=mid:0\n", 5),
        arguments("a null character", HEAD + "a=x:\0\n", 5),
        arguments("a carriage return inside", HEAD + "a=x:1\ra=y\n", 5),
        arguments("a delete character", HEAD + "a=x:\u007f\n", 5),
        arguments("m-line: no port", HEAD + "m=audio\n", 5),
        arguments("m-line: port out of range", HEAD + "m=audio 65536 RTP/AVP 0\n", 5),
        arguments("m-line: port not a number", HEAD + "m=audio nine RTP/AVP 0\n", 5),
        arguments("m-line: port count of 0", HEAD + "m=audio 9/0 RTP/AVP 0\n", 5),
        arguments("m-line: port count missing", HEAD + "m=audio 9/ RTP/AVP 0\n", 5),
        arguments("m-line: no protocol", HEAD + "m=audio 9\n", 5),
        arguments("m-line: no format", HEAD + "m=audio 9 RTP/AVP\n", 5),
        arguments("m-line: empty", HEAD + "m=\n", 5),
        arguments("a bad attribute", HEAD + "m=audio 9 RTP/AVP 0\na=mid:0\na=setup:x\n", 7));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void is_refused_with_the_line(String name, String text, int line) {
    try {
      SessionDescription parsed = SessionDescription.parse(text);
      throw new AssertionError(name + " was taken for " + parsed);
    } catch (SdpException e) {
      assertThat(e.line()).isEqualTo(line);
      assertThat(e.reason()).isNotBlank();
    }
  }
}
