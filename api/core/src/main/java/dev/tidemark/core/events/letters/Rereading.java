package dev.tidemark.core.events.letters;

import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.core.events.admission.EventFields;
import dev.tidemark.core.events.admission.RawInput;
import dev.tidemark.core.events.admission.Resubmission;
import dev.tidemark.core.json.MergePatch;
import dev.tidemark.spi.EventReader;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes events of dead letters: their raw input, patched, is read as what it was sent as. */
public final class Rereading {

    private final Function<String, Optional<EventReader>> readers;

    public Rereading(Function<String, Optional<EventReader>> readers) {
        this.readers = readers;
    }

    Resubmission read(DeadLetter letter, MergePatch patch) {
        var raw = RawInput.object(letter.raw());
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
}
