package io.github.jvbwhip.conformance;

import io.github.jvbwhip.conformance.Result.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What was found of several servers, side by side, from the files of {@code --junit}. */
final class Comparison {

  private record Server(String name, Map<String, Status> found) {
    Status of(Requirement requirement) {
      return found.getOrDefault(requirement.id(), Status.SKIPPED);
    }

    long count(List<Requirement> requirements, Level level, Status status) {
      return requirements.stream().filter(r -> r.level() == level && of(r) == status).count();
    }
  }

  private final List<Server> servers = new ArrayList<>();

  /**
   * Adds a server.
   *
   * @throws IOException when the file cannot be read, or is none of {@code --junit}
   */
  void add(String name, Path junit) throws IOException {
    servers.add(new Server(name, read(junit)));
  }

  private static Map<String, Status> read(Path junit) throws IOException {
    Map<String, Status> found = new HashMap<>();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // It would print what is thrown as well.
      builder.setErrorHandler(null);
      NodeList cases;
      try (InputStream in = Files.newInputStream(junit)) {
        cases = builder.parse(in).getElementsByTagName("testcase");
      }
      for (int i = 0; i < cases.getLength(); i++) {
        Element check = (Element) cases.item(i);
        found.put(check.getAttribute("name"), status(check));
      }
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(junit + " is no file of --junit: " + e.getMessage(), e);
    }
    return found;
  }

  private static Status status(Element check) {
    if (check.getElementsByTagName("failure").getLength() > 0) {
      return Status.FAIL;
    }
    return check.getElementsByTagName("skipped").getLength() > 0 ? Status.SKIPPED : Status.PASS;
  }

  /** Markdown: how many of each level, and each requirement that not all keep. */
  String markdown(List<Requirement> requirements) {
    StringBuilder text = new StringBuilder();
    head(text, "| level |");
    for (Level level : Level.values()) {
      text.append("| ").append(level).append(" |");
      for (Server server : servers) {
        text.append(
            " %d pass, %d fail, %d skipped |"
                .formatted(
                    server.count(requirements, level, Status.PASS),
                    server.count(requirements, level, Status.FAIL),
                    server.count(requirements, level, Status.SKIPPED)));
      }
      text.append('\n');
    }
    text.append('\n');
    head(text, "| id | level |");
    for (Requirement requirement : requirements) {
      if (servers.stream().allMatch(server -> server.of(requirement) == Status.PASS)) {
        continue;
      }
      text.append("| `%s` | %s |".formatted(requirement.id(), requirement.level()));
      for (Server server : servers) {
        text.append(' ').append(cell(server.of(requirement))).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void head(StringBuilder text, String first) {
    text.append(first);
    servers.forEach(server -> text.append(' ').append(server.name()).append(" |"));
    long columns = first.chars().filter(c -> c == '|').count() - 1 + servers.size();
    text.append("\n|").append("---|".repeat((int) columns)).append('\n');
  }

  private static String cell(Status status) {
    return switch (status) {
      case PASS -> "pass";
      case FAIL -> "**fail**";
      case SKIPPED -> "-";
    };
  }
}
