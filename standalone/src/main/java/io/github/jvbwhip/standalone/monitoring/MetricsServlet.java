package io.github.jvbwhip.standalone.monitoring;

import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.exchange.Proxies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * {@code /metrics}, for those who may read them: how many watch is not everybody's business.
 * Thread-safe.
 */
public final class MetricsServlet extends MonitoringServlet {
  private static final long serialVersionUID = 1L;

  private final transient PrometheusMetrics metrics;
  private final transient Runnable measure;
  private final transient List<Network> readers;
  private final transient Proxies proxies;
  private final transient Object scrape = new Object();

  /**
   * @param measure brings the metrics up to date; called once for each reader, one at a time
   * @param readers who may read them
   * @param trustedProxies whose word on the reader's address is taken
   */
  public MetricsServlet(
      PrometheusMetrics metrics,
      Runnable measure,
      List<Network> readers,
      List<Network> trustedProxies) {
    this.metrics = metrics;
    this.measure = measure;
    this.readers = List.copyOf(readers);
    this.proxies = new Proxies(trustedProxies);
  }

  @Override
  Reply read(HttpServletRequest request) throws ProblemException, IOException {
    if (!mayRead(request)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Metrics are for those that standalone.metrics.allow names.");
    }
    PrometheusMetrics.Text text;
    synchronized (scrape) {
      measure.run();
      text = metrics.write(request.getHeader("Accept"));
    }
    return Reply.of(200).withBody(text.type(), text.content()).with("Vary", "Accept");
  }

  private boolean mayRead(HttpServletRequest request) {
    if (proxies.isHidden(request)) {
      return false;
    }
    Optional<InetAddress> reader = Network.address(proxies.clientAddress(request));
    return reader.isPresent() && readers.stream().anyMatch(each -> each.contains(reader.get()));
  }
}
