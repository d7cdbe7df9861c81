/**
 * Every framing of the notation against bytes that nobody thought of. {@code Promises} says what must hold, {@code CorpusTest}
 * plays what was found once, {@code Fuzzing} looks for more.
 */
@NullMarked
package dev.berth.fuzz;

import org.jspecify.annotations.NullMarked;
