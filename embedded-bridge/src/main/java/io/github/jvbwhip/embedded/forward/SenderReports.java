package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.core.rtp.rtcp.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The sender reports that a player gets (RFC 3550 §6.4.1): which time of the publisher's clock an
 * outgoing timestamp stands for, so that audio and video stay in sync whatever timestamps were made
 * of theirs. Guarded by the room's lock.
 *
 * <p>The wall clock is the publisher's, from its own reports, once it has reported on all that it
 * sends. Until then, and for a publisher that never reports, it is the bridge's, from the arrival
 * of the packets: never a mixture of the two, since that would tear audio and video apart.
 */
final class SenderReports {
  private final List<OutgoingTrack> tracks;
  private final PacketSink sink;
  private final NtpClock bridgeClock;
  private final byte[] cname;
  private final byte[] b;

  /**
   * @param tracks the player's, all of them
   * @param buffer scratch space
   */
  SenderReports(
      List<OutgoingTrack> tracks,
      PacketSink sink,
      String cname,
      NtpClock bridgeClock,
      byte[] buffer) {
    this.tracks = tracks;
    this.sink = sink;
    this.bridgeClock = bridgeClock;
    this.cname = cname.getBytes(StandardCharsets.UTF_8);
    this.b = buffer;
  }

  /** Reports on every track that sends. */
  void sendAll(long now) {
    for (OutgoingTrack track : tracks) {
      track.takeReportDue();
      send(track, now);
    }
  }

  /** Reports on the tracks that have another source since their last report. */
  void sendDue(long now) {
    for (OutgoingTrack track : tracks) {
      if (track.takeReportDue()) {
        send(track, now);
      }
    }
  }

  private void send(OutgoingTrack track, long now) {
    Optional<Encoding> current = track.current();
    Optional<IncomingMedia> shown = track.shown();
    if (shown.isEmpty() || current.isEmpty() || !current.get().active() || track.isSqueezing()) {
      return;
    }
    Encoding encoding = current.get();
    boolean publishersClock = shown.get().owner().hasReportedAll();
    if (!publishersClock) {
      write(track, bridgeClock.at(encoding.lastArrival()), encoding.newestTimestamp(), now);
    } else if (encoding.clock.isKnown()) {
      write(track, encoding.clock.ntpAt(now), encoding.clock.timestampAt(now), now);
    }
  }

  private void write(OutgoingTrack track, long ntpTime, long sourceTimestamp, long now) {
    long ssrc = track.identity().ssrc();
    SendStatistics sent = track.sent();
    int length =
        SenderReport.write(
            b,
            0,
            0,
            ssrc,
            ntpTime,
            track.translate(sourceTimestamp),
            sent.packets(),
            sent.payloadBytes());
    length += SourceDescription.write(b, length, ssrc, cname);
    if (sink.sendRtcp(b, 0, length)) {
      sent.reported(ntpTime, now);
    }
  }
}
