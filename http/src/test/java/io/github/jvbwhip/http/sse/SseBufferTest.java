package io.github.jvbwhip.http.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** WHATWG HTML §9.2.3 (what Last-Event-ID is for); WHEP events document: "enqueue it". */
class SseBufferTest {
  private final SseBuffer buffer = new SseBuffer(3, 100);

  @Test
  void gives_each_event_once_and_in_order() {
    buffer.add(frame("a"));
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("1:a", "2:b");
    assertThat(take()).isEmpty();
    buffer.add(frame("c"));
    assertThat(take()).containsExactly("3:c");
  }

  @Test
  void rewind_gives_what_came_after_that_event() {
    buffer.add(frame("a"));
    buffer.add(frame("b"));
    buffer.add(frame("c"));
    take();
    buffer.rewind(1);
    assertThat(take()).containsExactly("2:b", "3:c");
  }

  @Test
  void rewind_reaches_only_as_far_as_the_buffer() {
    for (String data : List.of("a", "b", "c", "d", "e")) {
      buffer.add(frame(data));
    }
    take();
    buffer.rewind(0);
    assertThat(take()).containsExactly("3:c", "4:d", "5:e");
  }

  @Test
  void rewind_to_an_unknown_event_changes_nothing() {
    buffer.add(frame("a"));
    take();
    buffer.rewind(7);
    buffer.rewind(-1);
    assertThat(take()).isEmpty();
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("2:b");
  }

  @Test
  void tells_that_an_unsent_event_was_lost() {
    assertThat(buffer.add(frame("a"))).isTrue();
    assertThat(buffer.add(frame("b"))).isTrue();
    assertThat(buffer.add(frame("c"))).isTrue();
    assertThat(buffer.add(frame("d"))).isFalse();
    assertThat(take()).containsExactly("2:b", "3:c", "4:d");
    assertThat(buffer.add(frame("e"))).isTrue();
  }

  @Test
  void is_bounded_in_bytes_but_keeps_the_newest() {
    buffer.add(frame("a"));
    buffer.add(frame("x".repeat(200)));
    assertThat(take()).containsExactly("2:" + "x".repeat(200));
    buffer.add(frame("b"));
    buffer.rewind(0);
    assertThat(take()).containsExactly("3:b");
  }

  @Test
  void a_state_replaces_the_earlier_one_of_its_name() {
    buffer.add(state("layers", "1"));
    buffer.add(frame("a"));
    buffer.add(state("layers", "2"));
    buffer.add(state("viewercount", "3"));
    assertThat(take()).containsExactly("2:a", "3:2", "4:3");
    buffer.rewind(0);
    buffer.add(state("layers", "4"));
    assertThat(take()).containsExactly("2:a", "4:3", "5:4");
  }

  @Test
  void states_never_fill_the_buffer() {
    for (int i = 0; i < 1000; i++) {
      assertThat(buffer.add(state("stats", "s" + i))).isTrue();
    }
    assertThat(take()).containsExactly("1000:s999");
  }

  @Test
  void clear_forgets_and_goes_on_counting() {
    buffer.add(frame("a"));
    buffer.clear();
    assertThat(take()).isEmpty();
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("2:b");
  }

  private List<String> take() {
    byte[] chunk = buffer.take();
    if (chunk == null) {
      return List.of();
    }
    EventStreamParser parser = new EventStreamParser();
    parser.feed(new String(chunk, UTF_8));
    return parser.drain().stream().map(e -> e.lastEventId() + ":" + e.data()).toList();
  }

  private static SseFrame frame(String data) {
    return SseEncoder.encode(new SseEvent("n", data, Optional.empty()));
  }

  private static SseFrame state(String name, String data) {
    return SseEncoder.encode(SseEvent.state(name, data));
  }
}
