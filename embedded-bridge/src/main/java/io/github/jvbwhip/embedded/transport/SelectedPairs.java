package io.github.jvbwhip.embedded.transport;

import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CheckList;

/**
 * Keeps the pair that ICE has selected among those that the agent knows. When a pair is nominated,
 * ice4j removes all from its list that wait for a check, and with them the nominated one where a
 * check of the client came just then. From three seconds after that on it refuses checks over pairs
 * that it does not know (403), and so the consent to go on sending (RFC 7675 §5.1).
 */
final class SelectedPairs {
  private SelectedPairs() {}

  /** To be called when ICE is completed, before it ends. */
  static void keep(CandidatePair selected) {
    CheckList known = selected.getParentComponent().getParentStream().getCheckList();
    synchronized (known) {
      if (known.findPairMatching(selected.getLocalCandidate(), selected.getRemoteCandidate())
          == null) {
        known.add(selected);
      }
    }
  }
}
