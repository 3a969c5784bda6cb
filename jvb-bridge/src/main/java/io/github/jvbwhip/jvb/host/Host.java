package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.Optional;
import java.util.Set;

/**
 * A running Jitsi Videobridge, as far as rooms need one.
 *
 * <p>Thread-safe, like all that it gives out. What may wait for the bridge says so; everything else
 * is as quick as reading a field.
 */
public interface Host {

  /** The running version. */
  String version();

  /** Whether new sessions are taken at the moment. */
  Availability availability();

  /** A conference of the plugin's own, which the bridge creates with its first endpoint. */
  HostConference newConference(RoomName room);

  /** Whether a publisher's streams can have SSRCs in a conference that are not its own. */
  boolean translatesSsrcs();

  /**
   * The conference that others have created for that room. None where such conferences are closed
   * to the plugin, as if there was none. Looks at all conferences.
   */
  Optional<HostConference> findForeign(RoomName room);

  /**
   * The conference of that whole name, which others have created; empty where this bridge does not
   * have it. Looks at all conferences.
   *
   * @param endpointId one that it has: whoever manages meetings begins anew where it was restarted,
   *     while the bridge still has the conference before
   * @param numbers those that its packets have
   */
  Optional<HostConference> findMeeting(String name, String endpointId, ConferenceNumbers numbers);

  /** The same, with the numbers that were told for it, or else those that people in it have. */
  Optional<HostConference> findMeeting(String name);

  /** The whole names of all conferences that others have created. Looks at all conferences. */
  Set<String> meetingNames();

  /** Whether {@link #findForeign} is open to the plugin's publishers and players. */
  boolean opensForeign();

  /**
   * The names, in lower case, and the meeting ids of all conferences for which {@link #findForeign}
   * finds something. Looks at all conferences.
   */
  Set<String> foreignNames();

  /** Where sessions are counted. */
  SessionMetrics metrics();
}
