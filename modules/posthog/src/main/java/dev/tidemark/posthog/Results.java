package dev.tidemark.posthog;

import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What became of the captures of one request, by their {@code uuid}, as JSON. SDKs send again what is to be retried only. */
record Results(List<Item> items, List<Outcome> outcomes) {

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F-]{1,36}");

    String json() {
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(i -> uuid(items.get(i)).stream().map(uuid -> "\"" + uuid + "\":" + result(outcomes.get(i))))
                .distinct()
                .collect(Collectors.joining(",", "{\"results\":{", "}}"));
    }

    private static String result(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? "{\"result\":\"drop\",\"details\":\"" + refused.reason().code() + "\"}"
                : "{\"result\":\"ok\"}";
    }

    private static Optional<String> uuid(Item item) {
        return item instanceof Item.Read read
                        && read.value().get("uuid") instanceof String uuid
                        && UUID.matcher(uuid).matches()
                ? Optional.of(uuid)
                : Optional.empty();
    }
}
