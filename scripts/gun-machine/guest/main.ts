import { hidStories } from './hid-stories.ts'
import { beginReport, endReport } from './tell.ts'
import { usbStories } from './usb-stories.ts'

// What runs in the virtual machine: it plays the guns, and is the till's main side whose device process reads them.
beginReport()
await usbStories()
await hidStories()
endReport()
// Guns of a story that broke off would keep it alive.
process.exit(0)
