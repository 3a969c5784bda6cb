package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.ReportBlock;
import java.util.List;

/** A player of the tests. */
record TestPlayer(TestRoom room, Player player, RecordingSink sink) {

  /** What its m-section got, retransmissions aside. */
  List<RecordingSink.Sent> received(int section) {
    return sink.rtp(ssrc(section));
  }

  RecordingSink.Sent last(int section) {
    List<RecordingSink.Sent> received = received(section);
    return received.get(received.size() - 1);
  }

  long ssrc(int section) {
    return player.sources().get(section).ssrc();
  }

  long rtxSsrc(int section) {
    return player.sources().get(section).rtxSsrc().orElseThrow();
  }

  void nack(int section, int... sequenceNumbers) {
    byte[] b = new byte[1200];
    int length = Nack.write(b, 3, 1, ssrc(section), sequenceNumbers, sequenceNumbers.length);
    player.onRtcp(b, 3, length, room.now());
  }

  void pli(int section) {
    byte[] b = new byte[100];
    player.onRtcp(b, 0, Pli.write(b, 0, 1, ssrc(section)), room.now());
  }

  void remb(long bitrate) {
    byte[] b = new byte[100];
    player.onRtcp(b, 0, Remb.write(b, 0, 1, bitrate, ssrc(0)), room.now());
  }

  /** Reports a fraction lost, in 1/256, and when the last sender report came. */
  void report(int section, int fraction, long lastSenderReport, long delay) {
    byte[] b = new byte[100];
    int length = ReceiverReport.write(b, 0, 1, 1);
    ReportBlock.write(
        b,
        ReceiverReport.block(0, 0),
        ssrc(section),
        fraction,
        fraction,
        1000,
        0,
        lastSenderReport,
        delay);
    player.onRtcp(b, 0, length, room.now());
  }
}
