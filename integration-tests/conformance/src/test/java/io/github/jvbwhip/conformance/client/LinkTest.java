package io.github.jvbwhip.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final URI BASE = URI.create("https://media.example.org/whep/sessions/x");

  @Test
  void reads_several_links_of_one_field() {
    List<Link> links =
        Link.parse(
            "<stun:stun.example.net>; rel=\"ice-server\", "
                + "<turn:turn.example.net?transport=udp>; rel=ice-server; username=\"a\\\"b\"; "
                + "credential=\"x, y\"",
            BASE);
    assertThat(links)
        .extracting(Link::target)
        .containsExactly("stun:stun.example.net", "turn:turn.example.net?transport=udp");
    assertThat(links).extracting(Link::rel).containsOnly("ice-server");
    assertThat(links.get(1).parameter("username")).contains("a\"b");
    assertThat(links.get(1).parameter("credential")).contains("x, y");
  }

  /** The events document leaves the semicolon out in its own examples. */
  @Test
  void reads_the_example_of_the_events_document() {
    Link link =
        Link.parse(
                "<x/sse>; rel=\"urn:ietf:params:whep:ext:core:server-sent-events\""
                    + " events=\"active,inactive\"",
                BASE)
            .get(0);
    assertThat(link.parameter("events")).contains("active,inactive");
    assertThat(link.uri()).hasToString("https://media.example.org/whep/sessions/x/sse");
  }

  @Test
  void reads_nothing_into_nonsense() {
    assertThat(Link.parse("nonsense", BASE)).isEmpty();
  }
}
