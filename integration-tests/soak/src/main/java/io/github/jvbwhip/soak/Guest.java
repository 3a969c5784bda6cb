package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.media.Codec;
import java.time.Duration;
import java.util.Optional;

/**
 * A client of one round, before it comes.
 *
 * @param number in the round
 * @param stream what it publishes or plays; a player without one plays the stage
 * @param simulcast whether a publisher sends three encodings
 * @param comes when it comes, from the beginning of the round on
 * @param way to the bridge
 * @param changes when it restarts ICE, from another port, or is seen at another one
 * @param leaves when it has left
 */
record Guest(
    int number,
    Role role,
    String room,
    Optional<String> stream,
    Codec codec,
    boolean simulcast,
    Way way,
    Duration comes,
    Optional<Duration> changes,
    Duration leaves,
    Farewell farewell) {

  /** What it comes for. */
  enum Role {
    PUBLISHER,
    PLAYER,
    /** Offers, and is never heard of again. */
    KNOCKER,
    /** Sends what is no offer. */
    BABBLER
  }

  /** What is between it and the bridge. */
  enum Way {
    /** Nothing: it may restart ICE. */
    DIRECT,
    /** One in ten datagrams is lost. */
    LOSSY,
    /** One in ten datagrams is overtaken, all are late, and some later. */
    REORDERING,
    /** Little more goes through than it sends. */
    SLOW,
    /** A NAT that forgets where it is, once. */
    FORGETFUL
  }

  /** How it leaves. */
  enum Farewell {
    /** DELETE, and then the end of DTLS. */
    DELETE,
    /** The end of DTLS alone. */
    HANG_UP,
    /** Not a word. */
    VANISH
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%d %s %s".formatted(number, role, room));
    stream.ifPresent(name -> text.append('/').append(name));
    if (role == Role.PUBLISHER) {
      text.append(' ').append(codec).append(simulcast ? " simulcast" : "");
    }
    text.append(" from ").append(seconds(comes));
    if (way != Way.DIRECT) {
      text.append(", ").append(way);
    }
    changes.ifPresent(at -> text.append(", another port at ").append(seconds(at)));
    if (role == Role.PUBLISHER || role == Role.PLAYER) {
      text.append(", ").append(farewell).append(" at ").append(seconds(leaves));
    }
    return text.toString();
  }

  private static String seconds(Duration time) {
    return "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100);
  }
}
