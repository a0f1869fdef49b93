package dev.tidemark.imports;

import dev.tidemark.imports.uploads.Import;
import dev.tidemark.imports.uploads.ImportStore;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;

/** The field {@code imports}. */
final class ImportResolvers {

    private static final int MOST = 1_000;

    private final Databases databases;

    ImportResolvers(Databases databases) {
        this.databases = databases;
    }

    List<Import> imports(DataFetchingEnvironment environment) {
        int first = environment.getArgumentOrDefault("first", 0);
        if (first < 0 || first > MOST) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "first is from 0 to " + MOST + ".", "first");
        }
        return new ImportStore(databases.of(Caller.of(environment).project())).latest(first);
    }
}
