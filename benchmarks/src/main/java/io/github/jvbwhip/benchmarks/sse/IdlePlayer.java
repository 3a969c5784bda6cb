package io.github.jvbwhip.benchmarks.sse;

import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A WHEP session with real ICE and DTLS, of a player that does nothing with its media. */
final class IdlePlayer implements AutoCloseable {
  private final CountDownLatch connected = new CountDownLatch(1);
  private final MediaTransport transport;
  private final URI session;

  /** POSTs an offer of Chromium's, and starts to connect. */
  IdlePlayer(URI endpoint, DtlsIdentity identity) throws IOException {
    transport =
        new MediaTransport(
            LocalAddresses.preferred(), identity, List.of(SrtpProfile.values()), new Events());
    Reply reply = HttpSignalling.post(endpoint, offer(identity), Map.of());
    if (reply.status() != 201) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    session = reply.location().orElseThrow();
    RemoteMedia answer = RemoteDescription.parse(reply.body()).bundled();
    transport.start(answer.ice(), answer.fingerprint(), true, answer.setup().equals("passive"));
  }

  private String offer(DtlsIdentity identity) throws IOException {
    String captured;
    try (InputStream in = IdlePlayer.class.getResourceAsStream("/offers/chromium-whep.sdp")) {
      if (in == null) {
        throw new IOException("the offer is not on the class path");
      }
      captured = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    IceParameters ice = transport.localIce();
    return captured
        .replaceAll("a=candidate:.*\r\n", "")
        .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:" + ice.ufrag())
        .replaceAll(
            "a=ice-pwd:.*",
            "a=ice-pwd:" + ice.password() + "\r\na=candidate:" + ice.candidates().get(0))
        .replaceAll("a=fingerprint:.*", "a=fingerprint:" + identity.fingerprint());
  }

  /**
   * Waits until ICE and DTLS are through.
   *
   * @throws IOException when they are not within half a minute
   */
  void awaitConnected() throws IOException, InterruptedException {
    if (!connected.await(30, TimeUnit.SECONDS)) {
      throw new IOException("a player did not connect");
    }
  }

  /**
   * Creates an event stream.
   *
   * @param types a JSON array of what it is to tell
   * @return its path
   */
  String openEvents(String types) throws IOException {
    URI events = URI.create(session + "/sse");
    Reply reply = HttpSignalling.send("POST", events, "application/json", types, Map.of());
    if (reply.status() != 201) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    return reply.location().orElseThrow().getPath();
  }

  @Override
  public void close() {
    transport.close();
  }

  private final class Events implements MediaTransport.Listener {
    @Override
    public void connected() {
      connected.countDown();
    }

    @Override
    public void failed(String reason) {}

    @Override
    public void closedByRemote() {}

    @Override
    public void rtp(byte[] packet) {}

    @Override
    public void rtcp(byte[] packet) {}
  }
}
