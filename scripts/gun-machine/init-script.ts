/** Kernel modules that the machine loads, by name: virtual USB and HID devices, and the drivers that a till's system has. */
export const wantedModules: readonly string[] = [
  'hid',
  'hid-generic',
  'uhid',
  'usbhid',
  'cdc-acm',
  'configfs',
  'dummy_hcd',
  'libcomposite',
  'usb_f_hid',
  'usb_f_acm',
]

/** Where things stand in the machine. */
export const machinePaths = {
  modules: '/modules',
  node: '/usr/bin/node',
  program: '/till/main.js',
  udevDaemon: '/usr/lib/systemd/systemd-udevd',
} as const

/** Of the machine's own clock, some ten times what the program takes; a clock that jumps over idle time makes it short. */
const programSeconds = 900

/**
 * The script that the kernel starts: mounts what Linux keeps in memory, loads the modules in the order given, starts udev
 * (the till's list of serial ports asks it) for what is plugged in later, runs the program, and switches the machine off
 * however that went.
 */
export function initScript(moduleFiles: readonly string[]): string {
  const { modules, node, program, udevDaemon } = machinePaths
  return [
    '#!/bin/busybox sh',
    '/bin/busybox --install -s /bin',
    'export PATH=/usr/bin:/usr/sbin:/bin:/sbin',
    'mount -t proc proc /proc',
    'mount -t sysfs sysfs /sys',
    'mount -t devtmpfs devtmpfs /dev',
    'mount -t tmpfs tmpfs /run',
    'mount -t tmpfs tmpfs /tmp',
    ...moduleFiles.map((file) => `insmod ${modules}/${file} || echo "cannot load ${file}"`),
    'mount -t configfs configfs /sys/kernel/config',
    `${udevDaemon} --daemon`,
    `timeout -s KILL ${programSeconds} ${node} ${program} || echo "the program ended with $?"`,
    'sync',
    'poweroff -f',
    '',
  ].join('\n')
}
