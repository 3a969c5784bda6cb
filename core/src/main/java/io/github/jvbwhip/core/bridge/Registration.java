package io.github.jvbwhip.core.bridge;

/** An observer's registration; closing it is idempotent and stops further calls. */
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
