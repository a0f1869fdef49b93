package dev.tidemark.core.events.admission;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.json.MergePatch;
import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.JsonReader.Item;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text that a dead letter keeps. */
public final class RawInput {

    private RawInput() {}

    /** Empty: the text is not one JSON object. */
    public static Optional<Map<String, @Nullable Object>> object(String raw) {
        List<Item> items = new ArrayList<>();
        try {
            new StrictJsonReader().items(new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)), items::add);
        } catch (CallerException e) {
            return Optional.empty();
        }
        return items.size() == 1 && items.getFirst() instanceof Item.Read read
                ? Optional.of(read.value())
                : Optional.empty();
    }

    /** The text with the members that stood around it; as it is when it is no object. */
    static String within(Map<String, @Nullable Object> around, String raw) {
        return around.isEmpty()
                ? raw
                : object(raw)
                        .map(object -> JsonWriter.write(new MergePatch(object).applied(around)))
                        .orElse(raw);
    }

    /** What the text says in the place where our own events name their collection; empty: nothing that could be read. */
    static Optional<String> collection(String raw) {
        return object(raw)
                .flatMap(object -> Optional.ofNullable(object.get("collection")))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
