package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.CallingBridge;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.ForwardingBridge;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.Visit;
import io.github.jvbwhip.core.session.SerialExecutor;
import io.github.jvbwhip.core.threads.Futures;
import io.github.jvbwhip.core.threads.Waits;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bridge whose rooms may be elsewhere: what is watched and not published here is fetched, and
 * what is published here is forwarded. Thread-safe; it has no threads, and waits for nothing but,
 * when it is closed, that other servers hear of it.
 */
public final class EdgeBridge extends ForwardingBridge {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeBridge.class);
  private static final Duration LAST_HANG_UPS = Duration.ofSeconds(1);

  private final SerialExecutor serial;
  private final Origins origins;
  private final Forwards forwards;
  private final HangUps hangUps = new HangUps();
  private final Registration rooms;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param bridge carries the media; is closed with this one
   * @param runtime outlives it
   */
  public EdgeBridge(CallingBridge bridge, EdgeConfig config, ServerRuntime runtime) {
    super(bridge);
    this.serial =
        new SerialExecutor(
            runtime.executor(), fault -> LOG.error("A fault in what is done at others", fault));
    EdgeClient client = new EdgeClient(config.timeout());
    EdgeTools tools =
        new EdgeTools(
            bridge,
            config,
            client,
            new SessionEvents(client, config.timeout(), runtime.scheduler()),
            serial,
            runtime.scheduler(),
            runtime.clock(),
            runtime.random(),
            hangUps);
    String self = "edge-" + HexFormat.of().toHexDigits(runtime.random().nextLong());
    this.origins = new Origins(tools, self);
    this.forwards = new Forwards(tools, self, origins);
    this.rooms = bridge.observeRooms(this::changed);
  }

  /** Once for several changes. */
  private void changed() {
    if (looking.compareAndSet(false, true)) {
      serial.execute(
          () -> {
            looking.set(false);
            origins.look();
            forwards.look();
          });
    }
  }

  @Override
  public CompletableFuture<Void> approach(Visit visit) {
    CompletableFuture<Void> known = new CompletableFuture<>();
    serial.execute(
        () -> {
          if (visit.approach() == Approach.WATCH) {
            origins.approach(visit, known);
          } else if (forwards.approach(visit.room(), visit.stream(), visit.via())) {
            known.complete(null);
          } else {
            known.completeExceptionally(
                new BridgeException(
                    BridgeException.Reason.LOOP,
                    "Forwarding goes in a circle: this stream comes from here."));
          }
        });
    return known;
  }

  @Override
  public List<String> path(RoomName room) {
    return origins.path(room);
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    CompletableFuture<IngestEndpoint> opened = new CompletableFuture<>();
    serial.execute(
        () -> {
          origins.giveWay(request.room(), request.stream());
          pass(() -> super.openIngest(request, listener), opened, UnaryOperator.identity());
        });
    return opened;
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    WatchedPlace place = WatchedPlace.of(request.room(), request.stream());
    AtomicBoolean gone = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (gone.compareAndSet(false, true)) {
            serial.execute(() -> origins.left(place));
          }
        };
    serial.execute(() -> origins.entered(place));
    EndpointListener telling =
        new EndpointListener() {
          @Override
          public void connected() {
            listener.connected();
          }

          @Override
          public void ended(EndReason reason, String detail) {
            leave.run();
            listener.ended(reason, detail);
          }
        };
    CompletableFuture<EgressEndpoint> opened = new CompletableFuture<>();
    var unused =
        opened.whenComplete(
            (endpoint, failure) -> {
              if (failure != null) {
                leave.run();
              }
            });
    pass(
        () -> super.openEgress(request, telling),
        opened,
        endpoint -> new CountedPlayer(endpoint, leave));
    return opened;
  }

  /** What is opened is handed on; where nobody waits for it any more, it is given up. */
  private static <E extends BridgeEndpoint> void pass(
      Supplier<CompletableFuture<E>> opening,
      CompletableFuture<E> outer,
      UnaryOperator<E> wrapped) {
    if (outer.isDone()) {
      return;
    }
    CompletableFuture<E> inner;
    try {
      inner = opening.get();
    } catch (RuntimeException | Error e) {
      outer.completeExceptionally(e);
      return;
    }
    Futures.giveUpWith(outer, inner);
    var unused =
        inner.whenComplete(
            (endpoint, failure) -> {
              if (failure != null) {
                outer.completeExceptionally(failure);
              } else {
                E handed = wrapped.apply(endpoint);
                if (!outer.complete(handed)) {
                  handed.close();
                }
              }
            });
  }

  /** Ends what it has at other servers, tells them, and closes the bridge. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      rooms.close();
      CompletableFuture<Void> done = new CompletableFuture<>();
      serial.execute(
          () -> {
            origins.close();
            forwards.close();
            done.complete(null);
          });
      boolean unused = Waits.within(LAST_HANG_UPS, done);
      hangUps.await(LAST_HANG_UPS);
    }
    super.close();
  }
}
