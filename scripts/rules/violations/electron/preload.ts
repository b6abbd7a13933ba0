// breach: preload-is-small
import { readFileSync } from 'node:fs'
import { contextBridge } from 'electron'
contextBridge.exposeInMainWorld('read', readFileSync)
