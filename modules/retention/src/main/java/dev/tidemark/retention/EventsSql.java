package dev.tidemark.retention;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.retention.RetentionQuestion.Action;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import dev.tidemark.spi.SqlRelation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events that retention is about. Columns: {@code h} and {@code p}, the person; {@code u}, the unit; {@code t} and
 * {@code i}, the order.
 */
final class EventsSql {

    private final RetentionQuestion question;
    private final List<String> relations;
    private final SqlRelation first;
    private final SqlRelation returning;
    private final SqlFragment isFirst;
    private final SqlFragment isReturning;
    private final Optional<SqlColumn> property;

    /** @throws CallerException with the path of the action or property at fault */
    EventsSql(Questions questions, Project project, RetentionQuestion question) {
        this.question = question;
        var ofFirst = names(questions, project, question.first());
        var ofReturning = names(questions, project, question.returning());
        this.relations =
                Stream.concat(ofFirst.stream(), ofReturning.stream()).distinct().toList();
        this.first = relation(questions, project, ofFirst, "first");
        this.returning = relation(questions, project, ofReturning, "returning");
        this.isFirst = condition(first, question.first(), "first");
        this.isReturning = condition(returning, question.returning(), "returning");
        this.property = question.breakdown().map(name -> {
            var column = first.named(name, "breakdown");
            if (!column.isScalar()) {
                throw column.cannotBe("grouped by", "use a property with a single value", "breakdown");
            }
            return column;
        });
    }

    /** Whose events are read. */
    List<String> relations() {
        return relations;
    }

    Optional<SqlColumn> property() {
        return property;
    }

    /** A value of that property. */
    SqlFragment value(Object value) {
        return first.value(property.orElseThrow(), value, "value");
    }

    /**
     * Those of the first action, and {@code v}, the property that divides people, if there is one.
     *
     * @param after only of people beyond that one
     */
    SqlFragment ofFirst(Optional<String> after) {
        return select(first, isFirst, after, property.map(column -> sql("{} as v", column.ordered())));
    }

    /** @param after only of people beyond that one */
    SqlFragment ofReturning(Optional<String> after) {
        return select(returning, isReturning, after, Optional.empty());
    }

    private SqlFragment select(
            SqlRelation relation, SqlFragment condition, Optional<String> after, Optional<SqlFragment> more) {
        var person = relation.named(EventCollection.PERSON);
        var time = relation.named(EventCollection.TIME).expression();
        var columns = new ArrayList<SqlFragment>();
        // numbers are sorted much quicker than names; the name decides where two have the same number
        columns.add(sql("hashtextextended({}, 0) as h", person.expression()));
        columns.add(sql("{} as p", person.ordered()));
        columns.add(sql("{} as u", question.calendar().unit(time)));
        columns.add(sql("{} as t", time));
        columns.add(sql("{} as i", relation.named(EventCollection.ID).expression()));
        more.ifPresent(columns::add);
        return sql(
                """
                select {}
                from {}
                where {} is not null
                and {} >= {}
                and {} < {}
                and {}{}\
                """,
                joined(", ", columns),
                relation.table(),
                person.expression(),
                time,
                instant(question.from()),
                time,
                instant(question.to()),
                condition,
                after.map(last -> sql("\nand {} > {}", person.ordered(), SqlFragment.text(last)))
                        .orElse(sql("")));
    }

    private static SqlRelation relation(Questions questions, Project project, List<String> names, String path) {
        try {
            return questions.sqlRelation(project, names);
        } catch (CallerException e) {
            throw e.within(path);
        }
    }

    private static SqlFragment condition(SqlRelation relation, Action action, String path) {
        try {
            return relation.condition(action.filter());
        } catch (CallerException e) {
            throw e.within(path);
        }
    }

    /** Any event is one of whatever has persons, times and ids. */
    private static List<String> names(Questions questions, Project project, Action action) {
        var names = action.collection()
                .map(List::of)
                .orElseGet(() -> questions.relations(project).stream()
                        .filter(Relation::isOfEvents)
                        .map(Relation::name)
                        .toList());
        if (names.isEmpty()) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "The project has no events yet.");
        }
        return names;
    }

    private static SqlFragment instant(Instant instant) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, instant));
    }
}
