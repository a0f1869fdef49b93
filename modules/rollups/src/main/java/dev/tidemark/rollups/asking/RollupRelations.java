package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relations;
import java.util.List;

/** The rollups of each project, as the database has them. */
public record RollupRelations(
        Questions questions, People people, Databases databases, DefinitionStore definitions, ProgressStore progress)
        implements Relations {

    @Override
    public List<Relation> of(Project project) {
        return databases.of(project).transaction(connection -> {
            var ready = progress.ready(connection);
            return definitions.all(connection).stream()
                    .<Relation>map(rollup ->
                            new RollupRelation(questions, people, project, rollup, ready.contains(rollup.name())))
                    .toList();
        });
    }
}
