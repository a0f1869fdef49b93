package dev.tidemark.core.live;

import dev.tidemark.spi.LiveQuestion;

/** A question of one field. Those with the same identity are equal. */
record Followed(String field, LiveQuestion question) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Followed followed
                && field.equals(followed.field)
                && question.identity().equals(followed.question.identity());
    }

    @Override
    public int hashCode() {
        return 31 * field.hashCode() + question.identity().hashCode();
    }
}
