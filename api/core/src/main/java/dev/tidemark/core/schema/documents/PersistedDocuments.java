package dev.tidemark.core.schema.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.schema.faults.Codes;
import dev.tidemark.core.schema.faults.RequestRefused;
import dev.tidemark.spi.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Documents that clients name by their hash. A client that gets {@code PERSISTED_QUERY_NOT_FOUND} sends the text once
 * more: so memory is enough, on each node for itself.
 */
public final class PersistedDocuments {

    private static final long REMEMBERED_CHARACTERS = 4_000_000;
    private static final Pattern DOCUMENT_ID = Pattern.compile("sha256:([0-9a-fA-F]{64})");

    private final Cache<String, String> texts = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_CHARACTERS)
            .weigher((String hash, String text) -> text.length())
            .build();

    /** @throws RequestRefused when a request has no document, names an unknown one, or gives a wrong hash */
    public String text(GraphqlRequest request) {
        var hash = hash(request);
        if (request.query().isEmpty()) {
            return known(hash.orElseThrow(() -> RequestRefused.document(
                    "The request has no document: send it as query.", ErrorCode.BAD_USER_INPUT.name())));
        }
        var text = request.query().get();
        if (hash.isPresent() && !hash.get().equals(sha256(text))) {
            throw RequestRefused.document(
                    "The hash is not that of the document: send the SHA-256 of its UTF-8 bytes, in hexadecimal.",
                    ErrorCode.BAD_USER_INPUT.name());
        }
        return text;
    }

    /** Remembers the document of a request, once it has proved valid, if the request gave its hash. */
    public void remember(GraphqlRequest request) {
        request.query().ifPresent(text -> hash(request).ifPresent(hash -> texts.put(hash, text)));
    }

    private String known(String hash) {
        var text = texts.getIfPresent(hash);
        if (text == null) {
            // the message, too, is what Apollo's clients look for
            throw RequestRefused.document("PersistedQueryNotFound", Codes.PERSISTED_QUERY_NOT_FOUND);
        }
        return text;
    }

    private static Optional<String> hash(GraphqlRequest request) {
        if (request.documentId().isPresent()) {
            var id = DOCUMENT_ID.matcher(request.documentId().get());
            if (!id.matches()) {
                throw RequestRefused.document(
                        "The documentId is unknown: here it is sha256: and the hash of the document in hexadecimal.",
                        Codes.PERSISTED_QUERY_NOT_FOUND);
            }
            return Optional.of(id.group(1).toLowerCase(Locale.ROOT));
        }
        return Optional.ofNullable(request.extensions().get("persistedQuery")).map(PersistedDocuments::apolloHash);
    }

    private static String apolloHash(Object persistedQuery) {
        if (persistedQuery instanceof Map<?, ?> entry && entry.get("sha256Hash") instanceof String hash) {
            return hash.toLowerCase(Locale.ROOT);
        }
        throw RequestRefused.document(
                "extensions.persistedQuery has no sha256Hash: send {version: 1, sha256Hash: \"…\"}.",
                ErrorCode.BAD_USER_INPUT.name());
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
