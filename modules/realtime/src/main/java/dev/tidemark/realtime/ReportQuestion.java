package dev.tidemark.realtime;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks a report: what its groups are in the window, and what they are in each slide. */
final class ReportQuestion {

    /** How long after the end of a window it is asked: senders' events take their time to be committed. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final String EVENTS = "_events";

    private static final int MOST_GROUPS = 50;

    private final Questions questions;
    private final Project project;
    private final Report report;

    ReportQuestion(Questions questions, Project project, Report report) {
        this.questions = questions;
        this.project = project;
        this.report = report;
    }

    RealtimeAnswer answer() {
        return questions.read(project, this::answer);
    }

    private RealtimeAnswer answer(Snapshot snapshot) {
        var window = report.windowBefore(snapshot.asOf().minus(PATIENCE));
        var question = question(Map.of());
        var events = questions.sqlRelation(project, question.relations());
        var inWindow = question.where(new Filter.And(List.of(
                question.filter(),
                new Filter.Compare(EventCollection.TIME, Comparison.GTE, window.from()),
                new Filter.Compare(EventCollection.TIME, Comparison.LT, window.to()))));
        var total = inWindow.first(MOST_GROUPS, List.of(new Order(EVENTS, true)));
        var groups = events.answer(snapshot, total);
        var slides = question(Map.of(
                        "timeBucket",
                        List.of(Map.of("unit", report.unit().name(), "every", every())),
                        "fillGaps",
                        true))
                .where(new Filter.And(List.of(inWindow.filter(), among(total, groups.rows()))));
        return RealtimeAnswer.of(
                report,
                window,
                snapshot.asOf(),
                new RealtimeAnswer.Answered(total, groups.rows()),
                new RealtimeAnswer.Answered(
                        slides, events.answer(snapshot, slides).rows()));
    }

    private long every() {
        return switch (report.unit()) {
            case SECOND -> report.slide().toSeconds();
            case MINUTE -> report.slide().toMinutes();
            default -> report.slide().toHours();
        };
    }

    /** Events of the groups that are told, where there may be others. */
    private static Filter among(Aggregate question, List<List<@Nullable Object>> rows) {
        return rows.size() < MOST_GROUPS
                ? Filter.ALL
                : new Filter.Or(rows.stream().map(row -> in(question, row)).toList());
    }

    private static Filter in(Aggregate question, List<@Nullable Object> row) {
        var groupings = question.groupings();
        return new Filter.And(IntStream.range(0, groupings.size())
                .<Filter>mapToObj(i -> new Filter.InGroup(groupings.get(i), row.get(i)))
                .toList());
    }

    private Aggregate question(Map<String, Object> others) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>(others);
        arguments.put("collection", report.collection());
        arguments.put("where", report.where());
        arguments.put(
                "groupBy",
                report.dimensions().stream()
                        .map(dimension -> Map.of("property", dimension))
                        .toList());
        List<Object> measures = new ArrayList<>(report.measures());
        measures.add(Map.of("measure", "COUNT", "as", EVENTS));
        arguments.put("measures", measures);
        return (Aggregate) questions.question(project, "aggregate", arguments);
    }
}
