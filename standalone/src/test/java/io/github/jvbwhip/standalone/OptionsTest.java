package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsTest {
  @Test
  void the_help_has_every_option_and_no_other() {
    Set<String> options =
        new TreeSet<>(new CommandLine(new Options()).getCommandSpec().optionsMap().keySet());
    Set<String> explained =
        new TreeSet<>(
            Pattern.compile("^ +(?:(-\\w), )?(--[a-z-]+)", Pattern.MULTILINE)
                .matcher(Options.helpText())
                .results()
                .map(MatchResult::group)
                .flatMap(text -> Pattern.compile("[ ,]+").splitAsStream(text.strip()))
                .toList());
    assertThat(explained).isEqualTo(options);
  }

  @Test
  void help_is_shown_without_starting_anything() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Main.main(new String[] {"--port", "1", "--help"});
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Options.helpText());
  }
}
