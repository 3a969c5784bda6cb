package io.github.jvbwhip.core.metrics;

/** Where a member of a cluster tells how it is linked to others. Thread-safe. */
public interface ClusterMetrics {
  /** How many other members there are now, that answer and that do not. */
  void members(int healthy, int dead);

  /** How many links there are now, towards the homes of rooms and away from them. */
  void links(int up, int down);

  /** How many links there are between this bridge and the home of the room that is farthest. */
  void depth(int most);

  /** How many viewers are reached over links away from homes. */
  void viewersBelow(long viewers);

  /** How many microseconds it takes over the slowest link, there and back; 0 where unknown. */
  void roundTrip(long micros);

  /** A member did not answer a heartbeat, or not well. */
  void heartbeatFailed();

  /** Counts nothing. */
  ClusterMetrics NONE =
      new ClusterMetrics() {
        @Override
        public void members(int healthy, int dead) {}

        @Override
        public void links(int up, int down) {}

        @Override
        public void depth(int most) {}

        @Override
        public void viewersBelow(long viewers) {}

        @Override
        public void roundTrip(long micros) {}

        @Override
        public void heartbeatFailed() {}
      };
}
