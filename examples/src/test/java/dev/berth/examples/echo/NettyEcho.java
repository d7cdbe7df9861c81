package dev.berth.examples.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import io.netty.handler.codec.string.StringDecoder;

/** Netty. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, and nobody waits for the rest
final class NettyEcho {
    static void main(String[] args) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new Pipeline())
                    .bind("127.0.0.1", Integer.getInteger("port", 8080))
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            System.out.println("listening on 127.0.0.1:" + port);
            server.closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel client) {
            client.pipeline().addLast(
                    new LineBasedFrameDecoder(64 * 1024),
                    new StringDecoder(UTF_8),
                    new LineEncoder(LineSeparator.UNIX, UTF_8),
                    new Echo());
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<String> {
        @Override
        protected void channelRead0(ChannelHandlerContext client, String line) {
            client.writeAndFlush(line);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext client, Throwable error) {
            client.close();
        }
    }
}
