import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initScript, machinePaths } from './init-script.ts'
import { modulesInOrder } from './kernel-modules.ts'
import { machineArguments } from './machine.ts'

const dependencies = `kernel/drivers/hid/hid.ko:
kernel/drivers/hid/hid-generic.ko: kernel/drivers/hid/hid.ko
kernel/drivers/usb/core/usbcore.ko: kernel/drivers/usb/common/usb-common.ko
kernel/drivers/usb/common/usb-common.ko:
kernel/drivers/hid/usbhid/usbhid.ko: kernel/drivers/usb/core/usbcore.ko kernel/drivers/usb/common/usb-common.ko kernel/drivers/hid/hid.ko
kernel/drivers/net/other.ko.xz: kernel/drivers/usb/core/usbcore.ko
`

test('a module comes behind what it needs, each once, and others do not come', () => {
  assert.deepEqual(modulesInOrder(dependencies, ['usbhid', 'hid_generic', 'not-there']), [
    'kernel/drivers/usb/common/usb-common.ko',
    'kernel/drivers/usb/core/usbcore.ko',
    'kernel/drivers/hid/hid.ko',
    'kernel/drivers/hid/usbhid/usbhid.ko',
    'kernel/drivers/hid/hid-generic.ko',
  ])
  assert.equal(modulesInOrder(dependencies, ['other']).at(-1), 'kernel/drivers/net/other.ko.xz')
})

test('the machine loads the modules in their order, then starts udev, then the program, and always switches itself off', () => {
  const script = initScript(['usb-common.ko', 'hid.ko'])
  const order = ['usb-common.ko', 'hid.ko', machinePaths.udevDaemon, machinePaths.program, 'poweroff']
  const places = order.map((word) => script.indexOf(word))
  assert.ok(places.every((place) => place > 0))
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  )
  assert.match(script, /^#!\/bin\/busybox sh\n/)
  assert.match(script, /\|\| echo "the program ended with \$\?"\nsync\npoweroff -f\n$/)
})

test('the machine has no disk and no network, and its clock does not depend on this machine', () => {
  const words = machineArguments({ kernel: 'vmlinuz', memoryDisk: 'image' }).join(' ')
  for (const needed of ['-accel tcg ', '-icount ', '-nic none ', '-no-reboot ']) assert.ok(`${words} `.includes(needed))
  assert.ok(!/-drive|-hda|kvm/.test(words))
})
