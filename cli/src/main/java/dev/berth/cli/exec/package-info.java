/** Any program as a server: each client has its own process, whose input and output are its socket. */
package dev.berth.cli.exec;
