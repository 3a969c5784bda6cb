package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.Feedback;
import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.ReportBlock;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What a player says by RTCP, and what follows from it. Guarded by the room's lock. */
final class PlayerFeedback {
  private final Player player;

  /** For the call-back of a NACK, so that it captures nothing. */
  private @Nullable OutgoingTrack nacked;

  private long now;
  private final IntConsumer resend = this::resend;

  PlayerFeedback(Player player) {
    this.player = player;
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
        nacked = player.track(Feedback.mediaSsrc(b, at));
        if (nacked != null) {
          Nack.forEachLost(b, at, resend);
        }
      } else if (Pli.is(b, at)) {
        wantKeyframe(Feedback.mediaSsrc(b, at));
      } else if (Fir.is(b, at)) {
        for (int i = 0; i < Fir.entryCount(b, at); i++) {
          wantKeyframe(Fir.ssrc(b, at, i));
        }
      } else if (Remb.is(b, at)) {
        player.link().remb(Remb.bitrate(b, at), now);
      }
    }
  }

  private void report(byte[] b, int block) {
    OutgoingTrack track = player.track(ReportBlock.ssrc(b, block));
    if (track != null) {
      player.link().loss(ReportBlock.fractionLost(b, block), now);
      track
          .sent()
          .heard(
              ReportBlock.cumulativeLost(b, block),
              ReportBlock.lastSenderReport(b, block),
              ReportBlock.delaySinceLastSenderReport(b, block),
              now);
    }
  }

  private void resend(int number) {
    if (nacked != null) {
      nacked.resend(number, player.buffer(), now);
    }
  }

  private void wantKeyframe(long ssrc) {
    OutgoingTrack track = player.track(ssrc);
    if (track != null) {
      track.wantKeyframe();
    }
  }
}
