package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.testpeer.network.Relay;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC client in plain Java: it publishes and plays with real ICE, DTLS and SRTP, and says what
 * it saw. One peer has one session. Its media are made up; no codec runs. Thread-safe.
 *
 * <p>Every {@code await} method returns as soon as what it waits for has come, and throws an {@link
 * AssertionError} that tells the peer's state when it does not come in time.
 */
public final class TestPeer implements AutoCloseable {
  private static final Duration NACK_PERIOD = Duration.ofMillis(50);
  private static final Duration FEEDBACK_PERIOD = Duration.ofMillis(100);
  private static final Duration REPORT_PERIOD = Duration.ofMillis(500);

  private final Signal signal = new Signal();
  private final DtlsIdentity identity =
      DtlsIdentity.generate(new SecureRandom(), Clock.systemUTC().instant());
  private final Pacer pacer;
  private final MediaTransport transport;
  private final PeerMedia media;
  private final PeerDescriptions descriptions;
  private volatile boolean connected;
  private volatile boolean moved;
  private volatile boolean closedByRemote;
  private volatile @Nullable String failure;
  private volatile @Nullable URI session;
  private volatile Map<String, String> headers = Map.of();
  private volatile boolean closed;

  private TestPeer(PeerOptions options, Random random) throws IOException {
    pacer = new Pacer();
    transport =
        new MediaTransport(
            options.address(),
            options.oddIceCredentials(),
            identity,
            options.srtpProfiles(),
            new Events());
    media = new PeerMedia(options, transport, pacer, random, signal);
    descriptions =
        new PeerDescriptions(transport, media, identity.fingerprint().toString(), random);
    pacer.every(NACK_PERIOD, media::sendNacks);
    pacer.every(FEEDBACK_PERIOD, media::sendTransportFeedback);
    pacer.every(REPORT_PERIOD, () -> media.sendReports(Clock.systemUTC().instant()));
  }

  /** A peer with default options. */
  public static TestPeer open() {
    return open(PeerOptions.defaults());
  }

  /** A peer with these options; its UDP port is bound when this returns. */
  public static TestPeer open(PeerOptions options) {
    return open(options, new Random());
  }

