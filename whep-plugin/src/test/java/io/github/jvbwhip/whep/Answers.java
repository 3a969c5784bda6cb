package io.github.jvbwhip.whep;

import java.util.stream.Collectors;

/** Answers the server's offer as a player would that takes everything. */
final class Answers {
  private Answers() {}

  static String to(String offer) {
    return offer
        .lines()
        .filter(line -> !line.startsWith("a=ssrc") && !line.startsWith("a=candidate"))
        .filter(line -> !line.startsWith("a=msid:"))
        .map(
            line -> {
              if (line.equals("a=sendonly")) {
                return "a=recvonly";
              } else if (line.startsWith("a=setup:")) {
                return "a=setup:active";
              } else if (line.startsWith("a=ice-ufrag:")) {
                return "a=ice-ufrag:play";
              } else if (line.startsWith("a=ice-pwd:")) {
                return "a=ice-pwd:playerplayerplayerplayer";
              }
              return line;
            })
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }
}
