package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import java.util.ArrayList;
import java.util.List;

/** Every RTCP packet that was received, in order. Thread-safe. */
public final class RtcpLog {
  private final List<RtcpPacket> packets = new ArrayList<>();

  synchronized void add(List<RtcpPacket> received) {
    packets.addAll(received);
  }

  /** All packets of one kind, oldest first. */
  public synchronized <T extends RtcpPacket> List<T> all(Class<T> kind) {
    return packets.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How many packets of one kind. */
  public int count(Class<? extends RtcpPacket> kind) {
    return all(kind).size();
  }

  /** How many PLIs for this SSRC. */
  public int pictureLosses(long ssrc) {
    return (int)
        all(RtcpPacket.PictureLoss.class).stream().filter(p -> p.mediaSsrc() == ssrc).count();
  }

  /** How many PLIs and FIRs for whatever SSRC. */
  public int keyframeRequests() {
    return count(RtcpPacket.PictureLoss.class) + count(RtcpPacket.FullIntraRequest.class);
  }
}
