package dev.tidemark.rollups.definition;

import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Relation.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is rolled up, and how.
 *
 * @param collection the name of its table
 * @param condition what {@code where} was made of, as JSON; empty: all events count
 * @param where only events that pass count
 * @param keep how long buckets are kept; empty: for ever
 * @param cascade the name of the rollup of whose rows this one is made; empty: it is made of events
 */
public record Rollup(
        String name,
        String collection,
        List<Column> dimensions,
        Bucket bucket,
        List<Kept> measures,
        Optional<String> condition,
        Filter where,
        Optional<Duration> keep,
        Optional<String> cascade) {

    public Rollup {
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
    }

    /** The name of the one that follows commits: its own, or that of the one that it is made of. */
    public String follower() {
        return cascade.orElse(name);
    }

    /** The name of its table. */
    public String table() {
        return table(name);
    }

    public static String table(String name) {
        return "_rollup_" + name;
    }

    /** Each once, in the order of the measures. */
    public List<Part> parts() {
        return measures.stream().flatMap(Kept::parts).distinct().toList();
    }

    /** Each once, in the order of the measures. */
    public List<SketchPart> sketches() {
        return measures.stream().flatMap(Kept::sketches).distinct().toList();
    }

    /** The columns of which something is kept, each once. */
    private List<Column> measured() {
        return measures.stream().map(Kept::column).distinct().toList();
    }

    /** The columns whose values are sketched, each once. */
    public List<Column> sketched() {
        return sketches().stream().map(SketchPart::of).distinct().toList();
    }

    /** Whether it keeps who people were when their events were rolled up. */
    public boolean isOfPersons() {
        return columns().contains(EventCollection.PERSON);
    }

    /** The names of the columns that it has as dimensions or keeps something of. */
    public List<String> columns() {
        return Stream.concat(dimensions.stream(), measured().stream())
                .map(Column::name)
                .toList();
    }

    public Optional<Column> dimension(String nameOrLabel) {
        return dimensions.stream()
                .filter(column -> column.isCalled(nameOrLabel))
                .findFirst();
    }
}
