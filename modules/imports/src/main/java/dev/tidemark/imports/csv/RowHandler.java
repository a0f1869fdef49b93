package dev.tidemark.imports.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/** Gathers the fields of a record, up to a size. */
final class RowHandler extends AbstractBaseCsvCallbackHandler<Row> {

    static final int LARGEST_ROW = 1 << 20;

    private List<String> fields = new ArrayList<>();
    private int characters;

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields = new ArrayList<>(Math.max(fields.size(), 1));
        characters = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        characters += length + 1;
        if (characters <= LARGEST_ROW) {
            fields.add(length == 0 ? "" : new String(buffer, offset, length));
        }
    }

    @Override
    protected Row buildRecord() {
        return new Row(getStartingLineNumber(), fields, characters <= LARGEST_ROW);
    }
}
