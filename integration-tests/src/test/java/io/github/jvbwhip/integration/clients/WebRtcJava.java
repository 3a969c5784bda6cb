package io.github.jvbwhip.integration.clients;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One libwebrtc peer connection inside the JVM, which speaks WHIP or WHEP without trickle. The base
 * of {@link WebRtcPublisher} and {@link WebRtcPlayer}. Thread-safe.
 */
final class WebRtcJava implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HeadlessAudioDeviceModule audioDevice = new HeadlessAudioDeviceModule();
  private final PeerConnectionFactory factory;
  private final RTCPeerConnection connection;
  private final Signal signal = new Signal();
  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;
  private volatile @Nullable URI session;

  WebRtcJava(Consumer<RTCRtpTransceiver> onTrack) {
    factory = new PeerConnectionFactory(audioDevice);
    // After the factory: a device that runs does not take the factory's audio transport any more.
    audioDevice.initPlayout();
    audioDevice.startPlayout();
    audioDevice.initRecording();
    audioDevice.startRecording();
    connection =
        factory.createPeerConnection(
            new RTCConfiguration(),
            new PeerConnectionObserver() {
              @Override
              public void onIceCandidate(RTCIceCandidate candidate) {
                // Candidates are in the offer, which waits for all of them.
              }

              @Override
              public void onIceGatheringChange(RTCIceGatheringState gathering) {
                if (gathering == RTCIceGatheringState.COMPLETE) {
                  gathered.complete(null);
                }
              }

              @Override
              public void onConnectionChange(RTCPeerConnectionState changed) {
                state = changed;
                signal.raise();
              }

              @Override
              public void onTrack(RTCRtpTransceiver transceiver) {
                onTrack.accept(transceiver);
              }
            });
  }

  /** Why libwebrtc cannot run here; empty when it can. */
  static Optional<String> missing() {
    try {
      HeadlessAudioDeviceModule module = new HeadlessAudioDeviceModule();
      module.dispose();
      return Optional.empty();
    } catch (Throwable e) { // a missing library is an Error, of several kinds
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of("libwebrtc does not load: " + cause.getMessage());
    }
  }

  PeerConnectionFactory factory() {
    return factory;
  }

  RTCPeerConnection connection() {
    return connection;
  }

  Signal signal() {
    return signal;
  }

  boolean isConnected() {
    return state == RTCPeerConnectionState.CONNECTED;
  }

  /** POSTs the offer and takes the answer; both pass through a change on their way. */
  Reply signal(
      URI endpoint, UnaryOperator<String> changeOffer, UnaryOperator<String> changeAnswer) {
    RTCSessionDescription offer = createOffer();
    setLocal(offer);
    get(gathered);
    String complete = changeOffer.apply(connection.getLocalDescription().sdp);
    Reply reply = HttpSignalling.post(endpoint, complete, Map.of());
    if (reply.status() != 201) {
      throw new AssertionError("POST was answered with " + reply);
    }
    session = reply.location().orElseThrow();
    setRemote(new RTCSessionDescription(RTCSdpType.ANSWER, changeAnswer.apply(reply.body())));
    return reply;
  }

  void awaitConnected(Duration timeout) {
    signal.await("connected", timeout, this::isConnected, () -> state.toString());
  }

  /** The attributes of all statistics of one type, gathered now. */
  List<Map<String, Object>> stats(RTCStatsType type) {
    CompletableFuture<List<Map<String, Object>>> result = new CompletableFuture<>();
    connection.getStats(
        report ->
            result.complete(
                report.getStats().values().stream()
                    .filter(stats -> stats.getType() == type)
                    .map(RTCStats::getAttributes)
                    .toList()));
    return get(result);
  }

  private RTCSessionDescription createOffer() {
    CompletableFuture<RTCSessionDescription> result = new CompletableFuture<>();
    connection.createOffer(
        new RTCOfferOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            result.complete(description);
          }

          @Override
          public void onFailure(String error) {
            result.completeExceptionally(new AssertionError(error));
          }
        });
    return get(result);
  }

  private void setLocal(RTCSessionDescription description) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    connection.setLocalDescription(description, completing(result));
    get(result);
  }

  private void setRemote(RTCSessionDescription description) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    connection.setRemoteDescription(description, completing(result));
    get(result);
  }

  private static SetSessionDescriptionObserver completing(CompletableFuture<Void> result) {
    return new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        result.complete(null);
      }

      @Override
      public void onFailure(String error) {
        result.completeExceptionally(new AssertionError(error));
      }
    };
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("libwebrtc: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** DELETEs the session, if there is one, and frees everything. */
  @Override
  public void close() {
    URI open = session;
    if (open != null) {
      HttpSignalling.delete(open, Map.of());
    }
    connection.close();
    audioDevice.stopRecording();
    audioDevice.stopPlayout();
    factory.dispose();
    audioDevice.dispose();
  }
}
