package dev.tidemark.core.events.admission;

import dev.tidemark.core.catalog.partitions.TimeRange;
import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about each submission of one request, as far as that needs no catalogue. */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int MOST_CHARACTERS = 1_000;

    private final Pipeline pipeline;
    private final Project project;
    private final Origin origin;
    private final Instant now;

    public Admission(Pipeline pipeline, Project project, Origin origin, Instant now) {
        this.pipeline = pipeline;
        this.project = project;
        this.origin = origin;
        this.now = now;
    }

    public Admitted admit(Submission submission) {
        return switch (submission) {
            case Submission.Unreadable unreadable -> new Admitted.Rejected(DeadLetter.of(origin, unreadable));
            case Event event -> admit(event);
        };
    }

    private Admitted admit(Event sent) {
        var event = sent;
        for (var mapper : pipeline.mappers()) {
            try {
                event = Objects.requireNonNull(mapper.contributed().map(project, event, origin));
            } catch (Exception | Error e) {
                LOG.warn("A mapper of module {} failed on an event of project {}.", mapper.module(), project.slug(), e);
                return rejected(sent, "mapper_failed", "Module " + mapper.module() + " failed on this event.");
            }
        }
        if (!pipeline.mappers().isEmpty()) {
            event = Additions.harmless(sent, event);
        }
        for (var validator : pipeline.validators()) {
            try {
                var refusal = validator.contributed().validate(project, event, origin);
                if (refusal.isPresent()) {
                    return rejected(sent, refusal.get());
                }
            } catch (Exception | Error e) {
                LOG.warn("A validator of module {} failed in project {}.", validator.module(), project.slug(), e);
                return rejected(sent, "validator_failed", "Module " + validator.module() + " failed on this event.");
            }
        }
        var added = pipeline.mappers().isEmpty() ? Set.<String>of() : Additions.names(sent, event);
        return checked(sent, withoutBlanks(event), added);
    }

    private Admitted checked(Event sent, Event event, Set<String> added) {
        var time = event.time().orElse(origin.receivedAt());
        var refusal = TimeRange.check(time, now)
                .or(() -> identifier("user", event.user()))
                .or(() -> identifier("anonymous", event.anonymous()))
                .or(() -> identifier("messageId", event.messageId()))
                .or(() -> EventSize.check(event.properties()));
        return refusal.isPresent()
                ? rejected(sent, refusal.get())
                : new Admitted.Accepted(event, added, time, event.messageId().map(MessageHash::of));
    }

    /** SDKs send empty texts for what they do not know. */
    private static Event withoutBlanks(Event event) {
        if (!isBlank(event.user()) && !isBlank(event.anonymous()) && !isBlank(event.messageId())) {
            return event;
        }
        return new Event(
                event.collection(),
                event.time(),
                event.user().filter(user -> !user.isBlank()),
                event.anonymous().filter(anonymous -> !anonymous.isBlank()),
                event.messageId().filter(id -> !id.isBlank()),
                event.properties());
    }

    private static boolean isBlank(Optional<String> text) {
        return text.isPresent() && text.get().isBlank();
    }

    private static Optional<Refusal> identifier(String field, Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().length() > MOST_CHARACTERS) {
            return Optional.of(new Refusal(
                    field.equals("messageId") ? "bad_message_id" : "bad_" + field,
                    "/" + field,
                    field + " may have " + MOST_CHARACTERS + " characters."));
        }
        return StorableText.isStorable(text.get())
                ? Optional.empty()
                : Optional.of(new Refusal("not_storable", "/" + field, StorableText.REASON));
    }

    private Admitted rejected(Event sent, String code, String message) {
        return rejected(sent, new Refusal(code, "", message));
    }

    private Admitted rejected(Event sent, Refusal reason) {
        return new Admitted.Rejected(DeadLetter.of(origin, sent, reason));
    }
}
