package dev.tidemark.posthog;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.JsonReader.Item;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the key of a request: around the batch, or in its first capture. */
final class ProjectToken {

    /** Within the properties of a capture. */
    static final String PROPERTY = "token";

    private static final List<String> NAMES = List.of("api_key", PROPERTY, "$token");

    private ProjectToken() {}

    static String of(JsonObject around, List<Item> items) {
        var captures = items.stream()
                .filter(Item.Read.class::isInstance)
                .map(item -> new JsonObject(((Item.Read) item).value()))
                .flatMap(capture -> within(capture).stream());
        return Stream.concat(named(around).stream(), captures)
                .findFirst()
                .orElseThrow(() -> new CallerException(
                        ErrorCode.UNAUTHENTICATED, "Send the project's write key as api_key in the body."));
    }

    private static Optional<String> within(JsonObject capture) {
        return named(capture).or(() -> named(capture.object("properties")));
    }

    private static Optional<String> named(JsonObject object) {
        return NAMES.stream().flatMap(name -> object.text(name).stream()).findFirst();
    }
}
