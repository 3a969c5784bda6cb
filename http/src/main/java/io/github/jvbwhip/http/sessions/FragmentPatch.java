package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.negotiation.IceUpdate;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.session.IceOutcome;
import io.github.jvbwhip.core.session.IfMatch;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trickle ICE and ICE restarts (RFC 9725 §4.3): PATCH with {@code application/trickle-ice-sdpfrag}.
 *
 * @param <S> the protocol's kind of session
 */
public final class FragmentPatch<S extends Session<?>> implements PatchHandler<S> {
  private static final Logger LOG = LoggerFactory.getLogger(FragmentPatch.class);

  private final SdpReader reader;
  private final boolean strict;

  public FragmentPatch(HttpConfig config) {
    this.reader = config.sdpReader();
    this.strict = config.strict();
  }

  @Override
  public CompletableFuture<Reply> patch(Call call, S session) throws ProblemException {
    IceUpdate update = read(call.text(), session);
    IfMatch ifMatch = EntityTags.ifMatch(call, !strict);
    return session.updateIce(ifMatch, update, strict).thenApply(FragmentPatch::reply);
  }

  private static Reply reply(IceOutcome outcome) {
    if (outcome instanceof IceOutcome.Restarted restarted) {
      IceFragment fragment =
          Negotiation.restartFragment(restarted.transport(), restarted.outline());
      return Reply.of(200)
          .with("ETag", restarted.entityTag().headerValue())
          .withBody(IceFragment.MEDIA_TYPE, fragment.write());
    }
    // No ETag here (RFC 9725 §4.3.2).
    return Reply.of(204);
  }

  private IceUpdate read(String text, S session) throws ProblemException {
    SdpReader.Reading<IceFragment> fragment;
    try {
      fragment = reader.fragment(text);
    } catch (SdpException e) {
      throw Problems.ofFragment(e);
    }
    if (!fragment.leftOut().isEmpty()) {
      LOG.debug("Session {}: left out of a fragment: {}", session.id(), fragment.leftOut());
    }
    try {
      return IceUpdate.of(fragment.value(), NegotiationRules.of(strict));
    } catch (NegotiationException e) {
      throw Problems.ofFragment(e, fragment.leftOut());
    }
  }
}
