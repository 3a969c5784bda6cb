package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.text.RandomHex;
import io.github.jvbwhip.http.access.OtherServer;
import io.github.jvbwhip.http.exchange.JsonBodies;
import io.github.jvbwhip.http.problems.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Asks other members over HTTP, with signatures, and takes no answer without. Thread-safe. */
public final class PeerClient implements Calls {
  private static final int NONCE_BYTES = 16;

  /** Reads an answer. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonNode node) throws ProblemException;
  }

  private final String self;
  private final Signer signer;
  private final Clock clock;
  private final RandomGenerator random;
  private final OtherServer beats;
  private final OtherServer others;

  /** Which incarnation of a member was there last. */
  private final Map<String, String> processes = new ConcurrentHashMap<>();

  /**
   * @param self the name of this member
   * @param beatPatience how long a heartbeat may take
   * @param patience how long everything else may
   */
  public PeerClient(
      String self,
      Signer signer,
      Clock clock,
      RandomGenerator random,
      Duration beatPatience,
      Duration patience) {
    this.self = self;
    this.signer = signer;
    this.clock = clock;
    this.random = random;
    this.beats = new OtherServer(beatPatience, MemberRouter.BODY_LIMIT);
    this.others = new OtherServer(patience, MemberRouter.BODY_LIMIT);
  }

  @Override
  public CompletableFuture<Hello> hello(String url) {
    return send(beats, url, "", "hello", MessageJson.nothing())
        .thenApply(
            answer -> {
              Hello hello = read(answer.body(), MessageJson::hello);
              if (!hello.self().equals(answer.from())) {
                throw new CompletionException(new IOException("it says two names"));
              }
              return hello;
            });
  }

  @Override
  public CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat) {
    return ask(beats, member, "heartbeat", MessageJson.write(heartbeat), MessageJson::heartbeat);
  }

  @Override
  public CompletableFuture<LinkAnswer> link(String member, LinkRequest request) {
    return ask(others, member, "link", MessageJson.write(request), MessageJson::linkAnswer);
  }

  @Override
  public CompletableFuture<SideMessage.Taken> side(String member, SideMessage message) {
    return ask(others, member, "side", MessageJson.write(message), MessageJson::taken);
  }

  @Override
  public CompletableFuture<Void> unlink(String member, Unlink message) {
    return ask(others, member, "unlink", MessageJson.write(message), JsonNode::size)
        .thenApply(done -> null);
  }

  /** Asks a process of that member, which is asked for first. */
  private <T> CompletableFuture<T> ask(
      OtherServer server, String member, String operation, ObjectNode body, Reader<T> reader) {
    String known = processes.get(member);
    CompletableFuture<String> process =
        known == null ? process(member) : CompletableFuture.completedFuture(known);
    return process
        .thenCompose(which -> send(server, member, which, operation, body))
        .thenApply(answer -> read(from(member, answer).body(), reader));
  }

  private CompletableFuture<String> process(String member) {
    return hello(member)
        .thenApply(
            hello -> {
              if (!hello.self().equals(member)) {
                throw new CompletionException(new IOException("another member is there"));
              }
              processes.put(member, hello.incarnation());
              return hello.incarnation();
            });
  }

  private static Answer from(String member, Answer answer) {
    if (!answer.from().equals(member)) {
      throw new CompletionException(new IOException("another member answers"));
    }
    return answer;
  }

  private static <T> T read(byte[] body, Reader<T> reader) {
    try {
      return reader.read(JsonBodies.read(body));
    } catch (ProblemException e) {
      throw new CompletionException(new IOException(e.detail(), e));
    }
  }

  private record Answer(String from, byte[] body) {}

  private CompletableFuture<Answer> send(
      OtherServer server, String url, String process, String operation, ObjectNode message) {
    byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
    String digest = Signer.digest(body);
    String time = Long.toString(clock.millis());
    String nonce = RandomHex.of(NONCE_BYTES, random);
    HttpRequest.Builder request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(url + "/cluster/" + operation))
              .header("Content-Type", MemberRouter.TYPE)
              .header(SignatureFields.DIGEST, digest)
              .header(SignatureFields.FROM, self)
              .header(SignatureFields.TO, url)
              .header(SignatureFields.PROCESS, process)
              .header(SignatureFields.TIME, time)
              .header(SignatureFields.NONCE, nonce)
              .header(
                  SignatureFields.SIGNATURE,
                  signer.ofRequest(operation, digest, self, url, process, time, nonce))
              .POST(BodyPublishers.ofByteArray(body));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    return server
        .send(request)
        .whenComplete(
            (response, failure) -> {
              if (response == null || response.statusCode() != 200) {
                // It may be another one by now, which does not let this pass.
                processes.remove(url);
              }
            })
        .thenApply(response -> checked(response, url, operation, nonce));
  }

  private Answer checked(
      HttpResponse<byte[]> response, String url, String operation, String nonce) {
    if (response.statusCode() != 200) {
      throw new CompletionException(new IOException("it answers " + response.statusCode()));
    }
    String from = response.headers().firstValue(SignatureFields.FROM).orElse("");
    String right = signer.ofAnswer(operation, response.body(), from, nonce);
    String signature = response.headers().firstValue(SignatureFields.SIGNATURE).orElse("");
    if (!Signer.same(signature, right)) {
      throw new CompletionException(new IOException("its answer is not signed as it should be"));
    }
    return new Answer(from, response.body());
  }
}
