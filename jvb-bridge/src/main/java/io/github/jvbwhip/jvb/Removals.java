package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom the people in meetings have thrown out, each for as long as that meeting lasts: clients come
 * back by themselves. Meetings are known by their conferences' whole names, since a room can have
 * several. Thread-safe; its lock is a leaf.
 */
final class Removals {
  private final Host host;
  private final Map<String, Meeting> meetings = new HashMap<>();

  private static final class Meeting {
    private final HostConference conference;
    private final Set<StreamName> publishers = new HashSet<>();
    private boolean audience;

    Meeting(HostConference conference) {
      this.conference = conference;
    }

    boolean isOver() {
      return !conference.isLive();
    }
  }

  Removals(Host host) {
    this.host = host;
  }

  /** A publisher was thrown out; nothing is kept where this bridge does not have that meeting. */
  synchronized void removePublisher(String meeting, StreamName publisher) {
    Meeting known = known(meeting);
    if (known != null) {
      known.publishers.add(publisher);
    }
  }

  /** Those who watch were, likewise. */
  synchronized void removeAudience(String meeting) {
    Meeting known = known(meeting);
    if (known != null) {
      known.audience = true;
    }
  }

  private @Nullable Meeting known(String meeting) {
    forgetEnded();
    return meetings.computeIfAbsent(
        meeting, name -> host.findMeeting(name).map(Meeting::new).orElse(null));
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
    meetings.values().removeIf(Meeting::isOver);
  }
}
