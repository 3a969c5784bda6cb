package io.github.jvbwhip.embedded.transport;

import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CheckList;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.stack.TransactionID;

/** Where ice4j would be done with a candidate pair that a client still comes by. */
final class CheckedPairs {
  private CheckedPairs() {}

  /**
   * Keeps the pair that ICE has selected among those that the agent knows. When a pair is
   * nominated, ice4j removes all from its list that wait for a check, and with them the nominated
   * one where a check of the client came just then. From three seconds after that on it refuses
   * checks over pairs that it does not know (403), and so the consent to go on sending (RFC 7675
   * §5.1). To be called when ICE is completed, before it ends.
   */
  static void keep(CandidatePair selected) {
    CheckList known = selected.getParentComponent().getParentStream().getCheckList();
    synchronized (known) {
      if (known.findPairMatching(selected.getLocalCandidate(), selected.getRemoteCandidate())
          == null) {
        known.add(selected);
      }
    }
  }

  /**
   * Takes back that a check of ours has failed. When all have, ice4j gives the agent up after five
   * seconds, for good; the client that did not answer yet may check the pair itself, which starts a
   * new check of ours. To be called in the instant of the failure, before ICE is completed.
   */
  static void keepOpen(CandidatePair failed) {
    failed.setStateInProgress(TransactionID.createNewTransactionID());
  }

  /**
   * Has the checks of a valid pair sent from the socket that it was found by. Where a NAT gives the
   * bridge another port while it checks, ice4j takes the candidate of the port before for the base
   * of that of the new one (RFC 8445 §7.2.5.3.1). It has no socket there: if that pair is
   * nominated, none of its checks goes out, and so nobody is asked for consent. To be called in the
   * instant of the validation, before the nomination.
   */
  static void putOnSocket(CandidatePair valid) {
    LocalCandidate local = valid.getLocalCandidate();
    local.setBase(base(local));
  }

  /** What has a socket: a candidate that was seen from outside may be based on another such. */
  static LocalCandidate base(LocalCandidate candidate) {
    LocalCandidate base = candidate;
    while (base.getBase() != null && base.getBase() != base) {
      base = base.getBase();
    }
    return base;
  }
}
