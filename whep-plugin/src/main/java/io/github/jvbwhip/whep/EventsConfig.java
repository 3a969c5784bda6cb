package io.github.jvbwhip.whep;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.sse.SseSettings;
import io.github.jvbwhip.whep.events.EventSettings;

/**
 * The configuration of the event and layer extensions.
 *
 * @param enabled whether the extensions are offered to players at all
 * @param maxStreams how many event streams a session may have at a time
 */
public record EventsConfig(
    boolean enabled, int maxStreams, EventSettings intervals, SseSettings streams) {

  static EventsConfig read(Section section) throws InvalidConfigException {
    EventsConfig config =
        new EventsConfig(
            section.flag("enabled"),
            section.number("max-streams-per-session", 1),
            new EventSettings(
                section.duration("viewer-count-interval"),
                section.duration("layers-interval"),
                section.positiveDuration("stats-interval")),
            new SseSettings(
                section.number("max-queued-events", 1),
                section.bytes("max-queued-bytes"),
                section.positiveDuration("heartbeat"),
                section.duration("stall-timeout"),
                section.duration("retry")));
    section.done();
    return config;
  }
}
