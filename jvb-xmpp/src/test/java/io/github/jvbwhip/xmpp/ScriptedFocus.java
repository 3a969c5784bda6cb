package io.github.jvbwhip.xmpp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jitsi.xmpp.extensions.colibri2.InitialLastN;
import org.jitsi.xmpp.extensions.colibri2.InitialLastNProvider;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.jitsi.xmpp.extensions.jingle.ReasonPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Who manages conferences, by script: it speaks as Jicofo does. Thread-safe. */
public final class ScriptedFocus implements AutoCloseable {
  private static final long SOON_SECONDS = 20;

  private final AbstractXMPPConnection connection;
  private final Map<EntityBareJid, MultiUserChat> rooms = new ConcurrentHashMap<>();
  private final BlockingQueue<JingleIQ> received = new LinkedBlockingQueue<>();
  private final Deque<StanzaError.Condition> refusals = new ArrayDeque<>();
  private final Semaphore requests = new Semaphore(0);
  private final Semaphore refusedToUnmute = new Semaphore(0);
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile boolean inviting = true;
  private volatile boolean answering = true;
  private volatile boolean ready = true;
  private volatile boolean entering = true;
  private volatile @Nullable String vnode;
  private volatile StanzaError.@Nullable Condition jingleError;
  private volatile boolean ignoring;
  private volatile boolean moderating;
  private volatile boolean ignoringUnmuting;
  private volatile UnaryOperator<JingleIQ> edits = offer -> offer;

  private ScriptedFocus(AbstractXMPPConnection connection) {
    this.connection = connection;
  }

  /** Signs in, and waits for requests. */
  public static ScriptedFocus start(Prosody prosody) throws Exception {
    Extensions.register();
    ProviderManager.addExtensionProvider(
        InitialLastN.ELEMENT, InitialLastN.NAMESPACE, new InitialLastNProvider());
    AbstractXMPPConnection connection = prosody.connection("auth.meet.test");
    connection.setParsingExceptionCallback(unreadable -> {});
    connection.connect();
    connection.login("focus", Prosody.PASSWORD, Resourcepart.from("focus"));
    ScriptedFocus focus = new ScriptedFocus(connection);
    connection.registerIQRequestHandler(
        new Handler(ConferenceIq.ELEMENT, ConferenceIq.NAMESPACE) {
          @Override
          public @Nullable IQ handleIQRequest(IQ request) {
            return focus.requested((ConferenceIq) request);
          }
        });
    connection.registerIQRequestHandler(
        new Handler(JingleIQ.ELEMENT, JingleIQ.NAMESPACE) {
          @Override
          public @Nullable IQ handleIQRequest(IQ request) {
            return focus.jingle((JingleIQ) request);
          }
        });
    for (AbstractMuteIq kind : List.of(new MuteIq(), new MuteVideoIq())) {
      connection.registerIQRequestHandler(
          new Handler(kind.getChildElementName(), kind.getChildElementNamespace()) {
            @Override
            public @Nullable IQ handleIQRequest(IQ request) {
              return focus.unmute((AbstractMuteIq) request);
            }
          });
    }
    connection.sendStanza(
        connection
            .getStanzaFactory()
            .buildPresenceStanza()
            .to(JidCreate.domainBareFrom("focus.meet.test"))
            .build());
    return focus;
  }

  private abstract static class Handler extends AbstractIqRequestHandler {
    Handler(String element, String namespace) {
      super(element, namespace, IQ.Type.set, IQRequestHandler.Mode.async);
    }
  }

  /** It invites nobody from now on. */
  void inviteNobody() {
    inviting = false;
  }

  /** It answers no request for a conference. */
  void answerNothing() {
    answering = false;
  }

  /** Conferences do not begin yet. */
  void holdBack() {
    ready = false;
  }

  /** It says that conferences have begun, and is in none. */
  void answerReadyWithoutEntering() {
    entering = false;
  }

  /** Changes one value of a room's configuration (XEP-0045 section 10.2). */
  public void configure(EntityBareJid room, String field, String value) throws Exception {
    MultiUserChat chat = enter(room);
    FillableForm form = chat.getConfigurationForm().getFillableForm();
    if (value.equals("true")) {
      form.setAnswer(field, true);
    } else {
      form.setAnswer(field, value);
    }
    chat.sendConfigurationForm(form);
  }

  /** Lets nobody of that domain in. */
  void banEverybodyOf(EntityBareJid room, String domain) throws Exception {
    enter(room).banUser(JidCreate.domainBareFrom(domain), "no");
  }

  /** It takes newcomers for visitors. */
  void sendToVisitors() {
    vnode = "visitors1";
  }

  /** The next request for a conference is refused. */
  void refuse(StanzaError.Condition condition) {
    synchronized (refusals) {
      refusals.add(condition);
    }
  }

  /** It refuses what participants send. */
  void refuseJingle(StanzaError.Condition condition) {
    jingleError = condition;
  }

