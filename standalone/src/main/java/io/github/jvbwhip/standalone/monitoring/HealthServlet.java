package io.github.jvbwhip.standalone.monitoring;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.exchange.Reply;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /health}: 200 while the server takes sessions, 503 and why otherwise. Open to everybody.
 * Thread-safe.
 */
public final class HealthServlet extends MonitoringServlet {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final transient Supplier<Optional<String>> fault;
  private final transient Supplier<Availability> availability;

  /**
   * @param fault what keeps the server from working, in words for everybody; empty when nothing
   *     does
   * @param availability whether it takes new sessions
   */
  public HealthServlet(Supplier<Optional<String>> fault, Supplier<Availability> availability) {
    this.fault = fault;
    this.availability = availability;
  }

  @Override
  Reply read(HttpServletRequest request) {
    Optional<String> broken = fault.get();
    if (broken.isPresent()) {
      return reply(503, "failed", broken.get());
    }
    Availability now = availability.get();
    return now.state() == Availability.State.ACCEPTING
        ? reply(200, "ok", "")
        : reply(503, Words.of(now.state()), now.detail());
  }

  private static Reply reply(int status, String word, String detail) {
    var document = JSON.createObjectNode().put("status", word);
    if (!detail.isEmpty()) {
      document.put("detail", detail);
    }
    return Reply.of(status).withBody("application/json", document.toString());
  }
}
