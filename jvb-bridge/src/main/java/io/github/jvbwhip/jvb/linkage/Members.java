package io.github.jvbwhip.jvb.linkage;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds members the way the virtual machine links them: by name and exact descriptor. */
final class Members {
  private Members() {}

  /** Whether {@code name} is among the supertypes. */
  static boolean isSubclass(Class<?> type, String name) {
    return withSupertypes(type).stream().anyMatch(t -> t.getName().equals(name));
  }

  static boolean hasMethod(Class<?> type, String name, String descriptor) {
    return withSupertypes(type).stream()
        .flatMap(t -> Stream.of(t.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()))
        .anyMatch(m -> m.getName().equals(name) && descriptor(m).equals(descriptor));
  }

  static boolean hasConstructor(Class<?> type, String descriptor) {
    return Stream.of(type.getDeclaredConstructors())
        .filter(c -> Modifier.isPublic(c.getModifiers()))
        .anyMatch(c -> descriptor(c).equals(descriptor));
  }

  static boolean hasField(Class<?> type, String name, String descriptor) {
    return Stream.of(type.getDeclaredFields())
        .filter(f -> Modifier.isPublic(f.getModifiers()))
        .anyMatch(f -> f.getName().equals(name) && descriptor(f).equals(descriptor));
  }

  static boolean hasPrivateField(Class<?> type, String name, String descriptor) {
    return Stream.of(type.getDeclaredFields())
        .anyMatch(f -> f.getName().equals(name) && descriptor(f).equals(descriptor));
  }

  static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  static String descriptor(Constructor<?> constructor) {
    return MethodType.methodType(void.class, constructor.getParameterTypes())
        .toMethodDescriptorString();
  }

  static String descriptor(Field field) {
    return field.getType().descriptorString();
  }

  private static List<Class<?>> withSupertypes(Class<?> type) {
    List<Class<?>> all = new ArrayList<>();
    collect(type, all);
    return all;
  }

  private static void collect(Class<?> type, List<Class<?>> all) {
    all.add(type);
    for (Class<?> each : type.getInterfaces()) {
      collect(each, all);
    }
    if (type.getSuperclass() != null) {
      collect(type.getSuperclass(), all);
    }
  }
}
