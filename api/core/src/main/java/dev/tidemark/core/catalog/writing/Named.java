package dev.tidemark.core.catalog.writing;

import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.util.List;

/** What a mutation names: {@code collection} and, of it, {@code property}. */
public record Named(Columns columns, Property property) {

    public static Named of(Catalog catalog, Input input) {
        var columns = collection(catalog, input);
        var name = input.text("property");
        return new Named(
                columns,
                columns.byLabel(name).or(() -> columns.byColumn(name)).orElseThrow(() -> unknown(columns, name)));
    }

    public static Columns collection(Catalog catalog, Input input) {
        var name = input.text("collection");
        return catalog.columns(name).or(() -> catalog.byTable(name)).orElseThrow(() -> unknown(catalog, name));
    }

    private static CallerException unknown(Catalog catalog, String name) {
        var known = catalog.collections().stream().map(EventCollection::label).toList();
        return missing("There is no collection \"%s\".", name, known, "collection");
    }

    private static CallerException unknown(Columns columns, String name) {
        var known =
                columns.collection().properties().stream().map(Property::label).toList();
        return missing("The collection has no property \"%s\".", name, known, "property");
    }

    private static CallerException missing(String sentence, String name, List<String> known, String field) {
        var shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
        return new CallerException(ErrorCode.NOT_FOUND, sentence.formatted(shown) + Nearest.hint(shown, known), field);
    }
}
