/**
 * A customer's browser has a token ({@link dev.tidemark.mailbox.tokens.Tokens}), signed with a secret of its project. The caller it
 * stands for has the scope {@code CUSTOMER} and nothing else, which opens the fields of this module, and there its own mailbox.
 */
@NullMarked
package dev.tidemark.mailbox.tokens;

import org.jspecify.annotations.NullMarked;
