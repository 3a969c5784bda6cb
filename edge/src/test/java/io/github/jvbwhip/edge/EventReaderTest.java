package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private final List<String> events = new ArrayList<>();
  private final EventReader reader = new EventReader((name, data) -> events.add(name + "=" + data));

  private void read(String text) {
    reader.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void events_are_read_with_every_end_of_line(String end) {
    String text = ": hello|event: reconnect|id: 3|data: {}|||data:a|data: b||event: none||";
    for (String part : text.replace("|", end).split("")) {
      read(part);
    }
    assertThat(events).containsExactly("reconnect={}", "message=a\nb");
  }

  @Test
  void an_event_that_does_not_end_is_not_kept() {
    boolean[] cancelled = new boolean[1];
    reader.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled[0] = true;
          }
        });
    read("data: " + "x".repeat(70_000));
    assertThat(cancelled[0]).isTrue();
    assertThat(events).isEmpty();
  }
}
