package org.jitsi.videobridge.shutdown;

/** Whether the bridge runs. */
public enum ShutdownState {
  RUNNING,
  GRACEFUL_SHUTDOWN,
  SHUTTING_DOWN
}
