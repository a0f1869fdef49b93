package dev.tidemark.core.catalog.tables;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.types.Fit;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.json.ExactValues;
import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A module's table whose columns are described in the catalogue, beside the collections. */
public final class ModuleTable implements PropertyTable {

    private final Catalogs catalogs;
    private final String name;
    private final ModuleTableStore store;

    public ModuleTable(Catalogs catalogs, String name, String key) {
        this.catalogs = catalogs;
        this.name = name;
        this.store = new ModuleTableStore(name, key);
    }

    @Override
    public List<Property> properties(Project project) {
        return columns(project)
                .map(columns -> columns.collection().properties())
                .orElse(List.of());
    }

    @Override
    public Optional<Property> property(Project project, String label) {
        return columns(project).flatMap(columns -> columns.byLabel(label));
    }

    @Override
    public Map<String, Object> flat(Map<String, ?> values) {
        var flat = new LinkedHashMap<String, Object>();
        Flattening.each(ExactValues.of(values), (label, value) -> {
            if (!isStorable(label) || !isStorable(value)) {
                throw new CallerException(ErrorCode.BAD_USER_INPUT, StorableText.REASON, label.split("\\.", 2)[0]);
            }
            flat.putIfAbsent(label, value);
        });
        return flat;
    }

    @Override
    public void prepare(Project project, Collection<Map<String, Object>> values) {
        var wanted = new LinkedHashMap<String, ColumnType>();
        values.forEach(row -> row.forEach((label, value) ->
                wished(project, label, value).ifPresent(type -> wanted.merge(label, type, Types::wider))));
        if (!wanted.isEmpty()) {
            catalogs.evolve(project, name, wanted);
        }
    }

    @Override
    public void make(Connection transaction, Collection<String> keys) throws SQLException {
        count(transaction, store.make(transaction, inOrder(keys)));
    }

    @Override
    public int delete(Connection transaction, Collection<String> keys) throws SQLException {
        var deleted = store.delete(transaction, inOrder(keys));
        count(transaction, deleted);
        return deleted;
    }

    @Override
    public long bytes(Connection transaction, Collection<String> keys) throws SQLException {
        return store.bytes(transaction, inOrder(keys));
    }

    @Override
    public Map<String, Map<String, Object>> lock(Project project, Connection transaction, Collection<String> keys)
            throws SQLException {
        return store.lock(
                transaction,
                properties(project),
                keys.stream().sorted().distinct().toList());
    }

    @Override
    public void write(Project project, Connection transaction, Map<String, Map<String, @Nullable Object>> changed)
            throws SQLException {
        var rows = new LinkedHashMap<String, ModuleRow>();
        for (var row : changed.entrySet()) {
            rows.put(row.getKey(), row(project, row.getValue()));
        }
        if (!rows.isEmpty()) {
            count(transaction, store.write(transaction, rows));
        }
    }

    private static void count(Connection transaction, int changed) throws SQLException {
        if (changed > 0) {
            PeopleChangeStore.count(transaction);
        }
    }

    /** The properties' own labels first, so that other spellings of them take nothing away. */
    private ModuleRow row(Project project, Map<String, @Nullable Object> values) {
        var row = new ModuleRow();
        var others = new LinkedHashMap<String, Property>();
        values.forEach((label, value) -> {
            var property = property(project, label);
            if (property.filter(known -> !known.label().equals(label)).isPresent()) {
                others.put(label, property.get());
            } else {
                row.put(label, value, property);
            }
        });
        others.forEach((label, property) -> row.put(label, values.get(label), Optional.of(property)));
        return row;
    }

    /** The type that a value needs and its column has not; none where no column can have it. */
    private Optional<ColumnType> wished(Project project, String label, Object value) {
        if (Names.propertyProblem(label).isPresent()) {
            return Optional.empty();
        }
        return property(project, label)
                .map(property -> Types.fit(property.type(), value) instanceof Fit.Widens(var to)
                        ? Optional.of(to)
                        : Optional.<ColumnType>empty())
                .orElseGet(() -> Types.infer(value));
    }

    /** In which everyone takes them, so that nobody waits in a circle. */
    private static List<String> inOrder(Collection<String> keys) {
        return keys.stream().sorted().distinct().toList();
    }

    private Optional<Columns> columns(Project project) {
        return catalogs.of(project).ofModule(name);
    }

    private static boolean isStorable(Object value) {
        return switch (value) {
            case String text -> StorableText.isStorable(text);
            case List<?> list -> list.stream().allMatch(element -> element == null || isStorable(element));
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), Optional.ofNullable(entry.getValue())))
                        .allMatch(ModuleTable::isStorable);
            case Optional<?> present -> present.isEmpty() || isStorable(present.get());
            default -> true;
        };
    }
}
