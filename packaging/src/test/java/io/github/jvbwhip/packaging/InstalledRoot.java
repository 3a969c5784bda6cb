package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.packaging.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine in a directory, with a dpkg database of its own. Its maintainer scripts run without
 * chroot, with {@code DPKG_ROOT}: nothing of this machine is touched.
 */
final class InstalledRoot {
  private static final String OLD_VERSION = "0.0.1";

  private final Path root;
  private final Path work;

  private InstalledRoot(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  /** Makes one where so many packages, by name and version, are taken for installed. */
  static InstalledRoot create(Path folder, Map<String, String> packages) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    InstalledRoot result = new InstalledRoot(root, folder);
    // JUnit keeps its directories to their owner; the server runs as another user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path admin = Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.createDirectory(admin.resolveSibling("updates"));
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("usr/lib"));
    Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
    StringBuilder status = new StringBuilder();
    packages.forEach(
        (name, version) ->
            status.append(
                """
                Package: %s
                Status: install ok installed
                Maintainer: nobody <nobody@localhost>
                Architecture: all
                Version: %s
                Description: taken for installed

                """
                    .formatted(name, version)));
    Files.writeString(admin.resolveSibling("status"), status);
    return result;
  }

  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** Runs dpkg, as an administrator who keeps files of configuration would. */
  Outcome dpkg(Object... arguments) throws IOException {
    List<Object> command =
        new ArrayList<>(
            List.of(
                "dpkg",
                "--root=" + root,
                "--log=" + work.resolve("dpkg.log"),
                "--force-script-chrootless",
                "--force-confdef",
                "--force-confold"));
    command.addAll(Arrays.asList(arguments));
    return Command.run(Map.of(), command.toArray());
  }

  /** The same, where it has to succeed; returns what it has written. */
  String must(Object... arguments) throws IOException {
    Outcome outcome = dpkg(arguments);
    assertThat(outcome.status()).as(outcome.text()).isZero();
    return outcome.text();
  }

  /** An older version of a package: with one file more, and another text in one of its files. */
  Path older(Path deb, String moreFile, String changedFile) throws IOException {
    Path unpacked = work.resolve("older");
    Command.succeed("dpkg-deb", "-R", deb, unpacked);
    Path control = unpacked.resolve("DEBIAN/control");
    Files.writeString(
        control,
        Files.readString(control).replaceAll("(?m)^Version: .*", "Version: " + OLD_VERSION));
    Files.writeString(unpacked.resolve(moreFile.substring(1)), "old");
    Path changed = unpacked.resolve(changedFile.substring(1));
    Files.writeString(changed, "# As it was.\n" + Files.readString(changed));
    Path older = work.resolve("older.deb");
    Command.succeed("dpkg-deb", "-Znone", "--root-owner-group", "-b", unpacked, older);
    return older;
  }

  /** The group of a file as this machine's root sees it: its number. */
  static int group(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:gid");
  }

  /** All files and directories with their permissions, but for dpkg's own. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(file -> !file.startsWith(path("/var/lib/dpkg"))).toList()) {
        files.put(
            root.relativize(file).toString(),
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
      }
    }
    return files;
  }
}
