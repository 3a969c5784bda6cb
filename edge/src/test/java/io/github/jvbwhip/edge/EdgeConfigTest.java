package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeConfigTest {
  private static final RoomName HALL = new RoomName("hall");
  private static final Optional<StreamName> ANNA = StreamName.of("anna");

  private static EdgeConfig read(String text) throws InvalidConfigException {
    return EdgeConfig.read(
        ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference()).resolve());
  }

  private static OriginConfig origin(String text) throws InvalidConfigException {
    return read("standalone.origins = [ " + text + " ]").origins().get(0);
  }

  @Test
  void by_default_there_is_no_other_server() throws Exception {
    EdgeConfig config = read("");
    assertThat(config.isNone()).isTrue();
    assertThat(config.linger()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.join()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.maxStreams()).isEqualTo(200);
  }

  @Test
  void an_origin_has_all_rooms_and_their_streams() throws Exception {
    OriginConfig origin = origin("{ whep = \"https://o.example/whep/{room}\" }");
    assertThat(origin.has(HALL, Optional.empty())).isTrue();
    assertThat(origin.has(HALL, ANNA)).isTrue();
    assertThat(origin.url(HALL, Optional.empty()))
        .isEqualTo(URI.create("https://o.example/whep/hall"));
    assertThat(origin.url(HALL, ANNA)).isEqualTo(URI.create("https://o.example/whep/hall/anna"));
    assertThat(origin.offer()).isEqualTo(OriginConfig.OfferBy.EDGE);
    assertThat(origin.token()).isEmpty();
  }

  @Test
  void other_servers_have_other_urls() throws Exception {
    OriginConfig origin =
        origin(
            "{ rooms = \"h*\", whep = \"http://o.example:8889/{room}/whep?a=b\","
                + " whep-stream = \"http://o.example:8889/{room}_{stream}/whep\","
                + " offer = origin, token = secret }");
    assertThat(origin.has(new RoomName("yard"), Optional.empty())).isFalse();
    assertThat(origin.url(HALL, Optional.empty()))
        .isEqualTo(URI.create("http://o.example:8889/hall/whep?a=b"));
    assertThat(origin.url(HALL, ANNA))
        .isEqualTo(URI.create("http://o.example:8889/hall_anna/whep"));
    assertThat(origin.token()).contains("secret");
    assertThat(origin.toString()).doesNotContain("secret");
  }

  @Test
  void a_stream_comes_before_the_query() throws Exception {
    OriginConfig origin = origin("{ whep = \"https://o.example/{room}?a=b\" }");
    assertThat(origin.url(HALL, ANNA)).isEqualTo(URI.create("https://o.example/hall/anna?a=b"));
  }

  @Test
  void forwards_say_what_and_where_to() throws Exception {
    ForwardConfig forward =
        read("standalone.forward = [ { streams = \"hall/a*\","
                + " whip = \"https://o.example/whip/{room}/{stream}\" } ]")
            .forwards()
            .get(0);
    assertThat(forward.streams().matches(Optional.of(HALL), ANNA)).isTrue();
    assertThat(forward.whip().url(HALL, ANNA.orElseThrow()))
        .isEqualTo(URI.create("https://o.example/whip/hall/anna"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standalone.origins = [ {} ] | standalone.origins[0].whep is missing",
        "standalone.origins = [ { whep = nowhere } ] | standalone.origins[0].whep has to be a URL",
        "standalone.origins = [ { whep = \"http://o/{stream}\" } ] | a URL without {stream}",
        "standalone.origins = [ { whep = \"http://o/\", rooms = \"a b\" } ] | has to be a pattern",
        "standalone.origins = [ { whep = \"http://o/\", offer = us } ] | one of edge, origin",
        "standalone.origins = [ { whep = \"http://o/\", token = \"a b\" } ] | a token of visible",
        "standalone.origins = [ { whep = \"http://o/\", room = a } ] | origins[0].room is not a known",
        "standalone.forward = [ { whip = \"http://o/\", streams = \"/\" } ] | has to be a pattern",
        "standalone.edge.timeout = 0 | longer than zero",
        "standalone.edge.max-streams = 0 | at least 1",
        "standalone.edge.lingers = 1s | standalone.edge.lingers is not a known key",
      })
  void what_makes_no_sense_is_named(String text, String said) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(said);
  }
}
