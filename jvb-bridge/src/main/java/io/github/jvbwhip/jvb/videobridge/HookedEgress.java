package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.EgressTaps;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeChannel;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.EgressHook;
import io.github.jvbwhip.jvb.videobridge.hooks.FeedbackHook;
import io.github.jvbwhip.jvb.videobridge.hooks.IceTap;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureFeeder;
import java.util.List;
import java.util.Set;
import org.jitsi.nlj.RtpSender;
import org.jitsi.nlj.Transceiver;
import org.jitsi.nlj.rtp.SsrcAssociationType;
import org.jitsi.nlj.util.RemoteSsrcAssociation;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;

/**
 * A player's endpoint with its hooks. {@link #show} and {@link #hear} are called one at a time; the
 * rest is thread-safe.
 */
final class HookedEgress extends HookedEndpoint implements EgressLink {

  /** The bridge's number of sources, in two ways of no consequence: it looks at changes only. */
  private static final int ALL = -1;

  private static final int PLENTY = 1000;

  private final EgressHook hook;
  private final BridgeChannel channel;
  private final PictureFeeder feeder;
  private @Nullable List<Video> shown;
  private int lastN = ALL;

  private HookedEgress(
      Endpoint endpoint,
      Conference conference,
      BridgeInternals internals,
      IceTap tap,
      EgressHook hook,
      BridgeChannel channel,
      PictureFeeder feeder,
      Runnable secured) {
    super(endpoint, conference, internals, tap, secured);
    this.hook = hook;
    this.feeder = feeder;
    this.channel = channel;
  }

  static HookedEgress attach(
      Endpoint endpoint,
      Conference conference,
      BridgeInternals internals,
      PictureFeeder feeder,
      EgressTaps taps) {
    Transceiver transceiver = endpoint.getTransceiver();
    RtpSender sender = transceiver.getRtpSender();
    EgressHook hook = new EgressHook(sender.getPreProcesor(), taps.rewriters());
    sender.setPreProcesor(hook);
    transceiver.setIncomingPacketHandler(
        new FeedbackHook(endpoint::handleIncomingPacket, taps.rewriters()));
    for (SentSource sent : taps.sent()) {
      sent.rtxSsrc()
          .ifPresent(
              rtx ->
                  transceiver.addSsrcAssociation(
                      new RemoteSsrcAssociation(sent.ssrc(), rtx, SsrcAssociationType.RTX)));
    }
    IceTransport ice = internals.iceTransport(endpoint);
    IceTap tap =
        new IceTap(
            ice.incomingDataHandler,
            null,
            SsrcTranslation.identity(),
            () -> true,
            () -> {},
            taps.alerted());
    ice.incomingDataHandler = tap;
    BridgeChannel channel =
        new BridgeChannel(endpoint, taps.forwarded(), taps.stopped(), taps.changed());
    HookedEgress link =
        new HookedEgress(
            endpoint, conference, internals, tap, hook, channel, feeder, taps.secured());
    link.show(List.of()); // Before the bridge would begin to send everything.
    link.hear(Set.of());
    channel.open(endpoint);
    return link;
  }

  @Override
  public void show(List<Video> wanted) {
    if (wanted.equals(shown)) {
      lastN = lastN == ALL ? PLENTY : ALL;
    }
    shown = List.copyOf(wanted);
    Reception.show(endpoint(), wanted, lastN);
  }

  @Override
  public void hear(Set<String> sources) {
    Reception.hear(conference(), endpoint(), sources);
  }

  @Override
  public void feed(SlotRewriter slot, Feed source) {
    feeder.begin(endpoint(), slot, source);
  }

  @Override
  public int forwardedCount() {
    return endpoint().numForwardedSources();
  }

  @Override
  public Set<String> forwarded() {
    return channel.forwarded();
  }

  @Override
  public PacketTotals totals() {
    return hook.totals();
  }
}
