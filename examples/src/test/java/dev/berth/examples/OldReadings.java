package dev.berth.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Meters send readings, displays get all of them: an accept loop as it is often written, with its seven bugs. */
@SuppressWarnings({"DefaultCharset", "CatchAndPrintStackTrace"}) // that is how it is found
final class OldReadings {
    private final List<OutputStream> displays = new CopyOnWriteArrayList<>();

    static void main(String[] args) throws IOException {
        new OldReadings().serve(new ServerSocket(8080));
    }

    void serve(ServerSocket main) throws IOException {
        while (true) {
            Socket client = main.accept();
            if (login(client).equals("DISPLAY")) {                  // 1  one silent client, and nobody else is accepted
                displays.add(client.getOutputStream());             // 2  an exception in here ends the server
            }
            new Thread(() -> talk(client)).start();                 // 3  a thread for each, as many as come, for ever
        }
    }

    private static String login(Socket client) throws IOException {
        byte[] buffer = new byte[100];
        int length = client.getInputStream().read(buffer);          // 4  read() is taken for a whole message
        return new String(buffer, 0, length).trim();
    }

    private void talk(Socket client) {
        try {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream()));
            String line;
            while ((line = in.readLine()) != null) {                // 5  a line without an end fills the memory
                int reading = Integer.parseInt(line);
                for (OutputStream display : displays) {
                    display.write(("reading " + reading).getBytes());
                    display.write('\n');                            // 6  two threads write: their lines get mixed up
                }
                client.getOutputStream().write("OK\n".getBytes());
            }
            client.close();                                         // 7  after an exception nobody closes the socket
        } catch (IOException e) {
            e.printStackTrace();
        }
    }
}
