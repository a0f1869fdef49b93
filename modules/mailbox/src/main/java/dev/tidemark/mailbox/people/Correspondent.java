package dev.tidemark.mailbox.people;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.util.Optional;

/** One side of a mailbox: the customer whose it is, or the project in its dealings with that customer. */
public record Correspondent(Project project, String customer, Side side) {

    /**
     * The side on which a caller stands: with a token its customer's, with a key the project's.
     *
     * @param named whose mailbox; a token need not say
     * @throws CallerException when it is another customer's, or nobody's
     */
    public static Correspondent of(Caller caller, Optional<String> named) {
        var own = caller.customer();
        if (own.isPresent()) {
            if (named.isPresent() && !named.equals(own)) {
                throw new CallerException(
                        ErrorCode.FORBIDDEN, "This token is another customer's: leave out customer.", "customer");
            }
            return new Correspondent(caller.project(), own.get(), Side.CUSTOMER);
        }
        var customer = named.orElseThrow(() -> new CallerException(
                ErrorCode.BAD_USER_INPUT, "Name the customer: only a customer's token stands for one.", "customer"));
        return new Correspondent(caller.project(), Bounds.customer(customer), Side.PROJECT);
    }
}
