package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.videobridge.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureFeeder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Videobridge;
import org.jitsi.videobridge.metrics.VideobridgeMetrics;
import org.jitsi.videobridge.shutdown.ShutdownState;
import org.jxmpp.jid.EntityBareJid;

/** The {@link Videobridge} of this process. Thread-safe. */
public final class VideobridgeHost implements Host {
  private static final String DOMAIN = "@whip.invalid";

  private final Videobridge videobridge;
  private final double stressLimit;
  private final boolean foreign;
  private final Colibri colibri;
  private final BridgeInternals internals;
  private final PictureFeeder feeder;

  private final ForeignNumbers foreignNumbers = new ForeignNumbers();

  /**
   * @param stressLimit the stress level of the bridge from which on it takes no new sessions; 0 for
   *     never
   * @param foreignConferences whether conferences that others have created are open to publishers
   *     and players
   * @param firstPicture what is kept for players that join or switch
   * @throws ReflectiveOperationException when this version of the bridge is not what the plugin
   *     knows
   */
  public VideobridgeHost(
      Videobridge videobridge,
      double stressLimit,
      boolean foreignConferences,
      FirstPicture firstPicture)
      throws ReflectiveOperationException {
    this.videobridge = videobridge;
    this.stressLimit = stressLimit;
    this.foreign = foreignConferences;
    this.colibri = new Colibri(videobridge);
    this.internals = new BridgeInternals();
    this.feeder = new PictureFeeder(new KeptPictures(firstPicture));
  }

  @Override
  public String version() {
    return videobridge.getVersion().toString();
  }

  @Override
  public Availability availability() {
    if (videobridge.isInGracefulShutdown()
        || videobridge.getShutdownState() != ShutdownState.RUNNING
        || videobridge.getDrainMode()) {
      return Availability.draining(Optional.of(Colibri.DRAIN_RETRY));
    }
    double stress = VideobridgeMetrics.stressLevel.get();
    if (stressLimit > 0 && stress >= stressLimit) {
      return Availability.overloaded(
          Optional.of(Colibri.OVERLOAD_RETRY),
          ("The bridge's stress is %d %%: from %d %% on (videobridge.whip.stress-limit) no session is"
                  + " taken.")
              .formatted(percent(stress), percent(stressLimit)));
    }
    return Availability.ACCEPTING;
  }

  private static long percent(double level) {
    return Math.round(level * 100);
  }

  @Override
  public HostConference newConference(RoomName room) {
    ConferenceKey key =
        new ConferenceKey(
            UUID.randomUUID().toString(),
            Optional.of(room.value().toLowerCase(Locale.ROOT) + DOMAIN));
    return new VideobridgeConference(
        videobridge, colibri, internals, feeder, key, ConferenceNumbers.usual(), null);
  }

  @Override
  public boolean translatesSsrcs() {
    return internals.translatesSsrcs();
  }

  @Override
  public Optional<HostConference> findForeign(RoomName room) {
    if (!foreign) {
      return Optional.empty();
    }
    return Optional.ofNullable(videobridge.getConferenceByMeetingId(room.value()))
        .filter(VideobridgeHost::isForeign)
        .or(() -> foreignNamed(room))
        .map(this::joined);
  }

  @Override
  public boolean opensForeign() {
    return foreign;
  }

  @Override
  public Optional<HostConference> findMeeting(
      String name, String endpointId, ConferenceNumbers numbers) {
    Optional<Conference> meeting =
        named(name).filter(c -> c.getLocalEndpoint(endpointId) != null).findFirst();
    meeting.ifPresent(conference -> foreignNumbers.told(conference, numbers));
    return meeting.map(this::joined);
  }

  @Override
  public Optional<HostConference> findMeeting(String name) {
    return named(name).findFirst().map(this::joined);
  }

  private Stream<Conference> named(String name) {
    return videobridge.getConferences().stream()
        .filter(VideobridgeHost::isForeign)
        .filter(c -> c.getName() != null && c.getName().toString().equals(name));
  }

  private Optional<Conference> foreignNamed(RoomName room) {
    return videobridge.getConferences().stream()
        .filter(conference -> isForeign(conference) && isNamed(conference, room))
        .findFirst();
  }

  @Override
  public Set<String> foreignNames() {
    if (!foreign) {
      return Set.of();
    }
    return videobridge.getConferences().stream()
        .filter(VideobridgeHost::isForeign)
        .flatMap(
            conference -> Stream.concat(Stream.of(conference.getMeetingId()), name(conference)))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> meetingNames() {
    return videobridge.getConferences().stream()
        .filter(VideobridgeHost::isForeign)
        .flatMap(conference -> Stream.ofNullable(conference.getName()))
        .map(EntityBareJid::toString)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> name(Conference conference) {
    return Stream.ofNullable(conference.getName()).map(name -> name.getLocalpart().toString());
  }

  /** One without a meeting id cannot be joined by Colibri2. */
  private static boolean isForeign(Conference conference) {
    EntityBareJid name = conference.getName();
    return !conference.isExpired()
        && conference.getMeetingId() != null
        && (name == null || !name.toString().endsWith(DOMAIN));
  }

  private static boolean isNamed(Conference conference, RoomName room) {
    EntityBareJid name = conference.getName();
    return name != null
        && name.getLocalpart().toString().equals(room.value().toLowerCase(Locale.ROOT));
  }

  private HostConference joined(Conference conference) {
    ConferenceKey key = new ConferenceKey(conference.getMeetingId(), Optional.empty());
    return new VideobridgeConference(
        videobridge, colibri, internals, feeder, key, foreignNumbers.of(conference), conference);
  }

  @Override
  public SessionMetrics metrics() {
    return JvbMetrics.meters();
  }
}
