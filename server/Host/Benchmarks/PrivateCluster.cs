using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Benchmarks;

/// <summary>A PostgreSQL cluster of one's own for a measurement: loopback, a free port, a temporary folder, default settings; stopped and removed at the end.</summary>
sealed class PrivateCluster : IAsyncDisposable
{
    readonly string folder;

    PrivateCluster(string folder, string programs, int port)
    {
        this.folder = folder;
        Programs = programs;
        Port = port;
    }

    /// <summary>Folder of the server's programs (pgbench, psql).</summary>
    public string Programs { get; }
    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }
    /// <summary>Connection string of the administrator.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=orchestrator;Database=postgres";

    /// <summary>Makes and starts a cluster.</summary>
    /// <exception cref="WrongSetting">No server is installed, or it did not start.</exception>
    public static async Task<PrivateCluster> Start()
    {
        var programs = FindPrograms() ?? throw new WrongSetting("没有安装 PostgreSQL 服务器；请安装后再测。", "No PostgreSQL server is installed; install the package 'postgresql'.");
        var folder = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
        var cluster = new PrivateCluster(folder, programs, FreePort());
        if (Environment.UserName == "root") await Run("chown", ["postgres:postgres", folder]);
        await cluster.AsOwner("initdb", "-D", $"{folder}/data", "-U", "orchestrator", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions");
        await cluster.AsOwner("pg_ctl", "-D", $"{folder}/data", "-l", $"{folder}/log", "-w", "-o", $"-p {cluster.Port} -k {folder} -c listen_addresses=127.0.0.1", "start");
        return cluster;
    }

    /// <summary>Stops the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await AsOwner("pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs a program and gives what it printed.</summary>
    /// <exception cref="WrongSetting">It failed.</exception>
    public static async Task<string> Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/tmp" })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new WrongSetting($"{Path.GetFileName(program)} 失败：{await errors}", $"{Path.GetFileName(program)} failed: {await errors}");
    }

    /// <summary>The server refuses to run as root; root runs it as the user that the package brings. pg_ctl's daemon keeps inherited pipes open, so its output goes to a file.</summary>
    async Task AsOwner(string program, params string[] arguments)
    {
        var command = string.Join(' ', new[] { $"{Programs}/{program}" }.Concat(arguments).Select(each => $"'{each}'")) + $" > {folder}.out 2>&1 < /dev/null";
        string[] shell = ["sh", "-c", command];
        try
        {
            if (Environment.UserName == "root") await Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", .. shell]);
            else await Run(shell[0], shell[1..]);
        }
        finally
        {
            File.Delete($"{folder}.out");
        }
    }

    static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin").Where(bin => File.Exists($"{bin}/initdb")).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
