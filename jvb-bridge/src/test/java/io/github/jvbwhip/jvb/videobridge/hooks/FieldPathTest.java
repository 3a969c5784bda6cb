package io.github.jvbwhip.jvb.videobridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldPathTest {
  @SuppressWarnings("unused") // By reflection.
  private static class Outer {
    private @Nullable Inner inner;
    private int number;
  }

  private static final class Inner {
    private @Nullable String text = "before";
  }

  @Test
  void leads_from_one_private_field_to_the_next() throws Exception {
    FieldPath path = FieldPath.of(Outer.class, "inner", "text");
    Outer outer = new Outer();
    assertThat(path.type()).isEqualTo(String.class);
    assertThat(path.get(outer)).isNull();
    assertThat(path.set(outer, "nowhere")).isFalse();

    outer.inner = new Inner();
    assertThat(path.get(outer)).isEqualTo("before");
    assertThat(path.set(outer, "after")).isTrue();
    assertThat(outer.inner.text).isEqualTo("after");
  }

  private static final class Heir extends Outer {}

  @Test
  void finds_the_fields_of_the_classes_above() throws Exception {
    Heir heir = new Heir();

    assertThat(FieldPath.of(Heir.class, "inner").set(heir, new Inner())).isTrue();

    assertThat(FieldPath.of(Heir.class, "inner", "text").get(heir)).isEqualTo("before");
  }

  @Test
  void puts_numbers_without_objects() throws Exception {
    Outer outer = new Outer();

    FieldPath.of(Outer.class, "number").setInt(outer, 7);

    assertThat(outer.number).isEqualTo(7);
  }

  @Test
  void names_the_field_that_is_not_there_before_it_is_needed() {
    assertThatThrownBy(() -> FieldPath.of(Outer.class, "inner", "gone"))
        .isInstanceOf(NoSuchFieldException.class)
        .hasMessage("Inner.gone");
  }
}
