package io.github.jvbwhip.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModulesTest {
  private static final String PAGE = "<script type=\"module\" src=\"a/page.js\"></script>";

  private static List<String> importedByAPageWith(String source) {
    return new Modules(Map.of("/a/page.js", source, "/a/x.js", "", "/b/v1/y.js", ""))
        .importedBy("/", PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import { x } from './x.js';",
        "import { x } from \"./x.js\"",
        "import './x.js';",
        "import x, { $y as _z } from './x.js';",
        "import * as x from './x.js';",
        "import{x}from'./x.js';",
        "import'./x.js';",
        "import {\n  x,\n  y,\n} from './x.js';",
        "export * from './x.js';",
        "export { x as default } from './x.js';",
        "const a = 1;import './x.js';",
        "// The page.\nimport { x } from './x.js';\nimport { x2 } from './x.js';",
        "export { a, b }\nimport x from './x.js'",
      })
  void what_a_module_imports_is_found(String source) {
    assertThat(importedByAPageWith(source)).containsExactly("/a/x.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const x = await import('./none.js');",
        "import('./none.js');",
        "// import './none.js';",
        " * import { none } from './none.js';",
        "const text = 'imported from './none.js'';",
        "import none from 'none';",
        "import none from 'https://other.example/none.js';",
        "export const from = './none.js';",
        "export function importedFrom(x) { return './none.js'; }",
        "import.meta.url + './none.js';",
        "",
      })
  void what_is_no_static_import_is_let_be(String source) {
    assertThat(importedByAPageWith(source)).isEmpty();
  }

  @Test
  void imports_are_followed_once_each() {
    Modules modules =
        new Modules(
            Map.of(
                "/a/page.js", "import '../b/v1/y.js';\nimport './x.js';",
                "/a/x.js", "import './page.js';\nimport '../b/v1/z.js';",
                "/b/v1/y.js", "import './z.js';",
                "/b/v1/z.js", "import './y.js';"));
    assertThat(modules.importedBy("/", PAGE))
        .containsExactly("/b/v1/y.js", "/a/x.js", "/b/v1/z.js");
  }

  @Test
  void scripts_of_a_page_are_found_wherever_it_is() {
    Modules modules =
        new Modules(
            Map.of("/a/page.js", "import './x.js';", "/a/x.js", "", "/b/v1/y.js", "", "/c.js", ""));
    String page =
        """
        <script src="../../c.js"></script>
        <script async src="../../a/page.js" type="module"></script>
        <script
          type="module"
          src="../../b/v1/y.js"
        ></script>
        <script type="module" src="/a/x.js"></script>
        """;
    assertThat(modules.importedBy("/embed/room/stream", page)).isEmpty();
    assertThat(modules.importedBy("/embed/room/stream", page.replace("\"/a/x.js", "\"/c.js")))
        .containsExactly("/a/x.js");
  }

  @Test
  void an_import_of_nothing_is_a_mistake_that_shows_at_once() {
    assertThatThrownBy(() -> importedByAPageWith("import './none.js';"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/a/none.js");
  }
}
