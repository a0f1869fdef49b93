package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PersistedDocumentsTest {

    private static final String PING = "{ping}";

    private final Hostile shop = new Hostile(Limits.standard());

    @Test
    void aDocumentSentOnceIsKnownByItsHash() {
        ask(shop.engine, byHash(Optional.of(PING), hash(PING)), Shop.READER);

        var byApollo = ask(shop.engine, byHash(Optional.empty(), hash(PING)), Shop.READER);
        var byId = ask(shop.engine, byId("sha256:" + hash(PING)), Shop.READER);

        assertThat(data(byApollo)).isEqualTo(Map.of("ping", "pong"));
        assertThat(data(byId)).isEqualTo(Map.of("ping", "pong"));
    }

    @Test
    void anUnknownHashAsksForTheText() {
        var answer = ask(shop.engine, byHash(Optional.empty(), "0".repeat(64)), Shop.READER);

        assertThat(codes(answer)).containsExactly("PERSISTED_QUERY_NOT_FOUND");
        assertThat(errors(answer).getFirst()).containsEntry("message", "PersistedQueryNotFound");
    }

    @Test
    void anUnknownDocumentIdIsRefused() {
        assertThat(codes(ask(shop.engine, byId("dashboard"), Shop.READER)))
                .containsExactly("PERSISTED_QUERY_NOT_FOUND");
        assertThat(codes(ask(shop.engine, byId("sha256:" + "0".repeat(64)), Shop.READER)))
                .containsExactly("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void aHashOfAnotherDocumentIsRefusedAndNotRemembered() {
        var poisoned = ask(shop.engine, byHash(Optional.of(PING), hash("{ other }")), Shop.READER);
        var later = ask(shop.engine, byHash(Optional.empty(), hash("{ other }")), Shop.READER);

        assertThat(codes(poisoned)).containsExactly("BAD_USER_INPUT");
        assertThat(codes(later)).containsExactly("PERSISTED_QUERY_NOT_FOUND");
        assertThat(shop.asked).hasValue(0);
    }

    @Test
    void aWrongDocumentIsNotRemembered() {
        ask(shop.engine, byHash(Optional.of("{ wrong }"), hash("{ wrong }")), Shop.READER);

        assertThat(codes(ask(shop.engine, byHash(Optional.empty(), hash("{ wrong }")), Shop.READER)))
                .containsExactly("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void aRequestWithoutAnyDocumentIsRefused() {
        var empty = new GraphqlRequest(
                Optional.empty(), Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.empty());
        var noHash = new GraphqlRequest(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of("persistedQuery", 1),
                Optional.empty(),
                Optional.empty());

        assertThat(codes(ask(shop.engine, empty, Shop.READER))).containsExactly("BAD_USER_INPUT");
        assertThat(codes(ask(shop.engine, noHash, Shop.READER))).containsExactly("BAD_USER_INPUT");
    }

    private static GraphqlRequest byHash(Optional<String> query, String hash) {
        return new GraphqlRequest(
                query,
                Optional.empty(),
                Map.of(),
                Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash)),
                Optional.empty(),
                Optional.empty());
    }

    private static GraphqlRequest byId(String id) {
        return new GraphqlRequest(
                Optional.empty(), Optional.empty(), Map.of(), Map.of(), Optional.of(id), Optional.empty());
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
