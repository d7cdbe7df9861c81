/** Messages as JSON: a codec for records, sealed types, and whatever else Jackson reads and writes. */
package dev.berth.json;
