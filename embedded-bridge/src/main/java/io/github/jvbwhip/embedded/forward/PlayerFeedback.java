package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.ReportBlock;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What a player says by RTCP, and what follows from it. Guarded by the room's lock. */
final class PlayerFeedback {
  private final OutgoingTrack[] tracks;
  private final LinkEstimate link;
  private final byte[] buffer;

  /** For the call-back of a NACK, so that it captures nothing. */
  private @Nullable OutgoingTrack nacked;

  private long now;
  private final IntConsumer resend = this::resend;

  /**
   * @param tracks the player's, all of them
   * @param link what is known of the way to it
   * @param buffer scratch space
   */
  PlayerFeedback(List<OutgoingTrack> tracks, LinkEstimate link, byte[] buffer) {
    this.tracks = tracks.toArray(OutgoingTrack[]::new);
    this.link = link;
    this.buffer = buffer;
  }

  /**
   * Reads a compound packet; what is not understood, or not about the player's tracks, is nothing.
   */
  void received(byte[] b, int off, int len, long nanoTime) {
    if (!Rtcp.isValid(b, off, len)) {
      return;
    }
    now = nanoTime;
    for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
      if (ReceiverReport.is(b, at)) {
        for (int i = 0; i < ReceiverReport.blockCount(b, at); i++) {
          report(b, ReceiverReport.block(at, i));
        }
      } else if (SenderReport.is(b, at)) {
        for (int i = 0; i < SenderReport.blockCount(b, at); i++) {
          report(b, SenderReport.block(at, i));
        }
      } else if (Nack.is(b, at)) {
        nacked = track(RtcpFeedback.mediaSsrc(b, at));
        if (nacked != null) {
          Nack.forEachLost(b, at, resend);
        }
      } else if (Pli.is(b, at)) {
        wantKeyframe(RtcpFeedback.mediaSsrc(b, at));
      } else if (Fir.is(b, at)) {
        for (int i = 0; i < Fir.entryCount(b, at); i++) {
          wantKeyframe(Fir.ssrc(b, at, i));
        }
      } else if (Remb.is(b, at)) {
        link.remb(Remb.bitrate(b, at), now);
      }
    }
  }

  private void report(byte[] b, int block) {
    OutgoingTrack track = track(ReportBlock.ssrc(b, block));
    if (track != null) {
      link.loss(ReportBlock.fractionLost(b, block), now);
      track
          .sent()
          .heard(
              ReportBlock.cumulativeLost(b, block),
              ReportBlock.lastSenderReport(b, block),
              ReportBlock.delaySinceLastSenderReport(b, block),
              now);
    }
  }

  /** The track that sends with that SSRC, or null. */
  private @Nullable OutgoingTrack track(long ssrc) {
    for (OutgoingTrack track : tracks) {
      if (track.identity().ssrc() == ssrc) {
        return track;
      }
    }
    return null;
  }

  private void resend(int number) {
    if (nacked != null) {
      nacked.resend(number, buffer, now);
    }
  }

  private void wantKeyframe(long ssrc) {
    OutgoingTrack track = track(ssrc);
    if (track != null) {
      track.sent().countKeyframeRequest();
      track.lostPicture(now);
    }
  }
}
