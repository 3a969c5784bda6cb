package io.github.jvbwhip.integration;

import java.net.URI;

/** The product as it runs for a test class, on whatever bridge. */
public interface ServerUnderTest extends AutoCloseable {
  /** Where the pages and endpoints are; ends with a slash. */
  URI uri();

  /** The WHIP endpoint of a stream. */
  default URI whip(String room, String stream) {
    return uri().resolve("whip/" + room + "/" + stream);
  }

  /** The WHEP endpoint of a stream. */
  default URI whep(String room, String stream) {
    return uri().resolve("whep/" + room + "/" + stream);
  }

  /** The WHEP endpoint of a room's stage. */
  default URI stage(String room) {
    return uri().resolve("whep/" + room);
  }

  @Override
  void close();
}
