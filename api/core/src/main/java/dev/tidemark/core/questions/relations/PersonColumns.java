package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.List;

/** What is known of the person behind an event, as columns of events: {@code _person.plan}. */
final class PersonColumns {

    private PersonColumns() {}

    /** Whether anything is known of anyone: what begins with an underscore is the module's own. */
    static boolean hasProperties(TableRelation people) {
        return people.columns().stream().anyMatch(column -> !column.name().startsWith("_"));
    }

    /** The columns of the relation that {@link Persons#joined} joins. */
    static List<SqlColumn> of(TableRelation people) {
        return people.columns().stream()
                .map(column -> new SqlColumn(
                        new Column(
                                EventCollection.OF_PERSON + column.name(),
                                EventCollection.OF_PERSON + column.label(),
                                column.type(),
                                column.declaration()),
                        sql("({}).{}", Persons.PROPERTIES, SqlFragment.name(column.name())),
                        false))
                .toList();
    }
}
