/** Small servers that the tests run in processes of their own, under limits of their own. */
@NullMarked
package dev.berth.acceptance.program;

import org.jspecify.annotations.NullMarked;
