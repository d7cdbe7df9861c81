/**
 * Every order of steps that threads may take through one admission and one output, as far as time allows. The operations and what
 * they must give stand beside what they try, in packages of the same name.
 */
@NullMarked
package dev.berth.stress;

import org.jspecify.annotations.NullMarked;
