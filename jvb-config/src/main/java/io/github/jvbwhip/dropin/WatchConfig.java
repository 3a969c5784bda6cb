package io.github.jvbwhip.dropin;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.jvb.Watching;
import io.github.jvbwhip.jvb.room.StageRule;
import io.github.jvbwhip.xmpp.AudienceSettings;
import io.github.jvbwhip.xmpp.AudienceSettings.Announcement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The section about those who watch meetings.
 *
 * @param tokens that are good for one room, by its name in lower case, as meetings are called
 * @param tokensOfAll that are good for all rooms
 */
record WatchConfig(
    boolean enabled,
    StageRule stage,
    AudienceSettings audience,
    Map<String, List<String>> tokens,
    List<String> tokensOfAll) {
  private static final String ALL = "*";

  WatchConfig {
    tokens = Map.copyOf(tokens);
    tokensOfAll = List.copyOf(tokensOfAll);
  }

  /**
   * Reads it: whoever knows the name of a meeting must not see it for that alone.
   *
   * @param tokensOfMeeting whether players sign in with the meeting's own tokens
   */
  static WatchConfig read(Section watch, boolean tokensOfMeeting) throws InvalidConfigException {
    boolean enabled = watch.flag("enabled");
    Section lists = watch.section("tokens");
    Map<String, List<String>> tokens = new HashMap<>();
    for (Map.Entry<String, List<String>> list : lists.textsByKey().entrySet()) {
      String room = list.getKey();
      if (!room.equals(ALL) && RoomName.of(room).isEmpty()) {
        throw watch.wrong("tokens", "lists of tokens by the names of rooms, and not by " + room);
      }
      if (list.getValue().stream().anyMatch(String::isBlank)) {
        throw watch.wrong("tokens", "lists of tokens that are not empty");
      }
      if (tokens.put(room.toLowerCase(Locale.ROOT), list.getValue()) != null) {
        throw watch.wrong("tokens", "one list for each room: upper case is no other room");
      }
    }
    WatchConfig config =
        new WatchConfig(
            enabled,
            watch.choice("stage", StageRule.class),
            new AudienceSettings(
                watch.choice("announce", Announcement.class),
                watch
                    .text("display-name")
                    .orElseThrow(() -> watch.wrong("display-name", "a text that is not empty"))),
            tokens,
            tokens.getOrDefault(ALL, List.of()));
    config.check(watch, tokensOfMeeting);
    watch.done();
    return config;
  }

  private void check(Section watch, boolean tokensOfMeeting) throws InvalidConfigException {
    boolean listed = tokens.values().stream().anyMatch(list -> !list.isEmpty());
    if (enabled && !listed && !tokensOfMeeting) {
      throw watch.wrong("enabled", "false while watch.tokens names no token");
    }
    if (enabled && listed && tokensOfMeeting) {
      throw watch.wrong("tokens", "empty while auth.mode is token: the meeting's own are taken");
    }
    if (enabled && tokensOfMeeting && audience.announcement() == Announcement.NONE) {
      throw watch.wrong("announce", "participant or chat while auth.mode is token");
    }
  }

  /** What the bridge has to know. */
  Watching watching() {
    return enabled ? new Watching(true, stage) : Watching.CLOSED;
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "WatchConfig[enabled=" + enabled + ", stage=" + stage + "]";
  }
}
