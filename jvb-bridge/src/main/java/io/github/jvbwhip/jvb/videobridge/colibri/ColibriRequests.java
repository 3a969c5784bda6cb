package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import org.jitsi.xmpp.extensions.colibri2.Capability;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.muc.MUCRole;

/** Colibri2 conference-modify requests. Pure functions. */
public final class ColibriRequests {
  private ColibriRequests() {}

  /**
   * Creates an endpoint.
   *
   * @param stanzaId of the request
   * @param createConference whether the conference is created too
   */
  public static ConferenceModifyIQ create(
      String stanzaId, ConferenceKey conference, boolean createConference, EndpointPlan plan) {
    Colibri2Endpoint.Builder endpoint = Colibri2Endpoint.getBuilder();
    endpoint.setId(plan.id());
    endpoint.setCreate(true);
    endpoint.addCapability(Capability.CAP_SOURCE_NAME_SUPPORT);
    endpoint.addCapability(Capability.CAP_PRIVATE_ADDRESS_CONNECTIVITY);
    if (plan.visitor()) {
      endpoint.setMucRole(MUCRole.visitor);
    }
    MediaStanzas.media(plan.media(), plan.visitor()).forEach(endpoint::addMedia);
    if (!plan.sources().isEmpty()) {
      endpoint.setSources(MediaStanzas.sources(plan.sources()));
    }
    // Who makes the offer is the controlling agent (RFC 8445 §6.1.1).
    Transport.Builder transport =
        Transport.getBuilder().setIceControlling(plan.transport().isEmpty());
    plan.transport()
        .ifPresent(remote -> transport.setIceUdpExtension(TransportStanzas.transport(remote)));
    endpoint.setTransport(transport.build());

    ConferenceModifyIQ.Builder request = request(stanzaId, conference);
    if (createConference) {
      request.setCreate(true);
      conference.name().ifPresent(request::setConferenceName);
    }
    request.addEndpoint(endpoint.build());
    return request.build();
  }

  /** Gives an endpoint numbers, beside those that it has. */
  public static ConferenceModifyIQ media(
      String stanzaId, ConferenceKey conference, String endpointId, List<MediaPlan> media) {
    Colibri2Endpoint.Builder endpoint = existing(endpointId);
    MediaStanzas.media(media, false).forEach(endpoint::addMedia);
    return with(stanzaId, conference, endpoint);
  }

  /** Tells the bridge all sources of an endpoint; those that are known already are repeated. */
  public static ConferenceModifyIQ sources(
      String stanzaId, ConferenceKey conference, String endpointId, List<SourcePlan> sources) {
    Colibri2Endpoint.Builder endpoint = existing(endpointId);
    endpoint.setSources(MediaStanzas.sources(sources));
    return with(stanzaId, conference, endpoint);
  }

  /** Tells the bridge the client's side of the transport. */
  public static ConferenceModifyIQ connect(
      String stanzaId, ConferenceKey conference, String endpointId, RemoteTransport remote) {
    return withTransport(stanzaId, conference, endpointId, TransportStanzas.transport(remote));
  }

  /**
   * Gives the client's credentials after a restart.
   *
   * @param generation the ICE generation of the restart's answer
   */
  public static ConferenceModifyIQ restarted(
      String stanzaId,
      ConferenceKey conference,
      String endpointId,
      RemoteTransport remote,
      int generation) {
    IceUdpTransportPacketExtension ice = TransportStanzas.update(remote);
    ice.setAttribute(TransportStanzas.GENERATION, generation);
    return withTransport(stanzaId, conference, endpointId, ice);
  }

  /** Asks for an ICE restart; a transport in the response says that it happened. */
  public static ConferenceModifyIQ restart(
      String stanzaId, ConferenceKey conference, String endpointId) {
    Colibri2Endpoint.Builder endpoint = existing(endpointId);
    endpoint.setTransport(Transport.getBuilder().setIceRestart(true).build());
    return with(stanzaId, conference, endpoint);
  }

  /** Frees an endpoint. */
  public static ConferenceModifyIQ expire(
      String stanzaId, ConferenceKey conference, String endpointId) {
    Colibri2Endpoint.Builder endpoint = existing(endpointId);
    endpoint.setExpire(true);
    return with(stanzaId, conference, endpoint);
  }

  private static Colibri2Endpoint.Builder existing(String endpointId) {
    Colibri2Endpoint.Builder endpoint = Colibri2Endpoint.getBuilder();
    endpoint.setId(endpointId);
    return endpoint;
  }

  private static ConferenceModifyIQ withTransport(
      String stanzaId,
      ConferenceKey conference,
      String endpointId,
      IceUdpTransportPacketExtension ice) {
    Colibri2Endpoint.Builder endpoint = existing(endpointId);
    endpoint.setTransport(Transport.getBuilder().setIceUdpExtension(ice).build());
    return with(stanzaId, conference, endpoint);
  }

  private static ConferenceModifyIQ with(
      String stanzaId, ConferenceKey conference, Colibri2Endpoint.Builder endpoint) {
    ConferenceModifyIQ.Builder request = request(stanzaId, conference);
    request.addEndpoint(endpoint.build());
    return request.build();
  }

  static ConferenceModifyIQ.Builder request(String stanzaId, ConferenceKey conference) {
    ConferenceModifyIQ.Builder request = ConferenceModifyIQ.builder(stanzaId);
    request.ofType(IQ.Type.set);
    request.setMeetingId(conference.meetingId());
    return request;
  }
}
