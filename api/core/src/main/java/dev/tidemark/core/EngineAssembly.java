package dev.tidemark.core;

import dev.tidemark.core.events.admission.Pipeline;
import dev.tidemark.core.events.life.NamedGuard;
import dev.tidemark.core.jobs.Follower;
import dev.tidemark.core.jobs.NamedJob;
import dev.tidemark.core.modules.Contributed;
import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.modules.Modules;
import dev.tidemark.core.questions.QuestionEngine.NamedRewriter;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.assembly.Problem;
import dev.tidemark.core.schema.assembly.SchemaAssembly;
import dev.tidemark.core.schema.assembly.SchemaPart;
import dev.tidemark.spi.AddedProperty;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.EventFeeds;
import dev.tidemark.spi.LiveQuestions;
import dev.tidemark.spi.PersonListener;
import dev.tidemark.spi.PersonMapping;
import dev.tidemark.spi.PersonRecords;
import dev.tidemark.spi.PropertyListener;
import dev.tidemark.spi.Relations;
import dev.tidemark.spi.TokenReader;
import io.helidon.webserver.http.HttpService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All contributions put together. A plugin that does not fit is left out of every part, or of none. */
final class EngineAssembly {

    private final Modules modules;
    private final List<Contributed> taken = new ArrayList<>();
    private final ExecutableSchema schema;

    /** @throws IllegalStateException when what is in the box does not fit together */
    EngineAssembly(Modules modules, List<Contributed> contributed) {
        this.modules = modules;
        var assembled = SchemaAssembly.assemble(parts(contributed, false), parts(contributed, true));
        this.schema = assembled.schema();
        for (var module : contributed) {
            var problems = assembled.leftOut().get(module.name());
            if (problems == null) {
                taken.add(module);
            } else {
                leaveOut(module, problems);
            }
        }
    }

    ExecutableSchema schema() {
        return schema;
    }

    Map<String, HttpService> routes() {
        return byName(Contribution::routes);
    }

    Pipeline pipeline() {
        return new Pipeline(
                ofModules(Contribution::mappers),
                ofModules(Contribution::validators),
                byName(Contribution::readers),
                contributions().stream()
                        .flatMap(contribution -> contribution.properties().stream())
                        .map(AddedProperty::name)
                        .collect(Collectors.toSet()));
    }

    List<Contribution> contributions() {
        return taken.stream().map(Contributed::contribution).toList();
    }

    List<Relations> relations() {
        return all(Contribution::relations);
    }

    /** The questions whose answers can be followed, by the fields of {@code Live}. */
    Map<String, LiveQuestions> live() {
        return byName(Contribution::live);
    }

    /** Who reads which tokens, by their marks. */
    Map<String, TokenReader> tokens() {
        return byName(Contribution::tokens);
    }

    List<NamedRewriter> rewriters() {
        return taken.stream()
                .flatMap(module -> module.contribution().rewriters().stream()
                        .map(rewriter -> new NamedRewriter(module.name(), rewriter)))
                .toList();
    }

    Optional<EventFeeds> eventFeeds() {
        return first(Contribution::eventFeeds);
    }

    Optional<PersonMapping> personMapping() {
        return first(Contribution::personMapping);
    }

    Optional<String> personProperties() {
        return first(Contribution::personProperties);
    }

    Map<String, PersonRecords> personRecords() {
        return byName(Contribution::personRecords);
    }

    List<PersonListener> personListeners() {
        return all(Contribution::personListeners);
    }

    List<NamedJob> jobs() {
        return taken.stream()
                .flatMap(module -> module.jobs().entrySet().stream()
                        .map(job -> new NamedJob(module.name() + "." + job.getKey(), job.getValue())))
                .toList();
    }

    /** The modules that follow events. */
    List<String> listeners() {
        return taken.stream()
                .filter(module -> !module.contribution().listeners().isEmpty())
                .map(Contributed::name)
                .toList();
    }

    List<ErasureListener> erasureListeners() {
        return all(Contribution::erasureListeners);
    }

    List<PropertyListener> propertyListeners() {
        return all(Contribution::propertyListeners);
    }

    /** What holds back the expiry of events. */
    List<NamedGuard> guards() {
        return taken.stream()
                .flatMap(module -> module.contribution().expiryGuards().stream()
                        .map(guard -> new NamedGuard(module.name(), guard)))
                .toList();
    }

    List<Follower> followers(CommittedEvents events, Databases databases, LongSupplier nanos) {
        return taken.stream()
                .filter(module -> !module.contribution().listeners().isEmpty())
                .map(module -> new Follower(module.name(), module.contribution().listeners(), events, databases, nanos))
                .toList();
    }

    /** What became of each module, and of each plugin that was left out. */
    List<ModuleStatus> statuses() {
        var leftOut = modules.failures().stream()
                .map(failure -> new ModuleStatus(
                        failure.plugin(), Optional.of(failure.plugin()), Optional.of(failure.reason()), "", List.of()));
        return Stream.concat(taken.stream().map(Contributed::status), leftOut).toList();
    }

    private <T> List<T> all(Function<Contribution, List<T>> kind) {
        return contributions().stream().map(kind).flatMap(List::stream).toList();
    }

    private <T> Optional<T> first(Function<Contribution, Optional<T>> kind) {
        return contributions().stream().map(kind).flatMap(Optional::stream).findFirst();
    }

    private <T> Map<String, T> byName(Function<Contribution, Map<String, T>> kind) {
        Map<String, T> all = new TreeMap<>();
        contributions().stream().map(kind).forEach(all::putAll);
        return all;
    }

    private <T> List<Pipeline.OfModule<T>> ofModules(Function<Contribution, List<T>> kind) {
        return taken.stream()
                .flatMap(module -> kind.apply(module.contribution()).stream()
                        .map(added -> new Pipeline.OfModule<>(module.name(), added)))
                .toList();
    }

    private void leaveOut(Contributed module, List<Problem> problems) {
        var reason = problems.stream().map(Problem::sentence).collect(Collectors.joining(" "));
        modules.leaveOut(module.module().plugin().orElseThrow(), reason);
    }

    private static List<SchemaPart> parts(List<Contributed> modules, boolean plugins) {
        return modules.stream()
                .filter(module -> module.module().plugin().isPresent() == plugins)
                .map(module -> new SchemaPart(
                        module.name(), module.module().resources().schema(), module.contribution()))
                .toList();
    }
}
