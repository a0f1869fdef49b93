package dev.tidemark.core.live;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.LiveQuestion.Read;
import dev.tidemark.spi.PeopleAsked;
import dev.tidemark.spi.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which commits may change the answer to a question. What modules keep in relations of their own may be of people. */
final class Interest {

    private final boolean isAll;
    private final boolean isOfPeople;
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
        var isOfPeople = isAll;
        for (var read : reads) {
            var collections = questions.collections(project, List.of(read.relation()));
            var isCollection = collections.equals(List.of(read.relation()));
            isOfPeople |= read.dependsOnPeople() || !isCollection;
            if (isCollection && isTested(read.filter())) {
                var test = questions.test(project, read.relation(), read.filter());
                parts.add(new Part(test, recent.apply(test.collection())));
            } else {
                whole.addAll(collections);
                isAll |= collections.isEmpty();
            }
        }
        this.isAll = isAll;
        this.isOfPeople = isOfPeople;
    }

    /** Whether what is known now may make a difference to who knew the answer then. */
    boolean isIn(Commits now, Commits then) {
        return now.changedSince(then).anyMatch(this::reads)
                || now.addedTo(then)
                        .anyMatch(collection -> isAll || whole.contains(collection) || isInPart(collection, now, then));
    }

    private boolean reads(String changed) {
        return changed.equals(Commits.PEOPLE)
                ? isOfPeople
                : isAll || whole.contains(changed) || parts.stream().anyMatch(part -> part.isOf(changed));
    }

    private boolean isInPart(String collection, Commits now, Commits then) {
        return parts.stream()
                .filter(part -> part.isOf(collection))
                .anyMatch(part -> part.recent().anyPasses(then.last(), now.last(), part.test()));
    }

    /** Who is behind an event, and what they are, is not known in memory; and where all pass, nothing need be looked at. */
    private static boolean isTested(Filter filter) {
        return !filter.equals(Filter.ALL) && !PeopleAsked.in(filter);
    }
}
