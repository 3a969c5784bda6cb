package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * axe-core, which finds what keeps people from using a page: WCAG 2.2, levels A and AA, and its own
 * best practices.
 */
public final class Axe {
  private static final String RUN =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations } = await axe.run(document, { runOnly: tags });
        return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
      }
      """;

  private Axe() {}

  static Optional<String> missing() {
    return ChromiumBrowser.missing().or(NpmPackages::missing);
  }

  /** What is wrong with a page as it is now, shadow trees included: rule, place, remedy. */
  public static List<String> violations(Page page) {
    try {
      page.evaluate(
          Files.readString(NpmPackages.FOLDER.resolve("node_modules/axe-core/axe.min.js")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
  }
}
