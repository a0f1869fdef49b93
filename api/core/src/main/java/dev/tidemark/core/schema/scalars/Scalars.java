package dev.tidemark.core.schema.scalars;

import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** How the scalars of {@code base.graphqls} are read and written. */
public final class Scalars {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    public static final List<GraphQLScalarType> ALL = List.of(
            scalar(
                    "DateTime",
                    new TextCoercing<>(
                            Instant.class,
                            "a moment such as 2026-11-21T09:30:00Z, of the years 1 to 9999",
                            Scalars::moment)),
            scalar("LocalDate", new TextCoercing<>(LocalDate.class, "a day such as 2026-11-21", LocalDate::parse)),
            scalar("Duration", new TextCoercing<>(Duration.class, "a duration such as PT1H30M", Duration::parse)),
            scalar(
                    "UUID",
                    new TextCoercing<>(
                            UUID.class, "a UUID such as 0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b", Scalars::uuid)),
            scalar("Long", new LongCoercing()),
            scalar("Decimal", new DecimalCoercing()),
            scalar("JSON", new JsonCoercing()));

    private Scalars() {}

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    /** Of a year that has four digits: PostgreSQL writes all others in its own way. */
    private static Instant moment(String text) {
        var moment = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        if (moment.getYear() < 1 || moment.getYear() > 9999) {
            throw new DateTimeException(text);
        }
        return moment.toInstant();
    }

    /** {@link UUID#fromString} alone would also take {@code 1-1-1-1-1}. */
    private static UUID uuid(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text);
    }
}
