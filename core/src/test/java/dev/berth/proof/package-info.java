/** What the tests of all packages share: a plain peer, awaited events, and the check that nothing stays behind. */
package dev.berth.proof;
