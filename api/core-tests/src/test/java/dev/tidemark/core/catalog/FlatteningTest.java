package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.names.Flattening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatteningTest {

    @Test
    void nestedObjectsBecomeDottedLabels() {
        assertThat(flat(Map.of("a", Map.of("b", 1L)))).containsExactly("a.b=1");
    }

    @Test
    void whatIsDeeperThanThreeLevelsStaysAnObject() {
        assertThat(flat(Map.of("a", Map.of("b", Map.of("c", Map.of("d", 1L)))))).containsExactly("a.b.c={d=1}");
    }

    @Test
    void theOrderIsTheSenders() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("z", 1L);
        properties.put("y", Map.of("b", 2L));
        properties.put("x", List.of(3L));

        assertThat(flat(properties)).containsExactly("z=1", "y.b=2", "x=[3]");
    }

    @Test
    void nothingMakesNothing() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("null", null);
        properties.put("list", List.of());
        properties.put("list of null", Collections.singletonList(null));
        properties.put("object", Map.of());
        properties.put("object of nothing", Map.of("inner", List.of()));
        properties.put("list of null and more", Arrays.asList(null, 1L));

        assertThat(flat(properties)).containsExactly("list of null and more=[null, 1]");
    }

    @Test
    void oneLabelCanComeTwice() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("a.b", 1L);
        properties.put("a", Map.of("b", 2L));

        assertThat(flat(properties)).containsExactly("a.b=1", "a.b=2");
    }

    private static List<String> flat(Map<String, Object> properties) {
        var flat = new ArrayList<String>();
        Flattening.each(properties, (label, value) -> flat.add(label + "=" + value));
        return flat;
    }
}
