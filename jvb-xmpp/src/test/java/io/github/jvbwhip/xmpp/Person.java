package io.github.jvbwhip.xmpp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jitsimeet.JitsiParticipantRegionPacketExtension;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.nick.packet.Nick;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Somebody in the meeting, by script: sees what the others tell. Thread-safe. */
public final class Person implements AutoCloseable {
  private static final long SOON_SECONDS = 20;

  private final AbstractXMPPConnection connection;
  private final MultiUserChat chat;
  private final BlockingQueue<Presence> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<JingleIQ> jingle = new LinkedBlockingQueue<>();

  private Person(AbstractXMPPConnection connection, EntityBareJid room) {
    this.connection = connection;
    this.chat = MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(room);
  }

  public static Person join(Prosody prosody, EntityBareJid room, String nick) throws Exception {
    Person person = open(prosody, room);
    person.chat.join(Resourcepart.from(nick));
    return person;
  }

  /** The same of one who asks for the conference, to be on a bridge of that region. */
  public static Person joinFrom(String region, Prosody prosody, EntityBareJid room, String nick)
      throws Exception {
    Person person = open(prosody, room);
    ConferenceRequests.ask(
        person.connection,
        JidCreate.domainBareFrom("focus.meet.test"),
        room,
        new Deadline(Duration.ofSeconds(SOON_SECONDS)));
    JitsiParticipantRegionPacketExtension there = new JitsiParticipantRegionPacketExtension();
    there.setRegionId(region);
    person.chat.join(
        person
            .chat
            .getEnterConfigurationBuilder(Resourcepart.from(nick))
            .withPresence(presence -> presence.addExtension(there))
            .build());
    return person;
  }

  /** The same of one that says what it is, as those who are no web clients do. */
  static Person joinAs(String feature, Prosody prosody, EntityBareJid room, String nick)
      throws Exception {
    Person person = open(prosody, room);
    StandardExtensionElement features =
        StandardExtensionElement.builder("features", "jabber:client")
            .addElement(
                StandardExtensionElement.builder("feature", "jabber:client")
                    .addAttribute("var", feature)
                    .build())
            .build();
    person.chat.join(
        person
            .chat
            .getEnterConfigurationBuilder(Resourcepart.from(nick))
            .withPresence(presence -> presence.addExtension(features))
            .build());
    return person;
  }

  private static Person open(Prosody prosody, EntityBareJid room) throws Exception {
    Extensions.register();
    XMPPTCPConnection connection = prosody.connection("meet.test");
    connection.setUseStreamManagement(false); // Which counts only what Smack has made.
    connection.setParsingExceptionCallback(unreadable -> {}); // It may be its own.
    connection.connect();
    connection.login();
    Person person = new Person(connection, room);
    person.chat.addParticipantListener(person.seen::add);
    connection.registerIQRequestHandler(
        new AbstractIqRequestHandler(
            JingleIQ.ELEMENT, JingleIQ.NAMESPACE, IQ.Type.set, IQRequestHandler.Mode.sync) {
          @Override
          public IQ handleIQRequest(IQ request) {
            person.jingle.add((JingleIQ) request);
            return IQ.createResultIQ(request);
          }
        });
    return person;
  }

  MultiUserChat chat() {
    return chat;
  }

  /** Waits until it is invited by who manages the room. */
  public void awaitInvited() throws InterruptedException {
    JingleIQ invitation;
    do {
      invitation = jingle.poll(SOON_SECONDS, TimeUnit.SECONDS);
      if (invitation == null) {
        throw new AssertionError("not invited");
      }
    } while (invitation.getAction() != JingleAction.SESSION_INITIATE);
  }

  /** Whether it is in the room. */
  public boolean isIn() {
    return chat.isJoined();
  }

  /** Who else is there, but the focus. */
  public List<String> others() {
    return chat.getOccupants().stream()
        .map(EntityFullJid::getResourcepart)
        .filter(nick -> !nick.equals(MeetingRoom.FOCUS) && !nick.equals(chat.getNickname()))
        .map(Resourcepart::toString)
        .toList();
  }

