package io.github.jvbwhip.integration;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts one server for all tests of a class, as a static {@code @RegisterExtension} field. */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
  private final Supplier<ServerUnderTest> start;
  private @Nullable ServerUnderTest server;

  /** A server that {@code start} starts before the first test. */
  public RunningServer(Supplier<ServerUnderTest> start) {
    this.start = start;
  }

  /** The server, while the class's tests run. */
  public ServerUnderTest get() {
    if (server == null) {
      throw new IllegalStateException("the server has not been started");
    }
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server = start.get();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.close();
    }
  }
}
