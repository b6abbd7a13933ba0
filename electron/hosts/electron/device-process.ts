import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import { deviceEnvironment, type StartDeviceProcess } from '../../../native/scanner/device/start-process.ts'

/** Starts the device process as Electron's utility process: the fused program cannot run as plain Node. */
export const startUtilityProcess: StartDeviceProcess = (file, { onMessage, onExit }) => {
  const child = utilityProcess.fork(fileURLToPath(file), [], {
    serviceName: 'Scantill devices',
    stdio: 'ignore',
    env: deviceEnvironment(),
  })
  child.on('message', onMessage)
  child.once('exit', () => onExit())
  return {
    send: (message) => child.postMessage(message),
    kill: () => void child.kill(),
  }
}
