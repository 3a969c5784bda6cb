package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Whom the people in meetings have thrown out, each for as long as that meeting lasts: clients come
 * back by themselves. Of a meeting that is on other bridges alone the end is not known here: an
 * hour has to do. Meetings are known by their conferences' whole names, since a room can have
 * several. Thread-safe; inside its lock it looks for conferences.
 */
final class Removals {
  private static final long ELSEWHERE_NANOS = Duration.ofHours(1).toNanos();

  private final Host host;
  private final LongSupplier nanoTime;
  private final Map<String, Meeting> meetings = new HashMap<>();

  private static final class Meeting {
    private final Optional<HostConference> conference;
    private final long since;
    private final Set<StreamName> publishers = new HashSet<>();
    private boolean audience;

    Meeting(Optional<HostConference> conference, long since) {
      this.conference = conference;
      this.since = since;
    }

    boolean isOver(long now) {
      return conference.map(c -> !c.isLive()).orElse(now - since > ELSEWHERE_NANOS);
    }
  }

  Removals(Host host, LongSupplier nanoTime) {
    this.host = host;
    this.nanoTime = nanoTime;
  }

  /** A publisher was thrown out. */
  synchronized void removePublisher(String meeting, StreamName publisher) {
    known(meeting).publishers.add(publisher);
  }

  /** Those who watch were. */
  synchronized void removeAudience(String meeting) {
    known(meeting).audience = true;
  }

  private Meeting known(String meeting) {
    forgetEnded();
    return meetings.computeIfAbsent(
        meeting, name -> new Meeting(host.findMeeting(name), nanoTime.getAsLong()));
  }

  synchronized boolean hasPublisher(String meeting, StreamName publisher) {
    forgetEnded();
    Meeting known = meetings.get(meeting);
    return known != null && known.publishers.contains(publisher);
  }

  synchronized boolean hasAudience(String meeting) {
    forgetEnded();
    Meeting known = meetings.get(meeting);
    return known != null && known.audience;
  }

  /** Whether anybody was thrown out of that meeting. */
  synchronized boolean concern(String meeting) {
    forgetEnded();
    return meetings.containsKey(meeting);
  }

  /** Lets go of the meetings that are over. */
  synchronized void forgetEnded() {
    long now = nanoTime.getAsLong();
    meetings.values().removeIf(meeting -> meeting.isOver(now));
  }
}
