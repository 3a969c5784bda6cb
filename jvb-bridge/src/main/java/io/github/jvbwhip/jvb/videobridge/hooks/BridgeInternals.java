package io.github.jvbwhip.jvb.videobridge.hooks;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.Component;
import org.ice4j.stack.MessageEventHandler;
import org.ice4j.stack.StunStack;
import org.jitsi.nlj.RtpLayerDesc;
import org.jitsi.nlj.rtp.codec.av1.Av1DDPacket;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.relay.Relay;
import org.jitsi.videobridge.relay.RelayEndpointSender;
import org.jitsi.videobridge.transport.dtls.DtlsTransport;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is no public API and that the plugin reaches, in the bridge and in its ICE; looked up
 * once, at the start. Without the first two it stays off; what does not work without the others is
 * said then, in one line. Thread-safe.
 */
public final class BridgeInternals {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeInternals.class);

  private final FieldPath iceTransport;
  private final FieldPath descriptorId;
  private final @Nullable FieldPath agent;
  private final @Nullable FieldPath restarted;
  private final @Nullable FieldPath stunHandler;
  private final @Nullable FieldPath lastUsedPair;
  private final @Nullable Method selectPair;
  private final @Nullable FieldPath dtlsTransport;
  private final @Nullable FieldPath dtls;
  private final List<CryptoContexts> translatable;
  private final @Nullable Method bitrate;
  private final @Nullable FieldPath projections;
  private final @Nullable FieldPath relayIce;
  private final @Nullable FieldPath relayDtls;
  private final @Nullable FieldPath relaySenders;

  /**
   * @throws ReflectiveOperationException when this bridge lacks one that is needed
   */
  public BridgeInternals() throws ReflectiveOperationException {
    List<String> missing = new ArrayList<>();
    iceTransport = FieldPath.of(Endpoint.class, "iceTransport");
    descriptorId = FieldPath.of(Av1DDPacket.class, "av1DDHeaderExtensionId");
    // Bridges before August 2026 have an agent in the place of a bundle.
    FieldPath bundled = optional(IceTransport.class, "currentBundle", "agent");
    agent = bundled == null ? optional(IceTransport.class, "iceAgent") : bundled;
    restarted = bundled == null ? null : optional(IceTransport.class, "pendingBundle", "agent");
    stunHandler = optional(StunStack.class, "netAccessManager", "messageEventHandler");
    lastUsedPair = optional(Component.class, "lastUsedPair");
    selectPair = selectionOfPairs();
    dtlsTransport = optional(Endpoint.class, "dtlsTransport");
    dtls = optional(Endpoint.class, "dtlsTransport", "dtlsStack", "dtlsTransport");
    if (agent == null || stunHandler == null) {
      missing.add("FFmpeg cannot publish, and some clients give up");
    }
    if (agent == null || (bundled != null && restarted == null)) {
      missing.add("ended sessions may stay in memory, and some clients drop");
    }
    if (stunHandler != null && !selectsPairs()) {
      missing.add("clients whose address changes have to restart ICE");
    }
    if (dtlsTransport == null) {
      missing.add("the first picture comes a quarter of a second later");
    }
    if (dtls == null || !hasClose(dtls.type())) {
      missing.add("clients are not told by DTLS that their session has ended");
    }
    bitrate = bitrateOfLayers();
    translatable = CryptoContexts.ofPublishers();
    if (bitrate == null) {
      missing.add("nobody is told the bit rates of the people in meetings");
    }
    if (translatable.isEmpty()) {
      missing.add("publishers with the same SSRCs cannot share a room");
    }
    projections =
        optional(
            Endpoint.class, "bitrateController", "packetHandler", "adaptiveSourceProjectionMap");
    if (projections == null || projections.type() != Map.class) {
      missing.add("sessions keep some memory for each publisher that there has been");
    }
    relayIce = optional(Relay.class, "iceTransport");
    relayDtls = optional(Relay.class, "dtlsTransport");
    relaySenders = optional(Relay.class, "senders");
    if (relayIce == null || relayDtls == null || relaySenders == null) {
      missing.add("links between bridges are counted in part, and noticed later");
    }
    if (!missing.isEmpty()) {
      LOG.warn(
          "This version of the bridge has other private fields: {}", String.join("; ", missing));
    }
  }

  private static @Nullable FieldPath optional(Class<?> start, String... names) {
    try {
      return FieldPath.of(start, names);
    } catch (NoSuchFieldException e) {
      LOG.debug("This version of the bridge does not have {}", e.getMessage());
      return null;
    }
  }

  private static @Nullable Method selectionOfPairs() {
    try {
      Method method = Component.class.getDeclaredMethod("setSelectedPair", CandidatePair.class);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException | RuntimeException e) {
      return null;
    }
  }

  /** Kotlin gives it a name that no Java source can write. */
  private static @Nullable Method bitrateOfLayers() {
    return Arrays.stream(RtpLayerDesc.class.getMethods())
        .filter(method -> method.getName().startsWith("getBitrate-"))
        .filter(method -> method.getReturnType() == long.class)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {long.class}))
        .findFirst()
        .orElse(null);
  }

  /** The bits per second of a layer and of those below it; 0 where that is out of reach. */
  public long bitrate(RtpLayerDesc layer, long nowMillis) {
    try {
      return bitrate == null ? 0 : (Long) bitrate.invoke(layer, nowMillis);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasClose(Class<?> type) {
    try {
      type.getMethod("close");
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** Whether a publisher's streams can have other SSRCs in the conference. */
  public boolean translatesSsrcs() {
    return !translatable.isEmpty();
  }

  /** The contexts in which they are to be translated. */
  List<CryptoContexts> translatable() {
    return translatable;
  }

  /** The endpoint's ICE. */
  public IceTransport iceTransport(Endpoint endpoint) {
    Object ice = iceTransport.get(endpoint);
    if (ice == null) {
      throw new IllegalStateException("the endpoint has no ICE");
    }
    return (IceTransport) ice;
  }

  /** Tells the packet under which id its dependency descriptor is now. */
  public void setDescriptorId(Av1DDPacket packet, int id) {
    descriptorId.setInt(packet, id);
  }

  /** The ICE agents that an endpoint has now, that of a restart under way too. */
  public List<Agent> agents(Endpoint endpoint) {
    IceTransport transport = iceTransport(endpoint);
    return Stream.of(agent, restarted)
        .filter(Objects::nonNull)
        .map(path -> path.get(transport))
        .filter(Agent.class::isInstance)
        .map(Agent.class::cast)
        .toList();
  }

  /** What gets the messages of a STUN stack; null where that is out of reach. */
  @Nullable MessageEventHandler stunHandler(StunStack stack) {
    return stunHandler != null && stunHandler.get(stack) instanceof MessageEventHandler handler
        ? handler
        : null;
  }

  /** Has them go elsewhere; not where that is out of reach. */
  void setStunHandler(StunStack stack, MessageEventHandler handler) {
    if (stunHandler != null) {
      stunHandler.set(stack, handler);
    }
  }

  /** Whether another pair can be selected than ICE has. */
  boolean selectsPairs() {
    return lastUsedPair != null && selectPair != null;
  }

  /** Has everything go over that pair. */
  void select(Component component, CandidatePair pair) {
    if (selectPair != null) {
      try {
        selectPair.invoke(component, pair);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      useSelected(component);
    }
  }

  /** ice4j goes on with the pair that it used last, until something comes from elsewhere. */
  void useSelected(Component component) {
    if (lastUsedPair != null) {
      lastUsedPair.set(component, new WeakReference<>(component.getSelectedPair()));
    }
  }

  /**
   * By the SSRC of a source that a receiver has been sent, or could have been, how its packets are
   * numbered. The bridge forgets none before the receiver goes. Empty where it is out of reach.
   */
  public Map<?, ?> projections(Endpoint receiver) {
    return projections != null && projections.get(receiver) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  /** The endpoint's DTLS; null where that is out of reach. */
  @Nullable DtlsTransport dtlsTransport(Endpoint endpoint) {
    return dtlsTransport != null && dtlsTransport.get(endpoint) instanceof DtlsTransport transport
        ? transport
        : null;
  }

  /** Whether an endpoint's DTLS association can be reached. */
  boolean reachesDtls() {
    return dtls != null;
  }

  /** An endpoint's DTLS association; null while there is none. */
  @Nullable Object dtls(Endpoint endpoint) {
    return dtls == null ? null : dtls.get(endpoint);
  }

  /** A relay's ICE; null where that is out of reach. */
  public @Nullable IceTransport iceTransport(Relay relay) {
    return relayIce != null && relayIce.get(relay) instanceof IceTransport ice ? ice : null;
  }

  /** Whether a relay's DTLS is up; empty where that is out of reach. */
  public Optional<Boolean> isSecured(Relay relay) {
    return Optional.ofNullable(dtlsTransport(relay)).map(DtlsTransport::isConnected);
  }

  /** A relay's DTLS; null where that is out of reach. */
  @Nullable DtlsTransport dtlsTransport(Relay relay) {
    return relayDtls != null && relayDtls.get(relay) instanceof DtlsTransport dtls ? dtls : null;
  }

  /** What sends over a relay the media of each endpoint here; empty where that is out of reach. */
  public List<RelayEndpointSender> senders(Relay relay) {
    return relaySenders != null && relaySenders.get(relay) instanceof Map<?, ?> senders
        ? senders.values().stream()
            .filter(RelayEndpointSender.class::isInstance)
            .map(RelayEndpointSender.class::cast)
            .toList()
        : List.of();
  }
}
