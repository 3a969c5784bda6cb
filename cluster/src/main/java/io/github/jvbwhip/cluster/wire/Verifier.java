package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
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
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

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
   * Looks at the head of a request.
   *
   * @param fields all values of the header field of that name
   * @param anyReceiver whether it may be meant for anybody, since its sender does not know names
   * @throws ProblemException 401 when it does not pass; why is not said
   */
  void check(Function<String, List<String>> fields, String operation, boolean anyReceiver)
      throws ProblemException {
    Head head = signed(fields, operation);
    long now = clock.millis();
    long sent = Long.parseLong(head.time());
    boolean passes =
        (anyReceiver || (head.to().equals(self.self()) && isThisProcess(head)))
            && Math.abs(now - sent) <= SKEW.toMillis()
            && nonces.use(head.from(), head.nonce(), sent + SKEW.toMillis(), now);
    if (!passes) {
      throw refused();
    }
  }

  private boolean isThisProcess(Head head) {
    return head.process().equals(self.incarnation());
  }

  /**
   * Who has sent the whole of it, whose head has passed.
   *
   * @throws ProblemException 401 when its body is another one
   */
  Sent sent(Call call, String operation) throws ProblemException {
    Head head = signed(call::headers, operation);
    if (!Signer.same(head.digest(), Signer.digest(call.body()))) {
      throw refused();
    }
    return new Sent(head.from(), head.nonce());
  }

  private record Head(
      String digest, String from, String to, String process, String time, String nonce) {}

  private Head signed(Function<String, List<String>> fields, String operation)
      throws ProblemException {
    String digest = field(fields, SignatureFields.DIGEST, SHA_256);
    String from = field(fields, SignatureFields.FROM, NAME);
    String to = field(fields, SignatureFields.TO, NAME);
    String process = field(fields, SignatureFields.PROCESS, PROCESS);
    String time = field(fields, SignatureFields.TIME, TIME);
    String nonce = field(fields, SignatureFields.NONCE, NONCE);
    String signature = field(fields, SignatureFields.SIGNATURE, SHA_256);
    String right = signer.ofRequest(operation, digest, from, to, process, time, nonce);
    if (!Signer.same(signature, right)) {
      throw refused();
    }
    return new Head(digest, from, to, process, time, nonce);
  }

  /** How many nonces are remembered. */
  int remembered() {
    return nonces.size();
  }

  private static String field(Function<String, List<String>> fields, String name, Pattern syntax)
      throws ProblemException {
    List<String> values = fields.apply(name);
    if (values.size() != 1 || !syntax.matcher(values.get(0)).matches()) {
      throw refused();
    }
    return values.get(0);
  }

  static ProblemException refused() {
    return new ProblemException(ProblemType.UNAUTHORIZED, "Only members of the cluster may ask.");
  }
}
