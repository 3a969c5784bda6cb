package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.http.problems.ProblemException;
import java.util.Optional;

/** Transports as JSON. Stateless. */
final class TransportJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long LARGEST_PRIORITY = (1L << 32) - 1;
  private static final int LARGEST_PORT = 65535;

  private TransportJson() {}

  static ObjectNode write(LocalTransport transport) {
    ObjectNode object = JSON.objectNode();
    object.put("ufrag", transport.credentials().ufrag());
    object.put("pwd", transport.credentials().pwd());
    transport.role().ifPresent(role -> object.put("role", role.name()));
    ArrayNode fingerprints = object.putArray("fingerprints");
    transport
        .fingerprints()
        .forEach(
            each -> fingerprints.addObject().put("hash", each.hash()).put("value", each.value()));
    ArrayNode candidates = object.putArray("candidates");
    transport.candidates().forEach(each -> candidates.add(write(each)));
    return object;
  }

  private static ObjectNode write(IceCandidate candidate) {
    ObjectNode object = JSON.objectNode();
    object.put("foundation", candidate.foundation());
    object.put("protocol", candidate.protocol().name());
    object.put("priority", candidate.priority());
    object.put("address", candidate.address());
    object.put("port", candidate.port());
    object.put("type", candidate.type().name());
    candidate
        .relatedAddress()
        .ifPresent(
            related -> {
              object.put("relatedAddress", related.address());
              object.put("relatedPort", related.port());
            });
    return object;
  }

  static LocalTransport read(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    LocalTransport transport =
        new LocalTransport(
            new IceCredentials(object.text("ufrag"), object.text("pwd")),
            object.list("candidates", TransportJson::candidate),
            object.list("fingerprints", TransportJson::fingerprint),
            object.has("role")
                ? Optional.of(object.word("role", DtlsRole.class))
                : Optional.empty());
    object.done();
    return transport;
  }

  private static Fingerprint fingerprint(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Fingerprint fingerprint = new Fingerprint(object.text("hash"), object.text("value"));
    object.done();
    return fingerprint;
  }

  private static IceCandidate candidate(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Optional<String> related = object.perhapsText("relatedAddress");
    IceCandidate candidate =
        new IceCandidate(
            object.text("foundation"),
            object.word("protocol", IceCandidate.Protocol.class),
            object.number("priority", 0, LARGEST_PRIORITY),
            object.text("address"),
            (int) object.number("port", 0, LARGEST_PORT),
            object.word("type", IceCandidate.Type.class),
            related.isPresent()
                ? Optional.of(
                    new IceCandidate.RelatedAddress(
                        related.get(), (int) object.number("relatedPort", 0, LARGEST_PORT)))
                : Optional.empty());
    object.done();
    return candidate;
  }
}
