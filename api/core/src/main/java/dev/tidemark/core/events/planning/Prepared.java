package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request, ready to be written: rows, dead letters, and an outcome for each submission as far as it is known. */
public final class Prepared {

    private final Project project;
    private final Catalog catalog;
    private final List<Admitted> admitted;
    private final Origin origin;
    private final List<TableRows> tables;
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();
    private final @Nullable Outcome[] outcomes;
    private boolean keepsLetters = true;
    private int lettersKept;

    Prepared(Project project, Catalog catalog, List<Admitted> admitted, Origin origin, Collection<TableRows> tables) {
        this.project = project;
        this.catalog = catalog;
        this.admitted = admitted;
        this.origin = origin;
        this.tables = List.copyOf(tables);
        this.outcomes = new Outcome[admitted.size()];
    }

    Project project() {
        return project;
    }

    /** The snapshot that the rows were encoded by. */
    public Catalog catalog() {
        return catalog;
    }

    public List<TableRows> tables() {
        return tables;
    }

    /** To be kept. */
    public List<DeadLetter> letters() {
        return keepsLetters ? letters : List.of();
    }

    /** What is refused has a dead letter already. */
    public void refuseAgain() {
        keepsLetters = false;
    }

    /** Notes how many of the letters, from the first on, were kept. */
    public void kept(int count) {
        lettersKept = count;
    }

    void refuse(int submission, DeadLetter letter) {
        letters.add(letter);
        refused.add(submission);
    }

    /** Takes out a row that the database refuses. */
    public void leaveOut(TableRows rows, int row, Refusal reason) {
        rows.leaveOut(row);
        if (admitted.get(rows.submission(row)) instanceof Admitted.Accepted accepted) {
            refuse(rows.submission(row), DeadLetter.of(origin, accepted.event(), reason));
        }
    }

    /** The outcomes as they will be if the transaction commits; rows know their ids by now. */
    public List<Outcome> outcomes() {
        for (var rows : tables) {
            for (int row = 0; row < rows.count(); row++) {
                if (!rows.isLeftOut(row)) {
                    outcomes[rows.submission(row)] = rows.outcome(row);
                }
            }
        }
        for (int i = 0; i < letters.size(); i++) {
            outcomes[refused.get(i)] = new Outcome.Refused(letters.get(i).reason(), !keepsLetters || i < lettersKept);
        }
        return Arrays.asList(Arrays.copyOf(outcomes, outcomes.length));
    }

    public int events() {
        return outcomes.length;
    }

    public long bytes() {
        long bytes = 0;
        for (var rows : tables) {
            bytes += rows.buffer().size();
        }
        for (var letter : letters()) {
            bytes += letter.raw().length();
        }
        return bytes;
    }
}
