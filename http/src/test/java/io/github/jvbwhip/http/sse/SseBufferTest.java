package io.github.jvbwhip.http.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** WHATWG HTML §9.2.3 (what Last-Event-ID is for); WHEP events document: "enqueue it". */
class SseBufferTest {
  private final SseBuffer buffer = new SseBuffer(3, 100);

  @Test
  void givesEachEventOnceAndInOrder() {
    buffer.add(frame("a"));
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("1:a", "2:b");
    assertThat(take()).isEmpty();
    buffer.add(frame("c"));
    assertThat(take()).containsExactly("3:c");
  }

  @Test
  void rewindGivesWhatCameAfterThatEvent() {
    buffer.add(frame("a"));
    buffer.add(frame("b"));
    buffer.add(frame("c"));
    take();
    buffer.rewind(1);
    assertThat(take()).containsExactly("2:b", "3:c");
  }

  @Test
  void rewindReachesOnlyAsFarAsTheBuffer() {
    for (String data : List.of("a", "b", "c", "d", "e")) {
      buffer.add(frame(data));
    }
    take();
    buffer.rewind(0);
    assertThat(take()).containsExactly("3:c", "4:d", "5:e");
  }

  @Test
  void rewindToAnUnknownEventChangesNothing() {
    buffer.add(frame("a"));
    take();
    buffer.rewind(7);
    buffer.rewind(-1);
    assertThat(take()).isEmpty();
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("2:b");
  }

  @Test
  void tellsThatAnUnsentEventWasLost() {
    assertThat(buffer.add(frame("a"))).isTrue();
    assertThat(buffer.add(frame("b"))).isTrue();
    assertThat(buffer.add(frame("c"))).isTrue();
    assertThat(buffer.add(frame("d"))).isFalse();
    assertThat(take()).containsExactly("2:b", "3:c", "4:d");
    assertThat(buffer.add(frame("e"))).isTrue();
  }

  @Test
  void isBoundedInBytesButKeepsTheNewest() {
    buffer.add(frame("a"));
    buffer.add(frame("x".repeat(200)));
    assertThat(buffer.size()).isEqualTo(1);
    buffer.add(frame("b"));
    assertThat(take()).containsExactly("3:b");
  }

  @Test
  void aStateReplacesTheEarlierOneOfItsName() {
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
  void statesNeverFillTheBuffer() {
    for (int i = 0; i < 1000; i++) {
      assertThat(buffer.add(state("stats", "s" + i))).isTrue();
    }
    assertThat(take()).containsExactly("1000:s999");
  }

  @Test
  void clearForgetsAndGoesOnCounting() {
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
    return SseEncoder.encode(SseEvent.occurrence("n", data));
  }

  private static SseFrame state(String name, String data) {
    return SseEncoder.encode(SseEvent.state(name, data));
  }
}
