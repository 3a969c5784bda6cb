package io.github.jvbwhip.testpeer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a peer has received, at one moment. Immutable. */
public final class ReceptionReport {
  private final List<StreamReport> streams;
  private final Map<Long, String> rids;
  private final int rtxPackets;
  private final int malformed;

  ReceptionReport(Receiver receiver) {
    streams = List.copyOf(receiver.reports());
    Map<Long, String> known = new java.util.HashMap<>();
    for (StreamReport stream : streams) {
      String rid = receiver.rid(stream.ssrc());
      if (rid != null) {
        known.put(stream.ssrc(), rid);
      }
    }
    rids = Map.copyOf(known);
    rtxPackets = receiver.rtxPackets();
    malformed = receiver.malformed();
  }

  /** A report for each SSRC, those of retransmissions left out. */
  public List<StreamReport> streams() {
    return streams;
  }

  /** Reports of video streams; those of mere padding, by which bridges probe, are left out. */
  public List<StreamReport> video() {
    return streams.stream()
        .filter(s -> s.codec() != null && s.codec().isVideo() && s.payloadBytes() > 0)
        .toList();
  }

  /** Reports of audio streams. */
  public List<StreamReport> audio() {
    return streams.stream().filter(s -> s.codec() != null && !s.codec().isVideo()).toList();
  }

  /** The stream whose packets carried this RID. */
  public Optional<StreamReport> ofRid(String rid) {
    return streams.stream().filter(s -> rid.equals(rids.get(s.ssrc()))).findFirst();
  }

  /** Video packets of all streams, recovered ones included. */
  public int videoPackets() {
    return video().stream().mapToInt(StreamReport::packets).sum();
  }

  /** Audio packets of all streams. */
  public int audioPackets() {
    return audio().stream().mapToInt(StreamReport::packets).sum();
  }

  /** Video keyframes of all streams. */
  public int keyframes() {
    return video().stream().mapToInt(StreamReport::keyframes).sum();
  }

  /** Video frames of all streams. */
  public int frames() {
    return video().stream().mapToInt(StreamReport::frames).sum();
  }

  /** Packets that came by RTX, padding included. */
  public int rtxPackets() {
    return rtxPackets;
  }

  /** Packets that were authentic, but not RTP. */
  public int malformed() {
    return malformed;
  }

  @Override
  public String toString() {
    return streams + ", rtx " + rtxPackets + ", rids " + rids;
  }
}
