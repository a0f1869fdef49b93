package dev.tidemark.core.schema.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.documents.UnknownNames.Unknown;
import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.core.schema.faults.Codes;
import dev.tidemark.core.schema.faults.RequestRefused;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorClassification;
import graphql.validation.ValidationErrorType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Parses and validates documents, and remembers those that were valid. */
public final class Documents {

    /** A parsed document takes some fifty times the memory of its text. */
    private static final long REMEMBERED_CHARACTERS = 1_000_000;

    private static final Set<ValidationErrorClassification> TOO_COMPLEX =
            Set.of(ValidationErrorType.MaxQueryDepthExceeded, ValidationErrorType.MaxQueryFieldsExceeded);

    /** @param schema only its identity: a schema that was replaced must not live on here */
    private record Key(Object schema, String text) {}

    private final Limits limits;
    private final Cache<Key, Document> valid = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_CHARACTERS)
            .weigher((Key key, Document document) -> key.text().length())
            .build();

    public Documents(Limits limits) {
        this.limits = limits;
    }

    /**
     * The document, known to fit the schema.
     *
     * @throws RequestRefused when the document is too large, cannot be parsed or does not fit the schema
     */
    public Document parsed(ExecutableSchema schema, String text, Caller caller) {
        var key = new Key(schema.identity(), text);
        var known = valid.getIfPresent(key);
        if (known != null) {
            return known;
        }
        var document = parse(text);
        validate(schema.schema(), document, caller);
        valid.put(key, document);
        return document;
    }

    private Document parse(String text) {
        var bounds = DocumentBounds.of(limits, text);
        bounds.check(text);
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .locale(Locale.ENGLISH)
                    .parserOptions(bounds.parserOptions())
                    .build());
        } catch (ParseCancelledException e) {
            throw RequestRefused.tooComplex(bounds.tooManyTokens());
        } catch (ParseCancelledTooDeepException e) {
            throw RequestRefused.tooComplex("The document is nested too deeply: ask for less at once.");
        } catch (InvalidSyntaxException e) {
            throw new RequestRefused(Stage.DOCUMENT, List.of(coded(e.toInvalidSyntaxError(), Codes.PARSE_FAILED)));
        }
    }

    private static void validate(GraphQLSchema schema, Document document, Caller caller) {
        SubscriptionRoot.check(document);
        try {
            var errors = ParseAndValidate.validate(schema, document, Locale.ENGLISH);
            if (!errors.isEmpty()) {
                // who may not read the schema is not told what it has instead
                var unknown = caller.may(Scope.READ) ? UnknownNames.in(schema, document) : List.<Unknown>of();
                throw new RequestRefused(Stage.DOCUMENT, told(unknown, errors));
            }
        } catch (GoodFaithIntrospectionExceeded e) {
            throw RequestRefused.tooComplex(
                    "This asks for more of the schema than a tool would: ask each introspection field once, and not in"
                            + " circles.");
        }
    }

    /** Names that are not there, and what else is wrong. */
    private static List<CodedError> told(List<Unknown> unknown, List<ValidationError> errors) {
        var others = errors.stream().filter(error -> unknown.stream().noneMatch(each -> each.tells(error)));
        return Stream.concat(unknown.stream().map(Documents::coded), others.map(Documents::coded))
                .toList();
    }

    private static CodedError coded(Unknown unknown) {
        return new CodedError(unknown.message(), Codes.VALIDATION_FAILED).at(null, List.of(unknown.location()));
    }

    private static CodedError coded(ValidationError error) {
        return TOO_COMPLEX.contains(error.getValidationErrorType())
                ? new CodedError(error.getMessage() + ": ask for less at once.", ErrorCode.QUERY_TOO_COMPLEX)
                : coded(error, Codes.VALIDATION_FAILED);
    }

    private static CodedError coded(GraphQLError error, String code) {
        return new CodedError(error.getMessage(), code).at(null, error.getLocations());
    }
}
