/**
 * A bad network for tests: a proxy that delays, splits, corrupts and cuts what goes through it, the same way for the same seed.
 *
 * <p>It stands between a real client and a real server and knows neither: both may be anybody's.
 */
package dev.berth.testkit.chaos;
