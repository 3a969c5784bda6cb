package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.IngestTaps;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeChannel;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.IceTap;
import io.github.jvbwhip.jvb.videobridge.hooks.IngestHook;
import io.github.jvbwhip.jvb.videobridge.hooks.KeyframeListener;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureKeeper;
import io.github.jvbwhip.jvb.videobridge.hooks.SsrcHook;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.rtp.rtcp.RtcpHeaderBuilder;
import org.jitsi.rtp.rtcp.RtcpPacket;
import org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb.RtcpFbRembPacketBuilder;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;

/** A publisher's endpoint with its hooks. Thread-safe. */
final class HookedIngest extends HookedEndpoint implements IngestLink {
  private final IngestHook hook;

  private HookedIngest(
      Endpoint endpoint,
      Conference conference,
      BridgeInternals internals,
      IceTap tap,
      IngestHook hook,
      Runnable secured) {
    super(endpoint, conference, internals, tap, secured);
    this.hook = hook;
  }

  static HookedIngest attach(
      Endpoint endpoint,
      Conference conference,
      BridgeInternals internals,
      ConferenceNumbers numbers,
      KeptPictures pictures,
      IngestTaps taps) {
    String id = endpoint.getId();
    IngestHook hook =
        new IngestHook(
            endpoint::handleIncomingPacket,
            IngestNumbers.of(taps.media(), numbers),
            IngestNumbers.detectors(taps.media()),
            IngestNumbers.codecs(taps.media()),
            internals,
            new PictureKeeper(id, pictures));
    endpoint.getTransceiver().setIncomingPacketHandler(hook);
    endpoint
        .getTransceiver()
        .getRtcpEventNotifier()
        .addRtcpEventListener(
            new KeyframeListener(
                taps.keyframeAsked().andThen(ssrc -> pictures.asked(id, ssrc, System.nanoTime()))),
            false);
    IceTransport ice = internals.iceTransport(endpoint);
    // No packet could be decrypted under another SSRC before the hook is in its place.
    BooleanSupplier open =
        internals.translatesSsrcs()
            ? new SsrcHook(
                    endpoint.getTransceiver(),
                    internals,
                    taps.ssrcs(),
                    taps.maxBitrate().orElse(Long.MAX_VALUE))
                ::isInstalled
            : () -> true;
    IceTap tap =
        new IceTap(
            ice.incomingDataHandler,
            taps.learner(),
            taps.ssrcs(),
            open,
            taps.news(),
            taps.alerted());
    ice.incomingDataHandler = tap;
    Reception.show(endpoint, List.of(), 0); // It has no use for what others send.
    Reception.hear(conference, endpoint, Set.of());
    new BridgeChannel(endpoint, () -> {}, stopped -> {}, taps.changed()).open(endpoint);
    return new HookedIngest(endpoint, conference, internals, tap, hook, taps.secured());
  }

  @Override
  public List<Layer> layers(String sourceName) {
    for (MediaSourceDesc source : endpoint().getMediaSources()) {
      if (source.getSourceName().equals(sourceName)) {
        return source.getRtpLayers().stream()
            .map(layer -> new Layer(layer.getEid(), layer.getSid(), layer.getHeight()))
            .toList();
      }
    }
    return List.of();
  }

  @Override
  public void detach() {
    super.detach();
    hook.keepNothing();
  }

  @Override
  public void measure(SsrcTable<EncodingMeter> meters) {
    hook.measure(meters);
  }

  @Override
  public void release(Runnable accept) {
    tap().release(accept);
  }

  @Override
  public void requestKeyframe(long ssrc) {
    endpoint().getTransceiver().requestKeyFrame(null, ssrc);
  }

  @Override
  public void tellBitrate(long bitsPerSecond, Set<Long> ssrcs) {
    RtcpPacket remb =
        new RtcpFbRembPacketBuilder(new RtcpHeaderBuilder(), List.copyOf(ssrcs), bitsPerSecond)
            .build();
    endpoint().getTransceiver().sendPacket(new PacketInfo(remb));
  }

  @Override
  public PacketTotals totals() {
    return hook.totals().plus(tap().totals());
  }
}