  /** The same with SSRCs and first numbers from this generator: with one seed they are the same. */
  public static TestPeer open(PeerOptions options, Random random) {
    try {
      return new TestPeer(options, random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Signalling

  /** POSTs an offer to a WHIP or WHEP endpoint and, on 201, connects. */
  public Reply connect(URI endpoint, OfferSpec spec) {
    return connect(endpoint, spec, Map.of());
  }

  /** The same with additional request header fields, which all later requests carry too. */
  public Reply connect(URI endpoint, OfferSpec spec, Map<String, String> requestHeaders) {
    headers = Map.copyOf(requestHeaders);
    return connect(endpoint, offer(spec), UnaryOperator.identity());
  }

  /** The same by way of this relay alone. */
  public Reply connectOver(Relay relay, URI endpoint, OfferSpec spec) {
    return connect(endpoint, relay.offer(offer(spec)), relay::answer);
  }

  private Reply connect(URI endpoint, String offer, UnaryOperator<String> answer) {
    Reply reply = HttpSignalling.post(endpoint, offer, headers);
    if (reply.status() == 201) {
      session = reply.location().orElse(null);
      acceptAnswer(answer.apply(reply.body()));
    }
    return reply;
  }

  /** The session's URL, once {@link #connect} was answered with 201 and a Location. */
  public Optional<URI> session() {
    return Optional.ofNullable(session);
  }

  /** PATCHes the session with an ICE fragment. */
  public Reply patch(String fragment, Map<String, String> requestHeaders) {
    return HttpSignalling.patch(session().orElseThrow(), fragment, requestHeaders);
  }

  /**
   * Restarts ICE by PATCH (RFC 9725 section 4.3.3) and, on 200, moves to a new port: see {@link
   * #awaitMoved}. After any other answer everything is as it was.
   */
  public Reply restartIce() {
    MediaTransport.Restart restart = transport.prepareRestart();
    Map<String, String> conditional = new HashMap<>(headers);
    conditional.put("If-Match", "*");
    moved = false;
    Reply reply = patch(descriptions.restartFragment(restart.localIce()), conditional);
    if (reply.status() == 200) {
      transport.restart(restart, RemoteDescription.parse(reply.body()).media().get(0).ice());
    }
    return reply;
  }

  /** DELETEs the session; the transport stays as it is. */
  public Reply hangUp() {
    return HttpSignalling.delete(session().orElseThrow(), headers);
  }

  /** The text of an offer, for tests that bring it to the other side themselves. */
  public String offer(OfferSpec spec) {
    return descriptions.offer(spec);
  }

  /** Takes the answer to {@link #offer} and starts ICE. */
  public void acceptAnswer(String answer) {
    descriptions.acceptAnswer(answer);
  }

  /** Answers another client's offer as the receiving side, and starts ICE. */
  public String answer(String offer) {
    Answer answer = prepareAnswer(offer);
    answer.start().run();
    return answer.sdp();
  }

  /** The same; ICE starts when it is told to. */
  public Answer prepareAnswer(String offer) {
    return descriptions.prepareAnswer(offer);
  }

  /**
   * An answer that the peer has given.
   *
   * @param start starts ICE
   */
  public record Answer(String sdp, Runnable start) {}

  /** Takes candidates (values of {@code a=candidate}) that came by trickle. */
  public void addRemoteCandidates(List<String> candidates) {
    transport.addRemoteCandidates(candidates);
  }

  /** What the other side's description said. */
  public RemoteDescription remoteDescription() {
    return descriptions.remote();
  }

  // Sending

  /** Makes a sender of video, in what the answer agreed on. */
  public MediaSender video(VideoSettings settings) {
    return descriptions.sender(MediaSpec.Kind.VIDEO, settings);
  }

  /** The same as an encoder that has begun anew: with SSRCs that the offer did not have. */
  public MediaSender videoAnew(VideoSettings settings) {
    descriptions.renewEncodings(MediaSpec.Kind.VIDEO);
    return video(settings);
  }

  /** Makes a sender of packets of 20 ms, 64 kb/s: Opus, unless something else was negotiated. */
  public MediaSender audio() {
    return descriptions.sender(MediaSpec.Kind.AUDIO, new VideoSettings(0, 0, 50, 64_000, 0));
  }

  /** RTCP feedback on command. */
  public Feedback feedback() {
    return media.feedback();
  }

  /** ICE, DTLS and SRTP: filters that lose packets, hostile bytes, the SRTP profile. */
  public MediaTransport transport() {
    return transport;
  }

  /** The peer's fingerprint as in {@code a=fingerprint}. */
  public String fingerprint() {
    return identity.fingerprint().toString();
  }

  // What was seen

  /** Reports on everything received so far. */
  public ReceptionReport received() {
    return new ReceptionReport(media.receiver());
  }

  /** The RTCP received so far. */
  public RtcpLog rtcp() {
    return media.rtcp();
  }

  /** Whether RTP can flow. */
  public boolean isConnected() {
    return connected;
  }

  /** Whether the other side has ended the DTLS association. */
  public boolean isClosedByRemote() {
    return closedByRemote;
  }

  /** Why ICE or DTLS gave up, if they did. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  // Waiting

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    await("connected", timeout, () -> connected);
  }

  /** Waits until everything goes over the port of the latest ICE restart. */
  public void awaitMoved(Duration timeout) {
    await("moved", timeout, () -> moved);
  }

  /** Waits until ICE or DTLS has given up. */
  public void awaitFailure(Duration timeout) {
    await("failed", timeout, () -> failure != null);
  }

  /** Waits until the other side has ended the DTLS association. */
  public void awaitClosedByRemote(Duration timeout) {
    await("closed by the other side", timeout, () -> closedByRemote);
  }

  /** Waits until this many video packets have come in all. */
  public void awaitVideoPackets(int count, Duration timeout) {
    await(count + " video packets", timeout, () -> received().videoPackets() >= count);
  }

  /** Waits until this many audio packets have come in all. */
  public void awaitAudioPackets(int count, Duration timeout) {
    await(count + " audio packets", timeout, () -> received().audioPackets() >= count);
  }

  /** Waits until this many keyframes have come in all. */
  public void awaitKeyframes(int count, Duration timeout) {
    await(count + " keyframes", timeout, () -> received().keyframes() >= count);
  }

  /** Waits for any condition; it is looked at again whenever the peer saw or did something. */
  public void await(String what, Duration timeout, BooleanSupplier condition) {
    signal.await(what, timeout, condition, this::toString);
  }

  /** Ends the DTLS association and frees everything; no HTTP request is made. */
  @Override
  public void close() {
    close(transport::close);
  }

  /** Goes away without a word, as a client that crashed. */
  public void abandon() {
    close(transport::abandon);
  }

  private void close(Runnable closeTransport) {
    if (closed) {
      return;
    }
    closed = true;
    media.stop();
    pacer.close();
    closeTransport.run();
  }

  @Override
  public String toString() {
    return "peer{connected=%s, failure=%s, closedByRemote=%s, datagrams=%d, received=%s}"
        .formatted(connected, failure, closedByRemote, transport.receivedDatagrams(), received());
  }

  private final class Events implements MediaTransport.Listener {
    @Override
    public void connected() {
      connected = true;
      signal.raise();
    }

    @Override
    public void moved() {
      moved = true;
      signal.raise();
    }

    @Override
    public void failed(String reason) {
      failure = reason;
      signal.raise();
    }

    @Override
    public void closedByRemote() {
      closedByRemote = true;
      signal.raise();
    }

    @Override
    public void rtp(byte[] packet) {
      media.receivedRtp(packet);
    }

    @Override
    public void rtcp(byte[] packet) {
      media.receivedRtcp(packet);
    }
  }
}
