package io.github.jvbwhip.jvb.videobridge.hooks;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Private fields, one inside the other, by which something of the bridge is reached. All of them
 * are looked up when the path is made, so that a bridge that has others is known at the start.
 * Immutable.
 */
final class FieldPath {
  private final List<Field> fields;

  private FieldPath(List<Field> fields) {
    this.fields = fields;
  }

  /**
   * A path of at least one field.
   *
   * @throws NoSuchFieldException when this bridge does not have it, with the field's name
   */
  static FieldPath of(Class<?> start, String... names) throws NoSuchFieldException {
    List<Field> fields = new ArrayList<>();
    Class<?> owner = start;
    for (String name : names) {
      try {
        Field field = find(owner, name);
        field.setAccessible(true);
        fields.add(field);
        owner = field.getType();
      } catch (NoSuchFieldException | RuntimeException | LinkageError e) {
        throw new NoSuchFieldException(owner.getSimpleName() + "." + name);
      }
    }
    return new FieldPath(List.copyOf(fields));
  }

  /** That of the class, or else of the nearest class above. */
  private static Field find(Class<?> owner, String name) throws NoSuchFieldException {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** The declared type of what the path leads to. */
  Class<?> type() {
    return last().getType();
  }

  private Field last() {
    return fields.get(fields.size() - 1);
  }

  /** What the path leads to; null where a field on the way is not set. */
  @Nullable Object get(Object start) {
    return follow(start, fields);
  }

  /**
   * Puts something else at the end of the path.
   *
   * @return false where a field on the way is not set
   */
  boolean set(Object start, Object value) {
    Object owner = follow(start, fields.subList(0, fields.size() - 1));
    if (owner == null) {
      return false;
    }
    try {
      last().set(owner, value);
      return true;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same of an {@code int}. */
  void setInt(Object owner, int value) {
    try {
      last().setInt(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object follow(Object start, List<Field> fields) {
    Object object = start;
    for (Field field : fields) {
      try {
        object = field.get(object);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
      if (object == null) {
        return null;
      }
    }
    return object;
  }
}
