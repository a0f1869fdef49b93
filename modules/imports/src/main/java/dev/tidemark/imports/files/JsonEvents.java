package dev.tidemark.imports.files;

import dev.tidemark.imports.bytes.BrokenFileException;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.RequestMemory;
import dev.tidemark.spi.Submission;
import dev.tidemark.spi.Submission.Unreadable;
import dev.tidemark.spi.ValueSize;
import java.io.InputStream;

/** The events of an NDJSON file in UTF-8, one a line. */
final class JsonEvents implements EventFile {

    /** The reader says itself where a line is no JSON. */
    private static final String HAS_ITS_PLACE = "bad_json";

    private final InputStream content;
    private final JsonReader json;
    private final ObjectReader objects;
    private long line;

    JsonEvents(InputStream content, JsonReader json, ObjectReader objects) {
        this.content = content;
        this.json = json;
        this.objects = objects;
    }

    @Override
    public void read(RowSink sink) {
        sink.begin(objects.types());
        try {
            RequestMemory.without(() -> json.lines(content, item -> hand(item, sink)));
        } catch (BrokenFileException e) {
            throw e.behind(line);
        }
    }

    @Override
    public void requireNames() {
        objects.requireMembers();
    }

    private void hand(Item item, RowSink sink) {
        line = item.line();
        if (sink.isStored(checksum(item))) {
            return;
        }
        switch (item) {
            case Item.Read read -> sink.add(line, ValueSize.of(read.value()), submission(read));
            case Item.Spoiled(var at, var unreadable) ->
                sink.add(at, unreadable.raw().length(), new Unreadable(unreadable.raw(), placed(unreadable.reason())));
        }
    }

    private static int checksum(Item item) {
        return switch (item) {
            case Item.Read read -> read.value().hashCode();
            case Item.Spoiled spoiled -> spoiled.unreadable().raw().hashCode();
        };
    }

    private Submission submission(Item.Read read) {
        try {
            return objects.event(read.value());
        } catch (MisreadException e) {
            return e.refused(this::placed);
        }
    }

    private Refusal placed(Refusal reason) {
        return reason.code().equals(HAS_ITS_PLACE)
                ? reason
                : new Refusal(reason.code(), reason.pointer(), "Line " + line + ": " + reason.message());
    }
}
