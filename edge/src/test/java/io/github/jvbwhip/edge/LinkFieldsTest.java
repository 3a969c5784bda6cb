package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkFieldsTest {
  @Test
  void the_first_link_of_a_relation_is_found_in_all_spellings() {
    assertThat(LinkFields.find(List.of("<a>; rel=\"x y\"; events=\"p,q\", <b>; rel=z"), "z"))
        .contains("b");
    assertThat(LinkFields.find(List.of("<a>; rel=\"x y\"", "<b>;rel=y"), "y")).contains("a");
    assertThat(LinkFields.find(List.of("<a>;events=\"1\" ; rel = x"), "x")).contains("a");
  }

  @Test
  void what_is_no_link_is_passed_over() {
    assertThat(LinkFields.find(List.of("", "rel=x", "<a>", "<a; rel=x", "<>; rel=x"), "x"))
        .isEmpty();
  }
}
