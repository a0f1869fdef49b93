package dev.tidemark.spi;

import static dev.tidemark.spi.SqlFragment.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that people did often enough: a value of GraphQL's input {@code CustomerBehaviour}, also as {@link Questions#arguments}
 * gives it back.
 *
 * @param collection its name, in any spelling
 * @param where which of its events count; empty: all
 * @param count at least so often, 1 or more
 * @param within how long ago at most; empty: ever
 */
public record Behaviour(String collection, Optional<Arguments> where, int count, Optional<Duration> within) {

    private static final String DID = "did";
    private static final int MOST = 10;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Whether an input says anything of what people did: it takes long to find out. */
    public static boolean areAsked(Arguments input) {
        return !input.objects(DID, MOST).isEmpty();
    }

    /**
     * Who did all that the list {@code did} of an input says, as filters on column {@code _person} of a relation of people.
     *
     * @param people the name of the relation, whose key that column is
     * @param known what else must hold there of those who are looked for: to count what few did takes less than to count what all did
     * @throws CallerException for what does not fit the events, and for more than 10, with the path {@code did}
     */
    public static List<Filter> filters(
            Arguments input, String people, Filter known, Questions questions, Project project, Instant now) {
        var behaviours = input.objects(DID, MOST);
        if (behaviours.isEmpty()) {
            return List.of();
        }
        var among = among(people, known, questions, project);
        var filters = new ArrayList<Filter>();
        for (int i = 0; i < behaviours.size(); i++) {
            try {
                filters.add(of(behaviours.get(i)).filter(among, questions, project, now));
            } catch (CallerException e) {
                throw e.within(DID, Integer.toString(i));
            }
        }
        return filters;
    }

    /** Empty: anybody may. */
    private static Optional<SqlFragment> among(String people, Filter known, Questions questions, Project project) {
        if (known.equals(Filter.ALL)) {
            return Optional.empty();
        }
        var relation = questions.sqlRelation(project, List.of(people));
        return Optional.of(sql(
                "select {} from {} where {}",
                relation.named(EventCollection.PERSON).expression(),
                relation.table(),
                relation.condition(known)));
    }

    private static Behaviour of(Arguments input) {
        int count = input.number("count").orElse(1);
        if (count < 1) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "At least once: count is 1 or more.", "count");
        }
        return new Behaviour(
                input.required("collection"),
                input.object("where"),
                count,
                input.text("within").map(Behaviour::within));
    }

    private static Duration within(String text) {
        var within = Duration.parse(text);
        if (!within.isPositive() || within.compareTo(LONGEST) > 0) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "within is longer than nothing and at most " + LONGEST.toDays() + " days: leave it out for ever.",
                    "within");
        }
        return within;
    }

    private Filter filter(Optional<SqlFragment> among, Questions questions, Project project, Instant now) {
        var events = among.map(people -> questions.eventsOf(project, collection, people))
                .orElseGet(() -> questions.sqlRelation(project, List.of(collection)));
        var time = events.named(EventCollection.TIME).expression();
        var person = events.named(EventCollection.PERSON).expression();
        var filter = where.map(questions::filter).orElse(Filter.ALL);
        var since = within.map(ago -> sql(
                        "{} >= {}",
                        time,
                        SqlFragment.value(new SqlFragment.Parameter(ColumnType.TIMESTAMP, now.minus(ago)))))
                .orElse(sql("true"));
        return new Filter.InQuery(
                EventCollection.PERSON,
                sql("""
                        select {}
                        from {}
                        where {} and {}
                        group by 1
                        having count(*) >= {}\
                        """, person, events.table(), events.condition(filter), since, SqlFragment.number(count)));
    }
}
