package dev.tidemark.core.events;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.EventReader;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes events of dead letters: their raw input, patched, is read as what it was sent as. */
final class Rereading {

    private final JsonReader json;
    private final Function<String, Optional<EventReader>> readers;

    Rereading(JsonReader json, Function<String, Optional<EventReader>> readers) {
        this.json = json;
        this.readers = readers;
    }

    Resubmission read(DeadLetter letter, MergePatch patch) {
        var raw = object(letter.raw());
        return new Resubmission(
                raw.isEmpty() && patch.members().isEmpty()
                        ? unreadable(letter)
                        : read(letter, raw.isPresent(), patch.applied(raw.orElse(null))),
                letter.origin());
    }

    /** What stands in the place of an unreadable text is an event of ours: it is nobody's but the one's who wrote it. */
    private Submission read(DeadLetter letter, boolean isPatched, Map<String, @Nullable Object> object) {
        var reader =
                letter.asSent() && isPatched ? readers.apply(letter.origin().source()) : Optional.<EventReader>empty();
        return reader.isEmpty()
                ? EventFields.submission(object)
                : new Item.Read(1, object, letter::raw)
                        .submission(sent -> reader.get().read(sent, letter.origin()));
    }

    private static Submission unreadable(DeadLetter letter) {
        return new Submission.Unreadable(
                letter.raw(),
                new Refusal("unreadable", "", "The raw input is no JSON object: patch it with the whole event."));
    }

    /** Empty: the text is not one JSON object. */
    private Optional<Map<String, @Nullable Object>> object(String raw) {
        List<Item> items = new ArrayList<>();
        try {
            json.items(new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)), items::add);
        } catch (CallerException e) {
            return Optional.empty();
        }
        return items.size() == 1 && items.getFirst() instanceof Item.Read read
                ? Optional.of(read.value())
                : Optional.empty();
    }
}
