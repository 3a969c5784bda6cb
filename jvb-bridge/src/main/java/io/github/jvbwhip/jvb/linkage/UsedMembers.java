package io.github.jvbwhip.jvb.linkage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of the bridge that the plugin uses: the list in {@code used-members.txt}, one a line,
 * such as {@code method org.jitsi.videobridge.Endpoint getRtt ()D}. A test keeps it the same as the
 * declarations of {@code videobridge-api}.
 */
public final class UsedMembers {
  private static final String RESOURCE = "used-members.txt";

  private UsedMembers() {}

  /** The lines of the list. */
  public static List<String> list() {
    List<String> lines = new ArrayList<>();
    try (InputStream in = UsedMembers.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(lines);
  }

  /**
   * Those of {@code members} that the classes of {@code bridge} do not have; empty when all is
   * there. Loads the classes and initialises none.
   */
  public static List<String> missing(List<String> members, ClassLoader bridge) {
    return members.stream().filter(member -> !isThere(member, bridge)).toList();
  }

  private static boolean isThere(String member, ClassLoader bridge) {
    String[] part = member.split(" ");
    try {
      Class<?> type = Class.forName(part[1], false, bridge);
      return switch (part[0]) {
        case "class" -> Members.isSubclass(type, part[2]);
        case "method" -> Members.hasMethod(type, part[2], part[3]);
        case "constructor" -> Members.hasConstructor(type, part[2]);
        case "field" -> Members.hasField(type, part[2], part[3]);
        case "private-field" -> Members.hasPrivateField(type, part[2], part[3]);
        default -> throw new IllegalStateException("unknown kind of member: " + member);
      };
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
