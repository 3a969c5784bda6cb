package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.whep.events.EventDistributor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes SCTE 35 messages for the players of a room, {@code /whep/{room}:scte35}, or of those who
 * see one stream, {@code /whep/{room}/{stream}:scte35}. A colon cannot be part of a name, so these
 * URLs are no endpoint's.
 *
 * <p>The body is the message in base64, {@code text/plain}, and reaches the players as it is (WHEP
 * events document, "scte35 event").
 */
final class Scte35Resource implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Scte35Resource.class);

  /** A splice information section has at most 4096 bytes (SCTE 35 §9.6). */
  private static final int MAX_LENGTH = 4 * ((4096 + 2) / 3);

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

  private final RoomName room;
  private final Optional<StreamName> stream;
  private final EventDistributor events;
  private final Action action;

  /**
   * @param action what its callers do
   */
  Scte35Resource(
      RoomName room, Optional<StreamName> stream, EventDistributor events, Action action) {
    this.room = room;
    this.stream = stream;
    this.events = events;
    this.action = action;
  }

  @Override
  public Access access() {
    return Access.to(action, Optional.of(room), stream);
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.taking("POST", List.of("text/plain")));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    // A line end after the message is the sender's tool, not the message.
    String message = call.text().strip();
    if (message.length() > MAX_LENGTH || !BASE64.matcher(message).matches()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "The body is one SCTE 35 message in base64, of at most 4096 bytes.");
    }
    LOG.info("SCTE 35 message for {} by {}", room, call.principal().name());
    events.scte35(room, stream, message);
    return Reply.of(204).atOnce();
  }
}
