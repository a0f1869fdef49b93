/**
 * Finds modules, on the class path and in the plugin folder, and reads what belongs to them: resources, settings,
 * contribution. A plugin's jar is loaded by a class loader of its own: that keeps its libraries apart from ours and from
 * other plugins', it does not keep its code from doing harm.
 */
@NullMarked
package dev.tidemark.core.modules;

import org.jspecify.annotations.NullMarked;
