/** What {@code berth serve} does with clients and what it tells about them. */
package dev.berth.cli.serving;
