package io.github.jvbwhip.operator.notifications;

/** What another server is told. */
public enum NotificationType {
  /** A publisher is connected. */
  PUBLISH,
  /** A publisher that was connected is gone. */
  UNPUBLISH,
  /** A player is connected. */
  WATCH,
  /** A player that was connected is gone. */
  END
}
