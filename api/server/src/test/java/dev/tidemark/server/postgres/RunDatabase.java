package dev.tidemark.server.postgres;

import dev.tidemark.testkit.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A database that ran once, to be copied. Nobody writes to its programs: they are shared. */
public final class RunDatabase {

    private RunDatabase() {}

    /** Makes the target a directory whose database ran before. */
    public static void copyTo(Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        var template = template();
        var programs = programs(template);
        template.copyTo(target, template.directory(), file -> file.startsWith(programs));
    }

    /** Makes the target a directory without a database, with the programs that a first start would unpack. */
    static void copyProgramsTo(Path target) throws IOException {
        Home.create(target);
        var template = template();
        template.copyTo(target, programs(template), program -> true);
    }

    private static Template template() throws IOException {
        return Template.of("tidemark-template", Binaries.version(), unfinished -> {
            EmbeddedDatabase.start(unfinished).close();
            // else all copies would want the same port
            Files.delete(Home.create(unfinished).port());
        });
    }

    private static Path programs(Template template) throws IOException {
        return Home.create(template.directory()).binaries();
    }
}
