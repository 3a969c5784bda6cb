package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lets pass what a member has sent, to this one, just now, and once. Nothing is remembered of what
 * does not pass. Thread-safe.
 */
final class Verifier {
  /** How far clocks may be apart, and how long a request may take. */
  static final Duration SKEW = Duration.ofSeconds(30);

  /** A member with a thousand rooms does not use so many within twice {@link #SKEW}. */
  private static final int MOST_NONCES = 1 << 16;

  private static final int MOST_SENDERS = 4096;

  private static final Pattern NAME = Pattern.compile("https?://[!-~]{1,500}");
  private static final Pattern PROCESS = Pattern.compile("[0-9a-f]{0,64}");
  private static final Pattern TIME = Pattern.compile("\\d{1,15}");
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

  private final Signer signer;
  private final Hello self;
  private final Clock clock;
  private final Nonces nonces = new Nonces(MOST_NONCES, MOST_SENDERS);

  /**
   * @param self who it is for: what was meant for its predecessor does not pass
   */
  Verifier(Signer signer, Hello self, Clock clock) {
    this.signer = signer;
    this.self = self;
    this.clock = clock;
  }

  /**
   * Who has sent a request, and which it is.
   *
   * @param nonce of the request, which its answer is signed with
   */
  record Sent(String from, String nonce) {}

  /**
   * Who has sent it.
   *
   * @param anyReceiver whether it may be meant for anybody, since its sender does not know names
   * @throws ProblemException 401 when it does not pass; why is not said
   */
  Sent check(Call call, String operation, boolean anyReceiver) throws ProblemException {
    String from = field(call, SignatureFields.FROM, NAME);
    String to = field(call, SignatureFields.TO, NAME);
    String process = field(call, SignatureFields.PROCESS, PROCESS);
    String time = field(call, SignatureFields.TIME, TIME);
    String nonce = field(call, SignatureFields.NONCE, NONCE);
    String signature = field(call, SignatureFields.SIGNATURE, SIGNATURE);
    String right = signer.ofRequest(operation, call.body(), from, to, process, time, nonce);
    long now = clock.millis();
    long sent = Long.parseLong(time);
    boolean passes =
        Signer.same(signature, right)
            && (anyReceiver || (to.equals(self.self()) && process.equals(self.incarnation())))
            && Math.abs(now - sent) <= SKEW.toMillis()
            && nonces.use(from, nonce, sent + SKEW.toMillis(), now);
    if (!passes) {
      throw refused();
    }
    return new Sent(from, nonce);
  }

  /** How many nonces are remembered. */
  int remembered() {
    return nonces.size();
  }

  private static String field(Call call, String name, Pattern syntax) throws ProblemException {
    List<String> values = call.headers(name);
    if (values.size() != 1 || !syntax.matcher(values.get(0)).matches()) {
      throw refused();
    }
    return values.get(0);
  }

  private static ProblemException refused() {
    return new ProblemException(ProblemType.UNAUTHORIZED, "Only members of the cluster may ask.");
  }
}
