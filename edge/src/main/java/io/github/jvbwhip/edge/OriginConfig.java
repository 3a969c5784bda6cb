package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.StreamPattern;
import java.net.URI;
import java.util.Optional;

/**
 * A WHEP server whose rooms are watched here.
 *
 * @param rooms which
 * @param stage where a whole room is watched
 * @param single where one stream is
 * @param token a bearer token; a secret, which {@link #toString} leaves out
 * @param offer who makes the offer
 */
public record OriginConfig(
    StreamPattern rooms,
    UrlTemplate stage,
    UrlTemplate single,
    Optional<String> token,
    OfferBy offer) {

  /** Who makes the offer. */
  public enum OfferBy {
    /** This server; the origin may answer with one of its own (406). */
    EDGE,
    /** The origin, when it is asked by an empty POST. */
    ORIGIN
  }

  static OriginConfig read(Section section) throws InvalidConfigException {
    StreamPattern rooms = ConfigKeys.pattern(section, "rooms");
    UrlTemplate stage = ConfigKeys.template(section, "whep");
    Optional<UrlTemplate> single =
        section.has("whep-stream")
            ? Optional.of(ConfigKeys.template(section, "whep-stream"))
            : Optional.empty();
    OfferBy offer = section.has("offer") ? section.choice("offer", OfferBy.class) : OfferBy.EDGE;
    OriginConfig config =
        new OriginConfig(
            rooms, stage, single.orElseGet(stage::withStream), ConfigKeys.token(section), offer);
    section.done();
    if (stage.hasStream()) {
      throw section.wrong("whep", "a URL without {stream}, which whep-stream has");
    }
    return config;
  }

  /** Whether what is wanted is to be had there. */
  boolean has(RoomName room, Optional<StreamName> stream) {
    return rooms.matches(Optional.of(room), stream);
  }

  URI url(RoomName room, Optional<StreamName> stream) {
    return stream
        .map(name -> single.url(room, name))
        .orElseGet(() -> stage.url(room, StreamName.DEFAULT));
  }

  @Override
  public String toString() {
    return "OriginConfig[" + rooms + ", " + offer + "]";
  }
}
