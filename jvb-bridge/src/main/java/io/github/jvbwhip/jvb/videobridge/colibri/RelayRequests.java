package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import org.jitsi.xmpp.extensions.colibri2.Capability;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Relay;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.Endpoints;
import org.jitsi.xmpp.extensions.colibri2.Transport;

/**
 * Colibri2 conference-modify requests about relays: one in each, and no endpoints of this bridge in
 * the same, which the bridge would refuse. Pure functions.
 */
public final class RelayRequests {
  private RelayRequests() {}

  /**
   * Creates a relay that is a mesh of its own: the bridge forwards from one mesh to the others. The
   * side that begins has a port of its own, since the common one tells those who come to it apart
   * by what they send first.
   *
   * @param stanzaId of the request
   * @param createConference whether the conference is created too
   * @param numbers those of the conference; what has other ones is not forwarded
   */
  public static ConferenceModifyIQ create(
      String stanzaId,
      ConferenceKey conference,
      boolean createConference,
      RelayPlan plan,
      ConferenceNumbers numbers) {
    Colibri2Relay.Builder relay = existing(plan.id());
    relay.setCreate(true);
    relay.setMeshId(plan.id());
    MediaStanzas.media(RelayMedia.of(numbers), false).forEach(relay::addMedia);
    boolean begins = plan.remote().isEmpty();
    Transport.Builder transport =
        Transport.getBuilder().setIceControlling(begins).setUseUniquePort(begins);
    plan.remote()
        .ifPresent(remote -> transport.setIceUdpExtension(TransportStanzas.between(remote)));
    relay.setTransport(transport.build());

    ConferenceModifyIQ.Builder request = ColibriRequests.request(stanzaId, conference);
    if (createConference) {
      request.setCreate(true);
      conference.name().ifPresent(request::setConferenceName);
    }
    request.addRelay(relay.build());
    return request.build();
  }

  /** Tells the bridge the other side of a relay that begins here. */
  public static ConferenceModifyIQ connect(
      String stanzaId, ConferenceKey conference, String relayId, RemoteTransport remote) {
    Colibri2Relay.Builder relay = existing(relayId);
    relay.setTransport(
        Transport.getBuilder().setIceUdpExtension(TransportStanzas.between(remote)).build());
    return with(stanzaId, conference, relay);
  }

  /** Tells the bridge what of the endpoints behind a relay has changed. */
  public static ConferenceModifyIQ announce(
      String stanzaId, ConferenceKey conference, String relayId, List<RelayedEndpoint> changes) {
    Endpoints.Builder endpoints = Endpoints.getBuilder();
    changes.forEach(change -> endpoints.addEndpoint(endpoint(change)));
    Colibri2Relay.Builder relay = existing(relayId);
    relay.setEndpoints(endpoints.build());
    return with(stanzaId, conference, relay);
  }

  private static Colibri2Endpoint endpoint(RelayedEndpoint change) {
    Colibri2Endpoint.Builder endpoint = Colibri2Endpoint.getBuilder();
    endpoint.setId(change.id());
    switch (change.change()) {
      case NEW -> {
        endpoint.setCreate(true);
        endpoint.addCapability(Capability.CAP_SOURCE_NAME_SUPPORT);
        endpoint.setSources(MediaStanzas.sources(change.sources()));
      }
      case OTHER_SOURCES -> endpoint.setSources(MediaStanzas.sources(change.sources()));
      case GONE -> endpoint.setExpire(true);
    }
    return endpoint.build();
  }

  /** Frees a relay, and all endpoints behind it. */
  public static ConferenceModifyIQ expire(
      String stanzaId, ConferenceKey conference, String relayId) {
    Colibri2Relay.Builder relay = existing(relayId);
    relay.setExpire(true);
    return with(stanzaId, conference, relay);
  }

  private static Colibri2Relay.Builder existing(String relayId) {
    Colibri2Relay.Builder relay = Colibri2Relay.getBuilder();
    relay.setId(relayId);
    return relay;
  }

  private static ConferenceModifyIQ with(
      String stanzaId, ConferenceKey conference, Colibri2Relay.Builder relay) {
    ConferenceModifyIQ.Builder request = ColibriRequests.request(stanzaId, conference);
    request.addRelay(relay.build());
    return request.build();
  }
}