  /** It does not answer what participants send. */
  void ignoreJingle() {
    ignoring = true;
  }

  /** Changes each invitation. */
  public void edit(UnaryOperator<JingleIQ> change) {
    edits = change;
  }

  /**
   * Requests for conferences wait from now on.
   *
   * @return lets them go on
   */
  Runnable holdRequests() {
    CountDownLatch going = new CountDownLatch(1);
    held = going;
    return going::countDown;
  }

  /** Waits until a conference has been asked for. */
  void awaitRequest() throws InterruptedException {
    if (!requests.tryAcquire(SOON_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no conference was asked for");
    }
  }

  private @Nullable IQ requested(ConferenceIq request) {
    requests.release();
    try {
      if (!held.await(SOON_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let it go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!answering) {
      return null;
    }
    synchronized (refusals) {
      StanzaError.Condition refused = refusals.poll();
      if (refused != null) {
        return IQ.createErrorResponse(request, refused);
      }
    }
    if (entering) {
      enter(request.getRoom());
    }
    ConferenceIq answer = new ConferenceIq();
    answer.setType(IQ.Type.result);
    answer.setStanzaId(request.getStanzaId());
    answer.setTo(request.getFrom());
    answer.setRoom(request.getRoom());
    answer.setReady(ready);
    answer.setFocusJid("focus@auth.meet.test");
    if (vnode != null) {
      answer.setVnode(vnode);
    }
    return answer;
  }

  /** Is in that room from now on. */
  public MultiUserChat enter(EntityBareJid room) {
    return rooms.computeIfAbsent(room, this::join);
  }

  private MultiUserChat join(EntityBareJid room) {
    MultiUserChat chat = MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(room);
    chat.addParticipantListener(
        presence -> {
          EntityFullJid who = presence.getFrom().asEntityFullJidOrThrow();
          if (presence.getType() == Presence.Type.available
              && !who.getResourcepart().equals(MeetingRoom.FOCUS)
              && inviting
              && known.add(who)) {
            invite(who);
          }
          if (presence.getType() == Presence.Type.unavailable) {
            known.remove(who);
          }
        });
    try {
      chat.join(MeetingRoom.FOCUS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return chat;
  }

  private final java.util.Set<EntityFullJid> known = ConcurrentHashMap.newKeySet();

  /** Invites that occupant. */
  void invite(EntityFullJid who) {
    send(edits.apply(offer(who)));
  }

  /** Sends an invitation, and waits for the answer. */
  void ask(JingleIQ offer) throws Exception {
    connection.sendIqRequestAndWaitForResponse(offer);
  }

  private void send(IQ request) {
    try {
      connection.sendStanza(request);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** An invitation as Jicofo sends it. */
  JingleIQ offer(EntityFullJid who) {
    JingleIQ iq = new JingleIQ(JingleAction.SESSION_INITIATE, JingleIQ.generateSID());
    iq.setType(IQ.Type.set);
    iq.setTo(who);
    iq.setInitiator(connection.getUser());
    iq.addContent(
        content(
            "audio",
            List.of(payloadType(111, "opus", 48000)),
            Map.of(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level")));
    iq.addContent(
        content(
            "video",
            List.of(
                payloadType(41, "AV1", 90000),
                payloadType(100, "VP8", 90000),
                repair(96, 100),
                payloadType(101, "VP9", 90000),
                payloadType(109, "H264", 90000)),
            Map.of(
                3,
                "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
                12,
                "https://aomediacodec.github.io/av1-rtp-spec/"
                    + "#dependency-descriptor-rtp-header-extension")));
    iq.addExtension(new BridgeSessionPacketExtension("bridge-session", "region1"));
    return iq;
  }

  private static ContentPacketExtension content(
      String media,
      List<PayloadTypePacketExtension> payloadTypes,
      Map<Integer, String> extensions) {
    ContentPacketExtension content =
        new ContentPacketExtension(ContentPacketExtension.CreatorEnum.initiator, media);
    RtpDescriptionPacketExtension description = new RtpDescriptionPacketExtension();
    description.setMedia(media);
    payloadTypes.forEach(description::addPayloadType);
    extensions.forEach(
        (id, uri) -> {
          RTPHdrExtPacketExtension extension = new RTPHdrExtPacketExtension();
          extension.setID(Integer.toString(id));
          extension.setURI(java.net.URI.create(uri));
          description.addExtmap(extension);
        });
    content.addChildExtension(description);
    content.addChildExtension(transport());
    return content;
  }

  private static PayloadTypePacketExtension repair(int number, int repeated) {
    PayloadTypePacketExtension xml = payloadType(number, "rtx", 90000);
    ParameterPacketExtension apt = new ParameterPacketExtension();
    apt.setName("apt");
    apt.setValue(Integer.toString(repeated));
    xml.addParameter(apt);
    return xml;
  }

  private static PayloadTypePacketExtension payloadType(int number, String name, int clockRate) {
    PayloadTypePacketExtension xml = new PayloadTypePacketExtension();
    xml.setId(number);
    xml.setName(name);
    xml.setClockrate(clockRate);
    return xml;
  }

  private static IceUdpTransportPacketExtension transport() {
    IceUdpTransportPacketExtension ice = new IceUdpTransportPacketExtension();
    ice.setUfrag("bridge");
    ice.setPassword("bridgebridgebridgebridge");
    IceCandidatePacketExtension candidate = new IceCandidatePacketExtension();
    candidate.setFoundation("1");
    candidate.setComponent(1);
    candidate.setProtocol("udp");
    candidate.setPriority(2130706431);
    candidate.setIP("192.0.2.1");
    candidate.setPort(10000);
    candidate.setType(CandidateType.host);
    candidate.setGeneration(0);
    ice.addChildExtension(candidate);
    DtlsFingerprintPacketExtension fingerprint = new DtlsFingerprintPacketExtension();
    fingerprint.setHash("sha-256");
    fingerprint.setFingerprint("AB" + ":CD".repeat(31));
    fingerprint.setSetup("actpass");
    ice.addChildExtension(fingerprint);
    return ice;
  }

  private @Nullable IQ jingle(JingleIQ iq) {
    received.add(iq);
    if (ignoring) {
      return null;
    }
    StanzaError.Condition refused = jingleError;
    BridgeSessionPacketExtension session = iq.getExtension(BridgeSessionPacketExtension.class);
    if (refused == null && inviting && session != null && session.isRestart()) {
      invite(occupantOf(iq.getFrom()));
    }
    return refused == null ? IQ.createResultIQ(iq) : IQ.createErrorResponse(iq, refused);
  }

  private EntityFullJid occupantOf(Jid from) {
    return known.stream().filter(from::equals).findFirst().orElseThrow();
  }

  /** The next Jingle request that it has got. */
  JingleIQ next() throws InterruptedException {
    JingleIQ iq = received.poll(SOON_SECONDS, TimeUnit.SECONDS);
    if (iq == null) {
      throw new AssertionError("no Jingle came");
    }
    return iq;
  }

  /** Whether none has come that was not read. */
  boolean hasNothing() {
    return received.isEmpty();
  }

  /** Ends a Jingle session. */
  void terminate(EntityFullJid who, String sid, Reason reason) {
    send(ending(who, sid, reason));
  }

  static JingleIQ ending(EntityFullJid who, String sid, Reason reason) {
    JingleIQ iq = new JingleIQ(JingleAction.SESSION_TERMINATE, sid);
    iq.setType(IQ.Type.set);
    iq.setTo(who);
    iq.setReason(new ReasonPacketExtension(reason, null, null));
    return iq;
  }

  /** A moderator has muted somebody, or unmuted. */
  void mute(EntityFullJid who, AbstractMuteIq iq, boolean mute) {
    send(muting(who, iq, mute));
  }

  static AbstractMuteIq muting(EntityFullJid who, AbstractMuteIq iq, boolean mute) {
    iq.setType(IQ.Type.set);
    iq.setTo(who);
    iq.setJid(who);
    iq.setMute(mute);
    return iq;
  }

  /** Nobody may unmute from now on, or everybody. */
  void moderate(boolean moderate) {
    moderating = moderate;
  }

  /** It does not answer who wants to unmute. */
  void ignoreUnmuting() {
    ignoringUnmuting = true;
  }

  private @Nullable IQ unmute(AbstractMuteIq request) {
    if (ignoringUnmuting) {
      refusedToUnmute.release();
      return null;
    }
    boolean own =
        request.getFrom().equals(request.getJid()) && Boolean.FALSE.equals(request.getMute());
    if (own && !moderating) {
      return IQ.createResultIQ(request);
    }
    refusedToUnmute.release();
    return IQ.createErrorResponse(request, StanzaError.Condition.not_allowed);
  }

  /** Waits until somebody has asked to unmute in vain. */
  void awaitRefusedToUnmute() throws InterruptedException {
    if (!refusedToUnmute.tryAcquire(SOON_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody asked to unmute");
    }
  }

  /** Has a component of the server tell an occupant that. */
  void tell(EntityFullJid who, String json) throws Exception {
    Jid account = enter(who.asEntityBareJid()).getOccupant(who).getJid();
    connection.sendStanza(
        connection
            .getStanzaFactory()
            .buildMessageStanza()
            .to(JidCreate.domainBareFrom("avmoderation.meet.test"))
            .setSubject(account.toString())
            .setBody(json)
            .build());
  }

  /** Who is in that room, but for itself. */
  Optional<EntityFullJid> occupant(EntityBareJid room) {
    MultiUserChat chat = rooms.get(room);
    return chat == null
        ? Optional.empty()
        : chat.getOccupants().stream()
            .filter(who -> !who.getResourcepart().equals(MeetingRoom.FOCUS))
            .findFirst();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
