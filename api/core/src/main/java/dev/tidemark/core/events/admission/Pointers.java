package dev.tidemark.core.events.admission;

import java.util.Map;

/** From the dotted label of a flattened property back to its place in the event. */
public final class Pointers {

    private Pointers() {}

    /** A JSON pointer into the properties. */
    public static String to(String label, Map<?, ?> properties) {
        if (!properties.containsKey(label)) {
            for (int dot = label.indexOf('.'); dot > 0; dot = label.indexOf('.', dot + 1)) {
                var name = label.substring(0, dot);
                if (properties.get(name) instanceof Map<?, ?> object) {
                    return "/" + escaped(name) + to(label.substring(dot + 1), object);
                }
            }
        }
        return "/" + escaped(label);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
