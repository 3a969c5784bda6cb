package io.github.jvbwhip.load.net;

import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * ICE (RFC 8445) over one socket: checks the other side's candidates, answers its checks, nominates
 * the first pair that works (or takes the one that the other side nominates), and asks for consent
 * from then on (RFC 7675). Time is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class IceAgent {
  /** Puts a datagram on the wire. */
  public interface Network {
    void send(byte[] datagram, InetSocketAddress to);
  }

  /** Hears of the pair. */
  public interface Listener {
    /** A pair is nominated: everything goes to this address from now on. */
    void connected(InetSocketAddress remote);

    /** The other side has not answered for half a minute. */
    void consentLost();
  }

  /** RFC 7675 §5.1: a check each 5 seconds or so, and an end after 30 without an answer. */
  private static final long CONSENT_NANOS = 5_000_000_000L;

  private static final long CONSENT_EXPIRY_NANOS = 30_000_000_000L;

  /** As browsers do where nothing is known to work yet. */
  private static final long CHECK_NANOS = 50_000_000;

  private static final int QUICK_CHECKS = 20;
  private static final long SLOW_CHECK_NANOS = 250_000_000;
  private static final int MOST_PAIRS = 16;
  private static final int MOST_CHECKS_OPEN = 64;

  private static final String TOKEN_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private record Check(InetSocketAddress to, boolean nominating) {}

  private final Network network;
  private final Listener listener;
  private final Random random;
  private final String ufrag;
  private final String password;
  private final long tieBreaker;
  private final List<InetSocketAddress> remotes = new ArrayList<>();
  private final Map<TransactionId, Check> open = BoundedMap.forgettingTheOldest(MOST_CHECKS_OPEN);

  private @Nullable String remoteUfrag;
  private byte[] remotePassword = {};
  private boolean controlling;
  private boolean lite;
  private @Nullable InetSocketAddress working;
  private @Nullable InetSocketAddress nominated;
  private @Nullable InetSocketAddress selected;
  private int checks;
  private int lastError;
  private long nextCheck;
  private long lastConsent;
  private boolean lost;

  /** An agent with credentials of this generator's making. */
  public IceAgent(Network network, Listener listener, Random random) {
    this.network = network;
    this.listener = listener;
    this.random = random;
    ufrag = token(8, random);
    password = token(24, random);
    tieBreaker = random.nextLong();
  }

  public String ufrag() {
    return ufrag;
  }

  public String password() {
    return password;
  }

  /**
   * Starts to check what the other side's description has told.
   *
   * @param offerer whether this side has made the offer
   * @param lite whether the other side only answers
   */
  public void start(
      String ufragOfRemote,
      String passwordOfRemote,
      boolean offerer,
      boolean lite,
      List<InetSocketAddress> candidates,
      long now) {
    remoteUfrag = ufragOfRemote;
    remotePassword = ascii(passwordOfRemote);
    controlling = offerer || lite;
    this.lite = lite;
    candidates.forEach(this::addRemote);
    checkNext(now);
  }

  /** What became of the checks, for the text of an error. */
  public String progress() {
    String answer = working == null ? "no check was answered" : "no pair was nominated";
    String error = lastError == 0 ? "" : ", the last error was " + lastError;
    return "%s of %d candidates%s".formatted(answer, remotes.size(), error);
  }

  /** Sends the checks that are due. */
  public void tick(long now) {
    if (remoteUfrag == null || lost || now - nextCheck < 0) {
      return;
    }
    InetSocketAddress to = selected;
    if (to == null) {
      checkNext(now);
    } else if (now - lastConsent > CONSENT_EXPIRY_NANOS) {
      lost = true;
      listener.consentLost();
    } else {
      check(to, false);
      nextCheck = now + CONSENT_NANOS * (80 + random.nextInt(40)) / 100;
    }
  }

  /** Takes a datagram that is STUN by its first byte. */
  public void received(byte[] b, int length, InetSocketAddress from, long now) {
    StunMessage message = StunMessage.parse(b, 0, length);
    if (message == null) {
      return;
    }
    switch (message.type()) {
      case StunMessage.BINDING_REQUEST -> request(message, from, now);
      case StunMessage.BINDING_SUCCESS -> success(message, now);
      case StunMessage.BINDING_ERROR -> {
        if (open.remove(message.transactionId()) != null) {
          lastError = message.errorCode();
        }
      }
      default -> {}
    }
  }

  private void request(StunMessage message, InetSocketAddress from, long now) {
    byte[] own = ascii(password);
    if (!ufrag.equals(message.localUfrag()) || !message.isAuthentic(own)) {
      return;
    }
    StunMessage response = message.asSuccess(from.getAddress().getAddress(), from.getPort(), own);
    network.send(response.bytes(), from);
    if (selected != null) {
      return;
    }
    // A triggered check (RFC 8445 §7.3.1.4), where the other side is heard from a new address.
    boolean unknown = addRemote(from);
    if (!controlling && message.nominates()) {
      nominated = from;
      if (from.equals(working)) {
        select(from, now);
        return;
      }
      unknown = true;
    }
    if (unknown && remoteUfrag != null) {
      check(from, lite);
    }
  }

  private void success(StunMessage message, long now) {
    Check check = open.get(message.transactionId());
    if (check == null || !message.isAuthentic(remotePassword)) {
      return;
    }
    open.remove(message.transactionId());
    lastConsent = now;
    if (selected != null) {
      return;
    }
    boolean first = working == null;
    if (check.nominating || check.to.equals(nominated)) {
      select(check.to, now);
    } else if (controlling && first) {
      working = check.to;
      check(check.to, true);
    } else if (!controlling) {
      working = check.to;
    }
  }

  private void select(InetSocketAddress remote, long now) {
    selected = remote;
    nextCheck = now + CONSENT_NANOS;
    listener.connected(remote);
  }

  private boolean addRemote(InetSocketAddress remote) {
    return remotes.size() < MOST_PAIRS && !remotes.contains(remote) && remotes.add(remote);
  }

  private void checkNext(long now) {
    nextCheck = now + (checks < QUICK_CHECKS ? CHECK_NANOS : SLOW_CHECK_NANOS);
    if (remotes.isEmpty()) {
      return;
    }
    // One that works is asked again to be nominated, in turn with the others: it may be gone.
    InetSocketAddress known = working;
    if (controlling && known != null && checks % 2 == 0) {
      check(known, true);
    } else {
      check(remotes.get(checks % remotes.size()), lite);
    }
  }

  private void check(InetSocketAddress to, boolean nominating) {
    StunMessage request =
        StunMessage.check(
            remoteUfrag + ":" + ufrag, controlling, nominating, tieBreaker, remotePassword);
    open.put(request.transactionId(), new Check(to, nominating));
    checks++;
    network.send(request.bytes(), to);
  }

  private static String token(int length, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
    }
    return text.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
