package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What can be tried of GitHub's workflow here. */
class WorkflowTest {
  @Test
  void the_workflow_runs_what_there_is() throws IOException {
    JsonNode workflow = new YAMLMapper().readTree(Path.of("../.github/workflows/ci.yml").toFile());
    JsonNode steps = workflow.at("/jobs/verify/steps");
    assertThat(steps.findValuesAsText("run")).contains(".ci/run");
    assertThat(Path.of("../.ci/run")).isExecutable();
    String paths =
        StreamSupport.stream(steps.spliterator(), false)
            .filter(step -> "packages".equals(step.at("/with/name").asText()))
            .findFirst()
            .orElseThrow()
            .at("/with/path")
            .asText();
    for (Path file :
        List.of(
            Release.ARCHIVE,
            Release.STANDALONE_DEB,
            Release.PLUGIN_DEB,
            Release.DIRECTORY.resolve("share").resolve(Release.PLUGIN_JAR))) {
      Path inCheckout = Path.of("..").toAbsolutePath().normalize().relativize(file);
      assertThat(paths.lines())
          .anyMatch(
              glob ->
                  inCheckout.getFileSystem().getPathMatcher("glob:" + glob).matches(inCheckout));
    }
  }
}
