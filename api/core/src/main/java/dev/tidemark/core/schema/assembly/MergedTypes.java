package dev.tidemark.core.schema.assembly;

import graphql.language.DirectiveDefinition;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All definitions of all modules, and who defined what. */
final class MergedTypes {

    /** A field of an object type. */
    record OwnedField(String module, String type, FieldDefinition definition) {

        String name() {
            return type + "." + definition.getName();
        }
    }

    private final Consumer<Problem> problems;
    private final TypeDefinitionRegistry registry = new TypeDefinitionRegistry();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, String> members = new HashMap<>();
    private final Map<String, OwnedField> fields = new LinkedHashMap<>();
    private final Set<String> abstractTypes = new TreeSet<>();
    private final Set<String> nodes = new TreeSet<>();

    MergedTypes(Collection<ParsedPart> parts, Consumer<Problem> problems) {
        this.problems = problems;
        parts.forEach(part -> part.definitions().forEach(definition -> add(part.module(), definition)));
    }

    TypeDefinitionRegistry registry() {
        return registry;
    }

    /** The fields of all object types, by {@code Type.field}. */
    Map<String, OwnedField> fields() {
        return fields;
    }

    List<OwnedField> fieldsOf(String type) {
        return fields.values().stream()
                .filter(field -> field.type().equals(type))
                .toList();
    }

    /** The interfaces and unions. */
    Set<String> abstractTypes() {
        return abstractTypes;
    }

    /** The object types that implement {@code Node}. */
    Set<String> nodes() {
        return nodes;
    }

    /** Who defined a type; empty for one of graphql-java's own. */
    Optional<String> owner(String type) {
        return Optional.ofNullable(owners.get(type));
    }

    private void add(String module, SDLDefinition<?> definition) {
        if (!(definition instanceof NamedNode<?> named)) {
            return;
        }
        if (!(definition instanceof SDLExtensionDefinition) && isTaken(module, definition, ParsedPart.name(named))) {
            return;
        }
        if (definition instanceof InterfaceTypeDefinition || definition instanceof UnionTypeDefinition) {
            abstractTypes.add(ParsedPart.name(named));
        }
        members(definition).forEach(member -> addMember(module, ParsedPart.name(named), member));
        if (definition instanceof ObjectTypeDefinition object) {
            addFields(module, object);
            if (object.getImplements().stream()
                    .anyMatch(type ->
                            type instanceof TypeName name && name.getName().equals("Node"))) {
                nodes.add(object.getName());
            }
        }
        registry.add(definition);
    }

    private boolean isTaken(String module, SDLDefinition<?> definition, String name) {
        var key = definition instanceof DirectiveDefinition ? "@" + name : name;
        var owner = owners.putIfAbsent(key, module);
        if (owner == null) {
            return false;
        }
        var remedy = RootType.isOne(name)
                ? "write \"extend type " + name + "\""
                : "choose another name, or extend it with \"extend type " + name + "\"";
        problems.accept(new Problem(module, key + " is already defined by module " + owner + ": " + remedy + "."));
        return true;
    }

    private void addMember(String module, String type, String member) {
        var name = type + "." + member;
        var owner = members.putIfAbsent(name, module);
        if (owner != null) {
            problems.accept(
                    new Problem(module, name + " is already defined by module " + owner + ": choose another name."));
        }
    }

    private void addFields(String module, ObjectTypeDefinition object) {
        for (var definition : object.getFieldDefinitions()) {
            var field = new OwnedField(module, object.getName(), definition);
            fields.putIfAbsent(field.name(), field);
        }
    }

    private static List<String> members(SDLDefinition<?> definition) {
        return switch (definition) {
            case ImplementingTypeDefinition<?> type ->
                type.getFieldDefinitions().stream()
                        .map(FieldDefinition::getName)
                        .toList();
            case InputObjectTypeDefinition type ->
                type.getInputValueDefinitions().stream()
                        .map(value -> value.getName())
                        .toList();
            case EnumTypeDefinition type ->
                type.getEnumValueDefinitions().stream()
                        .map(value -> value.getName())
                        .toList();
            default -> List.of();
        };
    }

    /** Root types that no module extends do not exist: a type without fields is none. */
    void leaveOutEmptyRoots() {
        for (var root : List.of(RootType.MUTATION, RootType.SUBSCRIPTION)) {
            if (fieldsOf(root).isEmpty()) {
                registry.remove(Objects.requireNonNull(registry.getTypeOrNull(root)));
            }
        }
    }
}
