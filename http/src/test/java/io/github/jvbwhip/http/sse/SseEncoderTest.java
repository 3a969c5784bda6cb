package io.github.jvbwhip.http.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.sse.EventStreamParser.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WHATWG HTML §9.2.5 and §9.2.6; WHEP events document, "Server Sent Events extension". */
class SseEncoderTest {
  @Test
  void writes_the_event_field_and_one_data_line() {
    SseFrame frame = SseEncoder.encode(SseEvent.state("viewercount", "{\"viewercount\":3}"));

    assertThat(text(frame)).isEqualTo("event: viewercount\ndata: {\"viewercount\":3}\n\n");
  }

  @Test
  void an_event_without_name_reaches_onmessage() {
    assertThat(parse(SseEncoder.encode(new SseEvent("", "x", Optional.empty()))))
        .containsExactly(new Event("message", "x", "", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\n\n", "\r\r", "\n\ndata: forged\n\n"})
  void line_breaks_in_name_or_data_start_nothing(String hostile) {
    List<Event> events =
        parse(
            SseEncoder.encode(
                new SseEvent("a" + hostile + "b", "c" + hostile + "d", Optional.empty())));

    assertThat(events).hasSize(1);
    assertThat(events.get(0).dataLines()).isEqualTo(1);
    assertThat(events.get(0).data()).startsWith("c").endsWith("d");
    assertThat(events.get(0).type()).startsWith("a").endsWith("b");
  }

  @ParameterizedTest
  @CsvSource({"ü,✓ 🎬", "x:y, leading space", "id,retry: 1"})
  void data_comes_out_as_it_went_in(String name, String data) {
    assertThat(parse(SseEncoder.encode(new SseEvent(name, data, Optional.empty()))))
        .containsExactly(new Event(name, data, "", 1));
  }

  @Test
  void id_retry_and_comment_are_no_events() {
    EventStreamParser parser = new EventStreamParser();
    parser.feed(new String(SseEncoder.retry(Duration.ofSeconds(2)), UTF_8));
    parser.feed(new String(SseEncoder.comment(), UTF_8));
    parser.feed(new String(SseEncoder.id(41), UTF_8));
    assertThat(parser.drain()).isEmpty();
    assertThat(parser.retry()).hasValue(2000);
    assertThat(parser.comments()).isEqualTo(1);

    parser.feed("data: x\n\n");
    assertThat(parser.drain()).containsExactly(new Event("message", "x", "41", 1));
  }

  private static String text(SseFrame frame) {
    return new String(frame.bytes(), UTF_8);
  }

  private static List<Event> parse(SseFrame frame) {
    EventStreamParser parser = new EventStreamParser();
    parser.feed(text(frame));
    return parser.drain();
  }
}
