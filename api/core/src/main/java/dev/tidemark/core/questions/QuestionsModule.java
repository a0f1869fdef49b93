package dev.tidemark.core.questions;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Relation;
import graphql.TrivialDataFetcher;
import java.util.List;

/** Collections, their events, and numbers about them, by names that are strings. */
public final class QuestionsModule implements AnalyticsModule {

    private final QuestionEngine questions;
    private final Catalogs catalogs;

    public QuestionsModule(QuestionEngine questions, Catalogs catalogs) {
        this.questions = questions;
        this.catalogs = catalogs;
    }

    @Override
    public String name() {
        return "questions";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        questions.limit(context.setting(
                "timeout", QuestionEngine.TIME_LIMIT, "How long the database may work on one question."));
        var collections = new CollectionResolvers(questions, catalogs, context.databases());
        var events = new EventResolvers(questions);
        var explanations = new ExplainResolvers(questions);
        var aggregates = new AggregateResolvers(questions);
        return Contribution.builder()
                .resolver("Query", "collections", collections::collections)
                .resolver("Query", "collection", collections::collection)
                .resolver("Collection", "columns", (TrivialDataFetcher<List<Relation.Column>>)
                        CollectionResolvers::columns)
                .resolver("Collection", "eventCount", collections::eventCount)
                .resolver("Collection", "firstEvent", collections::firstEvent)
                .resolver("Collection", "lastEvent", collections::lastEvent)
                .batchLoader(CollectionResolvers.TOTALS, collections.totals())
                .resolver("Query", "events", events::events)
                .node("Event", events::event)
                .resolver("EventConnection", "explain", explanations::page)
                .resolver("Query", "aggregate", aggregates::aggregate)
                .resolver("Group", "people", aggregates::people)
                .resolver("Group", "events", aggregates::events)
                .resolver("Aggregation", "explain", explanations::aggregation)
                .live("aggregate", aggregates::live)
                .build();
    }
}
