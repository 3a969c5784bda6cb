package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.KeptPicture;
import io.github.jvbwhip.jvb.media.KeptPictures;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.nlj.rtp.VideoRtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a publisher's packets for players that join or switch. {@link #close}: any thread; the
 * rest: the endpoint's receiving thread.
 */
public final class PictureKeeper {
  private final String endpointId;
  private final KeptPictures pictures;
  private final ChunkPool.Share memory;
  private Map<Long, KeptPicture> known = Map.of();
  private volatile SsrcTable<KeptPicture> table = SsrcTable.of(known);
  private boolean closed;

  /**
   * @param endpointId the publisher's
   */
  public PictureKeeper(String endpointId, KeptPictures pictures) {
    this.endpointId = endpointId;
    this.pictures = pictures;
    this.memory = pictures.share();
  }

  /**
   * A packet of the smallest encoding of a source goes on to the conference.
   *
   * @param told the SSRCs that the bridge has been told of
   */
  void keep(
      VideoRtpPacket packet,
      boolean keyframe,
      @Nullable Codec codec,
      SsrcTable<EncodingMeter> told,
      long now) {
    if (!pictures.isOn()) {
      return;
    }
    KeptPicture picture = table.get(packet.getSsrc());
    if (picture == null) {
      picture = begin(packet.getSsrc(), told);
      if (picture == null) {
        return;
      }
    }
    picture.add(packet.getBuffer(), packet.getOffset(), packet.getLength(), keyframe, codec, now);
  }

  /** Of encodings that have gone, since their encoder began anew, nothing is kept. */
  private synchronized @Nullable KeptPicture begin(long ssrc, SsrcTable<EncodingMeter> told) {
    if (closed || told.get(ssrc) == null) {
      return null;
    }
    Map<Long, KeptPicture> next = new HashMap<>(known);
    for (Long each : known.keySet()) {
      if (told.get(each) == null) {
        next.remove(each);
        pictures.forget(endpointId, each);
      }
    }
    KeptPicture picture = pictures.keep(endpointId, ssrc, memory);
    next.put(ssrc, picture);
    known = next;
    table = SsrcTable.of(next);
    return picture;
  }

  /** The publisher has gone. */
  synchronized void close() {
    closed = true;
    known.keySet().forEach(ssrc -> pictures.forget(endpointId, ssrc));
    known = Map.of();
    table = SsrcTable.of(known);
  }
}
