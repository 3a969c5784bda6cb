package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What OPTIONS, and errors, tell of a resource. */
final class ResourceOptions {
  private ResourceOptions() {}

  /** The answer to OPTIONS that everybody gets. */
  static Reply reply(Resource resource) {
    Reply reply = Reply.of(200).with("Allow", allow(resource));
    for (Map.Entry<String, String> field : accepted(resource).entrySet()) {
      reply = reply.with(field.getKey(), field.getValue());
    }
    return reply;
  }

  /** The methods, for an {@code Allow} field. */
  static String allow(Resource resource) {
    List<String> all = new ArrayList<>(List.of("OPTIONS"));
    for (Operation operation : resource.operations()) {
      all.add(operation.method());
      if (operation.method().equals("GET")) {
        all.add("HEAD");
      }
    }
    return String.join(", ", all);
  }

  /** The media types, as fields. */
  static Map<String, String> accepted(Resource resource) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Operation operation : resource.operations()) {
      String types = String.join(", ", operation.accepts());
      if (!types.isEmpty() && operation.method().equals("POST")) {
        fields.put("Accept-Post", types);
      } else if (!types.isEmpty() && operation.method().equals("PATCH")) {
        fields.put("Accept-Patch", types);
      }
    }
    return fields;
  }

  /** What another method is answered with. */
  static ProblemException notAllowed(Resource resource) {
    return new ProblemException(
        ProblemType.METHOD_NOT_ALLOWED,
        "This resource has " + allow(resource) + ".",
        Map.of("Allow", allow(resource)));
  }

  /**
   * What a body of another type is answered with.
   *
   * @param types those that the method takes
   */
  static ProblemException unsupported(Resource resource, List<String> types) {
    return new ProblemException(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Send Content-Type: " + String.join(" or ", types) + ".",
        accepted(resource));
  }
}
