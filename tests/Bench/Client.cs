using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Liaison.Bench;

/// <summary>A keep-alive HTTP/1.1 connection that costs the machine as little as possible: the load shares the two cores with what is measured.</summary>
internal sealed class Client(int port) : IDisposable
{
    private Socket? _socket;
    private byte[] _in = new byte[1 << 18];
    private byte[] _body = new byte[1 << 18];

    public int Status { get; private set; }
    public int BodyLength { get; private set; }
    /// <summary>Bytes of head and body as they came over the wire.</summary>
    public int Received { get; private set; }
    public string Head { get; private set; } = "";
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, BodyLength);
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether a page is there.</summary>
    public static bool Answers(int port, string path)
    {
        try
        {
            using var client = new Client(port);
            client.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
            return client.Status == 200;
        }
        catch (SocketException) { return false; }
    }

    /// <summary>Sends a request and reads the whole answer. <paramref name="keepHead"/> keeps its head as text.</summary>
    public void Send(ReadOnlySpan<byte> request, bool keepHead = false)
    {
        try { SendOnce(request, keepHead); }
        catch (SocketException) when (_socket is not null)
        {
            Dispose(); // an idle connection may have been closed
            SendOnce(request, keepHead);
        }
    }

    private void SendOnce(ReadOnlySpan<byte> request, bool keepHead)
    {
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
            _socket.Connect(System.Net.IPAddress.Loopback, port);
        }
        for (var sent = 0; sent < request.Length;) sent += _socket.Send(request[sent..]);
        var have = 0;
        int end;
        while ((end = _in.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0) have += Receive(have);
        var head = _in.AsSpan(0, end + 2);
        Status = ((head[9] - '0') * 100) + ((head[10] - '0') * 10) + head[11] - '0';
        if (keepHead) Head = Encoding.Latin1.GetString(head);
        BodyLength = 0;
        if (Status is 204 or 304) return;
        var length = Header(head, "Content-Length: "u8);
        if (length >= 0) Plain(end + 4, have, length);
        else Chunked(end + 4, have);
    }

    private void Plain(int start, int have, int length)
    {
        while (have < start + length) have += Receive(have);
        Keep(_in.AsSpan(start, length));
        Received = start + length;
    }

    private void Chunked(int at, int have)
    {
        while (true)
        {
            int line;
            while ((line = _in.AsSpan(at, have - at).IndexOf("\r\n"u8)) < 0) have += Receive(have);
            var size = int.Parse(Encoding.ASCII.GetString(_in, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            while (have < at + size + 2) have += Receive(have);
            Keep(_in.AsSpan(at, size));
            at += size + 2;
            if (size == 0) { Received = at; return; }
        }
    }

    private int Receive(int have)
    {
        if (have == _in.Length) Array.Resize(ref _in, _in.Length * 2);
        var read = _socket!.Receive(_in.AsSpan(have));
        return read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        while (_body.Length < BodyLength + part.Length) Array.Resize(ref _body, _body.Length * 2);
        part.CopyTo(_body.AsSpan(BodyLength));
        BodyLength += part.Length;
    }

    private static int Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0) return -1;
        var value = head[(at + name.Length)..];
        return int.Parse(Encoding.ASCII.GetString(value[..value.IndexOf((byte)'\r')]), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
