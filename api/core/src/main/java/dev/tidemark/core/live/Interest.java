package dev.tidemark.core.live;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.LiveQuestion.Read;
import dev.tidemark.spi.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which commits may change the answer to a question. */
final class Interest {

    private final boolean isAll;
    private final Set<String> whole = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    /** Some events of a collection. */
    private record Part(EventTest test, RecentEvents recent) {

        boolean isOf(String collection) {
            return test.collection().equals(collection);
        }
    }

    /**
     * @param reads what the question reads
     * @param recent the last events of a collection
     * @throws dev.tidemark.spi.CallerException for filters that do not fit
     */
    Interest(QuestionEngine questions, Project project, List<Read> reads, Function<String, RecentEvents> recent) {
        var isAll = reads.isEmpty();
        for (var read : reads) {
            var collections = questions.collections(project, List.of(read.relation()));
            if (collections.equals(List.of(read.relation())) && isTested(read.filter())) {
                var test = questions.test(project, read.relation(), read.filter());
                parts.add(new Part(test, recent.apply(test.collection())));
            } else {
                whole.addAll(collections);
                isAll |= collections.isEmpty();
            }
        }
        this.isAll = isAll;
    }

    /** Whether what is known now may make a difference to who knew the answer then. */
    boolean isIn(Commits now, Commits then) {
        return now.deletedFrom(then).anyMatch(this::reads)
                || now.addedTo(then)
                        .anyMatch(collection -> isAll || whole.contains(collection) || isInPart(collection, now, then));
    }

    private boolean reads(String collection) {
        return isAll || whole.contains(collection) || parts.stream().anyMatch(part -> part.isOf(collection));
    }

    private boolean isInPart(String collection, Commits now, Commits then) {
        return parts.stream()
                .filter(part -> part.isOf(collection))
                .anyMatch(part -> part.recent().anyPasses(then.last(), now.last(), part.test()));
    }

    /** Who is behind an event, and what they are, is not known in memory; and where all pass, nothing need be looked at. */
    private static boolean isTested(Filter filter) {
        return !filter.equals(Filter.ALL) && isKnown(filter);
    }

    private static boolean isKnown(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(Interest::isKnown);
            case Filter.Or(var filters) -> filters.stream().allMatch(Interest::isKnown);
            case Filter.Not(var negated) -> isKnown(negated);
            case Filter.IsSet set -> isKnown(set.column());
            case Filter.Compare compare -> isKnown(compare.column());
            case Filter.In in -> isKnown(in.column());
            case Filter.Matches matches -> isKnown(matches.column());
            case Filter.InGroup _, Filter.InQuery _ -> false;
        };
    }

    private static boolean isKnown(String column) {
        return !column.startsWith(EventCollection.PERSON);
    }
}
