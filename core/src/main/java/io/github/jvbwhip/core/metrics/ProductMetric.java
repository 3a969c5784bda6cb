package io.github.jvbwhip.core.metrics;

import java.util.List;

/**
 * The metrics that the product has beside those of the bridge and of Java. Their names, types,
 * labels and meanings are declared here, and nowhere else.
 */
public enum ProductMetric {
  SESSIONS(
      Type.GAUGE,
      "whip_whep_sessions",
      "Sessions now: offered (the server's offer waits for its answer), connecting (ICE and DTLS"
          + " are not up yet), connected.",
      Labels.KIND,
      "state"),
  POSTS(
      Type.COUNTER,
      "whip_whep_posts",
      "POSTs to endpoints, by their outcome: created, counter-offer, redirected, or the type of the"
          + " problem.",
      Labels.KIND,
      "outcome"),
  OPENED(Type.COUNTER, "whip_whep_sessions_opened", "Endpoints that were allocated.", Labels.KIND),
  ENDED(
      Type.COUNTER,
      "whip_whep_sessions_ended",
      "Endpoints that have ended.",
      Labels.KIND,
      "reason"),
  ACCEPTING(
      Type.GAUGE, "whip_whep_accepting", "1 while the bridge takes new sessions, and 0 otherwise."),
  LIMIT(
      Type.GAUGE,
      "whip_whep_sessions_limit",
      "How many there may be, by the configuration.",
      Labels.KIND),
  PUBLISHER_ANSWERS(
      Buckets.SECONDS, "whip_answer_seconds", "From a publisher's POST until its 201 was made."),
  PLAYER_ANSWERS(
      Buckets.SECONDS, "whep_answer_seconds", "From a player's POST until its 201 was made."),
  ALLOCATION(
      Buckets.SECONDS,
      "whip_whep_allocation_seconds",
      "How long the bridge took to allocate an endpoint."),
  CONNECTING(
      Buckets.SECONDS,
      "whip_whep_connect_seconds",
      "From an endpoint's allocation until its ICE and DTLS were up."),
  LEARNING(
      Buckets.SECONDS,
      "whip_ssrc_learning_seconds",
      "From the first packet of an SSRC that was not signalled until the bridge knew it."),
  AUDIENCES(Buckets.PLAYERS, "whep_players_of_rooms", "The rooms now, by their connected players."),
  LARGEST_AUDIENCE(
      Type.GAUGE,
      "whep_players_of_largest_room",
      "Connected players of the room that has the most."),
  REWRITTEN(
      Type.COUNTER,
      "whip_whep_packets_rewritten",
      "RTP packets whose numbers became those of the conference, or of the player.",
      Labels.KIND),
  DROPPED(
      Type.COUNTER,
      "whip_whep_packets_dropped",
      "RTP packets of publishers, or for players, that went no further.",
      Labels.KIND,
      "reason"),
  CLUSTER_MEMBERS(
      Type.GAUGE,
      "whip_whep_cluster_members",
      "Other members of the cluster now: healthy, or dead, which do not answer.",
      "health"),
  CLUSTER_LINKS(
      Type.GAUGE,
      "whip_whep_cluster_links",
      "Links to other bridges now: up, towards the home of a room, or down, away from it.",
      "direction"),
  CLUSTER_DEPTH(
      Type.GAUGE,
      "whip_whep_cluster_depth",
      "Links between this bridge and the home of the room that is farthest."),
  CLUSTER_VIEWERS(
      Type.GAUGE,
      "whip_whep_cluster_viewers_below",
      "Viewers on other bridges that are reached over links from here."),
  CLUSTER_ROUND_TRIP(
      Type.GAUGE,
      "whip_whep_cluster_round_trip_microseconds",
      "Round trip over the slowest of the links, by the bridges' own checks; 0 where none has been"
          + " measured."),
  CLUSTER_HEARTBEATS_FAILED(
      Type.COUNTER,
      "whip_whep_cluster_heartbeats_failed",
      "Heartbeats that another member did not answer, or not well.");

  /**
   * What stands before each name where it is collected. It is Jitsi Videobridge's, and on the
   * embedded bridge the same, so that one dashboard shows both.
   */
  public static final String PREFIX = "jitsi_jvb_";

  /** How a metric's values are to be read. */
  public enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM
  }

  private static final class Labels {
    static final String KIND = "kind";

    private Labels() {}
  }

  private static final class Buckets {
    static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10};
    static final double[] PLAYERS = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500};

    private Buckets() {}
  }

  private final Type type;
  private final String id;
  private final String help;
  private final List<String> labels;
  private final double[] buckets;

  ProductMetric(Type type, String id, String help, String... labels) {
    this.type = type;
    this.id = id;
    this.help = help;
    this.labels = List.of(labels);
    buckets = new double[0];
  }

  ProductMetric(double[] buckets, String id, String help) {
    type = Type.HISTOGRAM;
    this.id = id;
    this.help = help;
    labels = List.of();
    this.buckets = buckets;
  }

  public Type type() {
    return type;
  }

  /** Its name, without {@link #PREFIX}, and without the {@code _total} of a counter's samples. */
  public String id() {
    return id;
  }

  /** What it means, in a sentence. */
  public String help() {
    return help;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** The upper bounds of a histogram. */
  public double[] buckets() {
    return buckets.clone();
  }

  /** Its name as it is collected: a counter's samples have one more word than the counter. */
  public String fullName() {
    return PREFIX + id + (type == Type.COUNTER ? "_total" : "");
  }
}
