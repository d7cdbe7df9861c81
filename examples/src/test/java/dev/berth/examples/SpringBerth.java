package dev.berth.examples;

import java.io.IOException;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.berth.server.TcpServer;

/** Berth in a Spring application. */
@Configuration(proxyBeanMethods = false)
class SpringBerth {
    @Bean
    TcpServer counter() throws IOException {
        return Counter.start(8080);
    }
}
