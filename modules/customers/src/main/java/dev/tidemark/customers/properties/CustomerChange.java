package dev.tidemark.customers.properties;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.PropertyTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one customer's properties: all of it, or nothing. It happens in the order of the components.
 *
 * @param customer any id of theirs
 * @param set replaces what is there
 * @param setOnce is for what is not there yet
 * @param increment numbers that are added; nothing is 0
 * @param append lists that are added at the end of lists; nothing is an empty one
 * @param unset labels of what is taken away
 */
public record CustomerChange(
        String customer,
        Map<String, Object> set,
        Map<String, Object> setOnce,
        Map<String, Object> increment,
        Map<String, Object> append,
        List<String> unset) {

    /** @throws CallerException with the path of what is wrong */
    static CustomerChange of(Arguments input, PropertyTable table) {
        var set = object(input, "set");
        var unset = new ArrayList<>(input.texts("unset"));
        set.forEach((label, value) -> {
            if (value == null) {
                unset.add(label);
            }
        });
        return new CustomerChange(
                Customer.id(input.required("id"), "id"),
                flat(table, set, "set"),
                flat(table, object(input, "setOnce"), "setOnce"),
                flat(table, object(input, "increment"), "increment"),
                lists(flat(table, object(input, "append"), "append")),
                unset);
    }

    /** All values that may need columns. */
    List<Map<String, Object>> values() {
        return List.of(set, setOnce, increment, append);
    }

    private static Map<String, Object> lists(Map<String, Object> values) {
        var lists = new LinkedHashMap<String, Object>();
        values.forEach((label, value) -> lists.put(label, value instanceof List ? value : List.of(value)));
        return lists;
    }

    private static Map<String, Object> flat(
            PropertyTable table, Map<String, @Nullable Object> values, String argument) {
        try {
            return table.flat(values);
        } catch (CallerException e) {
            throw e.within(argument);
        }
    }

    private static Map<String, @Nullable Object> object(Arguments input, String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        switch (input.value(name).orElse(Map.of())) {
            case Map<?, ?> members -> members.forEach((label, value) -> object.put(label.toString(), value));
            default ->
                throw new CallerException(
                        ErrorCode.BAD_USER_INPUT, name + " is an object: values by the names of properties.", name);
        }
        return object;
    }
}
