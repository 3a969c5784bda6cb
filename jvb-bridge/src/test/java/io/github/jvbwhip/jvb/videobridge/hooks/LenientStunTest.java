package io.github.jvbwhip.jvb.videobridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ice4j.StunMessageEvent;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.ice4j.stack.RawMessage;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 8445 sections 7.1.1 and 7.3.1.2, and what FFmpeg makes of them. */
class LenientStunTest {
  private static final TransportAddress LOCAL =
      new TransportAddress("192.0.2.1", 10_000, Transport.UDP);
  private static final TransportAddress REMOTE =
      new TransportAddress("192.0.2.2", 40_000, Transport.UDP);
  private static final byte[] ID = TransactionID.createNewTransactionID().getBytes();

  private final StunStack stack = new StunStack();
  private final List<Message> passed = new ArrayList<>();
  private final LenientStun lenient =
      new LenientStun(event -> passed.add(event.getMessage()), null);

  @AfterEach
  void shutDown() {
    stack.shutDown();
  }

  @Test
  void a_check_without_priority_gets_that_of_a_peer_reflexive_candidate() throws Exception {
    Message check = handle(request());

    assertThat(((PriorityAttribute) check.getAttribute(Attribute.PRIORITY)).getPriority())
        .isEqualTo(1_862_270_975L);
  }

  @Test
  void a_priority_that_is_there_stays() throws Exception {
    Request request = request();
    request.putAttribute(AttributeFactory.createPriorityAttribute(17));

    Message check = handle(request);

    assertThat(((PriorityAttribute) check.getAttribute(Attribute.PRIORITY)).getPriority())
        .isEqualTo(17);
  }

  @Test
  void a_response_without_mapped_address_gets_the_one_that_was_asked_from() throws Exception {
    Response response = MessageFactory.createBindingResponse(request(), REMOTE);
    response.removeAttribute(Attribute.XOR_MAPPED_ADDRESS);
    response.setTransactionID(ID);

    assertThat(mapped(handle(response))).isEqualTo(LOCAL);
  }

  @Test
  void a_mapped_address_that_is_there_stays() throws Exception {
    Response response = MessageFactory.createBindingResponse(request(), REMOTE);
    response.setTransactionID(ID);

    assertThat(mapped(handle(response))).isEqualTo(REMOTE);
  }

  @Test
  void an_error_stays_as_it_is() throws Exception {
    Response error = MessageFactory.createBindingErrorResponse((char) 487);
    error.setTransactionID(ID);

    assertThat(handle(error).containsAttribute(Attribute.XOR_MAPPED_ADDRESS)).isFalse();
  }

  /** ice4j answers 500 to a check that is handled while the answer to its own is. */
  @Test
  @Timeout(20)
  void messages_are_handled_one_at_a_time() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    Thread[] other = new Thread[1];
    LenientStun serial =
        new LenientStun(
            event -> {
              seen.add("begins");
              if (other[0].getState() == Thread.State.NEW) {
                other[0].start();
                awaitBlockedOrEnded(other[0]);
              }
              seen.add("ends");
            },
            null);
    StunMessageEvent check = event(request());
    other[0] = new Thread(() -> serial.handleMessageEvent(check), "test-answer");

    serial.handleMessageEvent(check);
    other[0].join();

    assertThat(seen).containsExactly("begins", "ends", "begins", "ends");
  }

  /** ice4j has a thread for each message, and no bound of them. */
  @Test
  @Timeout(20)
  void only_some_wait_for_their_turn() throws Exception {
    CountDownLatch firstEnds = new CountDownLatch(1);
    CountDownLatch dropped = new CountDownLatch(100 - 16);
    AtomicInteger handled = new AtomicInteger();
    LenientStun slow =
        new LenientStun(
            event -> {
              handled.incrementAndGet();
              awaitEnd(firstEnds);
            },
            null);
    StunMessageEvent check = event(request());
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Thread thread =
          new Thread(
              () -> {
                slow.handleMessageEvent(check);
                dropped.countDown();
              },
              "test-flood");
      all.add(thread);
      thread.start();
    }

    assertThat(dropped.await(10, TimeUnit.SECONDS)).isTrue();
    firstEnds.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(handled).hasValue(16);
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitBlockedOrEnded(Thread thread) {
    while (thread.getState() != Thread.State.BLOCKED
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private static Request request() throws Exception {
    Request request = MessageFactory.createBindingRequest();
    request.setTransactionID(ID);
    return request;
  }

  private Message handle(Message message) {
    lenient.handleMessageEvent(event(message));
    assertThat(passed).containsExactly(message);
    return message;
  }

  private StunMessageEvent event(Message message) {
    return new StunMessageEvent(stack, RawMessage.build(new byte[0], 0, REMOTE, LOCAL), message);
  }

  private static TransportAddress mapped(Message response) {
    return ((XorMappedAddressAttribute) response.getAttribute(Attribute.XOR_MAPPED_ADDRESS))
        .getAddress(ID);
  }
}
