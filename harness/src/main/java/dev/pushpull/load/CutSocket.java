package dev.pushpull.load;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A connection that ends for what we send after this many bytes; TLS is laid over it. */
final class CutSocket extends Socket {
    private final Socket whole;
    private final OutputStream out;

    /** What happens to the bytes beyond. */
    enum End {
        /** The connection is closed before them. */
        CLOSES,
        /** They are silently dropped. */
        STALLS
    }

    CutSocket(Socket whole, long bytes, End end) throws IOException {
        this.whole = whole;
        this.out = new FilterOutputStream(whole.getOutputStream()) {
            private long left = bytes;

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] some, int offset, int length) throws IOException {
                int sent = (int) Math.min(left, length);
                out.write(some, offset, sent);
                left -= sent;
                if (sent < length && end == End.CLOSES) {
                    whole.close();
                    throw new SocketException("cut off, as told");
                }
            }
        };
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return whole.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return whole.isConnected();
    }

    @Override
    public boolean isClosed() {
        return whole.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return whole.getInetAddress();
    }

    @Override
    public int getPort() {
        return whole.getPort();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        whole.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return whole.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        whole.setTcpNoDelay(on);
    }

    @Override
    public void shutdownInput() throws IOException {
        whole.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        whole.shutdownOutput();
    }

    @Override
    public synchronized void close() throws IOException {
        whole.close();
    }
}
