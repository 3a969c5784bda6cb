package io.github.jvbwhip.jvb.videobridge.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.websocket.ColibriWebSocket;

/**
 * An endpoint's bridge channel, inside the process: hears what the bridge would tell a participant.
 * Thread-safe.
 */
public final class BridgeChannel extends ColibriWebSocket {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Runnable changed;
  private final Consumer<String> stopped;
  private final Runnable speakerChanged;
  private volatile Set<String> forwarded = Set.of();

  /**
   * @param changed called on a bridge thread when what is forwarded changed; must only enqueue
   * @param stopped called likewise with the name of each video source that is not forwarded any
   *     more; must not block
   * @param speakerChanged called likewise when there is another speaker; must only enqueue
   */
  public BridgeChannel(
      Endpoint endpoint, Runnable changed, Consumer<String> stopped, Runnable speakerChanged) {
    super(endpoint.getId(), endpoint.getMessageTransport());
    this.changed = changed;
    this.stopped = stopped;
    this.speakerChanged = speakerChanged;
  }

  /** Connects it: the bridge starts to tell. */
  public void open(Endpoint endpoint) {
    endpoint.getMessageTransport().webSocketConnected(this);
  }

  @Override
  public void sendString(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      switch (json.path("colibriClass").asText()) {
        case "ForwardedSources" -> {
          Set<String> names = new HashSet<>();
          json.path("forwardedSources").forEach(name -> names.add(name.asText()));
          Set<String> before = forwarded;
          forwarded = Set.copyOf(names);
          before.stream().filter(name -> !names.contains(name)).forEach(stopped);
          changed.run();
        }
        case "DominantSpeakerEndpointChangeEvent" -> speakerChanged.run();
        default -> {} // Meant for participants.
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The bridge sent no JSON", e);
    }
  }

  /**
   * The names of the video sources that the bridge forwards to this endpoint, by its last message;
   * messages may overtake each other.
   */
  public Set<String> forwarded() {
    return forwarded;
  }
}
