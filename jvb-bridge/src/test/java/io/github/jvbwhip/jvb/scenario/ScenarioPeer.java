package io.github.jvbwhip.jvb.scenario;

import io.github.jvbwhip.core.bridge.ContractPeer;
import java.util.List;

/** A client that sends and hears RTP. */
public interface ScenarioPeer extends ContractPeer {

  /** The packets that came, in order. */
  List<byte[]> received();

  /** The SSRCs that it was asked for keyframes of, in order. */
  List<Long> keyframesAsked();

  /** Whether the bridge has ended DTLS. */
  boolean isClosedByBridge();

  @Override
  void close();
}
