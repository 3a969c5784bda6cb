package io.github.jvbwhip.core.bridge;

/** A client with real (or faked) media that the contract connects to a bridge endpoint. */
public interface ContractPeer extends AutoCloseable {

  /** The client's side of the transport: what the bridge endpoint is opened with. */
  RemoteTransport transport();

  /** Starts ICE and DTLS towards the bridge; returns without waiting for them. */
  void connect(LocalTransport bridge);

  /** Sends an RTP packet, where it is connected. */
  void send(byte[] rtp);

  /** Leaves as clients do that send no DELETE: closes DTLS, then the socket. Idempotent. */
  @Override
  void close();
}
