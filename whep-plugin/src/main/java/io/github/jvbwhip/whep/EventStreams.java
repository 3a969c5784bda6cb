package io.github.jvbwhip.whep;

import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.sse.SseStream;
import java.util.List;

/** Answers with event streams. */
final class EventStreams {
  private static final List<Header> HEADERS =
      SseStream.HEADERS.entrySet().stream()
          .map(header -> new Header(header.getKey(), header.getValue()))
          .toList();

  private EventStreams() {}

  /**
   * @param streamer called unless the request is HEAD
   */
  static Reply reply(Reply.Streamer streamer) {
    return Reply.of(200).withAll(HEADERS).withStream(SseStream.MEDIA_TYPE, streamer);
  }
}
