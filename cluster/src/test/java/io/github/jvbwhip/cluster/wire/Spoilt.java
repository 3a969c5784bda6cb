package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** All ways to put something else in one place of a message. */
final class Spoilt {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Spoilt() {}

  static List<JsonNode> all(ObjectNode message) {
    List<JsonNode> all = new ArrayList<>();
    spoil(message, message, all);
    return all;
  }

  private static void spoil(JsonNode root, JsonNode at, List<JsonNode> all) {
    if (at instanceof ObjectNode object) {
      object.put("unknown", 1);
      boolean free = object.has("max-fs"); // Parameters may have any name.
      if (!free) {
        all.add(root.deepCopy());
      }
      object.remove("unknown");
      for (String name : names(object)) {
        JsonNode was = object.get(name);
        for (JsonNode other : others(was)) {
          object.set(name, other);
          all.add(root.deepCopy());
        }
        object.set(name, was);
        spoil(root, was, all);
      }
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode was = array.get(i);
        for (JsonNode other : others(was)) {
          array.set(i, other);
          all.add(root.deepCopy());
        }
        array.set(i, was);
        spoil(root, was, all);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> others(JsonNode was) {
    List<JsonNode> others = new ArrayList<>(List.of(JSON.nullNode()));
    if (was.isNumber()) {
      others.add(JSON.numberNode(-1));
      others.add(JSON.numberNode(0.5));
      others.add(JSON.textNode("1"));
    } else if (was.isTextual()) {
      others.add(JSON.numberNode(1));
      others.add(JSON.textNode("x".repeat(5000)));
    } else if (was.isBoolean()) {
      others.add(JSON.textNode("true"));
    } else {
      others.add(JSON.textNode(""));
    }
    return others;
  }
}