  /** What somebody says that it can do, when asked as Jicofo asks (XEP-0030); not Smack's own. */
  Set<String> featuresOf(EntityFullJid who) throws Exception {
    Set<String> features = new TreeSet<>();
    ServiceDiscoveryManager.getInstanceFor(connection)
        .discoverInfo(who)
        .getFeatures()
        .forEach(feature -> features.add(feature.getVar()));
    ServiceDiscoveryManager.getInstanceFor(connection).getFeatures().forEach(features::remove);
    return features;
  }

  AbstractXMPPConnection connection() {
    return connection;
  }

  /** The next with that display name. */
  public EntityFullJid awaitNamed(String name) throws InterruptedException {
    return await(name, presence -> displayName(presence).stream().anyMatch(name::equals))
        .getFrom()
        .asEntityFullJidOrThrow();
  }

  /** Throws somebody out: whoever has come first is a moderator. */
  public void kick(EntityFullJid who) throws Exception {
    chat.kickParticipant(who.getResourcepart(), "out");
  }

  /** The next presence that is such. */
  public Presence await(String what, Predicate<Presence> wanted) throws InterruptedException {
    return awaitUnless(what, wanted, seen -> false);
  }

  /** The same, and none before it is such that must not be. */
  public Presence awaitUnless(String what, Predicate<Presence> wanted, Predicate<Presence> unwanted)
      throws InterruptedException {
    return awaitUnless(what, wanted, unwanted, Duration.ofSeconds(SOON_SECONDS));
  }

  private Presence awaitUnless(
      String what, Predicate<Presence> wanted, Predicate<Presence> unwanted, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Presence next = seen.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError(what + ": not seen");
      }
      if (unwanted.test(next)) {
        throw new AssertionError(what + ": before it came " + next);
      }
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  /** The next that somebody is there who is not the focus. */
  public Presence awaitPublisher() throws InterruptedException {
    return await(
        "a publisher",
        presence ->
            presence.getType() == Presence.Type.available && displayName(presence).isPresent());
  }

  /** The next that one has left. */
  public void awaitLeft(EntityFullJid who) throws InterruptedException {
    awaitLeft(who, Duration.ofSeconds(SOON_SECONDS));
  }

  /** The same within that time. */
  public void awaitLeft(EntityFullJid who, Duration limit) throws InterruptedException {
    awaitUnless(
        who + " leaves",
        presence ->
            presence.getType() == Presence.Type.unavailable && presence.getFrom().equals(who),
        seen -> false,
        limit);
  }

  public static Optional<String> displayName(Presence presence) {
    Nick nick = presence.getExtension(Nick.class);
    return Optional.ofNullable(nick).map(Nick::getName);
  }

  /** The text of one of its elements. */
  public static String text(Presence presence, String element) {
    Object found = presence.getExtensionElement(element, "jabber:client");
    return found instanceof StandardExtensionElement text ? text.getText() : String.valueOf(found);
  }

  /** Offers somebody to send media with no bridge in between; what comes of it. */
  JingleIQ invite(EntityFullJid who) throws Exception {
    JingleIQ offer = new JingleIQ(JingleAction.SESSION_INITIATE, JingleIQ.generateSID());
    offer.setType(IQ.Type.set);
    offer.setTo(who);
    return send(offer);
  }

  /** Sends an invitation; what comes of it. */
  private JingleIQ send(JingleIQ offer) throws Exception {
    connection.sendIqRequestAndWaitForResponse(offer);
    return next(offer.getSID());
  }

  /** The next that it is told about that Jingle session. */
  JingleIQ next(String sid) throws InterruptedException {
    while (true) {
      JingleIQ answer = jingle.poll(SOON_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("no answer to an invitation");
      }
      if (answer.getSID().equals(sid)) {
        return answer; // Not what the focus has to say to a person.
      }
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
