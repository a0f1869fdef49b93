/** An example plugin: goals that visitors reach. Copy it, rename it, and keep its shape. */
@NullMarked
package org.example.goals;

import org.jspecify.annotations.NullMarked;
