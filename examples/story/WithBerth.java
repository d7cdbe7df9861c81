import dev.berth.server.TcpServer;

/**
 * Every client gets its own socket and its own thread, with Berth.
 *
 * <p>Build with {@code mvn install}, run {@code java -cp core/target/berth-core-0.1.0-SNAPSHOT.jar
 * examples/story/WithBerth.java} in the project's folder, and talk to it from as many terminals as you like with
 * {@code ./berth connect 127.0.0.1 8080}.
 */
final class WithBerth {

    static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        var server = TcpServer.listen(port, client -> client.forEach(line -> client.send("you said " + line)));
        System.out.println("listening on 127.0.0.1:" + server.port());
        server.awaitTermination();
    }
}
