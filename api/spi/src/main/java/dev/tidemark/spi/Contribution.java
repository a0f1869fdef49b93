package dev.tidemark.spi;

import graphql.schema.DataFetcher;
import graphql.schema.TypeResolver;
import io.helidon.webserver.http.HttpService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dataloader.MappedBatchLoaderWithContext;

/**
 * All that a module adds, as an immutable value, so that the engine can log, sort, check and refuse it before it uses it.
 *
 * @param resolvers by {@code Type.field}
 * @param typeResolvers by the name of an interface or union
 * @param nodes by the name of a type that implements {@code Node}
 * @param properties that the mappers add to events
 * @param readers by the source of what they read, as {@link Origin} has it
 * @param live by the field of GraphQL's type {@code Live}
 * @param routes by the prefix of their addresses
 * @param tokens who reads them, by the mark with which they begin
 * @param personRecords by the names under which they are told
 * @param personProperties the name of the relation with what is known of people
 */
public record Contribution(
        Map<String, DataFetcher<?>> resolvers,
        Map<String, TypeResolver> typeResolvers,
        Map<String, NodeResolver> nodes,
        Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders,
        List<AddedProperty> properties,
        List<EventMapper> mappers,
        List<EventValidator> validators,
        Map<String, EventReader> readers,
        List<EventListener> listeners,
        List<CollectionListener> collectionListeners,
        List<ExpiryGuard> expiryGuards,
        List<ErasureListener> erasureListeners,
        List<PropertyListener> propertyListeners,
        List<Job> jobs,
        Map<String, HttpService> routes,
        List<Relations> relations,
        List<QuestionRewriter> rewriters,
        Map<String, LiveQuestions> live,
        Map<String, TokenReader> tokens,
        Optional<EventFeeds> eventFeeds,
        Optional<PersonMapping> personMapping,
        Optional<String> personProperties,
        Map<String, PersonRecords> personRecords,
        List<PersonListener> personListeners) {

    public static Builder builder() {
        return new Builder();
    }

    /** Gathers a contribution. What is added twice under one name is refused at once. */
    public static final class Builder {

        private final Map<String, DataFetcher<?>> resolvers = new LinkedHashMap<>();
        private final Map<String, TypeResolver> typeResolvers = new LinkedHashMap<>();
        private final Map<String, NodeResolver> nodes = new LinkedHashMap<>();
        private final Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders = new LinkedHashMap<>();
        private final Map<String, AddedProperty> properties = new LinkedHashMap<>();
        private final List<EventMapper> mappers = new ArrayList<>();
        private final List<EventValidator> validators = new ArrayList<>();
        private final Map<String, EventReader> readers = new LinkedHashMap<>();
        private final List<EventListener> listeners = new ArrayList<>();
        private final List<CollectionListener> collectionListeners = new ArrayList<>();
        private final List<ExpiryGuard> expiryGuards = new ArrayList<>();
        private final List<ErasureListener> erasureListeners = new ArrayList<>();
        private final List<PropertyListener> propertyListeners = new ArrayList<>();
        private final List<Job> jobs = new ArrayList<>();
        private final Map<String, HttpService> routes = new LinkedHashMap<>();
        private final List<Relations> relations = new ArrayList<>();
        private final List<QuestionRewriter> rewriters = new ArrayList<>();
        private final Map<String, LiveQuestions> live = new LinkedHashMap<>();
        private final Map<String, TokenReader> tokens = new LinkedHashMap<>();
        private final Map<String, PersonRecords> personRecords = new LinkedHashMap<>();
        private final List<PersonListener> personListeners = new ArrayList<>();

        private Optional<EventFeeds> eventFeeds = Optional.empty();
        private Optional<PersonMapping> personMapping = Optional.empty();
        private Optional<String> personProperties = Optional.empty();

        private Builder() {}

        /**
         * Resolves a field of the schema. It runs on a virtual thread and may block; what it throws nulls its own field. In
         * a mutation, a {@link CallerException} becomes an entry of the payload's {@code userErrors}. A subscription's
         * resolver returns a {@link Feed}.
         *
         * <p>A {@link graphql.TrivialDataFetcher}, which only computes, runs without a thread of its own and costs a request
         * nothing.
         *
         * <p>Fields whose parent value has a property, record component or map key of their name need no resolver.
         */
        public Builder resolver(String type, String field, DataFetcher<?> resolver) {
            return put(resolvers, type + "." + field, resolver);
        }

        /** Tells which object type a value of an interface or union has. */
        public Builder typeResolver(String type, TypeResolver resolver) {
            return put(typeResolvers, type, resolver);
        }

        /** Finds a thing by its id; each type that implements {@code Node} needs this. */
        public Builder node(String type, NodeResolver resolver) {
            return put(nodes, type, resolver);
        }

        /** Loads many values by their keys in one step; resolvers reach it by name, as a DataLoader of the request. */
        public Builder batchLoader(String name, MappedBatchLoaderWithContext<?, ?> loader) {
            return put(batchLoaders, name, loader);
        }

        /**
         * Declares a property that the mappers add to events, so that people know where the column comes from: the query
         * {@code modules} shows it. A strict collection takes it though nobody declared it there.
         */
        public Builder property(String name, ColumnType type, String description) {
            return put(properties, name, new AddedProperty(name, type, description));
        }

        public Builder mapper(EventMapper mapper) {
            mappers.add(mapper);
            return this;
        }

        public Builder validator(EventValidator validator) {
            validators.add(validator);
            return this;
        }

        /**
         * Reads dead letters of a source whose raw input is not in the shape of {@code POST /collect}, so that they can be
         * retried.
         *
         * @param source of the module's own, as its {@link Origin}s have it
         */
        public Builder reader(String source, EventReader reader) {
            return put(readers, source, reader);
        }

        public Builder listener(EventListener listener) {
            listeners.add(listener);
            return this;
        }

        public Builder collectionListener(CollectionListener listener) {
            collectionListeners.add(listener);
            return this;
        }

        public Builder expiryGuard(ExpiryGuard guard) {
            expiryGuards.add(guard);
            return this;
        }

        public Builder erasureListener(ErasureListener listener) {
            erasureListeners.add(listener);
            return this;
        }

        public Builder propertyListener(PropertyListener listener) {
            propertyListeners.add(listener);
            return this;
        }

        public Builder job(Job job) {
            jobs.add(job);
            return this;
        }

        /**
         * Serves HTTP below a prefix, such as {@code /v1}, which no other module may share. A {@link CallerException} is
         * answered as {@code application/problem+json} (RFC 9457).
         */
        public Builder route(String prefix, HttpService service) {
            return put(routes, prefix, service);
        }

        public Builder relations(Relations added) {
            relations.add(added);
            return this;
        }

        public Builder rewriter(QuestionRewriter rewriter) {
            rewriters.add(rewriter);
            return this;
        }

        /**
         * Lets people follow the answers to a kind of question. The module extends the GraphQL type {@code Live} by the field, of
         * type {@code LiveUpdate}, and the union {@code LiveValue} by the type of its rows; the engine resolves the field.
         */
        public Builder live(String field, LiveQuestions questions) {
            resolver("Live", field, LiveUpdates.TOLD);
            return put(live, field, questions);
        }

        /** Tells events as they are stored. Of several modules that do, the first by name is asked. */
        public Builder eventFeeds(EventFeeds feeds) {
            eventFeeds = Optional.of(feeds);
            return this;
        }

        /**
         * Lets people in by tokens of the module's own, which are texts of the form {@code mark_…}.
         *
         * @param mark of the module's own; {@code tmk} is that of keys
         */
        public Builder tokens(String mark, TokenReader reader) {
            return put(tokens, mark, reader);
        }

        /** Tells who is who. Of several modules that do, the first by name is asked. */
        public Builder personMapping(PersonMapping mapping) {
            personMapping = Optional.of(mapping);
            return this;
        }

        /**
         * Lets questions about events name what is known of the people behind them, as {@code _person.plan}; to someone of
         * whom nothing is known all of it is null. Of several modules that do, the first by name is asked.
         *
         * @param relation the name of one of the module's own that {@link Questions#table} made, whose only key is the
         *     person's id
         */
        public Builder personProperties(String relation) {
            personProperties = Optional.of(relation);
            return this;
        }

        /** Tells what the module keeps about people beside its relations, under a name of the module's own. */
        public Builder personRecords(String name, PersonRecords records) {
            return put(personRecords, name, records);
        }

        public Builder personListener(PersonListener listener) {
            personListeners.add(listener);
            return this;
        }

        public Contribution build() {
            return new Contribution(
                    ordered(resolvers),
                    ordered(typeResolvers),
                    ordered(nodes),
                    ordered(batchLoaders),
                    List.copyOf(properties.values()),
                    List.copyOf(mappers),
                    List.copyOf(validators),
                    ordered(readers),
                    List.copyOf(listeners),
                    List.copyOf(collectionListeners),
                    List.copyOf(expiryGuards),
                    List.copyOf(erasureListeners),
                    List.copyOf(propertyListeners),
                    List.copyOf(jobs),
                    ordered(routes),
                    List.copyOf(relations),
                    List.copyOf(rewriters),
                    ordered(live),
                    ordered(tokens),
                    eventFeeds,
                    personMapping,
                    personProperties,
                    ordered(personRecords),
                    List.copyOf(personListeners));
        }

        private <V> Builder put(Map<String, V> all, String name, V added) {
            if (all.putIfAbsent(name, added) != null) {
                throw new IllegalArgumentException(name + " is contributed twice.");
            }
            return this;
        }

        private static <V> Map<String, V> ordered(Map<String, V> map) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
    }
}
