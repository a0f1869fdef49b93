package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.faults.Codes;
import dev.tidemark.core.schema.faults.RequestRefused;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashSet;
import java.util.Set;

/**
 * A subscription has one field, so a condition on it makes no sense; GraphQL forbids it since September 2025.
 * graphql-java 26.0 neither knows the rule nor survives such a document.
 */
final class SubscriptionRoot {

    private static final Set<String> CONDITIONS = Set.of("skip", "include");

    private final Document document;
    private final Set<String> seen = new HashSet<>();

    private SubscriptionRoot(Document document) {
        this.document = document;
    }

    /** @throws RequestRefused when the field of a subscription, or a fragment around it, has a condition */
    static void check(Document document) {
        var root = new SubscriptionRoot(document);
        document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> operation.getOperation() == Operation.SUBSCRIPTION)
                .forEach(operation -> root.check(operation.getSelectionSet()));
    }

    private void check(SelectionSet selections) {
        selections.getSelections().forEach(this::check);
    }

    private void check(Selection<?> selection) {
        if (selection instanceof DirectivesContainer<?> container
                && container.getDirectives().stream().anyMatch(each -> CONDITIONS.contains(each.getName()))) {
            throw RequestRefused.document(
                    "The field of a subscription cannot be left out: take @skip and @include away from it.",
                    Codes.VALIDATION_FAILED);
        }
        switch (selection) {
            case InlineFragment fragment -> check(fragment.getSelectionSet());
            case FragmentSpread spread
            when seen.add(spread.getName()) ->
                document.getDefinitionsOfType(FragmentDefinition.class).stream()
                        .filter(fragment -> spread.getName().equals(fragment.getName()))
                        .forEach(fragment -> check(fragment.getSelectionSet()));
            default -> {}
        }
    }
}
