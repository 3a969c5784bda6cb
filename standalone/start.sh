# What starts the product, from the checkout and from a release. To be sourced, with: program, its name; called,
# how the user calls it; java_kind, what kind of Java to ask for.

fail() {
  echo "$program: $*" >&2
  exit 1
}

find_java() {
  local version
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  if ! command -v "$java" >/dev/null; then
    [ -z "${JAVA_HOME:-}" ] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java: let it be a $java_kind of version 17 or later, or unset it"
    fail "no Java found: install a $java_kind, version 17 or later"
  fi
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  [ "${version%%.*}" -ge 17 ] || fail "Java $version is too old: version 17 or later is needed"
}

# start CLASS_PATH PLUGIN ARGUMENT...: with the drop-in jar at hand, for a Jitsi Videobridge.
start() {
  local class_path=$1 plugin=$2 heap
  shift 2
  # A small heap, which shrinks after a crowd, and few pools of malloc: with Java's and glibc's own choices it would
  # hold twice the memory.
  heap=${JAVA_OPTS:--XX:+UseSerialGC -Xms16m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20}
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  # Without memory it would hang on, and answer nobody.
  # shellcheck disable=SC2086 # Several options.
  exec "$java" $heap -XX:+ExitOnOutOfMemoryError -Djvbwhip.called="$called" -Djvbwhip.plugin="$plugin" \
    -cp "$class_path" io.github.jvbwhip.standalone.Main "$@"
}
