package io.github.jvbwhip.http.resources;

import java.util.List;
import java.util.Optional;

/** Finds the resource of a path. */
@FunctionalInterface
public interface Router {
  /**
   * @param segments of the path below the servlet's mount point, decoded; a slash at the end is not
   *     counted
   * @return empty when no such resource can exist: 404
   */
  Optional<Resource> route(List<String> segments);
}
