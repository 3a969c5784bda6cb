package io.github.jvbwhip.operator.endpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.http.problems.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where named endpoints are kept: a JSON file, which is the one of before or the new one, whatever
 * happens while it is written. Confined to whoever has the lock.
 */
final class EndpointFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();
  private static final String NAME = "endpoints.json";

  private final Path directory;

  EndpointFile(Path directory) {
    this.directory = directory;
  }

  Path path() {
    return directory.resolve(NAME);
  }

  /**
   * What is kept; nothing where there is no file yet.
   *
   * @throws IOException with one line for a person, when it cannot be read
   */
  List<NamedEndpoint> read() throws IOException {
    if (!Files.exists(path())) {
      return List.of();
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(path()));
      JsonNode all = root == null ? null : root.get("endpoints");
      if (all == null || !all.isArray()) {
        throw new IOException(path() + " has no list of endpoints");
      }
      List<NamedEndpoint> endpoints = new ArrayList<>();
      for (JsonNode each : all) {
        endpoints.add(EndpointJson.stored(each));
      }
      return endpoints;
    } catch (JsonProcessingException e) {
      throw new IOException(path() + " is not JSON", e);
    } catch (ProblemException e) {
      throw new IOException(path() + ": " + e.detail(), e);
    }
  }

  /**
   * Keeps these instead.
   *
   * @throws IOException when they cannot be kept; those of before are then
   */
  void write(Collection<NamedEndpoint> endpoints) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("endpoints");
    endpoints.forEach(each -> all.add(EndpointJson.toStore(each)));
    Path fresh = directory.resolve(NAME + ".new");
    Files.deleteIfExists(fresh); // Of a server that was killed.
    create(fresh);
    boolean written = false;
    try {
      try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(PRETTY.writeValueAsBytes(root));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      Files.move(
          fresh, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = true;
    } finally {
      if (!written) {
        Files.deleteIfExists(fresh);
      }
    }
  }

  /** For its owner alone, where the file system knows such. */
  private static void create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, attributes);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another server writes to " + file, e);
    }
  }

  /** Says what is wrong with it: Java's messages of files are often a path alone. */
  static String words(IOException fault) {
    String message = String.valueOf(fault.getMessage());
    return fault instanceof FileSystemException system && system.getReason() == null
        ? message + " (" + fault.getClass().getSimpleName().replace("Exception", "") + ")"
        : message;
  }
}
