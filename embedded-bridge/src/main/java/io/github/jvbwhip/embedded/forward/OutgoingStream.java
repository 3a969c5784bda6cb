package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketCounter;
import io.github.jvbwhip.core.rtp.OutgoingNumbers;
import io.github.jvbwhip.core.rtp.PacketRewriter;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.payload.PayloadRewriter;
import java.util.Optional;

/**
 * The RTP stream of an {@link OutgoingTrack}: packets of changing sources under one SSRC, with
 * sequence numbers, timestamps and picture ids that go on. Guarded by the room's lock.
 */
final class OutgoingStream {
  /** In packets; a late packet finds its number for that long. */
  private static final int NUMBER_HISTORY = 1024;

  private final TrackOwner player;
  private final PacketCounter packets;
  private final OutgoingNumbers numbers;
  private final Retransmissions retransmissions;
  private final SendStatistics sent = new SendStatistics();

  private PacketComposer composer;
  private int clockRate;
  private PayloadRewriter payload = PayloadRewriter.NONE;

  OutgoingStream(
      TrackOwner player,
      EgressMedia media,
      Optional<String> rid,
      TrackIdentity identity,
      RoomResources room,
      PacketCounter packets) {
    this.player = player;
    this.packets = packets;
    composer = new PacketComposer(media, rid);
    numbers = new OutgoingNumbers(identity.ssrc(), NUMBER_HISTORY, room.random);
    retransmissions = new Retransmissions(identity, media, room);
  }

  /** Takes what the player accepted of an offer: other numbers, maybe. */
  void accept(EgressMedia accepted, Optional<String> rid) {
    composer = new PacketComposer(accepted, rid);
    retransmissions.accept(accepted);
  }

  /** Gives back the memory of what was sent. */
  void free() {
    retransmissions.free();
  }

  /** Goes over to another source, which begins with that packet, of that codec. */
  void switchTo(IncomingPacket packet, IncomingCodec codec) {
    numbers.switchTo(packet.sequenceNumber, packet.timestamp, codec.clockRate(), packet.arrival);
  }

  /** The source just gone over to begins with what was kept of it, with that packet. */
  void squeeze(IncomingPacket packet) {
    numbers.squeeze(packet.timestamp, packet.arrival);
  }

  /** Whether its timestamps are not in proportion to time yet. */
  boolean isSqueezing() {
    return numbers.timestamps().isSqueezing();
  }

  /** What was kept is sent. */
  void release() {
    numbers.release();
  }

  /** Goes over to another codec, which begins with that packet. */
  void use(IncomingCodec codec, Binding bound, IncomingPacket packet) {
    clockRate = codec.clockRate();
    payload =
        switch (codec.payload()) {
          case PLAIN, LAYER_IDS, PARAMETER_SETS, DESCRIBED -> PayloadRewriter.NONE;
          case PICTURE_IDS -> numbers.pictureIds();
          case REDUNDANT -> bound.red();
        };
    payload.switchTo(packet.buffer, packet.payloadAt, packet.payloadLength);
  }

  /** Passes over a packet that is not for this player; the next one takes its number. */
  void skip(IncomingPacket packet) {
    numbers.leaveOut(packet.sequenceNumber);
  }

  /**
   * Leaves out a packet of a frame that the player does without.
   *
   * @return false when it has to be sent, since what comes after it has been
   */
  boolean leaveOut(IncomingPacket packet) {
    if (!numbers.leaveOut(packet.sequenceNumber)) {
      return false;
    }
    payload.leaveOut(packet.buffer, packet.payloadAt, packet.payloadLength);
    return true;
  }

  /**
   * Sends a packet, unless it is too old to have a number.
   *
   * @param alone whether its layer is the only one that is sent: its frames are whole pictures
   * @param buffer scratch space for the outgoing packet
   */
  void send(IncomingPacket packet, PacketRewriter rewriter, boolean alone, byte[] buffer) {
    int number = numbers.forward(packet.sequenceNumber);
    if (number == OutgoingNumbers.DROP) {
      packets.dropped(DropReason.LATE);
      return;
    }
    int length =
        composer.compose(
            packet.buffer,
            packet.offset,
            packet.length,
            buffer,
            rewriter,
            number,
            numbers.forwardTimestamp(packet.timestamp, clockRate, packet.arrival),
            packet.arrival);
    if (length != PacketComposer.DROP) {
      if (alone && packet.endOfFrame) {
        RtpHeader.setMarker(buffer, composer.start());
      }
      renumberAndSend(number, buffer, composer.start(), length, packet.arrival);
    }
  }

  private void renumberAndSend(int number, byte[] buffer, int start, int composed, long arrival) {
    int length = composed;
    int payloadLength = RtpHeader.payloadLength(buffer, start, length);
    int newPayloadLength =
        payload.rewrite(buffer, RtpHeader.payloadOffset(buffer, start), payloadLength);
    if (newPayloadLength != payloadLength) {
      // Left out after all (a late rest of a frame that was): its number is taken, and an empty
      // packet fills it.
      newPayloadLength = Math.max(0, newPayloadLength);
      length = RtpHeader.removePadding(buffer, start, length) - payloadLength + newPayloadLength;
    }
    retransmissions.keep(number, buffer, start, length, arrival);
    if (player.sink().sendRtp(buffer, start, length)) {
      packets.rewritten();
      sent.count(newPayloadLength);
      player.countSent(length);
    }
  }

  /** Sends a packet again that the player misses. */
  void resend(int number, byte[] buffer, long now) {
    int length = retransmissions.find(number, buffer, composer, player.resendInterval(), now);
    if (length > 0
        && player.mayResend(length)
        && player.sink().sendRtp(buffer, retransmissions.start(), length)) {
      sent.countResent();
    }
  }

  SendStatistics sent() {
    return sent;
  }

  /** The outgoing counterpart of a timestamp of the current source. */
  long translate(long timestamp) {
    return numbers.timestamps().translate(timestamp);
  }
}
