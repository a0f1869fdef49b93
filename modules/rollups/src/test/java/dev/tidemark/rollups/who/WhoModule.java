package dev.tidemark.rollups.who;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.PersonMapping;
import dev.tidemark.spi.Project;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells who is who, as a test has it. */
public final class WhoModule implements AnalyticsModule {

    private final Set<Project> told = ConcurrentHashMap.newKeySet();
    private Optional<ModuleContext> context = Optional.empty();

    @Override
    public String name() {
        return "who";
    }

    @Override
    public Contribution contribute(ModuleContext lent) {
        context = Optional.of(lent);
        return Contribution.builder()
                .personMapping(new PersonMapping("_who", told::contains))
                .build();
    }

    /** Ids are people of their own, until something else is said. */
    public void begin(Project project) {
        var lent = context.orElseThrow();
        told.add(project);
        lent.questions().changeRelations(project, lent.databases().of(project), connection -> project);
    }

    /** An id turns out to be of someone else. */
    public void is(Project project, String id, String person) {
        var lent = context.orElseThrow();
        lent.databases().of(project).transaction(connection -> {
            try (var statement = connection.prepareStatement("insert into _who values (?, ?)")) {
                statement.setString(1, id);
                statement.setString(2, person);
                statement.executeUpdate();
            }
            lent.people().moved(project, Map.of(id, id), connection);
            return id;
        });
    }

    /** Those that the engine lends its modules. */
    public Databases databases() {
        return context.orElseThrow().databases();
    }
}
