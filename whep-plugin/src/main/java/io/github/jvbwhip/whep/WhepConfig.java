package io.github.jvbwhip.whep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.negotiation.CodecPreference;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Everyone;
import io.github.jvbwhip.http.access.TokenAuthorizer;
import io.github.jvbwhip.http.config.CodecPreferences;
import io.github.jvbwhip.http.config.FrameAncestors;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of WHEP. {@code reference.conf} explains each key.
 *
 * @param whenUnpublished what a player of a room or stream gets that has no publisher
 * @param retryAfter when a player that was sent away may come again
 * @param offer who offers
 * @param serverOfferRooms rooms in which the server offers, whatever {@code offer} says
 * @param offerTime how long the server's offer is valid
 * @param maxSectionsPerKind how many m-sections of a kind a player gets
 * @param codecs what players get
 * @param firstPicture what the bridge keeps for players that join or switch
 * @param roomsApi whether the list of rooms is served
 * @param frameAncestors whose pages may have the embedded player in a frame
 * @param scte35Tokens the bearer tokens that may inject SCTE 35 messages; with none nobody may
 */
public record WhepConfig(
    HttpConfig http,
    WhenUnpublished whenUnpublished,
    Duration retryAfter,
    Offerer offer,
    Set<RoomName> serverOfferRooms,
    Duration offerTime,
    int maxSectionsPerKind,
    CodecPreference codecs,
    EventsConfig events,
    FirstPicture firstPicture,
    boolean roomsApi,
    FrameAncestors frameAncestors,
    List<String> scte35Tokens) {

  /** Where the keys stand. */
  public static final String PATH = "videobridge.whep";

  /** What a player gets when nothing is published. */
  public enum WhenUnpublished {
    /** A session; media comes when it comes. */
    WAIT,
    /** 409 with Retry-After. */
    CONFLICT
  }

  /** Who offers. */
  public enum Offerer {
    /** The player; the server only where that cannot work. */
    PLAYER,
    /** The server, always: a player's offer is answered with 406 and a counter-offer. */
    SERVER
  }

  public WhepConfig {
    serverOfferRooms = Set.copyOf(serverOfferRooms);
    scte35Tokens = List.copyOf(scte35Tokens);
  }

  /**
   * Who may do what of it; {@code watching} decides about players. The list of rooms is
   * everybody's, where it is served.
   */
  public Map<Action, Authorizer> authorizers(Authorizer watching) {
    return Map.of(
        Action.WATCH,
        watching,
        Action.LIST_ROOMS,
        new Everyone(),
        Action.SEND_SCTE35,
        TokenAuthorizer.of(scte35Tokens));
  }

  /**
   * Reads {@value #PATH}.
   *
   * @param config the whole configuration, {@code reference.conf} included
   * @param foreignKeys keys beside ours that somebody else reads
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static WhepConfig read(Config config, Set<String> foreignKeys)
      throws InvalidConfigException {
    Config own;
    try {
      own = config.getConfig(PATH);
    } catch (ConfigException e) {
      throw new InvalidConfigException(PATH + " has to be an object");
    }
    Section section = new Section(own, PATH);
    foreignKeys.forEach(section::foreign);
    Section scte35 = section.section("scte35");
    List<String> scte35Tokens = scte35.texts("tokens");
    if (scte35Tokens.stream().anyMatch(String::isBlank)) {
      throw scte35.wrong("tokens", "a list of tokens that are not empty");
    }
    scte35.done();
    WhepConfig result =
        new WhepConfig(
            HttpConfig.read(section),
            section.choice("when-unpublished", WhenUnpublished.class),
            section.duration("retry-after"),
            section.choice("offer", Offerer.class),
            rooms(section),
            offerTime(section),
            section.number("max-sections-per-kind", 1),
            CodecPreferences.read(section),
            EventsConfig.read(section.section("events")),
            firstPicture(section.section("first-picture")),
            section.flag("rooms-api"),
            FrameAncestors.read(section.section("embed")),
            scte35Tokens);
    section.done();
    return result;
  }

  private static FirstPicture firstPicture(Section section) throws InvalidConfigException {
    FirstPicture result =
        new FirstPicture(
            section.flag("enabled"),
            section.bytes("max-bytes"),
            section.duration("max-time"),
            section.bytes("max-total-bytes"));
    section.done();
    return result;
  }

  private static Set<RoomName> rooms(Section section) throws InvalidConfigException {
    Set<RoomName> rooms = new HashSet<>();
    for (String name : section.texts("server-offer-rooms")) {
      rooms.add(
          RoomName.of(name)
              .orElseThrow(() -> section.wrong("server-offer-rooms", "a list of room names")));
    }
    return rooms;
  }

  private static Duration offerTime(Section section) throws InvalidConfigException {
    Duration value = section.duration("offer-time");
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      throw section.wrong("offer-time", "at least one second: valid-until has no fractions");
    }
    return value;
  }

  /** Whether the server offers in that room. */
  boolean serverOffers(RoomName room) {
    return offer == Offerer.SERVER || serverOfferRooms.contains(room);
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "WhepConfig[http=" + http + ", offer=" + offer + "]";
  }
}
