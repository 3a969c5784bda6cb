package io.github.jvbwhip.xmpp;

/**
 * How the people in a meeting are told that it is watched. Immutable.
 *
 * @param displayName what the audience is called, before the number of viewers
 */
public record AudienceSettings(Announcement announcement, String displayName) {
  /** The audience is a participant. */
  public static final AudienceSettings USUAL =
      new AudienceSettings(Announcement.PARTICIPANT, "Viewers");

  /** How they are told. */
  public enum Announcement {
    /** Those who watch are one participant. */
    PARTICIPANT,
    /** They are, and say so in the chat when the first comes. */
    CHAT,
    /** Nobody tells them. */
    NONE
  }

  String named(int viewers) {
    return displayName + " (" + viewers + ")";
  }
}
