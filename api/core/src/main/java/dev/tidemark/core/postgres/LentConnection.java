package dev.tidemark.core.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection within a transaction in which others write as well: whom it is lent to can neither end it nor move it elsewhere.
 * A module that rolls back would undo what others did, and all would be taken as done.
 */
public final class LentConnection implements InvocationHandler {

    private static final String INVALID_TERMINATION = "2D000";
    private static final Set<String> REFUSED =
            Set.of("commit", "rollback", "close", "abort", "setAutoCommit", "setSchema", "setReadOnly");

    private final Connection transaction;

    private LentConnection(Connection transaction) {
        this.transaction = transaction;
    }

    public static Connection of(Connection transaction) {
        return (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LentConnection(transaction));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (REFUSED.contains(method.getName()) && !isToSavepoint(arguments)) {
            throw new SQLException(
                    "The connection is lent within a transaction: " + method.getName() + " is its owner's to call.",
                    INVALID_TERMINATION);
        }
        try {
            return method.invoke(transaction, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isToSavepoint(Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof Savepoint;
    }
}
