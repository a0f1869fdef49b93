package dev.tidemark.rollups;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What rows of another rollup come to in one row.
 *
 * @param sketches those to merge, of each place
 */
record CascadeGroup(String time, UUID key, List<@Nullable String> values, List<List<Object>> sketches)
        implements Draft {

    /** As {@link CascadeRows#sketched} has it. */
    static CascadeGroup of(Rollup rollup, ResultSet row) throws SQLException {
        var columns = new RollupTable(rollup).columns().size();
        var values = new ArrayList<@Nullable String>();
        for (int i = 1; i <= columns; i++) {
            values.add(row.getString(i));
        }
        var sketches = new ArrayList<List<Object>>();
        for (int i = 1; i <= rollup.sketches().size(); i++) {
            sketches.add(Arrays.stream((Object[]) row.getArray(columns + i).getArray())
                    .filter(Objects::nonNull)
                    .toList());
        }
        return new CascadeGroup(
                String.valueOf(values.getFirst()),
                RowKey.of(values.subList(1, 1 + rollup.dimensions().size())),
                Collections.unmodifiableList(values),
                sketches);
    }

    @Override
    public void addTo(int place, Sketch sketch) {
        sketches.get(place).forEach(sketch::merge);
    }
}
