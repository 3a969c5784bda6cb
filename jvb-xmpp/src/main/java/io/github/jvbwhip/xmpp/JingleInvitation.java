package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;

/** An invitation by Jingle, and the session that comes of it. Thread-safe. */
final class JingleInvitation implements Invitation {

  /** Whose invitation it is. Waits for nothing. */
  interface Holder {
    /** These are the sources that the focus has taken. */
    void told(List<SourcePlan> sources);

    /** Does that from time to time, until it leaves. It may wait for the server. */
    void repeat(Runnable task);

    /** Leaves the room. */
    void leave();

    /** Leaves it unless it is back soon. */
    void giveWay();
  }

  private final Holder holder;
  private final AbstractXMPPConnection connection;
  private final MeetingRoom room;
  private final Deadline deadline;
  private final JingleOffer offer;
  private final MeetingSettings settings;
  private final JingleRequests requests;
  private List<SourcePlan> told = List.of();

  JingleInvitation(
      Holder holder,
      AbstractXMPPConnection connection,
      MeetingRoom room,
      Deadline deadline,
      JingleOffer offer,
      boolean screen,
      MeetingSettings settings) {
    this.holder = holder;
    this.connection = connection;
    this.room = room;
    this.deadline = deadline;
    this.offer = offer;
    this.settings = settings;
    this.requests =
        new JingleRequests(
            room.focus(), room.self(), offer.sid(), offer.initiator(), screen, UUID.randomUUID());
  }

  String sid() {
    return offer.sid();
  }

  @Override
  public String conferenceName() {
    return room.self().asBareJid().toString();
  }

  @Override
  public String endpointId() {
    return room.self().getResourcepart().toString();
  }

  @Override
  public BridgeTransport transport() {
    return offer.transport();
  }

  @Override
  public Optional<String> region() {
    return offer.region();
  }

  @Override
  public Optional<String> server() {
    return Stream.concat(
            offer.transport().candidates().stream().map(IceCandidate::address),
            offer.region().stream())
        .flatMap(name -> Stream.ofNullable(settings.bridges().get(name)))
        .findFirst();
  }

  @Override
  public ConferenceNumbers numbers() {
    return offer.numbers();
  }

  @Override
  public Optional<EndpointNumbers> numbersAnywhere() {
    return settings.onAnyBridge() ? Optional.of(offer.endpointNumbers()) : Optional.empty();
  }

  /** The focus invites anew whom the bridge does not know any more. */
  @Override
  public void watch(RemoteTransport remote) {
    holder.repeat(() -> XmppErrors.ask(connection, requests.update(remote), refusal -> {}));
  }

  @Override
  public void accept(RemoteTransport remote, List<SourcePlan> sources) throws BridgeException {
    deadline.at(Deadline.Step.ACCEPTANCE);
    try {
      ask(requests.accept(remote, sources), deadline.leftMillis());
    } catch (XMPPException | SmackException | InterruptedException e) {
      throw deadline.told(XmppErrors.conference(e));
    }
    keep(sources);
  }

  /**
   * Asks for another invitation, with which this one is void. Waits for the focus, so long.
   *
   * @return why there will be none; empty when there will
   */
  Optional<String> askAnew(int limitMillis) {
    if (offer.bridgeSession().isEmpty()) {
      return Optional.of("its invitation names no session");
    }
    return XmppErrors.refusal(
        () -> ask(requests.restart(offer.bridgeSession().get()), limitMillis));
  }

  @Override
  public Optional<String> setSources(List<SourcePlan> sources) {
    List<SourcePlan> before = told();
    List<SourcePlan> old = before.stream().filter(s -> !sources.contains(s)).toList();
    List<SourcePlan> fresh = sources.stream().filter(s -> !before.contains(s)).toList();
    Optional<String> refusal =
        XmppErrors.refusal(
            () -> {
              if (!old.isEmpty()) {
                ask(requests.remove(old), connection.getReplyTimeout());
              }
              if (!fresh.isEmpty()) {
                ask(requests.add(fresh), connection.getReplyTimeout());
              }
            });
    if (refusal.isEmpty()) {
      keep(sources);
    }
    return refusal;
  }

  private void ask(JingleIQ request, long limitMillis)
      throws XMPPException.XMPPErrorException,
          SmackException.NoResponseException,
          SmackException.NotConnectedException,
          InterruptedException {
    connection.createStanzaCollectorAndSend(request).nextResultOrThrow(limitMillis);
  }

  private synchronized List<SourcePlan> told() {
    return told;
  }

  private void keep(List<SourcePlan> sources) {
    synchronized (this) {
      told = List.copyOf(sources);
    }
    holder.told(sources);
  }

  @Override
  public void leave() {
    holder.leave();
  }

  @Override
  public void giveWay() {
    holder.giveWay();
  }
}
