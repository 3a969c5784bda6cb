package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.JsonBodies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The URL space that members ask each other in, to be used by a {@link MemberServlet}, which looks
 * at heads first. Thread-safe.
 */
public final class MemberRouter implements Router {
  /** How long a message may be, in bytes: thousands of rooms, or hundreds of streams. */
  public static final int BODY_LIMIT = 1 << 20;

  static final String TYPE = "application/json";

  /** Answers a message of a member. */
  @FunctionalInterface
  private interface Handler {
    CompletableFuture<ObjectNode> handle(String from, JsonNode body) throws ProblemException;
  }

  private final Hello self;
  private final Signer signer;
  private final Verifier verifier;
  private final Map<String, Handler> handlers;

  /**
   * @param self who this member is
   * @param clock by which requests are in time
   */
  public MemberRouter(Hello self, Signer signer, Clock clock, Answers answers) {
    this.self = self;
    this.signer = signer;
    this.verifier = new Verifier(signer, self, clock);
    this.handlers =
        Map.of(
            "hello",
            (from, body) -> {
              MessageJson.readNothing(body);
              return CompletableFuture.completedFuture(MessageJson.write(self));
            },
            "heartbeat",
            (from, body) ->
                answers.heartbeat(from, MessageJson.heartbeat(body)).thenApply(MessageJson::write),
            "link",
            (from, body) ->
                answers.link(from, MessageJson.linkRequest(body)).thenApply(MessageJson::write),
            "side",
            (from, body) ->
                answers.side(from, MessageJson.sideMessage(body)).thenApply(MessageJson::write),
            "unlink",
            (from, body) ->
                answers
                    .unlink(from, MessageJson.unlink(body))
                    .thenApply(done -> MessageJson.nothing()));
  }

  @Override
  public Optional<Resource> route(List<String> segments) {
    return segments.size() == 1 && handlers.containsKey(segments.get(0))
        ? Optional.of(new Place(segments.get(0)))
        : Optional.empty();
  }

  /**
   * Looks at the head of a request, once, before anything else is done with it.
   *
   * @param fields all values of the header field of that name
   * @throws ProblemException 401 when it does not pass
   */
  void check(String operation, Function<String, List<String>> fields) throws ProblemException {
    verifier.check(fields, operation, operation.equals("hello"));
  }

  /** How many nonces are remembered. */
  int remembered() {
    return verifier.remembered();
  }

  private final class Place implements Resource {
    private final String operation;

    Place(String operation) {
      this.operation = operation;
    }

    @Override
    public Access access() {
      // Who asks has been found out before.
      return Access.to(Action.OPERATE, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.taking("POST", List.of(TYPE)));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) throws ProblemException {
      Handler handler = handlers.get(operation);
      if (handler == null) {
        throw new IllegalStateException("only what is there is routed");
      }
      Verifier.Sent sent = verifier.sent(call, operation);
      return handler
          .handle(sent.from(), JsonBodies.read(call.body()))
          .thenApply(answer -> signed(answer, sent.nonce()));
    }

    private Reply signed(ObjectNode answer, String nonce) {
      byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
      return Reply.of(200)
          .with("Cache-Control", "no-store")
          .with(SignatureFields.FROM, self.self())
          .with(SignatureFields.SIGNATURE, signer.ofAnswer(operation, body, self.self(), nonce))
          .withBody(TYPE, body);
    }
  }
}
