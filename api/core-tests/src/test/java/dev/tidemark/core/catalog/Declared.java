package dev.tidemark.core.catalog;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.Project;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares collections as GraphQL does. */
public record Declared(Catalogs catalogs, Project project) {

    /** @param namesAndValues of the input beside the collection's name */
    public void collection(String name, @Nullable Object... namesAndValues) {
        var input = new HashMap<String, @Nullable Object>(Map.of("name", name));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            input.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        catalogs.amend(project, name, catalogs.declaration(project, new Input(input)));
    }
}
