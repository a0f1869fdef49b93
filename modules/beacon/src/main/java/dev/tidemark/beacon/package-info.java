/**
 * Events from web pages, without any library: a picture of one pixel whose address tells an event, and the body that
 * {@code navigator.sendBeacon} sends while a page goes away.
 *
 * <p>Both carry their key in the address, since neither can set a header. So the key ends in histories and logs, and only
 * keys that can do nothing but write are taken. A page's origin must be on its project's list to send a beacon: that keeps
 * other people's pages, which know the key as anybody does, from filling the project. It is no protection from programs, which
 * can claim any origin.
 */
@NullMarked
package dev.tidemark.beacon;

import org.jspecify.annotations.NullMarked;
