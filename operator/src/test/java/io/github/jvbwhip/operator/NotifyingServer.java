package io.github.jvbwhip.operator;

import io.github.jvbwhip.core.bridge.FakeBridge;

/** A server that tells another one what is published and watched. */
public final class NotifyingServer implements AutoCloseable {
  private final OperatorServer server;

  /**
   * @param notifications the section of that name
   */
  public NotifyingServer(String notifications) throws Exception {
    server = new OperatorServer("whip.operator.notifications {\n" + notifications + "\n}");
  }

  public FakeBridge bridge() {
    return server.bridge;
  }

  public void publish(String path) throws Exception {
    if (server.publish(path).statusCode() != 201) {
      throw new AssertionError("not published");
    }
  }

  public void watch(String path) throws Exception {
    if (server.watch(path).statusCode() != 201) {
      throw new AssertionError("not watched");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
