package io.github.jvbwhip.core.sdp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages texts the way that broken clients and attackers do, the same way for the same seed. */
public final class Mutations {
  private static final String CHARACTERS = "\0\t\n\r :;=/,~*-+09azAZ\u007f\u00ff\uffff";

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** The text with one to four changes. */
  public String mutate(String text) {
    String result = text;
    for (int i = random.nextInt(4); i >= 0 && !result.isEmpty(); i--) {
      result = change(result);
    }
    return result;
  }

  private String change(String text) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(7)) {
      case 0 -> text.substring(0, at) + character() + text.substring(at + 1);
      case 1 -> text.substring(0, at) + character() + text.substring(at);
      case 2 -> text.substring(0, at) + text.substring(at + 1);
      case 3 -> text.substring(0, at);
      case 4 -> text.replaceFirst("[0-9]+", String.valueOf(random.nextLong()));
      default -> changeLines(text);
    };
  }

  /** Swaps, repeats, cuts off at a word, or drops lines. */
  private String changeLines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> {
        String line = lines.get(at);
        int word = line.lastIndexOf(' ');
        lines.set(at, word < 0 ? line : line.substring(0, word) + "\n");
      }
      default -> lines.remove(at);
    }
    return String.join("", lines);
  }

  private char character() {
    return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
  }
}
