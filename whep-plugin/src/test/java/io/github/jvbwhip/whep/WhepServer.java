package io.github.jvbwhip.whep;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.sse.EventStreamClient;
import io.github.jvbwhip.whep.events.TestLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WHEP on the fake bridge behind a real Jetty, and what tests do with it. */
final class WhepServer implements AutoCloseable {
  static final RoomName ROOM = new RoomName("room");
  static final StreamName CAMERA = new StreamName("camera");
  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  static final Codec OPUS = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
  static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());

  /** As Chromium offers it: audio with mid 0, then video with mid 1. */
  static final String OFFER = resource("/offers/chromium-whep.sdp");

  private static final Pattern LINK = Pattern.compile("<([^>]*)>(.*)");
  private static final Pattern REL = Pattern.compile(".*; rel=\"([^\"]*)\".*");

  final FakeBridge bridge = new FakeBridge();
  final TestLoop loop = new TestLoop();
  final WhepPlugin plugin;
  private final TestRuntime runtime = new TestRuntime();
  private final TestServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param config keys below {@code videobridge.whep} that differ from the defaults
   */
  WhepServer(String config) throws Exception {
    WhepConfig whep = config(config);
    plugin =
        new WhepPlugin(
            bridge,
            whep,
            new ByAction(
                whep.authorizers(
                    Authorizers.of(
                        whep.http().auth(),
                        UnaryOperator.identity(),
                        runtime.clock(),
                        part -> {}))),
            runtime.runtime(),
            loop);
    server = new TestServer(plugin.mounts());
  }

  static WhepConfig config(String changes) throws Exception {
    return WhepConfig.read(
        ConfigFactory.parseString("videobridge.whep {\n" + changes + "\n}")
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve(),
        Set.of());
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return server.send(method, path, body, headers);
  }

  /** What the server takes for the time of day. */
  Clock clock() {
    return runtime.clock();
  }

  /** A player's POST. */
  HttpResponse<String> play(String path, String offer) throws IOException, InterruptedException {
    return send("POST", path, offer, "Content-Type", SDP);
  }

  HttpResponse<String> play(String path) throws IOException, InterruptedException {
    return play(path, OFFER);
  }

  /** A POST of JSON. */
  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, json, "Content-Type", "application/json");
  }

  /** The URL of a path. */
  URI uri(String path) {
    return server.uri(path);
  }

  /** What is put on the wire by hand, and all that comes back. */
  String raw(String request) throws IOException {
    return server.raw(request);
  }

  static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** The target of the Link with that relation. */
  static Optional<String> link(HttpResponse<?> response, String rel) {
    return response.headers().allValues("Link").stream()
        .map(LINK::matcher)
        .filter(Matcher::matches)
        .filter(
            link -> {
              Matcher relation = REL.matcher(link.group(2));
              return relation.matches() && relation.group(1).equals(rel);
            })
        .map(link -> link.group(1))
        .findFirst();
  }

  /** The path of a new event stream. */
  String newStream(HttpResponse<?> played, String names) throws IOException, InterruptedException {
    return newStream(played, names, "");
  }

  String newStream(HttpResponse<?> played, String names, String query)
      throws IOException, InterruptedException {
    String path = link(played, ExtensionLinks.EVENTS).orElseThrow() + query;
    HttpResponse<String> created = names.isEmpty() ? send("POST", path, "") : post(path, names);
    if (created.statusCode() != 201) {
      throw new AssertionError(created.statusCode() + " " + created.body());
    }
    loop.settle();
    return location(created);
  }

  /** Opens an event stream. */
  EventStreamClient listen(String path, String... headers)
      throws IOException, InterruptedException {
    return EventStreamClient.open(client, server.uri(path), headers);
  }

  /** A new event stream of a new player, open. */
  EventStreamClient watch(String path, String names) throws IOException, InterruptedException {
    return listen(newStream(play(path), names));
  }

  /** A publisher of Opus and VP8, whose media has not started. */
  FakeIngest publish(StreamName stream) {
    return publish(stream, OPUS, VP8);
  }

  FakeIngest publish(StreamName stream, Codec... codecs) {
    List<IngestMedia> media = new ArrayList<>();
    for (Codec codec : codecs) {
      media.add(
          new IngestMedia(
              Integer.toString(media.size()),
              codec.kind(),
              List.of(new NegotiatedCodec(96 + media.size(), codec, OptionalInt.empty(), Set.of())),
              List.of(),
              List.of(
                  new PlannedEncoding(
                      Optional.empty(), OptionalLong.empty(), OptionalLong.empty()))));
    }
    RemoteTransport transport =
        new RemoteTransport(
            new IceCredentials("publ", "publisherpublisherpublisher"),
            List.of(),
            List.of(FakeBridge.FINGERPRINT),
            DtlsRole.ACTIVE);
    return (FakeIngest)
        bridge
            .openIngest(new IngestRequest(ROOM, stream, media, transport), new RecordingListener())
            .join();
  }

  /** The newest player's endpoint. */
  FakeEgress egress() {
    List<FakeEgress> all = bridge.egresses();
    return all.get(all.size() - 1);
  }

  static LayerInfo layer(String rid, int width, int height, long bitrate) {
    return new LayerInfo(
        Optional.of(rid),
        OptionalInt.of(0),
        OptionalInt.of(0),
        bitrate,
        OptionalLong.empty(),
        OptionalInt.of(width),
        OptionalInt.of(height));
  }

  static String resource(String name) {
    try (InputStream in = WhepServer.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    plugin.close();
    server.close();
    loop.close();
    bridge.close();
    runtime.close();
  }
}
