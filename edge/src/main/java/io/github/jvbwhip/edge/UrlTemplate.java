package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.config.HttpUrls;
import java.net.URI;
import java.util.Optional;

/**
 * A URL in which {@code {room}} and {@code {stream}} stand for names, which have no character that
 * means anything in a URL.
 */
record UrlTemplate(String text) {
  private static final String ROOM = "{room}";
  private static final String STREAM = "{stream}";

  /** Reads one; empty where it is none. */
  static Optional<UrlTemplate> of(String text) {
    UrlTemplate template = new UrlTemplate(text);
    return HttpUrls.parse(template.filled("room", "stream")).map(url -> template);
  }

  boolean hasStream() {
    return text.contains(STREAM);
  }

  /** The same with a stream as one more segment of the path. */
  UrlTemplate withStream() {
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    String rest = query < 0 ? "" : text.substring(query);
    return new UrlTemplate(path + (path.endsWith("/") ? "" : "/") + STREAM + rest);
  }

  URI url(RoomName room, StreamName stream) {
    return URI.create(filled(room.value(), stream.value()));
  }

  private String filled(String room, String stream) {
    return text.replace(ROOM, room).replace(STREAM, stream);
  }
}
