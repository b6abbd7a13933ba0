/**
 * The program that speaks to the Windows spooler, for PowerShell 5.1 and later: winspool.drv by P/Invoke, compiled at run
 * time, with the wide-character entry points and datatype RAW (hardware.md §6.2). It is one constant text: what to do, the
 * queue's name and the job's number come in the environment, the bytes on standard input. Each line that it writes begins
 * with a word that `windows-spooler.ts` reads. The compiler of 5.1 knows C# 5.
 *
 * Not tried on Windows yet (docs/printers.md).
 */
export const windowsSpoolerScript = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
if ($env:SCANTILL_ACTION -eq 'queues') {
  Get-CimInstance -ClassName Win32_Printer | ForEach-Object { [Console]::Out.WriteLine('queue ' + $_.Name) }
  exit 0
}
Add-Type -TypeDefinition @'
using System;
using System.IO;
using System.ComponentModel;
using System.Runtime.InteropServices;

public static class ScantillSpooler
{
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    struct DocInfo { public string Name; public string OutputFile; public string DataType; }

    const string Driver = "winspool.drv";
    [DllImport(Driver, CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    static extern bool OpenPrinterW(string name, out IntPtr printer, IntPtr defaults);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool ClosePrinter(IntPtr printer);
    [DllImport(Driver, CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    static extern uint StartDocPrinterW(IntPtr printer, uint level, ref DocInfo info);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool StartPagePrinter(IntPtr printer);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool WritePrinter(IntPtr printer, byte[] bytes, uint count, out uint written);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool EndPagePrinter(IntPtr printer);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool EndDocPrinter(IntPtr printer);
    [DllImport(Driver, SetLastError = true, ExactSpelling = true)]
    static extern bool AbortPrinter(IntPtr printer);
    [DllImport(Driver, CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    static extern bool GetPrinterW(IntPtr printer, uint level, IntPtr buffer, uint size, out uint needed);
    [DllImport(Driver, CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    static extern bool GetJobW(IntPtr printer, uint job, uint level, IntPtr buffer, uint size, out uint needed);
    [DllImport(Driver, CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    static extern bool SetJobW(IntPtr printer, uint job, uint level, IntPtr info, uint command);

    const int InvalidParameter = 87;
    const int InsufficientBuffer = 122;
    const int InvalidPrinterName = 1801;

    static string Failed(string word)
    {
        int code = Marshal.GetLastWin32Error();
        return word + " " + code + " " + new Win32Exception(code).Message;
    }

    public static string Run(string action, string queue, uint job)
    {
        IntPtr printer;
        if (!OpenPrinterW(queue, out printer, IntPtr.Zero))
            return Failed(Marshal.GetLastWin32Error() == InvalidPrinterName ? "absent" : "refused");
        try
        {
            if (action == "state") return State(printer);
            if (action == "submit") return Submit(printer);
            if (action == "job") return Job(printer, job);
            if (action == "cancel") return SetJobW(printer, job, 0, IntPtr.Zero, 5) ? "cancelled" : Failed("unknown");
            return "unknown 0 action";
        }
        finally { ClosePrinter(printer); }
    }

    // PRINTER_INFO_2W: thirteen pointers, then numbers; the first is Attributes, the sixth is Status.
    static string State(IntPtr printer)
    {
        uint needed;
        GetPrinterW(printer, 2, IntPtr.Zero, 0, out needed);
        IntPtr buffer = Marshal.AllocHGlobal((int)needed);
        try
        {
            if (!GetPrinterW(printer, 2, buffer, needed, out needed)) return Failed("unknown");
            int at = 13 * IntPtr.Size;
            return "state " + (uint)Marshal.ReadInt32(buffer, at) + " " + (uint)Marshal.ReadInt32(buffer, at + 20);
        }
        finally { Marshal.FreeHGlobal(buffer); }
    }

    static string Submit(IntPtr printer)
    {
        MemoryStream all = new MemoryStream();
        using (Stream input = Console.OpenStandardInput()) input.CopyTo(all);
        byte[] bytes = all.ToArray();
        DocInfo info = new DocInfo();
        info.Name = "scantill";
        info.DataType = "RAW";
        uint job = StartDocPrinterW(printer, 1, ref info);
        if (job == 0) return Failed("refused");
        uint written = 0;
        bool taken = StartPagePrinter(printer) && WritePrinter(printer, bytes, (uint)bytes.Length, out written)
            && written == bytes.Length && EndPagePrinter(printer) && EndDocPrinter(printer);
        if (taken) return "accepted " + job;
        string words = Failed("unknown");
        AbortPrinter(printer);
        return words;
    }

    static string Job(IntPtr printer, uint job)
    {
        uint needed;
        GetJobW(printer, job, 1, IntPtr.Zero, 0, out needed);
        int code = Marshal.GetLastWin32Error();
        if (code == InsufficientBuffer) return "waiting";
        return code == InvalidParameter ? "gone" : "unknown " + code;
    }
}
'@
$job = 0
if ($env:SCANTILL_JOB) { $job = [uint32]$env:SCANTILL_JOB }
[Console]::Out.WriteLine([ScantillSpooler]::Run($env:SCANTILL_ACTION, $env:SCANTILL_QUEUE, $job))
`
