package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.jvb.colibri.EndpointPlan;
import io.github.jvbwhip.jvb.colibri.MediaPlan;
import io.github.jvbwhip.jvb.hooks.BridgeChannel;
import io.github.jvbwhip.jvb.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.hooks.EgressHook;
import io.github.jvbwhip.jvb.hooks.FeedbackHook;
import io.github.jvbwhip.jvb.hooks.IceTap;
import io.github.jvbwhip.jvb.hooks.IngestHook;
import io.github.jvbwhip.jvb.hooks.LenientStun;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.FeedPool;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jitsi.nlj.RtpSender;
import org.jitsi.nlj.rtp.SsrcAssociationType;
import org.jitsi.nlj.util.RemoteSsrcAssociation;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;

/** Makes endpoints, with their hooks in place before media can flow. Thread-safe. */
final class EndpointFactory {
  /** What no endpoint id of Jicofo's has: a participant can never collide with a player. */
  private static final String PLAYER_PREFIX = "whep-";

  private final BridgeInternals internals;
  private final RandomGenerator random;
  private final FeedPool feeds = new FeedPool();

  EndpointFactory(BridgeInternals internals, RandomGenerator random) {
    this.internals = internals;
    this.random = random;
  }

  JvbIngest ingest(
      JvbRoom room, Allocator allocator, IngestRequest request, EndpointListener listener)
      throws BridgeException {
    String id = freeId(allocator, "");
    SsrcLearner learner = new SsrcLearner(request.media());
    OptionalLong clash = room.clash(learner.encodings(), null);
    if (clash.isPresent()) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED,
          "Another publisher of this room sends with SSRC "
              + clash.getAsLong()
              + ". Choose SSRCs at random (RFC 3550 section 8.1).");
    }
    SourceGroups groups = SourceGroups.NONE.with(request.media(), learner.encodings(), 0);
    EndpointContext context =
        allocate(
            room,
            allocator,
            new EndpointPlan(
                id,
                false,
                JvbIngest.mediaPlans(request.media()),
                JvbIngest.plans(id, request.media(), groups),
                Optional.of(request.transport())));
    Endpoint endpoint = context.endpoint();
    IngestHook hook =
        new IngestHook(
            endpoint::handleIncomingPacket,
            IngestNumbers.of(request.media(), room.numbers()),
            IngestNumbers.detectors(request.media()),
            internals);
    endpoint.getTransceiver().setIncomingPacketHandler(hook);
    IceTransport ice = internals.iceTransport(endpoint);
    LenientStun.install(ice);
    News news = new News();
    IceTap tap = new IceTap(ice.incomingDataHandler, learner, news);
    JvbIngest ingest =
        new JvbIngest(room, context, ice, tap, request, learner, hook, groups, listener);
    news.target = () -> room.learnLater(ingest);
    ice.incomingDataHandler = tap;
    new BridgeChannel(endpoint, room::refreshLater, stopped -> {}).open(endpoint);
    return ingest;
  }

  /** The tap exists before the endpoint that hears of its news. */
  private static final class News implements Runnable {
    private volatile @Nullable Runnable target;

    @Override
    public void run() {
      Runnable known = target;
      if (known != null) {
        known.run();
      }
    }
  }

  JvbEgress egress(
      JvbRoom room, Allocator allocator, EgressRequest request, EndpointListener listener)
      throws BridgeException {
    String id = freeId(allocator, PLAYER_PREFIX);
    List<MediaPlan> media =
        request.media().stream()
            .map(m -> new MediaPlan(m.kind(), m.codecs(), m.extensions()))
            .toList();
    EndpointContext context =
        allocator.allocate(new EndpointPlan(id, true, media, List.of(), request.transport()));
    Endpoint endpoint = context.endpoint();
    List<PlayerSlot> slots = slots(request.media(), room.numbers(), id);
    EgressHook hook = install(endpoint, slots);
    IceTransport ice = internals.iceTransport(endpoint);
    IceTap tap = new IceTap(ice.incomingDataHandler, null, () -> {});
    ice.incomingDataHandler = tap;
    BridgeChannel channel =
        new BridgeChannel(
            endpoint,
            room::refreshLater,
            stopped -> slots.forEach(slot -> slot.rewriter().pause(stopped, System.nanoTime())));
    JvbEgress egress =
        new JvbEgress(
            room,
            context,
            ice,
            tap,
            request,
            slots,
            hook,
            channel,
            request.transport().orElse(null),
            listener);
    egress.show(List.of(), System.nanoTime());
    channel.open(endpoint);
    return egress;
  }

  private static EndpointContext allocate(JvbRoom room, Allocator allocator, EndpointPlan plan)
      throws BridgeException {
    room.claim(plan.id());
    try {
      return allocator.allocate(plan);
    } catch (BridgeException | RuntimeException e) {
      room.disclaim(plan.id());
      throw e;
    }
  }

  private static EgressHook install(Endpoint endpoint, List<PlayerSlot> slots) {
    List<SlotRewriter> rewriters = slots.stream().map(PlayerSlot::rewriter).toList();
    RtpSender sender = endpoint.getTransceiver().getRtpSender();
    EgressHook hook = new EgressHook(sender.getPreProcesor(), rewriters);
    sender.setPreProcesor(hook);
    endpoint
        .getTransceiver()
        .setIncomingPacketHandler(new FeedbackHook(endpoint::handleIncomingPacket, rewriters));
    for (PlayerSlot slot : slots) {
      slot.sent()
          .rtxSsrc()
          .ifPresent(
              rtx ->
                  endpoint
                      .getTransceiver()
                      .addSsrcAssociation(
                          new RemoteSsrcAssociation(
                              slot.sent().ssrc(), rtx, SsrcAssociationType.RTX)));
    }
    return hook;
  }

  private List<PlayerSlot> slots(List<EgressMedia> media, ConferenceNumbers numbers, String cname) {
    Set<Long> used = new HashSet<>();
    List<PlayerSlot> slots = new ArrayList<>();
    for (EgressMedia section : media) {
      long ssrc = newSsrc(used);
      boolean rtx = section.codecs().stream().anyMatch(c -> c.rtxPayloadType().isPresent());
      SentSource sent =
          new SentSource(
              section.mid(),
              ssrc,
              rtx ? OptionalLong.of(newSsrc(used)) : OptionalLong.empty(),
              cname);
      slots.add(
          new PlayerSlot(section, sent, new SlotRewriter(section, numbers, ssrc, random), feeds));
    }
    return slots;
  }

  private long newSsrc(Set<Long> used) {
    long ssrc = random.nextLong(1, 0x1_0000_0000L);
    while (!used.add(ssrc)) {
      ssrc = random.nextLong(1, 0x1_0000_0000L);
    }
    return ssrc;
  }

  private String freeId(Allocator allocator, String prefix) {
    String id = prefix + "%08x".formatted(random.nextInt());
    while (!allocator.isFree(id)) {
      id = prefix + "%08x".formatted(random.nextInt());
    }
    return id;
  }
}
