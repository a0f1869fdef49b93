package dev.tidemark.core.questions.relations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.PersonMapping;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relations that modules add to projects, and who is who there. What they answer is remembered for one version of a project's catalogue, since
 * every request asks; it is read after the version, and so never older than that.
 */
public final class AddedRelations {

    private static final Logger LOG = LoggerFactory.getLogger(AddedRelations.class);
    private static final Duration UNUSED = Duration.ofHours(1);

    private final List<Relations> modules;
    private final Optional<PersonMapping> persons;
    private final Optional<String> personProperties;
    /** Tidied up by who reads, as what is known of catalogues. */
    private final Cache<Integer, Remembered> known = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .executor(Runnable::run)
            .build();

    /** @param personProperties the name of the relation with what is known of people */
    public AddedRelations(List<Relations> modules, Optional<PersonMapping> persons, Optional<String> personProperties) {
        this.modules = List.copyOf(modules);
        this.persons = persons;
        this.personProperties = personProperties;
    }

    /** @param version of the project's catalogue, as this node knows it */
    Added of(Project project, long version) {
        var remembered = known.getIfPresent(project.id());
        return remembered != null && remembered.version() >= version
                ? remembered.added()
                : known.asMap()
                        .compute(
                                project.id(),
                                (id, other) ->
                                        other != null && other.version() >= version ? other : read(project, version))
                        .added();
    }

    private Remembered read(Project project, long version) {
        var relations = modules.stream()
                .flatMap(module -> told(module, project).stream())
                .toList();
        var people = relations.stream()
                .flatMap(relation -> relation instanceof TableRelation table ? Stream.of(table) : Stream.empty())
                .filter(table -> personProperties.filter(table.name()::equals).isPresent())
                .filter(PersonColumns::hasProperties)
                .findFirst();
        var told = persons.filter(mapping -> mapping.isTold().test(project)).map(PersonMapping::table);
        return new Remembered(version, new Added(relations, told, people));
    }

    /** None when the module is at fault: all that is asked in the project passes here. */
    private static List<Relation> told(Relations module, Project project) {
        try {
            return List.copyOf(module.of(project));
        } catch (CallerException | DatabaseException e) {
            throw e; // it may do next time
        } catch (Exception | Error e) {
            LOG.error(
                    "Fault {}: {} could not tell its relations in project {}.",
                    UUID.randomUUID(),
                    module.getClass().getName(),
                    project.slug(),
                    e);
            return List.of();
        }
    }

    /** The table that tells who is who, whether or not anything is told there as far as this node knows. */
    Optional<String> mapping() {
        return persons.map(PersonMapping::table);
    }

    /**
     * @param persons the table that tells who is who, once anything is told there
     * @param people what is known of them
     */
    record Added(List<Relation> relations, Optional<String> persons, Optional<TableRelation> people) {}

    private record Remembered(long version, Added added) {}
}
