package io.github.jvbwhip.dropin.hooks;

import io.github.jvbwhip.core.picture.Pace;
import io.github.jvbwhip.core.picture.PictureCursor;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.KeptPicture;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.IngestHook;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureKeeper;
import java.util.List;
import java.util.Map;
import org.jitsi.rtp.rtp.RtpPacket;

/** A source of two encodings. */
public final class KeptEncodings {
  private static final long SMALLEST = 1;
  private static final long LARGEST = 2;

  private KeptEncodings() {}

  /** Of which of them a keyframe is kept, by their SSRCs. */
  public static List<Long> kept() throws ReflectiveOperationException {
    KeptPictures pictures = new KeptPictures(HookAllocation.KEPT);
    IngestHook hook =
        new IngestHook(
            packet -> {},
            IngestNumbers.of(List.of(HookAllocation.VIDEO_IN), HookAllocation.CONFERENCE),
            IngestNumbers.detectors(List.of(HookAllocation.VIDEO_IN)),
            IngestNumbers.codecs(List.of(HookAllocation.VIDEO_IN)),
            new BridgeInternals(),
            new PictureKeeper("publisher", pictures));
    hook.measure(
        SsrcTable.of(
            Map.of(
                SMALLEST, new EncodingMeter(0, true, 0), LARGEST, new EncodingMeter(1, false, 0))));
    List<Long> ssrcs = List.of(SMALLEST, LARGEST);
    for (long ssrc : ssrcs) {
      RtpPacket packet =
          BridgePackets.rtp("org.jitsi.nlj.rtp.codec.vp8.Vp8Packet", HookAllocation.VP8_KEYFRAME);
      packet.setPayloadType(96);
      packet.setSsrc(ssrc);
      hook.processPacket(BridgePackets.info(packet));
    }
    return ssrcs.stream().filter(ssrc -> isKept(pictures.find("publisher", ssrc))).toList();
  }

  private static boolean isKept(KeptPicture picture) {
    return picture != null
        && picture.begin(new PictureCursor(), new Pace(), true, System.nanoTime());
  }
}
